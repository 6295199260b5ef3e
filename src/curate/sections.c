#include "archive/curate/sections-parts.h"

#include <stdlib.h>

#include "archive/base/mem.h"

/* ---- what goes together ---- */

static bool is_note(const struct item *item)
{
	return item->kind == ITEM_NOTE || item->kind == ITEM_LINK;
}

/* Behind the post and those joined to it. */
static size_t behind_post(const struct cutting *c, size_t i, bool *fixed)
{
	*fixed = c->items[i].fixed;
	for (i++; i < c->count && c->items[i].kind == ITEM_POST && c->items[i].joined; i++)
		*fixed |= c->items[i].fixed;
	return i;
}

static struct unit *add_unit(struct cutting *c, size_t from, size_t to, size_t home)
{
	struct unit *unit = &c->units[c->unit_count++];

	*unit = (struct unit){ .from = from, .to = to, .place = home, .follower = NONE };
	unit->anchored = true;
	return unit;
}

static void add_post(struct cutting *c, size_t from, size_t post, size_t *next, size_t home)
{
	bool kept = c->places[home].section.fate == SECTION_KEPT, fixed;
	const struct item *item = &c->items[post];
	struct unit *unit;

	*next = behind_post(c, post, &fixed);
	unit = add_unit(c, from, *next, home);
	unit->anchored = fixed || (kept && from < post);
	unit->time = item->post ? item->post->created : 0;
	unit->post = item->post ? item->post->id : 0;
}

/* place is at first that of now. */
static void make_units(struct cutting *c)
{
	size_t home = 0, from = 0;

	c->units = arena_array(c->arena, c->count + 1, sizeof(*c->units));
	for (size_t i = 0; i < c->count;) {
		const struct item *item = &c->items[i];
		bool heading = item->kind == ITEM_HEADING;
		bool talk = heading && (c->of_heading[i] != NONE || c->goes[i]);
		size_t next = i + 1;

		if (is_note(item) && !item->fixed) {
			i = next;
			continue;
		}
		if (heading && from < i)
			add_unit(c, from, i, home);
		if (heading && !talk)
			add_unit(c, i, next, home);
		if (is_note(item))
			add_unit(c, from, next, home);
		if (item->kind == ITEM_POST)
			add_post(c, from, i, &next, home);
		if (talk && !c->goes[i])
			home = c->of_heading[i];
		i = from = next;
	}
	if (from < c->count)
		add_unit(c, from, c->count, home);
}

/* ---- where it goes ---- */

static size_t place_at(const struct cutting *c, int64_t time)
{
	size_t found = 0;

	for (size_t i = 1; i < c->place_count; i++)
		if (c->places[i].section.talk && c->places[i].starts + c->lag <= time &&
		    (found == 0 || c->places[i].starts > c->places[found].starts))
			found = i;
	return found;
}

/* Before the first talk's heading is there, what stays in its place stays behind its neighbour,
 * whatever becomes of that. */
static bool is_uncut(const struct cutting *c)
{
	for (size_t i = 1; i < c->place_count; i++)
		if (c->places[i].heading != NONE)
			return false;
	for (size_t i = 0; i < c->count; i++)
		if (c->goes[i])
			return false;
	return true;
}

/* Every anchored unit finds the unit that it stays behind: the nearest one above that will be in
 * its section. latest tells that for each place. */
static void place_units(struct cutting *c)
{
	size_t *latest = arena_array(c->arena, c->place_count, sizeof(*latest));
	const bool uncut = is_uncut(c);

	c->first = arena_array(c->arena, c->place_count, sizeof(*c->first));
	for (size_t i = 0; i < c->place_count; i++)
		latest[i] = c->first[i] = NONE;
	for (size_t i = 0; i < c->unit_count; i++) {
		struct unit *unit = &c->units[i];

		if (!unit->anchored)
			unit->place = place_at(c, unit->time);
		else if (uncut && i > 0)
			unit->place = c->units[i - 1].place;
		if (unit->anchored && latest[unit->place] == NONE)
			c->first[unit->place] = i;
		else if (unit->anchored)
			c->units[latest[unit->place]].follower = i;
		latest[unit->place] = i;
	}
}

/* ---- their order ---- */

struct timed {
	size_t place, unit;
	int64_t time, post;
};

static int by_place_and_time(const void *a, const void *b)
{
	const struct timed *x = a, *y = b;

	if (x->place != y->place)
		return x->place < y->place ? -1 : 1;
	if (x->time != y->time)
		return x->time < y->time ? -1 : 1;
	if (x->post != y->post)
		return x->post < y->post ? -1 : 1;
	return x->unit < y->unit ? -1 : x->unit > y->unit;
}

static size_t add_chain(struct cutting *c, size_t at, size_t unit)
{
	for (; unit != NONE; unit = c->units[unit].follower)
		c->order[at++] = unit;
	return at;
}

static void order_units(struct cutting *c)
{
	struct timed *timed = arena_array(c->arena, c->unit_count + 1, sizeof(*timed));
	size_t count = 0, at = 0, next = 0;

	c->order = arena_array(c->arena, c->unit_count + 1, sizeof(*c->order));
	c->begin = arena_array(c->arena, c->place_count + 1, sizeof(*c->begin));
	for (size_t i = 0; i < c->unit_count; i++) {
		const struct unit *unit = &c->units[i];

		if (!unit->anchored)
			timed[count++] = (struct timed){ unit->place, i, unit->time, unit->post };
	}
	qsort(timed, count, sizeof(*timed), by_place_and_time);
	for (size_t place = 0; place < c->place_count; place++) {
		c->begin[place] = at;
		at = add_chain(c, at, c->first[place]);
		for (; next < count && timed[next].place == place; next++)
			at = add_chain(c, at, timed[next].unit);
	}
	c->begin[c->place_count] = at;
}

/* ---- the report ---- */

static void note_border(const struct cutting *c, struct sections *out, const struct unit *unit,
			const struct item *item, const int64_t *starts)
{
	size_t neighbour;
	size_t other;

	if (section_border(unit->time, starts, c->talk_count, c->lag, &neighbour) == SECTION_HERE)
		return;
	other = neighbour == SECTION_ABOVE ? 0 : place_at(c, c->talks[neighbour].starts + c->lag);
	out->border[out->border_count++] = (struct section_post){ item, &out->sections[unit->place],
								  &out->sections[other] };
}

static void note_posts(const struct cutting *c, struct sections *out, const struct unit *unit,
		       const int64_t *starts)
{
	for (size_t i = unit->from; i < unit->to; i++) {
		const struct item *item = &c->items[i];
		size_t by_time = place_at(c, unit->time);

		if (item->kind != ITEM_POST)
			continue;
		out->sections[unit->place].posts++;
		if (item->joined)
			continue;
		if (!unit->anchored)
			note_border(c, out, unit, item, starts);
		else if (by_time != unit->place)
			out->by_hand[out->by_hand_count++] = (struct section_post){
				item, &out->sections[unit->place], &out->sections[by_time]
			};
	}
}

static void report(const struct cutting *c, struct sections *out)
{
	int64_t *starts = arena_array(c->arena, c->talk_count + 1, sizeof(*starts));

	out->sections = arena_array(c->arena, c->place_count + c->count, sizeof(*out->sections));
	out->border = arena_array(c->arena, c->count + 1, sizeof(*out->border));
	out->by_hand = arena_array(c->arena, c->count + 1, sizeof(*out->by_hand));
	for (size_t i = 0; i < c->talk_count; i++)
		starts[i] = c->talks[i].starts;
	for (size_t i = 0; i < c->place_count; i++)
		out->sections[out->count++] = c->places[i].section;
	for (size_t i = 0; i < c->count; i++)
		if (c->goes[i])
			out->sections[out->count++] = (struct section){ .fate = SECTION_GONE,
									.heading = &c->items[i] };
	for (size_t i = 0; i < c->unit_count; i++)
		note_posts(c, out, &c->units[c->order[i]], starts);
}

void sections_plan(struct sections *out, struct arena *arena, const struct thread *thread,
		   const struct item *items, size_t count, const struct talk *talks,
		   size_t talk_count, int64_t lag)
{
	struct cutting c = { .arena = arena,
			     .thread = thread,
			     .items = items,
			     .count = count,
			     .talks = talks,
			     .talk_count = talk_count,
			     .lag = lag };

	*out = (struct sections){ 0 };
	sections_match(&c);
	make_units(&c);
	place_units(&c);
	order_units(&c);
	report(&c, out);
	sections_make_ops(&c, out);
}
