#include "archive/picker/state.h"

#include <stdlib.h>

#include "archive/base/mem.h"
#include "archive/curate/sections.h"

/* The item that a key means: of the thread's cursor, or that of a chosen candidate. */
static bool in_thread(struct picker *picker)
{
	if (picker->pane == PANE_THREAD)
		return picker_row(picker) != NULL;
	picker_tell(picker, false, "this is done in the thread: Tab goes there");
	return false;
}

static void add_move(struct deeds *deeds, int64_t item, enum spot_kind kind, int64_t at)
{
	struct op *op = deeds_add(deeds, OP_MOVE);

	op->item = item;
	op->spot = (struct spot){ .kind = kind, .item = at, .by_hand = true };
}

/* Those of the range that are not joined to another, one behind the other. */
static void add_moves(struct picker *picker, struct deeds *deeds, size_t from, size_t to,
		      enum spot_kind kind, int64_t at)
{
	const struct list *list = picker_list(picker);

	for (size_t i = from; i < to; i++) {
		if (list->rows[i].row.joined)
			continue;
		add_move(deeds, list_id(list, i), deeds->count > 0 ? SPOT_NEXT : kind, at);
	}
}

static void move(struct picker *picker, size_t from, size_t to, enum spot_kind kind, int64_t at)
{
	int64_t cursor = list_id(picker_list(picker), picker_list(picker)->cursor);
	struct deeds deeds = { 0 };

	add_moves(picker, &deeds, from, to, kind, at);
	if (deeds_do(picker, NULL, &deeds, NULL))
		picker_read_thread(picker, cursor);
	deeds_release(&deeds);
}

/* The rows that move, with what is joined to the last of them. */
static bool moving(struct picker *picker, size_t *from, size_t *to)
{
	const struct list *list = picker_list(picker);

	if (!in_thread(picker) || !deed_rows(picker, from, to))
		return false;
	if (list->rows[*from].row.joined) {
		picker_tell(picker, false, "a cross-post moves with the post above it");
		return false;
	}
	while (*to < list->count && list->rows[*to].row.joined)
		(*to)++;
	return true;
}

void order_down(struct picker *picker, struct want *want)
{
	const struct list *list = picker_list(picker);
	size_t from, to;

	(void)want;
	if (!moving(picker, &from, &to))
		return;
	if (to < list->count)
		move(picker, from, to, SPOT_AFTER, list_id(list, to));
	else
		picker_tell(picker, false, "this is the end of the thread");
}

void order_up(struct picker *picker, struct want *want)
{
	const struct list *list = picker_list(picker);
	size_t from, to, before;

	(void)want;
	if (!moving(picker, &from, &to))
		return;
	for (before = from; before > 0 && list->rows[before - 1].row.joined; before--)
		;
	if (before > 0)
		move(picker, from, to, SPOT_BEFORE, list_id(list, before - 1));
	else
		picker_tell(picker, false, "this is the top of the thread");
}

/* Number of the first heading that stands behind the position. */
static size_t heading_behind(const struct picker *picker, int64_t position)
{
	size_t i = 0;

	while (i < picker->heading_count && picker->headings[i].position <= position)
		i++;
	return i;
}

static bool pushing(struct picker *picker, size_t *from, size_t *to)
{
	if (!moving(picker, from, to))
		return false;
	if (picker_row(picker)->row.kind != ITEM_HEADING)
		return true;
	picker_tell(picker, false, "a heading is moved by J and K");
	return false;
}

/* The talks of a timetable, where there is one: headings within a talk are no border. */
static bool to_talk(const struct picker *picker, size_t at, enum section_side side, struct op *op)
{
	struct section_heading *headings = xcalloc(picker->heading_count + 1, sizeof(*headings));
	bool any = false, found;

	for (size_t i = 0; i < picker->heading_count; i++) {
		headings[i] = (struct section_heading){ .item = picker->headings[i].item,
							.starts = picker->headings[i].time };
		any = any || headings[i].starts;
	}
	found = any && section_push(headings, picker->heading_count, at, side, 0, op);
	free(headings);
	return found;
}

static void push(struct picker *picker, enum section_side side)
{
	size_t from, to, behind, at;
	struct op op = { .spot.kind = SPOT_END };
	bool found;

	if (!pushing(picker, &from, &to))
		return;
	behind = heading_behind(picker, list_key(picker_list(picker), from));
	at = side == SECTION_NEXT ? behind : behind - 1;
	found = at < picker->heading_count;
	if (found && !to_talk(picker, behind > 0 ? behind - 1 : SECTION_ABOVE, side, &op))
		op.spot = (struct spot){
			.kind = side == SECTION_NEXT ? SPOT_AFTER : SPOT_BEFORE,
			.item = picker->headings[at].item,
		};
	if (found)
		move(picker, from, to, op.spot.kind, op.spot.item);
	else
		picker_tell(picker, false, "there is no section %s this",
			    side == SECTION_NEXT ? "behind" : "before");
}

void order_push_back(struct picker *picker, struct want *want)
{
	(void)want;
	push(picker, SECTION_PREVIOUS);
}

void order_push_next(struct picker *picker, struct want *want)
{
	(void)want;
	push(picker, SECTION_NEXT);
}

void order_sort(struct picker *picker, struct want *want)
{
	struct deeds deeds = { 0 };
	size_t heading;
	struct op *op;

	(void)want;
	if (!in_thread(picker))
		return;
	heading = heading_behind(picker, picker_row(picker)->row.position);
	op = deeds_add(&deeds, OP_SORT);
	op->item = heading > 0 ? picker->headings[heading - 1].item : 0;
	if (deeds_do(picker, NULL, &deeds, NULL)) {
		deed_end_range(picker);
		picker_read_thread(picker, 0);
		picker_tell(picker, false,
			    heading > 0 ? "the section is in order of time"
					: "the thread is in order of time");
	} else if (!picker->warning) {
		picker_tell(picker, false, "this is in order of time already");
	}
	deeds_release(&deeds);
}

/* ---- looks ---- */

typedef void style_fn(struct item_style *style, int value);

static void style_rows(struct picker *picker, style_fn *change, int value)
{
	const struct list *list = picker_list(picker);
	struct deeds deeds = { 0 };
	size_t from = 0, to = 0;

	if (!deed_rows(picker, &from, &to))
		return;
	for (size_t i = from; i < to; i++) {
		const struct row *row = &list->rows[i].row;
		struct op *op;

		if (row->item == 0 || row->kind == ITEM_HEADING || row->kind == ITEM_LINK)
			continue;
		op = deeds_add(&deeds, OP_STYLE);
		op->item = row->item;
		op->words.style = row->style;
		change(&op->words.style, value);
	}
	if (deeds.count == 0)
		picker_tell(picker, false, "only chosen posts and notes have a colour and a size");
	if (deeds_do(picker, NULL, &deeds, NULL)) {
		picker_read_thread(picker, 0);
		if (picker->pane == PANE_CANDIDATES)
			candidates_refresh_all(picker);
	}
	deeds_release(&deeds);
}

static void set_colour(struct item_style *style, int colour)
{
	style->colour = (enum colour)colour;
}

void order_colour(struct picker *picker, enum colour colour)
{
	style_rows(picker, set_colour, (int)colour);
}

static void grow(struct item_style *style, int by)
{
	static const enum emphasis sizes[] = { EMPHASIS_SMALL, EMPHASIS_NORMAL, EMPHASIS_LARGE };
	int at = style->emphasis == EMPHASIS_SMALL ? 0 : style->emphasis == EMPHASIS_NORMAL ? 1 : 2;

	at += by;
	style->emphasis = sizes[at < 0 ? 0 : at > 2 ? 2 : at];
}

void order_larger(struct picker *picker, struct want *want)
{
	(void)want;
	style_rows(picker, grow, 1);
}

void order_smaller(struct picker *picker, struct want *want)
{
	(void)want;
	style_rows(picker, grow, -1);
}
