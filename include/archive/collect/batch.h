/*
 * One transaction for several pages, where pages come faster than they are worth a commit: a tape.
 * From the network each page is committed by itself, since what was reported has to be there.
 */
#ifndef ARCHIVE_COLLECT_BATCH_H
#define ARCHIVE_COLLECT_BATCH_H

#include "archive/store/store.h"

struct batch {
	struct store *store;
	size_t limit; /* posts after which it is committed; 0 = after each page */
	size_t posts; /* in the open transaction */
	bool open;
};

/* Before a page is put: opens the transaction if none is open. */
MUST_CHECK bool batch_enter(struct batch *batch, struct err *err);
/* Behind a page of so many posts: commits if it is time. */
MUST_CHECK bool batch_leave(struct batch *batch, size_t posts, struct err *err);
/* Commits what is open. */
MUST_CHECK bool batch_flush(struct batch *batch, struct err *err);
/* Takes back what is open. */
void batch_drop(struct batch *batch);

#endif
