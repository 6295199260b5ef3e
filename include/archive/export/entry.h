/*
 * A post as an entry of the fragment: who, what, the quoted post, media, poll, card, when and
 * where from. What is gone, opted out or a bare repost is not written, neither alone nor as a
 * quote.
 */
#ifndef ARCHIVE_EXPORT_ENTRY_H
#define ARCHIVE_EXPORT_ENTRY_H

#include "archive/export/parts.h"

bool entry_may_show(const struct post *post);
/* quote may be NULL. */
void entry_write(struct writer *w, const struct post *post, const struct post *quote);

#endif
