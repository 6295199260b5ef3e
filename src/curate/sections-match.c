#include "archive/curate/sections-parts.h"

#include <stdlib.h>
#include <string.h>

#include "archive/base/mem.h"
#include "archive/base/str.h"
#include "archive/curate/alike.h"

#define NEAR_TITLE 70 /* hundredths */

struct matching {
	struct cutting *c;
	size_t *heading_of; /* per talk: an item; NONE */
	size_t *talk_of;    /* per item; NONE */
	struct alike *titles, *headings;
};

/* ---- who is who ---- */

typedef bool match_fn(const struct matching *m, size_t talk, size_t item);

static bool same_title(const struct matching *m, size_t talk, size_t item)
{
	const struct cutting *c = m->c;

	return str_same(c->talks[talk].title, c->items[item].text) ||
	       (m->titles[talk].len > 0 && alike_same(&m->titles[talk], &m->headings[item]));
}

static bool same_start(const struct matching *m, size_t talk, size_t item)
{
	return m->c->items[item].starts && m->c->items[item].starts == m->c->talks[talk].starts;
}

static bool same_both(const struct matching *m, size_t talk, size_t item)
{
	return same_title(m, talk, item) && same_start(m, talk, item);
}

/* A slip of the pen was mended, and the time, too. */
static bool near_title(const struct matching *m, size_t talk, size_t item)
{
	return m->c->items[item].starts &&
	       alike_hundredths(&m->titles[talk], &m->headings[item]) >= NEAR_TITLE;
}

static int64_t apart(const struct cutting *c, size_t talk, size_t item)
{
	int64_t ms = c->talks[talk].starts - c->items[item].starts;

	return ms < 0 ? -ms : ms;
}

/* Every talk without a heading gets the nearest in time of those that match. */
static void match(struct matching *m, match_fn *matches)
{
	const struct cutting *c = m->c;

	for (size_t talk = 0; talk < c->talk_count; talk++) {
		size_t best = NONE;

		if (m->heading_of[talk] != NONE)
			continue;
		for (size_t i = 0; i < c->count; i++)
			if (c->items[i].kind == ITEM_HEADING && m->talk_of[i] == NONE &&
			    matches(m, talk, i) &&
			    (best == NONE || apart(c, talk, i) < apart(c, talk, best)))
				best = i;
		m->heading_of[talk] = best;
		if (best != NONE)
			m->talk_of[best] = talk;
	}
}

static void fill(size_t *numbers, size_t count)
{
	for (size_t i = 0; i < count; i++)
		numbers[i] = NONE;
}

static void match_all(struct matching *m)
{
	struct cutting *c = m->c;

	m->heading_of = arena_array(c->arena, c->talk_count + 1, sizeof(*m->heading_of));
	m->talk_of = arena_array(c->arena, c->count + 1, sizeof(*m->talk_of));
	m->titles = arena_array(c->arena, c->talk_count + 1, sizeof(*m->titles));
	m->headings = arena_array(c->arena, c->count + 1, sizeof(*m->headings));
	fill(m->heading_of, c->talk_count);
	fill(m->talk_of, c->count);
	for (size_t i = 0; i < c->talk_count; i++)
		alike_read(&m->titles[i], c->arena, c->talks[i].title);
	for (size_t i = 0; i < c->count; i++)
		if (c->items[i].kind == ITEM_HEADING && c->items[i].text)
			alike_read(&m->headings[i], c->arena, c->items[i].text);
	match(m, same_both);
	match(m, same_title);
	match(m, same_start);
	match(m, near_title);
}

/* ---- places ---- */

static bool is_talk(const struct matching *m, size_t item)
{
	const struct item *it = &m->c->items[item];

	return it->kind == ITEM_HEADING && (it->starts || m->talk_of[item] != NONE);
}

/* Has a heading something of its own, up to the next talk's? */
static bool owns(const struct matching *m, size_t heading)
{
	const struct item *items = m->c->items;

	if (items[heading].fixed || items[heading].url)
		return true;
	for (size_t i = heading + 1; i < m->c->count && !is_talk(m, i); i++)
		if (items[i].fixed || items[i].kind == ITEM_NOTE || items[i].kind == ITEM_LINK)
			return true;
	return false;
}

static bool is_changed(const struct talk *talk, const struct item *heading)
{
	return !str_same(talk->title, heading->text) || talk->starts != heading->starts ||
	       (talk->speaker && !str_same(talk->speaker, heading->speaker)) ||
	       (talk->url && !heading->url);
}

static struct place *add_place(struct cutting *c, enum section_fate fate, size_t heading)
{
	struct place *place = &c->places[c->place_count++];

	place->section.fate = fate;
	place->heading = heading;
	if (heading != NONE)
		place->section.heading = &c->items[heading];
	return place;
}

static void add_places(struct matching *m)
{
	struct cutting *c = m->c;

	for (size_t i = 0; i < c->talk_count; i++) {
		size_t heading = m->heading_of[i];
		enum section_fate fate = heading == NONE ? SECTION_NEW : SECTION_SAME;
		struct place *place;

		if (heading != NONE && is_changed(&c->talks[i], &c->items[heading]))
			fate = SECTION_CHANGED;
		place = add_place(c, fate, heading);
		place->section.talk = &c->talks[i];
		place->starts = c->talks[i].starts;
	}
	for (size_t i = 0; i < c->count; i++) {
		if (!is_talk(m, i) || m->talk_of[i] != NONE)
			continue;
		c->goes[i] = !owns(m, i);
		if (!c->goes[i])
			add_place(c, SECTION_KEPT, i)->starts = c->items[i].starts;
	}
}

/* ---- their order ---- */

static bool is_fixed(const struct place *place)
{
	return place->heading != NONE && place->section.heading->fixed;
}

static int by_start(const void *a, const void *b)
{
	const struct place *x = a, *y = b;

	if (x->starts != y->starts)
		return x->starts < y->starts ? -1 : 1;
	if (!x->section.talk != !y->section.talk)
		return x->section.talk ? -1 : 1;
	return x->heading < y->heading ? -1 : x->heading > y->heading;
}

static void insert_at(struct place *places, size_t *count, size_t at, const struct place *place)
{
	memmove(&places[at + 1], &places[at], (*count - at) * sizeof(*places));
	places[at] = *place;
	(*count)++;
}

/* Where a heading that was moved by hand stands: by its start when that leaves it between the same
 * headings as now, else right behind the one that it stands behind now. */
static size_t spot_of(const struct place *places, size_t count, const struct place *fixed)
{
	size_t at = 1, above = 0, below = count;

	while (at < count && by_start(&places[at], fixed) < 0)
		at++;
	for (size_t i = 1; i < count; i++) {
		size_t heading = places[i].heading;

		if (heading == NONE)
			continue;
		if (heading < fixed->heading && (above == 0 || heading > places[above].heading))
			above = i;
		if (heading > fixed->heading && (below == count || heading < places[below].heading))
			below = i;
	}
	return at > above && at <= below ? at : above + 1;
}

static int by_heading(const void *a, const void *b)
{
	const struct place *x = a, *y = b;

	return x->heading < y->heading ? -1 : x->heading > y->heading;
}

static void order_places(struct cutting *c)
{
	struct place *fixed = arena_array(c->arena, c->place_count, sizeof(*fixed));
	size_t count = 1, fixed_count = 0;

	qsort(c->places + 1, c->place_count - 1, sizeof(*c->places), by_start);
	for (size_t i = 1; i < c->place_count; i++) {
		if (is_fixed(&c->places[i]))
			fixed[fixed_count++] = c->places[i];
		else
			c->places[count++] = c->places[i];
	}
	qsort(fixed, fixed_count, sizeof(*fixed), by_heading);
	for (size_t i = 0; i < fixed_count; i++)
		insert_at(c->places, &count, spot_of(c->places, count, &fixed[i]), &fixed[i]);
}

void sections_match(struct cutting *c)
{
	struct matching m = { .c = c };

	c->of_heading = arena_array(c->arena, c->count + 1, sizeof(*c->of_heading));
	c->goes = arena_array(c->arena, c->count + 1, sizeof(*c->goes));
	c->places = arena_array(c->arena, c->talk_count + c->count + 2, sizeof(*c->places));
	fill(c->of_heading, c->count);
	match_all(&m);
	add_place(c, SECTION_TOP, NONE);
	add_places(&m);
	order_places(c);
	for (size_t i = 1; i < c->place_count; i++)
		if (c->places[i].heading != NONE)
			c->of_heading[c->places[i].heading] = i;
}
