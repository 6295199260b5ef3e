/*
 * One step under way: this room's own header, for no other room. ops.c begins it and runs the
 * operations of ops-*.c; whatever these change they first hand to the journal (journal.c), and
 * where things go is found by spot.c and made room for by gap.c. Each works in the transaction of
 * store_do().
 */
#ifndef ARCHIVE_STORE_DOING_H
#define ARCHIVE_STORE_DOING_H

#include "archive/store/db.h"
#include "archive/store/ops.h"

/* An item as far as places are concerned. */
struct placed {
	int64_t id, position; /* id 0 = there is none */
	bool heading;
	int64_t post;	/* 0 = none */
	int64_t joined; /* the first of its group, 0 = it is that itself, or alone */
	bool fixed;
};

struct doing {
	struct store *store;
	int64_t thread, step, now;
	int64_t lag;
	const char *name;
	bool begun;   /* the undone steps are out of the journal */
	int64_t last; /* the item that SPOT_NEXT goes behind; 0 = none */
	/* of the op: */
	bool changed;
	/* of all so far: */
	int64_t changes, item;
	int64_t first_item, first_post;
};

/* ---- the journal (journal.c) ---- */

MUST_CHECK bool journal_begin(struct doing *doing, struct err *err);
/* Each keeps what is there, before it changes; of one step the first state counts. */
MUST_CHECK bool journal_item(struct doing *doing, int64_t item, struct err *err);
MUST_CHECK bool journal_new(struct doing *doing, int64_t item, struct err *err);
MUST_CHECK bool journal_verdict(struct doing *doing, int64_t post, struct err *err);
MUST_CHECK bool journal_settings(struct doing *doing, struct err *err);
/* Writes the step, when anything was changed. */
MUST_CHECK bool journal_end(struct doing *doing, struct err *err);
/* Notes that the op changed something: count things, the first of them item or post (0 = none). */
void doing_changed(struct doing *doing, int64_t item, int64_t post, int64_t count);

/* ---- items (placed.c) ---- */

/* The first row of a statement of ITEM_PLACE with the thread, one or two numbers bound; id 0 when
 * there is none. */
MUST_CHECK bool placed_one(const struct doing *doing, enum sql sql, int64_t number,
			   struct placed *out, struct err *err);
MUST_CHECK bool placed_get(const struct doing *doing, int64_t item, struct placed *out,
			   struct err *err);
struct placed placed_row(const struct query *q);
/* The last of the group that the item belongs to: the item itself when it is alone. */
MUST_CHECK bool group_last(const struct doing *doing, const struct placed *item, struct placed *out,
			   struct err *err);
/* The first one. */
MUST_CHECK bool group_first(const struct doing *doing, const struct placed *item,
			    struct placed *out, struct err *err);
int64_t group_of(const struct placed *item);

struct placed_list {
	struct placed *items;
	size_t count, room;
};
void placed_add(struct placed_list *list, const struct placed *item);
void placed_release(struct placed_list *list);
/* The rows of a statement of ITEM_PLACE with the thread and two numbers bound. */
MUST_CHECK bool placed_all(const struct doing *doing, enum sql sql, int64_t first, int64_t second,
			   struct placed_list *out, struct err *err);
/* The item's place, fixed and joined become those of to; journalled. */
MUST_CHECK bool placed_put(struct doing *doing, const struct placed *to, struct err *err);
/* Those of the group that stand behind member: they have a new first one. */
MUST_CHECK bool group_hand_over(struct doing *doing, const struct placed *member, int64_t to,
				struct err *err);

/* ---- places ---- */

/* Where something goes: behind the item above, 0 = before all. */
struct place {
	bool found; /* false: the spot's item is gone, nothing is to be done */
	int64_t above;
};

/* (spot.c) post is placed by its time, 0 = it has none. mover, NULL allowed, is what moves: it is
 * not looked at. */
MUST_CHECK bool spot_find(const struct doing *doing, const struct spot *spot, int64_t post,
			  const struct placed *mover, struct place *out, struct err *err);

/* (gap.c) The positions of count new items behind the item above: the first, and how far apart.
 * Where there is no room its neighbours are spread. */
MUST_CHECK bool gap_find(struct doing *doing, int64_t above, int64_t count, int64_t *first,
			 int64_t *apart, struct err *err);

/* ---- the operations ---- */

typedef bool doing_fn(struct doing *doing, const struct op *op, struct err *err);
doing_fn do_choose, do_drop, do_undecide;			   /* ops-posts.c */
doing_fn do_insert, do_edit, do_style, do_join, do_fix, do_remove; /* ops-items.c */
doing_fn do_move;						   /* ops-move.c */
doing_fn do_sort;						   /* ops-sort.c */
doing_fn do_settings;						   /* ops-settings.c */

/* Adds an item of words (and post) at the op's spot; 0 when the spot is gone. */
MUST_CHECK bool item_add(struct doing *doing, const struct op *op, const char *key, int64_t *item,
			 struct err *err);
/* Takes the item away; what was joined to it stays together. */
MUST_CHECK bool item_take_away(struct doing *doing, const struct placed *item, struct err *err);

#endif
