/*
 * What the store can tell beforehand of what a source will show: how much of it is there already,
 * and what was billed for what it showed before.
 */
#ifndef ARCHIVE_STORE_SEEN_H
#define ARCHIVE_STORE_SEEN_H

#include "archive/store/ledger.h"

/* Posts of the tag, from since on and before until (UTC ms, 0 = open), that this source showed. */
MUST_CHECK bool store_seen(struct store *store, const char *source, const char *tag, int64_t since,
			   int64_t until, int64_t *count, struct err *err);
/* Of all runs of the source that were billed: elements that were shown, posts and authors. */
MUST_CHECK bool store_past(struct store *store, const char *source, int64_t *shown, int64_t *posts,
			   int64_t *authors, struct err *err);

#endif
