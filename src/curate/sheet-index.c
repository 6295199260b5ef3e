#include "archive/curate/sheet-index.h"

#include <stdlib.h>

static int by_id(const void *a, const void *b)
{
	const struct sheet_entry *one = a, *other = b;

	if (one->id != other->id)
		return one->id < other->id ? -1 : 1;
	return one->line < other->line ? -1 : one->line > other->line;
}

static void index_lines(struct arena *arena, const struct sheet *sheet, bool posts,
			struct sheet_index *out)
{
	*out = (struct sheet_index){ arena_array(arena, sheet->count, sizeof(*out->entries)), 0 };
	for (size_t i = 0; i < sheet->count; i++) {
		int64_t id = posts ? sheet->lines[i].post : sheet->lines[i].item.id;

		if (id)
			out->entries[out->count++] = (struct sheet_entry){ id, i };
	}
	if (out->count > 1)
		qsort(out->entries, out->count, sizeof(*out->entries), by_id);
}

void sheet_index_items(struct arena *arena, const struct sheet *sheet, struct sheet_index *out)
{
	index_lines(arena, sheet, false, out);
}

void sheet_index_posts(struct arena *arena, const struct sheet *sheet, struct sheet_index *out)
{
	index_lines(arena, sheet, true, out);
}

size_t sheet_index_find(const struct sheet_index *index, int64_t id)
{
	size_t low = 0;
	size_t high = index->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (index->entries[middle].id < id)
			low = middle + 1;
		else
			high = middle;
	}
	return id && low < index->count && index->entries[low].id == id ? index->entries[low].line
									: SHEET_NONE;
}

/* The first of the rows' ends whose place is not smaller. */
static size_t find_row(const size_t *places, const size_t *ends, size_t rows, size_t place)
{
	size_t low = 0;
	size_t high = rows;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (places[ends[middle]] < place)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* ends[n] is where the best row of n + 1 ends, before[i] what stands before i in its row. */
void sheet_rising(struct arena *arena, const size_t *places, size_t count, bool *kept)
{
	size_t *ends = arena_array(arena, count, sizeof(*ends));
	size_t *before = arena_array(arena, count, sizeof(*before));
	size_t rows = 0;

	for (size_t i = 0; i < count; i++) {
		size_t row;

		kept[i] = false;
		if (places[i] == SHEET_NONE)
			continue;
		row = find_row(places, ends, rows, places[i]);
		before[i] = row > 0 ? ends[row - 1] : SHEET_NONE;
		ends[row] = i;
		rows = row == rows ? rows + 1 : rows;
	}
	for (size_t i = rows > 0 ? ends[rows - 1] : SHEET_NONE; i != SHEET_NONE; i = before[i])
		kept[i] = true;
}

bool sheet_same_words(const struct item *a, const struct item *b)
{
	return str_same(a->text, b->text) && str_same(a->url, b->url) &&
	       str_same(a->speaker, b->speaker) && str_same(a->label, b->label) &&
	       str_same(a->key, b->key) && a->starts == b->starts;
}

bool sheet_same_style(const struct item *a, const struct item *b)
{
	return a->style.emphasis == b->style.emphasis && a->style.colour == b->style.colour;
}

bool sheet_same_tags(const struct thread *a, const struct thread *b)
{
	if (a->tag_count != b->tag_count)
		return false;
	for (size_t i = 0; i < a->tag_count; i++)
		if (!str_same(a->tags[i], b->tags[i]))
			return false;
	return true;
}

bool sheet_same_settings(const struct thread *a, const struct thread *b)
{
	return str_same(a->slug, b->slug) && str_same(a->title, b->title) &&
	       str_same(a->lang, b->lang) && str_same(a->zone, b->zone) && a->since == b->since &&
	       a->until == b->until && a->lag == b->lag && str_same(a->curator, b->curator) &&
	       str_same(a->description, b->description) && sheet_same_tags(a, b);
}
