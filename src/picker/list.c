#include "archive/picker/list.h"

#include <stdlib.h>
#include <string.h>

#include "archive/base/mem.h"

void list_release(struct list *list)
{
	arena_release(&list->arena);
	free(list->rows);
	list->rows = NULL;
	list->count = list->room = list->cursor = 0;
}

static int64_t key_of(const struct list *list, const struct row *row)
{
	return list->items ? row->position : row->post;
}

int64_t list_key(const struct list *list, size_t index)
{
	return key_of(list, &list->rows[index].row);
}

int64_t list_id(const struct list *list, size_t index)
{
	const struct row *row = &list->rows[index].row;

	return list->items ? row->item : row->post;
}

size_t list_find(const struct list *list, int64_t id)
{
	for (size_t i = 0; i < list->count; i++)
		if (list_id(list, i) == id)
			return i;
	return LIST_NOTHING;
}

struct list_row *list_at(struct list *list)
{
	return list->count > 0 ? &list->rows[list->cursor] : NULL;
}

static struct row copied(struct arena *arena, const struct row *row)
{
	struct row copy = *row;

	copy.name = arena_strdup(arena, row->name);
	copy.handle = arena_strdup(arena, row->handle);
	copy.profile = arena_strdup(arena, row->profile);
	copy.url = arena_strdup(arena, row->url);
	copy.text = arena_strdup(arena, row->text);
	copy.key = arena_strdup(arena, row->key);
	copy.speaker = arena_strdup(arena, row->speaker);
	copy.conversation = arena_strdup(arena, row->conversation);
	return copy;
}

void list_replace(struct list *list, size_t index, const struct row *row)
{
	list->rows[index].row = copied(&list->arena, row);
}

/* ---- the window ---- */

static int64_t beyond(int64_t key, enum list_side side)
{
	if (side == SIDE_BACK)
		return key > INT64_MIN ? key - 1 : key;
	return key < INT64_MAX ? key + 1 : key;
}

/* Only what is kept is copied, so that the memory of what is cut comes back. */
static void keep_only(struct list *list, size_t first, size_t count)
{
	struct arena fresh = ARENA_INIT;

	if (!list->rows)
		return;
	memmove(list->rows, list->rows + first, count * sizeof(*list->rows));
	list->count = count;
	for (size_t i = 0; i < count; i++)
		list->rows[i].row = copied(&fresh, &list->rows[i].row);
	arena_release(&list->arena);
	list->arena = fresh;
}

/* Cuts at the side that did not grow, never up to the cursor. */
static void cut(struct list *list, enum list_side grown)
{
	size_t keep = LIST_KEPT, spare = LIST_READ, first = 0;

	if (list->held || list->count <= LIST_MAX)
		return;
	if (grown == SIDE_ON) {
		first = list->count - keep;
		if (first + spare > list->cursor)
			first = list->cursor > spare ? list->cursor - spare : 0;
		keep = list->count - first;
		list->cursor -= first;
	} else if (keep < list->cursor + spare) {
		keep = list->cursor + spare < list->count ? list->cursor + spare : list->count;
	}
	if (keep == list->count)
		return;
	keep_only(list, first, keep);
	if (grown == SIDE_ON) {
		list->sides[SIDE_BACK].reached = beyond(list_key(list, 0), SIDE_BACK);
		list->sides[SIDE_BACK].end = false;
	} else {
		list->sides[SIDE_ON].reached = beyond(list_key(list, keep - 1), SIDE_ON);
		list->sides[SIDE_ON].end = false;
	}
}

static void take(struct list *list, enum list_side side, const struct view_page *page)
{
	size_t at = side == SIDE_BACK ? 0 : list->count, count = page->count;

	if (count == 0)
		return;
	while (list->count + count > list->room) {
		list->room = list->room ? list->room * 2 : 256;
		list->rows = xreallocarray(list->rows, list->room, sizeof(*list->rows));
	}
	memmove(list->rows + at + count, list->rows + at, (list->count - at) * sizeof(*list->rows));
	for (size_t i = 0; i < count; i++)
		list->rows[at + i] = (struct list_row){ .row = page->rows[i], .leader = at + i };
	if (side == SIDE_BACK)
		list->cursor = list->count == 0 ? count - 1 : list->cursor + count;
	list->count += count;
}

bool list_grow(struct list *list, enum list_side side, bool *grown, struct err *err)
{
	const struct view_span span = { .from = list->sides[side].reached,
					.back = side == SIDE_BACK,
					.limit = LIST_READ,
					.budget = LIST_BUDGET };
	struct view_page page = { 0 };

	*grown = false;
	if (list->sides[side].end)
		return true;
	if (!list->read(list->owner, &span, &list->arena, &page, err))
		return false;
	take(list, side, &page);
	list->sides[side].reached = page.reached;
	list->sides[side].end = page.end;
	*grown = page.count > 0;
	cut(list, side);
	return true;
}

bool list_seek(struct list *list, int64_t key, struct err *err)
{
	struct list fresh = *list, old;
	bool grown;

	fresh.arena = (struct arena){ 0 };
	fresh.rows = NULL;
	fresh.count = fresh.room = fresh.cursor = 0;
	fresh.held = false;
	fresh.sides[SIDE_ON].reached = key;
	fresh.sides[SIDE_ON].end = key == LIST_LAST;
	fresh.sides[SIDE_BACK].reached = key == LIST_LAST ? key : beyond(key, SIDE_BACK);
	fresh.sides[SIDE_BACK].end = key == LIST_FIRST;
	if (!list_grow(&fresh, SIDE_ON, &grown, err) ||
	    !list_grow(&fresh, SIDE_BACK, &grown, err)) {
		list_release(&fresh);
		return false;
	}
	if (fresh.cursor >= fresh.count)
		fresh.cursor = fresh.count > 0 ? fresh.count - 1 : 0;
	old = *list;
	*list = fresh;
	list_release(&old);
	return true;
}

bool list_seek_id(struct list *list, int64_t key, int64_t id, struct err *err)
{
	size_t found;

	if (!list_seek(list, key, err))
		return false;
	found = list_find(list, id);
	if (found != LIST_NOTHING)
		list->cursor = found;
	return true;
}

bool list_reload(struct list *list, struct err *err)
{
	if (list->count == 0)
		return list_seek(list, LIST_FIRST, err);
	return list_seek_id(list, list_key(list, list->cursor), list_id(list, list->cursor), err);
}

bool list_wants(const struct list *list, enum list_side side)
{
	size_t want = (size_t)(list->height > 0 ? list->height : 1) + 8, shown = 0;
	size_t at = list->cursor;

	if (list->sides[side].end || (list->held && list->count >= LIST_RANGE))
		return false;
	if (list->count == 0)
		return true;
	while (shown < want && (at = list_next(list, at, side)) != LIST_NOTHING)
		shown++;
	return shown < want;
}

void list_remove(struct list *list, size_t index)
{
	memmove(list->rows + index, list->rows + index + 1,
		(list->count - index - 1) * sizeof(*list->rows));
	list->count--;
	if (list->cursor > index || (list->cursor == list->count && list->cursor > 0))
		list->cursor--;
}

/* ---- the cursor ---- */

size_t list_next(const struct list *list, size_t index, enum list_side side)
{
	while (side == SIDE_ON ? index + 1 < list->count : index > 0) {
		index = side == SIDE_ON ? index + 1 : index - 1;
		if (!list->rows[index].hidden)
			return index;
	}
	return LIST_NOTHING;
}

int list_lines(const struct list_row *row)
{
	return row->also > 0 ? 2 : 1;
}

void list_step(struct list *list, int by)
{
	enum list_side side = by < 0 ? SIDE_BACK : SIDE_ON;

	for (int left = abs(by); left > 0; left--) {
		size_t next = list_next(list, list->cursor, side);

		if (next == LIST_NOTHING)
			return;
		if (side == SIDE_BACK)
			list->line -= list_lines(&list->rows[next]);
		else
			list->line += list_lines(&list->rows[list->cursor]);
		list->cursor = next;
	}
}

void list_put_cursor(struct list *list, size_t index)
{
	size_t at = list->cursor;

	while (at != LIST_NOTHING && at < index) {
		list_step(list, 1);
		at = list->cursor == at ? LIST_NOTHING : list->cursor;
	}
	while (at != LIST_NOTHING && at > index) {
		list_step(list, -1);
		at = list->cursor == at ? LIST_NOTHING : list->cursor;
	}
}

static int lines_from(const struct list *list, size_t index, int at_most)
{
	int lines = 0;

	for (; index != LIST_NOTHING && lines < at_most; index = list_next(list, index, SIDE_ON))
		lines += list_lines(&list->rows[index]);
	return lines;
}

size_t list_settle(struct list *list, int height)
{
	int own, used = 0, below, most;
	size_t top, before;

	list->height = height;
	if (list->count == 0 || height <= 0)
		return LIST_NOTHING;
	own = list_lines(&list->rows[list->cursor]);
	most = list->line;
	most = most > height - own ? height - own : most;
	most = most < 0 ? 0 : most;
	below = lines_from(list, list->cursor, height);
	if (most < height - below)
		most = height - below;
	top = list->cursor;
	while ((before = list_next(list, top, SIDE_BACK)) != LIST_NOTHING) {
		int lines = list_lines(&list->rows[before]);

		if (used + lines > most)
			break;
		used += lines;
		top = before;
	}
	list->line = used;
	return top;
}

size_t list_on_line(struct list *list, int line)
{
	size_t at = list_settle(list, list->height);
	int used = 0;

	for (; at != LIST_NOTHING; at = list_next(list, at, SIDE_ON)) {
		used += list_lines(&list->rows[at]);
		if (line < used)
			return at;
	}
	return LIST_NOTHING;
}
