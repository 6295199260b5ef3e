/*
 * Where threads were written, and how: the files that an export without a file does again, that a
 * check looks at, and that have to be exported anew when one of their posts changes or goes.
 */
#ifndef ARCHIVE_STORE_TARGETS_H
#define ARCHIVE_STORE_TARGETS_H

#include "archive/base/arena.h"
#include "archive/store/store.h"

struct target {
	const char *slug; /* of the thread; not read when put */
	int64_t thread;
	const char *path;    /* absolute */
	const char *section; /* key of the one section; "" = the whole thread */
	const char *form;    /* "fragment", "page" and so on */
	bool inserted; /* between markers in a file that is somebody's, not a file of its own */
	const char *options; /* words that whoever writes understands; "" = none */
	int64_t written;     /* UTC ms: when it was noted */
};

/* Notes that the thread, or a section of it, was written to the file; another way replaces the
 * former. */
MUST_CHECK bool store_put_target(struct store *store, const struct target *target, struct err *err);
/* Is it noted in just this way? written does not count. */
MUST_CHECK bool store_has_target(struct store *store, const struct target *target, bool *has,
				 struct err *err);
/* Does not write there any more. ERR_NOT_FOUND when it never did. */
MUST_CHECK bool store_drop_target(struct store *store, int64_t thread, const char *path,
				  struct err *err);
/* Of a thread, or of all (0); by slug, path and section, in the arena. */
MUST_CHECK bool store_targets(struct store *store, int64_t thread, struct arena *arena,
			      struct target **targets, size_t *count, struct err *err);
/* The files of all threads in which one of these posts is an item, or is quoted by one. */
MUST_CHECK bool store_targets_of(struct store *store, const int64_t *posts, size_t post_count,
				 struct arena *arena, struct target **targets, size_t *count,
				 struct err *err);

#endif
