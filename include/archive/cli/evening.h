/*
 * The newest evening of the store: a day that ends at four in the morning, of which hashtag it was,
 * and from when to when people wrote.
 */
#ifndef ARCHIVE_CLI_EVENING_H
#define ARCHIVE_CLI_EVENING_H

#include "archive/base/arena.h"
#include "archive/store/store.h"

/* What says to be of later than this (UTC ms) is not believed: clocks differ. */
int64_t evening_latest(void);
/* The day that the time is of, in the zone; to is exclusive. */
void evening_day(const char *zone, int64_t time, int64_t *from, int64_t *to);

/* The hashtag that most posts of the newest evening have, in the arena; NULL when no post has any.
 */
MUST_CHECK bool evening_tag(struct store *store, const char *zone, struct arena *arena,
			    const char **tag, struct err *err);
/* When the newest evening of these hashtags was: around its busiest minute, as long as there are
 * posts, in half hours. 0 and 0 when there is none. */
MUST_CHECK bool evening_window(struct store *store, const char *zone, const char *const *tags,
			       size_t tag_count, int64_t *from, int64_t *to, struct err *err);

#endif
