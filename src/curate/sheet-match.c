#include <stdlib.h>
#include <string.h>

#include "archive/curate/change.h"
#include "archive/curate/sheet-index.h"

/* ---- posts of the text ---- */

size_t sheet_leave_missing(struct sheet *text)
{
	size_t count = text->count;
	size_t kept = 0;
	bool head_missing = false;

	for (size_t i = 0; i < count; i++) {
		struct sheet_line line = text->lines[i];
		bool missing = line.item.kind == ITEM_POST && line.post == 0;

		if (!line.item.joined && !line.dropped)
			head_missing = missing;
		if (missing)
			continue;
		if (line.item.joined && head_missing) {
			line.item.joined = false;
			head_missing = false;
		}
		text->lines[kept++] = line;
	}
	text->count = kept;
	return count - kept;
}

bool sheet_check_posts(struct arena *arena, const struct sheet *text, struct sheet_mistake *mistake)
{
	const struct sheet_line *first = NULL, *second = NULL;
	struct sheet_index posts;

	sheet_index_posts(arena, text, &posts);
	for (size_t i = 1; i < posts.count; i++) {
		const struct sheet_line *line = &text->lines[posts.entries[i].line];

		if (posts.entries[i - 1].id != posts.entries[i].id ||
		    (second && second->number < line->number))
			continue;
		first = &text->lines[posts.entries[i - 1].line];
		second = line;
	}
	if (!second)
		return true;
	mistake->line = second->number;
	return err_set(&mistake->why, ERR_USAGE,
		       "this post stands on line %zu already: one of the two has to go",
		       first->number);
}

/* ---- the items of the text ---- */

struct matching {
	const struct sheet *base;
	struct sheet *text;
	size_t *base_of; /* of each line of the text, SHEET_NONE = none */
	bool *taken;	 /* of each line of base */
};

static void pair(struct matching *m, size_t line, size_t base)
{
	struct item *item = &m->text->lines[line].item;

	m->base_of[line] = base;
	m->taken[base] = true;
	item->id = m->base->lines[base].item.id;
	if (item->kind == ITEM_HEADING && !item->key)
		item->key = m->base->lines[base].item.key;
}

static void match_posts(struct arena *arena, struct matching *m)
{
	struct sheet_index posts;

	sheet_index_posts(arena, m->base, &posts);
	for (size_t i = 0; i < m->text->count; i++) {
		size_t base = sheet_index_find(&posts, m->text->lines[i].post);

		if (base == SHEET_NONE || m->taken[base] || m->base->lines[base].dropped ||
		    m->text->lines[i].dropped)
			continue;
		pair(m, i, base);
	}
}

/* A line by what it says; lines that say the same in their order. */
struct said {
	const struct item *item;
	size_t line;
	bool by_key;
};

static int order_text(const char *a, const char *b)
{
	return strcmp(a ? a : "", b ? b : "");
}

static int same_said(const struct said *a, const struct said *b)
{
	int order;

	if (a->item->kind != b->item->kind)
		return a->item->kind < b->item->kind ? -1 : 1;
	if (a->by_key)
		return order_text(a->item->key, b->item->key);
	order = order_text(a->item->text, b->item->text);
	return order || a->item->kind == ITEM_HEADING ? order
						      : order_text(a->item->url, b->item->url);
}

static int by_said(const void *a, const void *b)
{
	const struct said *one = a, *other = b;
	int order = same_said(one, other);

	if (order == 0)
		order = one->line < other->line ? -1 : 1;
	return order;
}

/* What is not matched yet: keyed headings, or all but posts. */
static size_t list_said(struct arena *arena, const struct sheet *sheet, const struct matching *m,
			bool by_key, struct said **out)
{
	struct said *list = arena_array(arena, sheet->count, sizeof(*list));
	size_t count = 0;

	for (size_t i = 0; i < sheet->count; i++) {
		const struct item *item = &sheet->lines[i].item;
		bool matched = sheet == m->base ? m->taken[i] : m->base_of[i] != SHEET_NONE;

		if (!matched && item->kind != ITEM_POST && (!by_key || item->key))
			list[count++] = (struct said){ item, i, by_key };
	}
	if (count > 1)
		qsort(list, count, sizeof(*list), by_said);
	*out = list;
	return count;
}

static void match_said(struct arena *arena, struct matching *m, bool by_key)
{
	struct said *base, *text;
	size_t base_count = list_said(arena, m->base, m, by_key, &base);
	size_t text_count = list_said(arena, m->text, m, by_key, &text);

	for (size_t i = 0, j = 0; i < text_count && j < base_count;) {
		int order = same_said(&text[i], &base[j]);

		if (order == 0)
			pair(m, text[i].line, base[j].line);
		i += order <= 0;
		j += order >= 0;
	}
}

static bool says_same(const struct item *a, const struct item *b)
{
	const struct said one = { .item = a }, other = { .item = b };

	return same_said(&one, &other) == 0;
}

/* Which note it is, of those that say the same or when its words changed, is told by what it stands
 * behind, or before. */
static void match_beside(struct matching *m, size_t line, size_t neighbour, bool below, bool same)
{
	size_t base = neighbour < m->text->count ? m->base_of[neighbour] : SHEET_NONE;
	enum item_kind kind = m->text->lines[line].item.kind;

	if (m->base_of[line] != SHEET_NONE || kind == ITEM_POST || base == SHEET_NONE ||
	    (!below && base == 0))
		return;
	base += below ? 1 : SIZE_MAX;
	if (base >= m->base->count || m->taken[base] || m->base->lines[base].item.kind != kind ||
	    m->base->lines[base].dropped)
		return;
	if (!same || says_same(&m->base->lines[base].item, &m->text->lines[line].item))
		pair(m, line, base);
}

static void match_neighbours(struct matching *m, bool same)
{
	for (size_t i = 1; i < m->text->count; i++)
		match_beside(m, i, i - 1, true, same);
	for (size_t i = m->text->count; i-- > 0;)
		match_beside(m, i, i + 1, false, same);
}

void sheet_match(struct arena *arena, const struct sheet *base, struct sheet *text)
{
	struct matching m = { base, text, arena_array(arena, text->count, sizeof(*m.base_of)),
			      arena_array(arena, base->count, sizeof(*m.taken)) };
	size_t count = text->count;

	for (size_t i = 0; i < count; i++)
		m.base_of[i] = SHEET_NONE;
	match_posts(arena, &m);
	match_said(arena, &m, true);
	match_neighbours(&m, true);
	match_said(arena, &m, false);
	if (count > 0 && base->count > 0 && m.base_of[0] == SHEET_NONE && !m.taken[0] &&
	    text->lines[0].item.kind == base->lines[0].item.kind &&
	    text->lines[0].item.kind != ITEM_POST)
		pair(&m, 0, 0);
	match_neighbours(&m, false);
}
