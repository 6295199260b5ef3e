/*
 * Our own json export (data/thread.schema.json), read back: the same posts, as they were read then,
 * and the same thread. Items are read one by one, whichever tool has formatted the file since. What
 * an export does not hold does not come back: posts that are gone or may not be shown, what was
 * dropped, and of whom a post answers what is not itself in the thread.
 */
#ifndef ARCHIVE_IMPORT_THREAD_H
#define ARCHIVE_IMPORT_THREAD_H

#include "archive/import/import.h"
#include "archive/json/read.h"

/* An import_read_fn: the evidence is the items as they stood in the file. */
MUST_CHECK bool import_thread(FILE *in, const char *name, int64_t now,
			      const struct import_client *client, struct import_report *report,
			      struct err *err);

/* Only for thread*.c: the post of an element, added to the page; NULL when it is none, or the
 * page's judge drops it. fate says which. */
struct post *thread_post(const struct jnode *node, int64_t now, struct page *page, enum fate *fate);

#endif
