/*
 * A list that is too long to be held: a window of rows around a cursor, read by key and never
 * counted. It grows at the side that the cursor comes near to and is cut at the other. This room's
 * own header, for no other room.
 */
#ifndef ARCHIVE_PICKER_LIST_H
#define ARCHIVE_PICKER_LIST_H

#include "archive/store/view.h"

#define LIST_READ    128  /* rows at a time */
#define LIST_MAX     512  /* rows that are held */
#define LIST_KEPT    384  /* of them, when one side is cut */
#define LIST_RANGE   2000 /* the same while a range is marked: it has to be held whole */
#define LIST_BUDGET  2000 /* rows of the store looked at in one go */
#define LIST_FIRST   INT64_MIN
#define LIST_LAST    INT64_MAX
#define LIST_NOTHING SIZE_MAX

struct list_row {
	struct row row;
	bool hidden;   /* folded into another row: the cursor never stands on it */
	size_t leader; /* the row that stands for it, itself when none does */
	int also;      /* cross-posts folded into it */
	int folded;    /* other posts of its conversation folded into it */
};

enum list_side { SIDE_BACK, SIDE_ON };

typedef bool list_read_fn(void *owner, const struct view_span *span, struct arena *arena,
			  struct view_page *out, struct err *err);

struct list {
	list_read_fn *read;
	void *owner;
	bool items; /* the key is an item's position, else a post's id */
	struct arena arena;
	struct list_row *rows;
	size_t count, room;
	size_t cursor; /* below count, or 0 */
	int line;      /* of the pane, where the cursor stands */
	int height;    /* lines of the pane as last drawn */
	bool held;     /* a range is marked: nothing is cut */
	struct {
		int64_t reached;
		bool end;
	} sides[2];
};

void list_release(struct list *list);
int64_t list_key(const struct list *list, size_t index);
/* What a row is known by: the item in a list of items, else the post. */
int64_t list_id(const struct list *list, size_t index);
/* The row of an id, LIST_NOTHING when the window lacks it. */
size_t list_find(const struct list *list, int64_t id);
/* The row at the cursor; NULL when there is none. */
struct list_row *list_at(struct list *list);

/* A new window around key, the cursor on the first row from key on, else on the last. On failure
 * everything stays as it was. */
MUST_CHECK bool list_seek(struct list *list, int64_t key, struct err *err);
/* The same with the cursor on the row of that id if it is among them. */
MUST_CHECK bool list_seek_id(struct list *list, int64_t key, int64_t id, struct err *err);
/* Reads what stands around the cursor anew. */
MUST_CHECK bool list_reload(struct list *list, struct err *err);
/* Does the window want more rows at a side, and are there any? */
bool list_wants(const struct list *list, enum list_side side);
/* One go at that side. grown: rows came. */
MUST_CHECK bool list_grow(struct list *list, enum list_side side, bool *grown, struct err *err);
void list_remove(struct list *list, size_t index);
/* The row again, as it is now; its strings are copied. */
void list_replace(struct list *list, size_t index, const struct row *row);

/* The next row that is shown, from index in a direction; LIST_NOTHING at the end of the window. */
size_t list_next(const struct list *list, size_t index, enum list_side side);
/* Moves the cursor by so many shown rows, as far as the window goes. */
void list_step(struct list *list, int by);
void list_put_cursor(struct list *list, size_t index);
/* Lines that a row takes. */
int list_lines(const struct list_row *row);
/* Settles where the cursor stands in a pane of so many lines, and gives the row on its first one;
 * LIST_NOTHING when the list is empty. */
size_t list_settle(struct list *list, int height);
/* The row on a line of the pane. */
size_t list_on_line(struct list *list, int line);

#endif
