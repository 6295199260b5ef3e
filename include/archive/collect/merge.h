/*
 * Another store, taken into this one: a union of what both hold, the same in whatever order and
 * however often stores are put together (store/merge.h says how). The other store is only read, and
 * not trusted: its posts go through what an intake goes through, of its answers what may not be
 * kept is cut out, and those that show posts which did not come in are left out. What tells a time
 * that lies ahead of this machine's clock by more than a day is left out, too.
 *
 * A thread is a whole: of two with the same slug the one that was changed last is taken, as one
 * step that can be undone. Nothing of the other is lost: it is in the journal, or in the store that
 * it came from, and the report names it.
 *
 * What is forgotten is one transaction, posts and what belongs to them the next, each thread one
 * more: cut off anywhere, the same command goes on.
 */
#ifndef ARCHIVE_COLLECT_MERGE_H
#define ARCHIVE_COLLECT_MERGE_H

#include "archive/base/arena.h"
#include "archive/base/watch.h"
#include "archive/store/store.h"

#define MERGE_NAMED 20 /* threads that are named; all are counted */
struct merge_names {
	const char *slugs[MERGE_NAMED]; /* in the arena */
	size_t count;
};

struct merge_report {
	int64_t posts, changed; /* new here; that the other one knew newer */
	int64_t left_out;	/* posts and threads: forgotten here, or not what they can be */
	int64_t answers, answers_left_out;
	int64_t pictures;	     /* new here */
	int64_t forgotten;	     /* posts of this store that were forgotten in the other */
	bool exported;		     /* some of them were written into files */
	bool clean;		     /* no file of the store holds what was forgotten */
	int64_t threads;	     /* new here */
	struct merge_names replaced; /* by that of the other store */
	struct merge_names kept;     /* that are another one in the other store, changed before */
};

/* Adds to the report. Cut off anywhere, the same command goes on. */
MUST_CHECK bool merge_store(struct store *into, const char *path, const struct watch *watch,
			    struct arena *arena, struct merge_report *report, struct err *err);

#endif
