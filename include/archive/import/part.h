/*
 * A file inside of an archive as a list of elements, and what the readers of archives share. Only
 * for this room.
 */
#ifndef ARCHIVE_IMPORT_PART_H
#define ARCHIVE_IMPORT_PART_H

#include "archive/import/archives.h"
#include "archive/import/container.h"
#include "archive/import/gather.h"

#define PART_SMALL ((size_t)1 << 20) /* bytes of what is read as a whole */

/* An element of the list; its line counts from 1. */
typedef bool part_fn(void *owner, const char *bytes, size_t len, int64_t line, struct err *err);

/* Gives each object of the array that follows the key's first occurrence ("" = the first array).
 * What is broken is counted in the gather's report, with its place. */
MUST_CHECK bool part_each(struct container *container, struct gather *gather, const char *key,
			  part_fn *element, void *owner, struct err *err);
/* The current entry as a whole; empty when it is larger than PART_SMALL. Replaces what out holds.
 */
void part_small(struct container *container, struct str *out);
/* Gives each entry to the function. An archive that breaks off is an err when nothing was read of
 * it, else the place in the report. */
typedef bool part_entry_fn(void *owner, struct container *container, struct err *err);
MUST_CHECK bool part_entries(const struct import_archive *archive, struct import_report *report,
			     part_entry_fn *entry, void *owner, struct err *err);

MUST_CHECK bool x_archive_read(const struct import_archive *archive, int64_t now,
			       const struct import_client *client, struct import_report *report,
			       struct err *err);
MUST_CHECK bool outbox_read(const struct import_archive *archive, int64_t now,
			    const struct import_client *client, struct import_report *report,
			    struct err *err);

/* Is this a file of posts of an X archive: "data/tweets.js", "tweets-part3.js", "tweet.js"? */
bool x_archive_has_posts(const char *entry);

#endif
