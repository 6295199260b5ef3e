#include "archive/curate/sections-parts.h"

#include "archive/base/str.h"

/* What it costs to move a thing: as few as can be, and what was moved by hand last of all. */
#define COST_FIXED   (INT64_C(1) << 32)
#define COST_HEADING 3
#define COST_OTHER   2

/* One thing in the thread's order to come. */
struct slot {
	const struct item *item; /* NULL = a new heading */
	size_t place;		 /* of a heading */
	bool stays;		 /* needs no op */
};

struct making {
	const struct cutting *c;
	struct sections *out;
	struct slot *slots;
	size_t count;
};

/* ---- the order to come ---- */

/* A post that is joined to the one above it goes where that goes. */
static bool goes_along(const struct cutting *c, const struct unit *unit, size_t item)
{
	return item > unit->from && c->items[item].joined && c->items[item - 1].kind == ITEM_POST;
}

static void add_slots(struct making *m)
{
	const struct cutting *c = m->c;

	for (size_t place = 0; place < c->place_count; place++) {
		if (place > 0)
			m->slots[m->count++] = (struct slot){ c->places[place].section.heading,
							      place, false };
		for (size_t i = c->begin[place]; i < c->begin[place + 1]; i++) {
			const struct unit *unit = &c->units[c->order[i]];

			for (size_t item = unit->from; item < unit->to; item++)
				if (!goes_along(c, unit, item))
					m->slots[m->count++] = (struct slot){ &c->items[item],
									      place, false };
		}
	}
}

/* ---- what may stay where it is ---- */

/* The best chain of things that are in order already, by its last thing: a binary indexed tree of
 * maxima over the items. */
struct chain {
	int64_t worth;
	size_t slot; /* its last; NONE */
};

static struct chain best_below(const struct chain *tree, size_t item)
{
	struct chain best = { 0, NONE };

	for (size_t i = item; i > 0; i -= i & -i)
		if (tree[i].worth > best.worth)
			best = tree[i];
	return best;
}

static void raise(struct chain *tree, size_t size, size_t item, struct chain chain)
{
	for (size_t i = item + 1; i <= size; i += i & -i)
		if (chain.worth > tree[i].worth)
			tree[i] = chain;
}

static int64_t cost(const struct item *item)
{
	if (item->fixed)
		return COST_FIXED;
	return item->kind == ITEM_HEADING ? COST_HEADING : COST_OTHER;
}

static void find_stays(struct making *m)
{
	const struct cutting *c = m->c;
	struct chain *tree = arena_array(c->arena, c->count + 2, sizeof(*tree));
	size_t *before = arena_array(c->arena, m->count + 1, sizeof(*before));

	for (size_t i = 0; i < m->count; i++) {
		const struct item *item = m->slots[i].item;
		struct chain chain;

		if (!item)
			continue;
		chain = best_below(tree, (size_t)(item - c->items));
		before[i] = chain.slot;
		chain.worth += cost(item);
		chain.slot = i;
		raise(tree, c->count, (size_t)(item - c->items), chain);
	}
	for (size_t i = best_below(tree, c->count).slot; i != NONE; i = before[i])
		m->slots[i].stays = true;
}

/* ---- ops ---- */

static struct op *add_op(struct making *m, enum op_kind kind, int64_t item)
{
	struct op *op = &m->out->ops[m->out->op_count++];

	op->kind = kind;
	op->item = item;
	return op;
}

static void set_words(struct item *words, const struct talk *talk)
{
	words->kind = ITEM_HEADING;
	words->key = NULL;
	words->text = talk->title;
	words->starts = talk->starts;
	if (talk->speaker)
		words->speaker = talk->speaker;
	if (!words->url)
		words->url = talk->url;
}

static void keep_lag(struct making *m)
{
	const struct cutting *c = m->c;
	struct thread *settings;

	if (c->lag == c->thread->lag)
		return;
	settings = arena_alloc(c->arena, sizeof(*settings));
	*settings = *c->thread;
	settings->lag = c->lag;
	add_op(m, OP_SETTINGS, 0)->settings = settings;
}

static void correct_headings(struct making *m)
{
	const struct cutting *c = m->c;

	for (size_t i = 1; i < c->place_count; i++) {
		const struct section *section = &c->places[i].section;
		struct op *op;

		if (section->fate != SECTION_CHANGED)
			continue;
		op = add_op(m, OP_EDIT, section->heading->id);
		op->words = *section->heading;
		set_words(&op->words, section->talk);
	}
}

static struct spot spot_behind(const struct making *m, size_t slot)
{
	const struct slot *above = slot ? &m->slots[slot - 1] : NULL;

	if (!above)
		return (struct spot){ .kind = SPOT_TOP };
	if (!above->item)
		return (struct spot){ .kind = SPOT_NEXT };
	return (struct spot){ .kind = SPOT_AFTER, .item = above->item->id };
}

static void put_in_order(struct making *m)
{
	const struct cutting *c = m->c;

	for (size_t i = 0; i < m->count; i++) {
		const struct slot *slot = &m->slots[i];
		const struct item *item = slot->item;
		struct op *op;

		if (slot->stays)
			continue;
		op = add_op(m, item ? OP_MOVE : OP_INSERT, item ? item->id : 0);
		op->spot = spot_behind(m, i);
		op->spot.by_hand = item && item->fixed;
		if (!item)
			set_words(&op->words, c->places[slot->place].section.talk);
		m->out->moved += item && item->kind == ITEM_POST;
	}
}

void sections_make_ops(const struct cutting *c, struct sections *out)
{
	struct making m = { .c = c, .out = out };

	m.slots = arena_array(c->arena, c->count + c->place_count + 1, sizeof(*m.slots));
	out->ops = arena_array(c->arena, 2 * (c->count + c->place_count) + 1, sizeof(*out->ops));
	add_slots(&m);
	find_stays(&m);
	keep_lag(&m);
	correct_headings(&m);
	put_in_order(&m);
	for (size_t i = 0; i < c->count; i++)
		if (c->goes[i])
			add_op(&m, OP_REMOVE, c->items[i].id);
}
