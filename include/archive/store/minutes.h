/*
 * How an evening went: posts with any of some hashtags, counted by minute and network. Reads a
 * range of the tags' index, and nothing of the posts but their network.
 */
#ifndef ARCHIVE_STORE_MINUTES_H
#define ARCHIVE_STORE_MINUTES_H

#include "archive/base/arena.h"
#include "archive/model/post.h"
#include "archive/store/store.h"

#define MINUTE_MS INT64_C(60000)

struct minute {
	int64_t time; /* its beginning, UTC ms */
	enum network network;
	int64_t posts;
};

/* Those of the window (UTC ms, until exclusive, 0 = open) that have posts, oldest first, in the
 * arena. A post with several of the tags counts once. */
MUST_CHECK bool store_minutes(struct store *store, const char *const *tags, size_t tag_count,
			      int64_t since, int64_t until, struct arena *arena,
			      struct minute **minutes, size_t *count, struct err *err);

#endif
