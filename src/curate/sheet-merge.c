#include "archive/curate/change.h"

#include <string.h>

#include "archive/base/mem.h"
#include "archive/curate/sheet-index.h"

/* What three of the same thread say, and the list that becomes of it. */
struct merging {
	struct arena *arena;
	const struct sheet *base, *now, *text;
	struct sheet_index base_items, now_items, base_posts, now_posts, text_posts;
	struct sheet_index text_items;
	bool *text_moved, *now_moved; /* of each line of base */
	struct sheet_line *lines;
	size_t *next; /* of each: the line behind it */
	size_t first, count;
	size_t *node_of; /* of each line of now */
	size_t both;
};

static const struct sheet_line *line_of(const struct sheet *sheet, size_t at)
{
	return at == SHEET_NONE ? NULL : &sheet->lines[at];
}

/* ---- what moved ---- */

static void find_moved(struct merging *m, const struct sheet *other, bool *moved)
{
	size_t *places = arena_array(m->arena, other->count, sizeof(*places));
	bool *stays = arena_array(m->arena, other->count, sizeof(*stays));

	for (size_t i = 0; i < other->count; i++)
		places[i] = sheet_index_find(&m->base_items, other->lines[i].item.id);
	sheet_rising(m->arena, places, other->count, stays);
	for (size_t i = 0; i < other->count; i++)
		if (places[i] != SHEET_NONE)
			moved[places[i]] = !stays[i];
}

static bool same_item(const struct item *a, const struct item *b)
{
	return sheet_same_words(a, b) && sheet_same_style(a, b) && a->fixed == b->fixed &&
	       a->joined == b->joined;
}

/* ---- the list ---- */

static size_t add_behind(struct merging *m, size_t above, const struct sheet_line *line)
{
	size_t node = m->count++;

	m->lines[node] = *line;
	if (above == SHEET_NONE) {
		m->next[node] = m->first;
		m->first = node;
	} else {
		m->next[node] = m->next[above];
		m->next[above] = node;
	}
	return node;
}

static const char *either(const char *base, const char *now, const char *text, bool *both)
{
	if (str_same(text, base))
		return now;
	*both = *both || (!str_same(now, base) && !str_same(now, text));
	return text;
}

/* What the text left as it was is as it is now. */
static void merge_item(struct merging *m, const struct item *base, const struct item *now,
		       struct item *text)
{
	bool both = false;

	text->text = either(base->text, now->text, text->text, &both);
	text->url = either(base->url, now->url, text->url, &both);
	text->speaker = either(base->speaker, now->speaker, text->speaker, &both);
	text->label = text->url ? either(base->label, now->label, text->label, &both) : NULL;
	text->key = either(base->key, now->key, text->key, &both);
	if (text->starts == base->starts)
		text->starts = now->starts;
	if (sheet_same_style(text, base))
		text->style = now->style;
	if (text->fixed == base->fixed)
		text->fixed = now->fixed;
	if (text->joined == base->joined)
		text->joined = now->joined;
	m->both += both;
}

/* A line of the text that was in base: does it stand in the list, where the text has it? */
static bool keep_known(struct merging *m, size_t base_at, size_t now_at, struct sheet_line *line)
{
	const struct item *base = &m->base->lines[base_at].item;
	bool touched = m->text_moved[base_at] || !same_item(base, &line->item);

	if (now_at == SHEET_NONE) {
		m->both += touched;
		line->item.id = 0;
		line->again = true;
		return touched;
	}
	merge_item(m, base, &m->now->lines[now_at].item, &line->item);
	m->both += m->text_moved[base_at] && m->now_moved[base_at];
	return m->text_moved[base_at] || !m->now_moved[base_at];
}

static size_t find_in_now(const struct merging *m, const struct sheet_line *line)
{
	size_t at = sheet_index_find(&m->now_items, line->item.id);

	if (at == SHEET_NONE && line->item.kind == ITEM_POST) {
		at = sheet_index_find(&m->now_posts, line->post);
		if (at != SHEET_NONE && m->now->lines[at].dropped)
			at = SHEET_NONE;
	}
	for (size_t i = 0; at == SHEET_NONE && line->item.key && i < m->now->count; i++)
		if (str_same(m->now->lines[i].item.key, line->item.key))
			at = i;
	return at;
}

static void take_text(struct merging *m)
{
	size_t above = SHEET_NONE;

	for (size_t i = 0; i < m->text->count; i++) {
		struct sheet_line line = m->text->lines[i];
		size_t base_at = sheet_index_find(&m->base_items, line.item.id);
		size_t now_at;

		if (line.dropped)
			continue;
		now_at = find_in_now(m, &line);
		if (base_at != SHEET_NONE && !keep_known(m, base_at, now_at, &line))
			continue;
		if (now_at != SHEET_NONE)
			line.item.id = m->now->lines[now_at].item.id;
		above = add_behind(m, above, &line);
		if (now_at != SHEET_NONE)
			m->node_of[now_at] = above;
	}
}

/* Does this line of now come from now alone? out is how it is to be then. */
static bool is_of_now(struct merging *m, size_t at, struct sheet_line *out)
{
	const struct sheet_line *line = &m->now->lines[at];
	size_t base_at = sheet_index_find(&m->base_items, line->item.id);
	size_t text_at = sheet_index_find(&m->text_items, line->item.id);
	const struct sheet_line *text_post = line_of(m->text,
						     sheet_index_find(&m->text_posts, line->post));
	const struct sheet_line *base = line_of(m->base, base_at);

	*out = *line;
	if (base_at == SHEET_NONE) {
		bool dropped = text_post && text_post->dropped &&
			       sheet_index_find(&m->base_posts, line->post) == SHEET_NONE;

		m->both += dropped;
		return !dropped;
	}
	if (text_at == SHEET_NONE) { /* the text took it away */
		m->both += m->now_moved[base_at] || !same_item(&base->item, &line->item);
		return false;
	}
	out->item = m->text->lines[text_at].item;
	merge_item(m, &base->item, &line->item, &out->item);
	return true;
}

/* Each behind what it stands behind now; a group stays together. */
static void take_now(struct merging *m)
{
	size_t above = SHEET_NONE;

	for (size_t i = 0; i < m->now->count; i++) {
		struct sheet_line line;

		if (m->now->lines[i].dropped)
			continue;
		if (m->node_of[i] == SHEET_NONE && is_of_now(m, i, &line)) {
			size_t next = above == SHEET_NONE ? m->first : m->next[above];

			for (; !line.item.joined && next != SHEET_NONE && above != SHEET_NONE &&
			       m->lines[next].item.joined;
			     next = m->next[next])
				above = next;
			m->node_of[i] = add_behind(m, above, &line);
		}
		if (m->node_of[i] != SHEET_NONE)
			above = m->node_of[i];
	}
}

/* ---- dropped posts ---- */

static bool is_dropped(const struct sheet *sheet, const struct sheet_index *posts, int64_t post)
{
	size_t at = sheet_index_find(posts, post);

	return at != SHEET_NONE && sheet->lines[at].dropped;
}

static void take_dropped(struct merging *m, const struct sheet *sheet, struct sheet *out)
{
	struct sheet_index posts;
	size_t count = sheet->count;

	sheet_index_posts(m->arena, out, &posts);
	for (size_t i = 0; i < count; i++) {
		const struct sheet_line *line = &sheet->lines[i];
		bool text = is_dropped(m->text, &m->text_posts, line->post);
		bool base = is_dropped(m->base, &m->base_posts, line->post);
		bool now = is_dropped(m->now, &m->now_posts, line->post);

		if (line->dropped && (text != base ? text : now) &&
		    sheet_index_find(&posts, line->post) == SHEET_NONE)
			out->lines[out->count++] = *line;
	}
}

/* ---- settings ---- */

static void merge_settings(struct merging *m, struct thread *out)
{
	const struct thread *base = &m->base->thread, *now = &m->now->thread;
	bool both = false;

	*out = m->text->thread;
	out->slug = either(base->slug, now->slug, out->slug, &both);
	out->title = either(base->title, now->title, out->title, &both);
	out->lang = either(base->lang, now->lang, out->lang, &both);
	out->zone = either(base->zone, now->zone, out->zone, &both);
	out->curator = either(base->curator, now->curator, out->curator, &both);
	out->description = either(base->description, now->description, out->description, &both);
	if (out->since == base->since)
		out->since = now->since;
	if (out->until == base->until)
		out->until = now->until;
	if (out->lag == base->lag)
		out->lag = now->lag;
	if (sheet_same_tags(out, base)) {
		out->tags = now->tags;
		out->tag_count = now->tag_count;
	}
	m->both += both;
}

/* ---- all of it ---- */

static void begin(struct merging *m)
{
	size_t most = m->text->count + m->now->count;

	sheet_index_items(m->arena, m->base, &m->base_items);
	sheet_index_items(m->arena, m->now, &m->now_items);
	sheet_index_items(m->arena, m->text, &m->text_items);
	sheet_index_posts(m->arena, m->base, &m->base_posts);
	sheet_index_posts(m->arena, m->now, &m->now_posts);
	sheet_index_posts(m->arena, m->text, &m->text_posts);
	m->text_moved = arena_array(m->arena, m->base->count, sizeof(*m->text_moved));
	m->now_moved = arena_array(m->arena, m->base->count, sizeof(*m->now_moved));
	find_moved(m, m->text, m->text_moved);
	find_moved(m, m->now, m->now_moved);
	m->lines = arena_array(m->arena, most, sizeof(*m->lines));
	m->next = arena_array(m->arena, most, sizeof(*m->next));
	m->node_of = arena_array(m->arena, m->now->count, sizeof(*m->node_of));
	for (size_t i = 0; i < m->now->count; i++)
		m->node_of[i] = SHEET_NONE;
}

void sheet_merge(struct arena *arena, const struct sheet *base, const struct sheet *now,
		 const struct sheet *text, struct sheet *out, size_t *both)
{
	struct merging m = {
		.arena = arena, .base = base, .now = now, .text = text, .first = SHEET_NONE
	};
	size_t most = text->count + now->count;
	bool above_post = false;

	begin(&m);
	take_text(&m);
	take_now(&m);
	*out = (struct sheet){ .lines = arena_array(arena, most, sizeof(*out->lines)) };
	merge_settings(&m, &out->thread);
	for (size_t i = m.first; i != SHEET_NONE; i = m.next[i]) {
		struct sheet_line *line = &out->lines[out->count++];

		*line = m.lines[i];
		line->item.joined = line->item.joined && above_post;
		above_post = line->item.kind == ITEM_POST;
	}
	take_dropped(&m, text, out);
	take_dropped(&m, now, out);
	*both = m.both;
}
