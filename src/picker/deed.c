#include "archive/picker/state.h"

#include <stdlib.h>
#include <string.h>

#include "archive/base/mem.h"
#include "archive/text/utf8.h"

#define MOST_ABOUT 24 /* characters of what a step was about */

void deeds_release(struct deeds *deeds)
{
	free(deeds->ops);
	*deeds = (struct deeds){ 0 };
}

struct op *deeds_add(struct deeds *deeds, enum op_kind kind)
{
	if (deeds->count == deeds->room) {
		deeds->room = deeds->room ? deeds->room * 2 : 8;
		deeds->ops = xreallocarray(deeds->ops, deeds->room, sizeof(*deeds->ops));
	}
	deeds->ops[deeds->count] = (struct op){ .kind = kind };
	return &deeds->ops[deeds->count++];
}

bool deeds_do(struct picker *picker, const char *name, const struct deeds *deeds, int64_t *item)
{
	struct op_report report = { 0 };
	struct err err = { 0 };

	if (deeds->count == 0)
		return false;
	if (!store_do(picker->store, picker->thread.id, name, deeds->ops, deeds->count, &report,
		      &err)) {
		picker_fail(picker, &err);
		return false;
	}
	if (item)
		*item = report.item;
	return report.changed > 0;
}

/* ---- what a key acts on ---- */

void deed_end_range(struct picker *picker)
{
	picker->range = 0;
	for (int pane = 0; pane < PANE_COUNT; pane++)
		picker->lists[pane].held = false;
}

bool deed_rows(struct picker *picker, size_t *from, size_t *to)
{
	const struct list *list = picker_list(picker);
	size_t begin = picker->range ? list_find(list, picker->range) : LIST_NOTHING;

	if (list->count == 0)
		return false;
	if (begin == LIST_NOTHING)
		begin = list->cursor;
	*from = begin < list->cursor ? begin : list->cursor;
	*to = (begin < list->cursor ? list->cursor : begin) + 1;
	return true;
}

static void decide(struct picker *picker, struct deeds *deeds, const struct list_row *row,
		   enum op_kind kind)
{
	const struct list *thread = &picker->lists[PANE_THREAD];
	struct op *op;

	if (row->row.post == 0 && kind != OP_DROP)
		return;
	op = deeds_add(deeds, row->row.post ? kind : OP_REMOVE);
	op->post = row->row.post;
	op->item = row->row.item;
	op->spot.kind = SPOT_TIME;
	if (kind == OP_CHOOSE) {
		op->item = 0;
		op->spot.item = thread->count > 0 ? list_id(thread, thread->cursor) : 0;
	}
}

/* What is folded into a candidate goes with it; chosen, it stands on the same card. */
static void decide_folded(struct picker *picker, struct deeds *deeds, size_t index,
			  enum op_kind kind)
{
	const struct list *list = &picker->lists[PANE_CANDIDATES];

	decide(picker, deeds, &list->rows[index], kind);
	for (size_t i = 0; list->rows[index].also > 0 && i < list->count; i++) {
		struct op *op;

		if (i == index || list->rows[i].leader != index)
			continue;
		op = deeds_add(deeds, kind);
		op->post = list->rows[i].row.post;
		op->words.joined = kind == OP_CHOOSE;
		op->spot.kind = SPOT_NEXT;
	}
}

/* What is joined to a post of the thread goes with it. */
static size_t joined_end(const struct list *list, size_t index)
{
	for (index++; index < list->count && list->rows[index].row.joined; index++)
		;
	return index;
}

/* The last first: each of them may go behind the item at the thread's cursor. */
static void gather(struct picker *picker, struct deeds *deeds, enum op_kind kind, size_t from,
		   size_t to)
{
	const struct list *list = picker_list(picker);

	if (picker->pane == PANE_THREAD && !list->rows[from].row.joined)
		to = joined_end(list, to - 1);
	for (size_t i = to; i > from; i--) {
		if (picker->pane == PANE_THREAD)
			decide(picker, deeds, &list->rows[i - 1], kind);
		else if (!list->rows[i - 1].hidden)
			decide_folded(picker, deeds, i - 1, kind);
	}
}

int64_t deed_item_of(struct picker *picker, int64_t post)
{
	struct arena arena = ARENA_INIT;
	struct row row = { 0 };
	struct err err = { 0 };
	int64_t item = 0;

	if (view_post_row(picker->store, picker->thread.id, post, &arena, &row, &err))
		item = row.item;
	else if (err.code != ERR_NOT_FOUND)
		picker_fail(picker, &err);
	arena_release(&arena);
	return item;
}

/* The row that the cursor steps on to: the next one that stays. */
static int64_t step_on(const struct list *list, size_t last)
{
	size_t next = list_next(list, last, SIDE_ON);

	return next == LIST_NOTHING ? 0 : list_id(list, next);
}

static void put_on(struct picker *picker, enum pane pane, int64_t id)
{
	struct list *list = &picker->lists[pane];
	size_t index = id ? list_find(list, id) : LIST_NOTHING;

	if (index != LIST_NOTHING)
		list_put_cursor(list, index);
	list_fill(picker, pane);
}

static void refresh(struct picker *picker, const struct deeds *deeds)
{
	int64_t *posts = xcalloc(deeds->count, sizeof(*posts));
	size_t count = 0;

	for (size_t i = 0; i < deeds->count; i++)
		if (deeds->ops[i].post)
			posts[count++] = deeds->ops[i].post;
	candidates_refresh(picker, posts, count);
	free(posts);
}

static const char *const done[OP_COUNT] = {
	[OP_CHOOSE] = "chosen",
	[OP_DROP] = "dropped",
	[OP_UNDECIDE] = "undecided again",
};

static void act(struct picker *picker, enum op_kind kind)
{
	struct deeds deeds = { 0 };
	int64_t next, item = 0;
	size_t from, to;
	bool many;

	if (!deed_rows(picker, &from, &to))
		return;
	many = picker->range != 0;
	gather(picker, &deeds, kind, from, to);
	next = step_on(picker_list(picker), picker->pane == PANE_THREAD
						    ? joined_end(picker_list(picker), to - 1) - 1
						    : to - 1);
	if (deeds_do(picker, NULL, &deeds, NULL)) {
		if (kind == OP_CHOOSE)
			item = deed_item_of(picker, deeds.ops[0].post);
		if (many)
			picker_tell(picker, false, "%zu %s: u undoes it", deeds.count, done[kind]);
		deed_end_range(picker);
		picker_read_thread(picker, picker->pane == PANE_THREAD ? next
					   : kind == OP_CHOOSE	       ? item
								       : 0);
		refresh(picker, &deeds);
	}
	if (!picker->warning) {
		deed_end_range(picker);
		put_on(picker, picker->pane, next);
	}
	deeds_release(&deeds);
}

void deed_choose(struct picker *picker, struct want *want)
{
	(void)want;
	if (picker->pane == PANE_THREAD)
		picker_tell(picker, false, "what stands in the thread is chosen already");
	act(picker, OP_CHOOSE);
}

void deed_drop(struct picker *picker, struct want *want)
{
	(void)want;
	act(picker, OP_DROP);
}

void deed_undecide(struct picker *picker, struct want *want)
{
	const struct list_row *row = picker_row(picker);

	(void)want;
	if (row && row->row.post == 0 && !picker->range)
		picker_tell(picker, false, "U is for posts: x takes a %s away",
			    item_kind_name(row->row.kind));
	act(picker, OP_UNDECIDE);
}

/* ---- back and forth ---- */

typedef bool history_fn(struct store *store, int64_t thread, struct arena *arena, struct step *step,
			struct err *err);

/* On one line: what is undone quickly several times shall not move the screen up and down. */
static void tell_step(struct picker *picker, const char *did, const struct step *step)
{
	const char *about = step->about ? step->about : "";
	size_t len = strlen(about), shown = utf8_offset(about, len, MOST_ABOUT);

	picker_tell(picker, false, "%s: %s%s%.*s%s", did, step->op, len > 0 ? " " : "", (int)shown,
		    about, shown < len ? ".." : "");
}

static void turn(struct picker *picker, history_fn *history, const char *did, const char *nothing)
{
	struct arena arena = ARENA_INIT;
	struct step step = { 0 };
	struct err err = { 0 };

	if (!history(picker->store, picker->thread.id, &arena, &step, &err)) {
		picker_fail(picker, &err);
	} else if (step.number == 0) {
		picker_tell(picker, false, "%s", nothing);
	} else {
		tell_step(picker, did, &step);
		deed_end_range(picker);
		picker_read_thread(picker, 0);
		candidates_reload(picker);
	}
	arena_release(&arena);
}

void deed_undo(struct picker *picker, struct want *want)
{
	(void)want;
	turn(picker, thread_undo, "undone", "there is nothing to undo");
}

void deed_redo(struct picker *picker, struct want *want)
{
	(void)want;
	turn(picker, thread_redo, "done again", "there is nothing to do again");
}
