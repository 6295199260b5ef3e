/*
 * Doing what model/op.h lists, undoing it and telling what was done. A list of ops is one
 * transaction and one step of the thread's journal. Steps are numbered from 1; the journal keeps
 * them without limit. Undoing goes back one step, redoing forward again, after a restart and by
 * whichever program; a new step takes the undone ones out. Two programs may work on one thread: an
 * op whose item or post the other has taken away changes nothing.
 */
#ifndef ARCHIVE_STORE_OPS_H
#define ARCHIVE_STORE_OPS_H

#include "archive/base/arena.h"
#include "archive/model/op.h"
#include "archive/store/store.h"

struct op_report {
	size_t changed; /* ops that changed something; 0: no step was made */
	int64_t item;	/* the item that was made, moved or changed last; 0 = none */
	int64_t step;	/* its number; 0 = none was made */
};

/* name is the step's in the journal ("sections", "load"); NULL = that of the first op. ERR_USAGE
 * for what can never be (an opted-out post chosen, a key or slug that is taken); nothing of the
 * list is done then. report is filled only on success. */
MUST_CHECK bool store_do(struct store *store, int64_t thread, const char *name,
			 const struct op *ops, size_t count, struct op_report *report,
			 struct err *err);

struct step {
	int64_t number, at; /* at: UTC ms */
	const char *op;	    /* name */
	int64_t changes;    /* items, posts or settings that it changed */
	const char *about;  /* what the first of them is: a title, words, or author and beginning of
			       a  post; NULL = cannot be told any more */
	bool undone;	    /* redo would do it again */
};

/* step tells what was undone or redone, in the arena; number 0 when there was nothing. */
MUST_CHECK bool thread_undo(struct store *store, int64_t thread, struct arena *arena,
			    struct step *step, struct err *err);
MUST_CHECK bool thread_redo(struct store *store, int64_t thread, struct arena *arena,
			    struct step *step, struct err *err);
/* Newest first, at most limit (0 = all). */
MUST_CHECK bool thread_log(struct store *store, int64_t thread, int64_t limit, struct arena *arena,
			   struct step **steps, size_t *count, struct err *err);

/* The whole thread as the ops see it, for whoever makes a list of them: every item in order, the
 * joined ones by themselves; of a post only id, short_id, uri, url, network, created, gone,
 * author's name and handle, and text. */
MUST_CHECK bool thread_outline(struct store *store, int64_t thread, struct arena *arena,
			       struct item **items, size_t *count, struct err *err);
/* One item of it, found without reading the others; ERR_NOT_FOUND when the thread lacks it. */
MUST_CHECK bool thread_item(struct store *store, int64_t thread, int64_t item, struct arena *arena,
			    struct item *out, struct err *err);
/* The dropped posts by time; the same fields. */
MUST_CHECK bool thread_dropped(struct store *store, int64_t thread, struct arena *arena,
			       struct post **posts, size_t *count, struct err *err);

#endif
