#include "archive/curate/change.h"

#include <string.h>

#include "archive/curate/sheet-index.h"

struct changing {
	struct arena *arena;
	const struct sheet *now, *wanted;
	bool by_hand;
	struct sheet_index now_items, now_posts, wanted_items, wanted_posts;
	size_t *left;	   /* of each line of now: its place among those that stay; SHEET_NONE */
	bool *left_joined; /* of these: joined when the others are gone */
	bool *kept;	   /* of each line of wanted: it stays joined, and goes with its head */
	bool *late;	   /* placed by time, behind all others */
	bool *moved;	   /* by hand */
	struct op *ops;
	size_t count, room;
};

static struct op *add_op(struct changing *c, enum op_kind kind)
{
	struct op *grown;

	if (c->count == c->room) {
		c->room = c->room ? 2 * c->room : 64;
		grown = arena_array(c->arena, c->room, sizeof(*grown));
		if (c->count > 0)
			memcpy(grown, c->ops, c->count * sizeof(*grown));
		c->ops = grown;
	}
	c->ops[c->count] = (struct op){ .kind = kind };
	return &c->ops[c->count++];
}

/* The line of now that a wanted one is; SHEET_NONE. */
static size_t now_of(const struct changing *c, size_t line)
{
	return sheet_index_find(&c->now_items, c->wanted->lines[line].item.id);
}

/* ---- what goes ---- */

static void take_away(struct changing *c, const struct sheet_line *line)
{
	size_t wanted = sheet_index_find(&c->wanted_posts, line->post);
	struct op *op;

	if (line->item.kind != ITEM_POST) {
		add_op(c, OP_REMOVE)->item = line->item.id;
		return;
	}
	op = add_op(c, wanted != SHEET_NONE && c->wanted->lines[wanted].dropped ? OP_DROP
										: OP_UNDECIDE);
	op->post = line->post;
}

static void take_away_all(struct changing *c)
{
	for (size_t i = 0; i < c->now->count; i++) {
		const struct sheet_line *line = &c->now->lines[i];

		if (line->dropped) {
			if (sheet_index_find(&c->wanted_posts, line->post) == SHEET_NONE)
				add_op(c, OP_UNDECIDE)->post = line->post;
		} else if (sheet_index_find(&c->wanted_items, line->item.id) == SHEET_NONE) {
			take_away(c, line);
		}
	}
	for (size_t i = 0; i < c->wanted->count; i++)
		if (c->wanted->lines[i].dropped &&
		    sheet_index_find(&c->now_posts, c->wanted->lines[i].post) == SHEET_NONE)
			add_op(c, OP_DROP)->post = c->wanted->lines[i].post;
}

/* ---- what is said ---- */

static void change_words(struct changing *c)
{
	for (size_t i = 0; i < c->wanted->count; i++) {
		const struct item *item = &c->wanted->lines[i].item;
		size_t at = now_of(c, i);
		struct op *op;

		if (at == SHEET_NONE)
			continue;
		if (!sheet_same_words(&c->now->lines[at].item, item)) {
			op = add_op(c, OP_EDIT);
			op->item = item->id;
			op->words = *item;
		}
		if (!sheet_same_style(&c->now->lines[at].item, item)) {
			op = add_op(c, OP_STYLE);
			op->item = item->id;
			op->words = *item;
		}
	}
}

static void fix(struct changing *c, size_t line)
{
	const struct item *item = &c->wanted->lines[line].item;
	size_t at = now_of(c, line);
	struct op *op;

	if (at == SHEET_NONE || c->moved[line] || c->now->lines[at].item.fixed == item->fixed)
		return;
	op = add_op(c, OP_FIX);
	op->item = item->id;
	op->words.fixed = item->fixed;
}

static void join(struct changing *c, int64_t item, bool joined)
{
	struct op *op = add_op(c, OP_JOIN);

	op->item = item;
	op->words.joined = joined;
}

/* ---- where it stands ---- */

/* Where the first of a group goes, the next one is the first. */
static void find_left(struct changing *c)
{
	size_t count = c->now->count;
	size_t stay = 0;
	bool headless = true;

	c->left = arena_array(c->arena, count, sizeof(*c->left));
	c->left_joined = arena_array(c->arena, count, sizeof(*c->left_joined));
	for (size_t i = 0; i < count; i++) {
		const struct sheet_line *line = &c->now->lines[i];
		bool stays = !line->dropped &&
			     sheet_index_find(&c->wanted_items, line->item.id) != SHEET_NONE;

		headless = headless || !line->item.joined;
		c->left[i] = stays ? stay++ : SHEET_NONE;
		c->left_joined[i] = stays && !headless;
		headless = headless && !stays;
	}
}

/* Those that stand behind the first of their group as they did before. */
static void find_kept(struct changing *c)
{
	size_t count = c->wanted->count;

	c->kept = arena_array(c->arena, count, sizeof(*c->kept));
	c->late = arena_array(c->arena, count, sizeof(*c->late));
	c->moved = arena_array(c->arena, count, sizeof(*c->moved));
	for (size_t i = 0; i < count; i++) {
		const struct sheet_line *line = &c->wanted->lines[i];
		size_t at = now_of(c, i);
		size_t above = i > 0 ? now_of(c, i - 1) : SHEET_NONE;

		c->late[i] = (line->by_time && at == SHEET_NONE) ||
			     (i > 0 && line->item.joined && c->late[i - 1]);
		c->kept[i] = line->item.joined && at != SHEET_NONE && above != SHEET_NONE &&
			     (c->kept[i - 1] || !c->wanted->lines[i - 1].item.joined) &&
			     c->left_joined[at] && c->left[at] == c->left[above] + 1;
	}
}

static void part(struct changing *c)
{
	for (size_t i = 0; i < c->now->count; i++) {
		size_t line = sheet_index_find(&c->wanted_items, c->now->lines[i].item.id);

		if (line != SHEET_NONE && c->left_joined[i] && !c->kept[line])
			join(c, c->now->lines[i].item.id, false);
	}
}

/* Behind the line that was placed before it; SHEET_NONE: before all. */
static struct spot spot_behind(const struct changing *c, size_t above)
{
	if (above == SHEET_NONE)
		return (struct spot){ .kind = SPOT_TOP };
	if (now_of(c, above) == SHEET_NONE)
		return (struct spot){ .kind = SPOT_NEXT };
	return (struct spot){ .kind = SPOT_AFTER, .item = c->wanted->lines[above].item.id };
}

static void place(struct changing *c, size_t line, const struct spot *spot)
{
	const struct sheet_line *wanted = &c->wanted->lines[line];
	bool post = wanted->item.kind == ITEM_POST;
	struct op *op;

	if (now_of(c, line) != SHEET_NONE) {
		op = add_op(c, OP_MOVE);
		op->item = wanted->item.id;
	} else {
		op = add_op(c, post ? OP_CHOOSE : OP_INSERT);
		op->post = wanted->post;
		op->words = wanted->item;
	}
	op->spot = *spot;
	op->spot.by_hand = c->by_hand && spot->kind != SPOT_TIME && !wanted->item.joined &&
			   (op->kind == OP_MOVE || (post && !wanted->again));
	c->moved[line] = op->spot.by_hand;
}

/* What stands in an order of its own: not what goes with its head, nor what is placed late. */
static bool is_placed(const struct changing *c, size_t line)
{
	return !c->wanted->lines[line].dropped && !c->kept[line] && !c->late[line];
}

static void place_all(struct changing *c)
{
	size_t count = c->wanted->count;
	size_t *places = arena_array(c->arena, count, sizeof(*places));
	bool *stays = arena_array(c->arena, count, sizeof(*stays));
	size_t above = SHEET_NONE;

	for (size_t i = 0; i < count; i++) {
		size_t at = now_of(c, i);

		places[i] = is_placed(c, i) && at != SHEET_NONE ? c->left[at] : SHEET_NONE;
	}
	sheet_rising(c->arena, places, count, stays);
	for (size_t i = 0; i < count; i++) {
		const struct spot spot = spot_behind(c, above);

		if (!is_placed(c, i))
			continue;
		if (!stays[i])
			place(c, i, &spot);
		above = i;
	}
}

static void place_late(struct changing *c)
{
	for (size_t i = 0; i < c->wanted->count; i++) {
		const struct spot spot = { .kind = c->wanted->lines[i].item.joined ? SPOT_NEXT
										   : SPOT_TIME };

		if (c->late[i])
			place(c, i, &spot);
	}
}

static void join_all(struct changing *c)
{
	for (size_t i = 0; i < c->wanted->count; i++)
		if (c->wanted->lines[i].item.joined && !c->kept[i] && now_of(c, i) != SHEET_NONE)
			join(c, c->wanted->lines[i].item.id, true);
}

void sheet_change(struct arena *arena, const struct sheet *now, const struct sheet *wanted,
		  bool by_hand, struct op **ops, size_t *count)
{
	struct changing c = { .arena = arena, .now = now, .wanted = wanted, .by_hand = by_hand };

	sheet_index_items(arena, now, &c.now_items);
	sheet_index_posts(arena, now, &c.now_posts);
	sheet_index_items(arena, wanted, &c.wanted_items);
	sheet_index_posts(arena, wanted, &c.wanted_posts);
	if (!sheet_same_settings(&now->thread, &wanted->thread))
		add_op(&c, OP_SETTINGS)->settings = &wanted->thread;
	take_away_all(&c);
	change_words(&c);
	find_left(&c);
	find_kept(&c);
	part(&c);
	place_all(&c);
	place_late(&c);
	join_all(&c);
	for (size_t i = 0; i < wanted->count; i++)
		fix(&c, i);
	*ops = c.ops;
	*count = c.count;
}
