/*
 * What was spent, as the ledger's runs keep it. A run counts for the UTC day on which it began.
 */
#ifndef ARCHIVE_STORE_SPENT_H
#define ARCHIVE_STORE_SPENT_H

#include "archive/base/arena.h"
#include "archive/store/store.h"

struct spent_row {
	int64_t day; /* its beginning, UTC ms */
	const char *source;
	int64_t posts, authors; /* pieces that were billed */
	int64_t micros;		/* millionths of a USD */
};

/* A row for each day and source that cost something, newest first, in the arena. */
MUST_CHECK bool store_spent(struct store *store, struct arena *arena, struct spent_row **rows,
			    size_t *count, struct err *err);

#endif
