/*
 * Where threads were written: the files that have to be exported anew when one of their posts
 * changes or goes.
 */
#ifndef ARCHIVE_STORE_TARGETS_H
#define ARCHIVE_STORE_TARGETS_H

#include "archive/base/arena.h"
#include "archive/store/store.h"

struct target {
	const char *slug; /* of the thread */
	const char *path; /* absolute */
	const char *form; /* "fragment", "page" */
	int64_t written;  /* UTC ms: when it was noted */
};

/* Notes that the thread was written to the file, once a file; another form replaces the former. */
MUST_CHECK bool store_put_target(struct store *store, int64_t thread, const char *path,
				 const char *form, int64_t now, struct err *err);
MUST_CHECK bool store_has_target(struct store *store, int64_t thread, const char *path,
				 const char *form, bool *has, struct err *err);
/* The files of all threads in which one of these posts is an item, or is quoted by one; by slug and
 * path, in the arena. */
MUST_CHECK bool store_targets_of(struct store *store, const int64_t *posts, size_t post_count,
				 struct arena *arena, struct target **targets, size_t *count,
				 struct err *err);

#endif
