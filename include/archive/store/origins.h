/*
 * Saved threads that were taken in: which thread of the store a saved one has become, and which of
 * its items came from which part, so that parts come together in whatever order they come, and none
 * twice.
 */
#ifndef ARCHIVE_STORE_ORIGINS_H
#define ARCHIVE_STORE_ORIGINS_H

#include "archive/store/store.h"

/* A part of a saved thread. The origin is the address of its first page, or whatever else names it
 * for good; parts count from 1. */
struct origin_part {
	const char *origin;
	int part;
};

/* The thread that it has become; 0 when there is none. */
MUST_CHECK bool origin_thread(struct store *store, const char *origin, int64_t *thread,
			      struct err *err);
/* The thread is what has become of it, unless it is of another one already. */
MUST_CHECK bool origin_set_thread(struct store *store, int64_t thread, const char *origin,
				  struct err *err);

/* Where a part stands in a thread: items, 0 = there is none. */
struct origin_place {
	int64_t there;	/* one of the part itself */
	int64_t before; /* the last one of the parts before it */
	int64_t behind; /* the first one of the parts behind it */
};
MUST_CHECK bool origin_find(struct store *store, int64_t thread, const struct origin_part *part,
			    struct origin_place *out, struct err *err);
/* The items that a step of the thread's journal made came from this part. */
MUST_CHECK bool origin_note(struct store *store, int64_t thread, int64_t step,
			    const struct origin_part *part, struct err *err);

#endif
