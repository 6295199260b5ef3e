/*
 * What must hold for every post that an adapter hands out, whatever the answer was. Ends the
 * program when it does not.
 */
#ifndef ARCHIVE_FUZZ_CHECK_POST_H
#define ARCHIVE_FUZZ_CHECK_POST_H

#include <stddef.h>

#include "archive/model/page.h"

/* len is that of the body which the page's cuts are of. */
void check_page(const struct page *page, size_t len);
/* Of one who is kept, and of one who is not: then nothing is there but uri and network. */
void check_found(const struct author *author, bool kept);

#endif
