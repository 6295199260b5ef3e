#include "archive/picker/state.h"

#define SLICE 64 /* rows that are read again in one go */

bool candidates_read(void *owner, const struct view_span *span, struct arena *arena,
		     struct view_page *out, struct err *err)
{
	struct picker *picker = owner;

	return view_candidates(picker->store, &picker->thread, &picker->filter, span, arena, out,
			       err);
}

/* false: the row is no more. */
static bool refresh_row(struct picker *picker, size_t index, struct err *err)
{
	struct list *list = &picker->lists[PANE_CANDIDATES];
	struct arena arena = ARENA_INIT;
	struct row row = { 0 };
	bool there;

	there = view_post_row(picker->store, picker->thread.id, list->rows[index].row.post, &arena,
			      &row, err);
	if (there && filter_passes(picker, &row))
		list_replace(list, index, &row);
	else if (there || err->code == ERR_NOT_FOUND)
		list_remove(list, index);
	if (err->code == ERR_NOT_FOUND)
		*err = (struct err){ 0 };
	arena_release(&arena);
	return err->code == ERR_NONE;
}

void candidates_refresh(struct picker *picker, const int64_t *posts, size_t count)
{
	struct list *list = &picker->lists[PANE_CANDIDATES];
	struct err err = { 0 };

	for (size_t i = 0; i < count; i++) {
		size_t index = list_find(list, posts[i]);

		if (index != LIST_NOTHING && !refresh_row(picker, index, &err))
			break;
	}
	if (err.code != ERR_NONE)
		picker_fail(picker, &err);
	fold_update(picker);
	list_fill(picker, PANE_CANDIDATES);
}

/* Rows of the window with these indexes, the last first: taking one away moves those behind it. */
static void refresh_rows(struct picker *picker, size_t from, size_t to)
{
	struct err err = { 0 };

	for (size_t i = to; i > from; i--)
		if (!refresh_row(picker, i - 1, &err))
			break;
	if (err.code != ERR_NONE)
		picker_fail(picker, &err);
	fold_update(picker);
	list_fill(picker, PANE_CANDIDATES);
}

void candidates_refresh_all(struct picker *picker)
{
	struct list *list = &picker->lists[PANE_CANDIDATES];
	size_t reach = (size_t)list->height, to = list->cursor + reach;

	refresh_rows(picker, list->cursor > reach ? list->cursor - reach : 0,
		     to < list->count ? to : list->count);
	picker->stale = picker->stale_of = list->count;
}

bool candidates_idle(struct picker *picker, bool *changed)
{
	const struct list *list = &picker->lists[PANE_CANDIDATES];
	size_t from;

	if (picker->stale == 0)
		return false;
	if (picker->stale_of != list->count)
		picker->stale = list->count;
	from = picker->stale > SLICE ? picker->stale - SLICE : 0;
	refresh_rows(picker, from, picker->stale);
	*changed = true;
	picker->stale = from;
	picker->stale_of = list->count;
	return from > 0;
}

void candidates_seek(struct picker *picker, int64_t key)
{
	struct err err = { 0 };

	deed_end_range(picker);
	picker->unread = !list_seek(&picker->lists[PANE_CANDIDATES], key, &err);
	if (picker->unread)
		picker_fail(picker, &err);
	fold_update(picker);
	list_fill(picker, PANE_CANDIDATES);
}

void candidates_reload(struct picker *picker)
{
	struct err err = { 0 };

	deed_end_range(picker);
	picker->unread = !list_reload(&picker->lists[PANE_CANDIDATES], &err);
	if (picker->unread)
		picker_fail(picker, &err);
	fold_update(picker);
	list_fill(picker, PANE_CANDIDATES);
}

/* A filter that lets few through is read on when nobody is waiting. */
void list_fill(struct picker *picker, enum pane pane)
{
	struct list *list = &picker->lists[pane];
	struct err err = { 0 };
	bool grown = false, any = false;

	for (int side = SIDE_BACK; side <= SIDE_ON; side++) {
		if (!list_wants(list, (enum list_side)side))
			continue;
		if (!list_grow(list, (enum list_side)side, &grown, &err)) {
			picker_fail(picker, &err);
			return;
		}
		any = any || grown;
	}
	if (any && pane == PANE_CANDIDATES)
		fold_update(picker);
}
