#include "in-folder.h"

#include "archive/base/mem.h"
#include "archive/base/str.h"
#include "archive/curate/sections.h"

#define MINUTE	 INT64_C(60000)
#define AT(h, m) (INT64_C(1793318400000) + ((h)*60 + (m)) * MINUTE) /* of 2026-10-30, UTC */

/* ---- a thread that does what it is told (model/op.h) ---- */

#define ROOM 400

struct model {
	struct item items[ROOM];
	struct post posts[ROOM];
	size_t count;
	int64_t next, last; /* last: the item that the op before made or moved */
	struct thread thread;
};

static struct item *insert(struct model *m, size_t at, struct item item)
{
	assert_true(m->count < ROOM);
	memmove(&m->items[at + 1], &m->items[at], (m->count - at) * sizeof(item));
	item.id = item.id ? item.id : ++m->next;
	m->items[at] = item;
	m->count++;
	return &m->items[at];
}

static void say(struct model *m, enum item_kind kind, const char *text)
{
	insert(m, m->count, (struct item){ .kind = kind, .text = text });
}

static struct item *post(struct model *m, int64_t time)
{
	struct post *post = &m->posts[m->next];

	*post = (struct post){ .id = m->next + 1, .created = time };
	return insert(m, m->count, (struct item){ .kind = ITEM_POST, .post = post });
}

static struct item *talk_heading(struct model *m, const char *title, int64_t starts)
{
	return insert(
		m, m->count,
		(struct item){ .kind = ITEM_HEADING, .key = "k", .text = title, .starts = starts });
}

static size_t index_of(const struct model *m, int64_t item)
{
	for (size_t i = 0; i < m->count; i++)
		if (m->items[i].id == item)
			return i;
	fail_msg("no item %lld", (long long)item);
	return 0;
}

static size_t behind(const struct model *m, int64_t item)
{
	size_t i = index_of(m, item) + 1;

	while (m->items[i - 1].kind == ITEM_POST && i < m->count && m->items[i].kind == ITEM_POST &&
	       m->items[i].joined)
		i++;
	return i;
}

static size_t spot(const struct model *m, const struct spot *spot)
{
	if (spot->kind == SPOT_TOP)
		return 0;
	if (spot->kind == SPOT_BEFORE)
		return index_of(m, spot->item);
	assert_true(spot->kind == SPOT_AFTER || spot->kind == SPOT_NEXT);
	return behind(m, spot->kind == SPOT_AFTER ? spot->item : m->last);
}

static void move(struct model *m, const struct op *op)
{
	size_t from = index_of(m, op->item), n = behind(m, op->item) - from;
	struct item taken[ROOM];
	size_t to;

	memcpy(taken, &m->items[from], n * sizeof(*taken));
	taken[0].fixed |= op->spot.by_hand;
	memmove(&m->items[from], &m->items[from + n], (m->count - from - n) * sizeof(*taken));
	m->count -= n;
	to = spot(m, &op->spot);
	for (size_t i = 0; i < n; i++)
		insert(m, to + i, taken[i]);
}

static void apply_op(struct model *m, const struct op *op)
{
	struct item words = op->words;
	size_t i;

	switch (op->kind) {
	case OP_INSERT:
		words.key = "new";
		m->last = insert(m, spot(m, &op->spot), words)->id;
		return;
	case OP_MOVE:
		move(m, op);
		m->last = op->item;
		return;
	case OP_EDIT:
		i = index_of(m, op->item);
		words.key = m->items[i].key;
		words.id = op->item;
		m->items[i] = words;
		return;
	case OP_REMOVE:
		i = index_of(m, op->item);
		memmove(&m->items[i], &m->items[i + 1], (m->count - i - 1) * sizeof(words));
		m->count--;
		return;
	case OP_SETTINGS:
		m->thread.lag = op->settings->lag;
		return;
	default:
		fail_msg("op %s is not for here", op_kind_name(op->kind));
	}
}

/* Makes the sections and says how many ops that took. */
static size_t cut(struct model *m, const struct talk *talks, size_t count, int64_t lag)
{
	struct arena arena = ARENA_INIT;
	struct item *items = arena_array(&arena, m->count + 1, sizeof(*items));
	struct sections plan;

	memcpy(items, m->items, m->count * sizeof(*items));
	sections_plan(&plan, &arena, &m->thread, items, m->count, talks, count, lag);
	for (size_t i = 0; i < plan.op_count; i++)
		apply_op(m, &plan.ops[i]);
	arena_release(&arena);
	return plan.op_count;
}

/* "a 1905 1907! -note- [b] 1950+": titles and notes as they are, posts by hour and minute in UTC,
 * '!' moved by hand, '+' joined, headings in brackets when they tell no start. */
static const char *shown(const struct model *m)
{
	static struct str out = STR_INIT;

	str_clear(&out);
	for (size_t i = 0; i < m->count; i++) {
		const struct item *item = &m->items[i];
		int64_t minutes = item->post ? (item->post->created - AT(0, 0)) / MINUTE : 0;

		str_add(&out, i ? " " : "");
		if (item->kind == ITEM_POST)
			str_addf(&out, "%02d%02d", (int)(minutes / 60), (int)(minutes % 60));
		else if (item->kind == ITEM_HEADING)
			str_addf(&out, item->starts ? "%s" : "[%s]", item->text);
		else
			str_addf(&out, "-%s-", item->text);
		str_add(&out, item->fixed ? "!" : "");
		str_add(&out, item->joined ? "+" : "");
	}
	return out.buf;
}

static const struct talk three[] = {
	{ .starts = AT(19, 0), .title = "a", .speaker = "A" },
	{ .starts = AT(19, 40), .title = "b" },
	{ .starts = AT(20, 20), .title = "c" },
};

static void posts(struct model *m, const int *times, size_t count)
{
	for (size_t i = 0; i < count; i++)
		post(m, AT(times[i] / 100, times[i] % 100));
}

static struct model *evening(void)
{
	static const int times[] = { 1830, 1859, 1900, 1930, 1940, 2019, 2020, 2130 };
	struct model *m = xcalloc(1, sizeof(*m));

	posts(m, times, ARRAY_LEN(times));
	return m;
}

/* ---- cases ---- */

static void every_post_goes_under_the_talk_that_was_on(void **state)
{
	struct model *m = evening();

	(void)state;
	assert_int_equal(cut(m, three, 3, 0),
			 3); /* headings alone: the posts stand as they should */
	assert_string_equal(shown(m), "1830 1859 a 1900 1930 b 1940 2019 c 2020 2130");
	assert_string_equal(m->items[2].speaker, "A");
	assert_int_equal(m->items[2].starts, AT(19, 0));
	assert_int_equal(cut(m, three, 3, 0), 0);
	free(m);
}

static void posts_come_later_by_the_lag(void **state)
{
	struct model *m = evening();

	(void)state;
	cut(m, three, 3, 2 * MINUTE);
	assert_string_equal(shown(m), "1830 1859 1900 a 1930 1940 b 2019 2020 c 2130");
	assert_int_equal(m->thread.lag, 2 * MINUTE);
	assert_int_equal(cut(m, three, 3, 2 * MINUTE), 0);
	free(m);
}

static void posts_are_put_in_order_of_time(void **state)
{
	static const int times[] = { 2130, 1930, 1859, 2020, 1900 };
	struct model *m = xcalloc(1, sizeof(*m));

	(void)state;
	posts(m, times, ARRAY_LEN(times));
	cut(m, three, 3, 0);
	assert_string_equal(shown(m), "1859 a 1900 1930 b c 2020 2130");
	free(m);
}

static void a_corrected_start_moves_posts_and_keeps_the_key(void **state)
{
	struct talk mended[3];
	struct model *m = evening();

	(void)state;
	memcpy(mended, three, sizeof(three));
	cut(m, three, 3, 0);
	mended[1].starts = AT(19, 50);
	assert_int_equal(cut(m, mended, 3, 0), 2); /* the start, and one post or heading */
	assert_string_equal(shown(m), "1830 1859 a 1900 1930 1940 b 2019 c 2020 2130");
	assert_int_equal(m->items[6].starts, AT(19, 50));
	assert_string_equal(m->items[6].key, "new");
	free(m);
}

static void a_corrected_title_renames(void **state)
{
	struct talk mended[3];
	struct model *m = evening();

	(void)state;
	memcpy(mended, three, sizeof(three));
	cut(m, three, 3, 0);
	mended[0].title = "x";
	assert_int_equal(cut(m, mended, 3, 0), 1);
	assert_string_equal(shown(m), "1830 1859 x 1900 1930 b 1940 2019 c 2020 2130");
	assert_string_equal(m->items[2].speaker, "A");
	free(m);
}

static void a_title_and_its_start_may_be_mended_at_once(void **state)
{
	struct talk mended = { .starts = AT(19, 5),
			       .title = "復元していないバックアップは、まだ願いごと" };
	struct model *m = xcalloc(1, sizeof(*m));

	(void)state;
	talk_heading(m, "復元してないバックアップはまだ願い事", AT(19, 0));
	post(m, AT(19, 10));
	assert_int_equal(cut(m, &mended, 1, 0), 1);
	assert_string_equal(m->items[0].key, "k");
	free(m);
}

static void talks_may_change_their_order(void **state)
{
	const struct talk turned[] = { { .starts = AT(19, 0), .title = "b" },
				       { .starts = AT(19, 40), .title = "a" } };
	struct model *m = evening();

	(void)state;
	cut(m, three, 2, 0);
	m->items[index_of(m, 4)].fixed = true; /* 19:30, of a */
	cut(m, turned, 2, 0);
	assert_string_equal(shown(m), "1830 1859 b 1900 a 1930! 1940 2019 2020 2130");
	assert_int_equal(cut(m, turned, 2, 0), 0);
	free(m);
}

static void what_was_moved_by_hand_stays(void **state)
{
	struct model *m = evening();
	struct op push = { 0 };
	const struct section_heading headings[] = { { 9, AT(19, 0) },
						    { 10, AT(19, 40) },
						    { 11, AT(20, 20) } };
	struct talk mended[3];

	(void)state;
	memcpy(mended, three, sizeof(three));
	cut(m, three, 3, 0);
	assert_true(section_push(headings, 3, 1, SECTION_PREVIOUS, 5, &push)); /* 19:40 */
	apply_op(m, &push);
	assert_string_equal(shown(m), "1830 1859 a 1900 1930 1940! b 2019 c 2020 2130");
	assert_int_equal(cut(m, three, 3, 0), 0);
	mended[1].starts = AT(19, 20);
	cut(m, mended, 3, 0);
	assert_string_equal(shown(m), "1830 1859 a 1900 1940! b 1930 2019 c 2020 2130");
	free(m);
}

static void the_users_own_headings_stay(void **state)
{
	struct model *m = xcalloc(1, sizeof(*m));

	(void)state;
	say(m, ITEM_HEADING, "before");
	post(m, AT(18, 50));
	post(m, AT(19, 10));
	say(m, ITEM_HEADING, "break");
	post(m, AT(19, 45));
	say(m, ITEM_HEADING, "after");
	post(m, AT(22, 0));
	say(m, ITEM_NOTE, "end");
	cut(m, three, 3, 0);
	assert_string_equal(shown(m), "[before] 1850 a 1910 [break] b 1945 [after] c 2200 -end-");
	assert_int_equal(cut(m, three, 3, 0), 0);
	free(m);
}

static void a_heading_of_the_users_with_a_talks_title_is_the_talks(void **state)
{
	struct model *m = xcalloc(1, sizeof(*m));

	(void)state;
	insert(m, 0, (struct item){ .kind = ITEM_HEADING, .key = "mine", .text = "Ｂ" });
	post(m, AT(19, 10));
	post(m, AT(19, 45));
	cut(m, three, 2, 0);
	assert_string_equal(shown(m), "a 1910 b 1945");
	assert_string_equal(m->items[2].key, "mine");
	free(m);
}

static void notes_and_links_go_with_their_post(void **state)
{
	struct model *m = xcalloc(1, sizeof(*m));

	(void)state;
	post(m, AT(20, 30));
	say(m, ITEM_NOTE, "n");
	say(m, ITEM_LINK, "l");
	post(m, AT(19, 10));
	post(m, AT(19, 11))->joined = true;
	post(m, AT(19, 5));
	say(m, ITEM_NOTE, "end");
	cut(m, three, 3, 0);
	assert_string_equal(shown(m), "a 1905 -end- -n- -l- 1910 1911+ b c 2030");
	assert_int_equal(cut(m, three, 3, 0), 0);
	free(m);
}

static void a_talk_that_was_taken_out_loses_its_heading(void **state)
{
	struct model *m = evening();

	(void)state;
	cut(m, three, 3, 0);
	assert_int_equal(cut(m, three, 2, 0), 1);
	assert_string_equal(shown(m), "1830 1859 a 1900 1930 b 1940 2019 2020 2130");
	free(m);
}

static void but_not_when_something_of_its_own_stands_there(void **state)
{
	static const struct {
		struct item own;
		const char *then;
	} cases[] = {
		{ { .kind = ITEM_NOTE, .text = "n" },
		  "1830 1859 a 1900 1930 2019 b -n- 1940 c 2020 2130" },
		{ { .kind = ITEM_LINK, .text = "l" },
		  "1830 1859 a 1900 1930 2019 b -l- 1940 c 2020 2130" },
		{ { .kind = ITEM_NOTE, .text = "n", .fixed = true },
		  "1830 1859 a 1900 1930 1940 2019 b -n-! c 2020 2130" },
	};
	const struct talk two[] = { three[0], three[2] };

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct model *m = evening();

		cut(m, three, 3, 0);
		insert(m, 6, cases[i].own); /* behind the heading of b */
		cut(m, two, 2, 0);
		assert_string_equal(shown(m), cases[i].then);
		assert_int_equal(cut(m, two, 2, 0), 0);
		free(m);
	}
}

static void a_heading_with_a_link_or_moved_by_hand_stays(void **state)
{
	(void)state;
	for (int i = 0; i < 2; i++) {
		struct model *m = evening();

		cut(m, three, 3, 0);
		m->items[5].url = i ? "https://slides.example/b" : NULL;
		m->items[5].fixed = !i;
		cut(m, three, 1, 0);
		assert_string_equal(shown(m), i ? "1830 1859 a 1900 1930 1940 2019 2020 2130 b"
						: "1830 1859 a 1900 1930 1940 2019 2020 2130 b!");
		free(m);
	}
}

static void the_report_tells_what_will_be(void **state)
{
	static const enum section_fate fates[] = { SECTION_TOP, SECTION_CHANGED, SECTION_SAME,
						   SECTION_NEW, SECTION_GONE };
	static const size_t counts[] = { 2, 2, 2, 2, 0 };
	const struct talk mended[] = { { .starts = AT(19, 0), .title = "x" },
				       three[1],
				       { .starts = AT(20, 10), .title = "d" } };
	struct arena arena = ARENA_INIT;
	struct model *m = evening();
	struct sections plan;

	(void)state;
	cut(m, three, 3, 0);
	m->items[6].fixed = true; /* 19:40 stays in b, which is right; 20:19, too, which is not */
	m->items[7].fixed = true;
	sections_plan(&plan, &arena, &m->thread, m->items, m->count, mended, 3, 0);
	assert_int_equal(plan.count, ARRAY_LEN(fates));
	for (size_t i = 0; i < plan.count; i++) {
		assert_int_equal(plan.sections[i].fate, fates[i]);
		assert_int_equal(plan.sections[i].posts, counts[i]);
	}
	assert_int_equal(plan.by_hand_count, 1);
	assert_ptr_equal(plan.by_hand[0].section, &plan.sections[2]);
	assert_ptr_equal(plan.by_hand[0].other, &plan.sections[3]);
	assert_int_equal(plan.border_count, 2); /* 18:59 and 19:00 */
	assert_ptr_equal(plan.border[0].other, &plan.sections[1]);
	assert_ptr_equal(plan.border[1].other, &plan.sections[0]);
	free(m);
	arena_release(&arena);
}

/* ---- borders ---- */

static void a_border_is_three_minutes_wide(void **state)
{
	static const int64_t starts[] = { AT(19, 0), 0, AT(19, 40), AT(19, 44) };
	static const struct {
		int64_t time;
		enum section_side side;
		size_t neighbour;
	} cases[] = {
		{ AT(18, 58), SECTION_HERE, 0 },
		{ AT(18, 59), SECTION_NEXT, 0 },
		{ AT(19, 2), SECTION_PREVIOUS, SECTION_ABOVE },
		{ AT(19, 5), SECTION_PREVIOUS, SECTION_ABOVE },
		{ AT(19, 6), SECTION_HERE, 0 },
		{ AT(19, 39), SECTION_NEXT, 2 },
		{ AT(19, 42), SECTION_PREVIOUS, 0 },
		{ AT(19, 45), SECTION_NEXT, 3 },
		{ AT(19, 47), SECTION_PREVIOUS, 2 },
		{ AT(20, 0), SECTION_HERE, 0 },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		size_t neighbour = 0;

		assert_int_equal(section_border(cases[i].time, starts, 4, 2 * MINUTE, &neighbour),
				 cases[i].side);
		assert_int_equal(neighbour, cases[i].neighbour);
	}
	assert_int_equal(section_border(AT(19, 0), NULL, 0, 0, &(size_t){ 0 }), SECTION_HERE);
}

static void a_push_goes_to_the_neighbouring_talk(void **state)
{
	/* mine, a, mine, b, c */
	static const struct section_heading headings[] = {
		{ 11, 0 }, { 12, AT(19, 0) }, { 13, 0 }, { 14, AT(19, 40) }, { 15, AT(20, 20) }
	};
	static const struct {
		size_t at;
		enum section_side side;
		enum spot_kind kind; /* SPOT_TIME = none */
		int64_t item;
	} cases[] = {
		{ SECTION_ABOVE, SECTION_PREVIOUS, SPOT_TIME, 0 },
		{ SECTION_ABOVE, SECTION_NEXT, SPOT_AFTER, 12 },
		{ 0, SECTION_PREVIOUS, SPOT_TIME, 0 },
		{ 0, SECTION_NEXT, SPOT_AFTER, 12 },
		{ 1, SECTION_PREVIOUS, SPOT_BEFORE, 12 },
		{ 1, SECTION_NEXT, SPOT_AFTER, 14 },
		{ 2, SECTION_PREVIOUS, SPOT_BEFORE, 12 },
		{ 2, SECTION_NEXT, SPOT_AFTER, 14 },
		{ 3, SECTION_PREVIOUS, SPOT_BEFORE, 13 },
		{ 3, SECTION_NEXT, SPOT_AFTER, 15 },
		{ 4, SECTION_PREVIOUS, SPOT_BEFORE, 15 },
		{ 4, SECTION_NEXT, SPOT_TIME, 0 },
		{ 4, SECTION_HERE, SPOT_TIME, 0 },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct op op;
		bool there = section_push(headings, 5, cases[i].at, cases[i].side, 99, &op);

		assert_int_equal(there, cases[i].kind != SPOT_TIME);
		if (!there)
			continue;
		assert_int_equal(op.kind, OP_MOVE);
		assert_int_equal(op.item, 99);
		assert_true(op.spot.by_hand);
		assert_int_equal(op.spot.kind, cases[i].kind);
		assert_int_equal(op.spot.item, cases[i].item);
	}
}

/* ---- whatever the thread ---- */

static uint32_t seed;

static int chance(int below)
{
	seed = seed * 1664525 + 1013904223;
	return (int)((seed >> 8) % (uint32_t)below);
}

static const char *const names[] = { "a", "b", "c", "d", "e", "f", "g" };

static size_t some_talks(struct talk *talks)
{
	size_t count = 0;
	int minute = chance(30);

	for (size_t i = 0; i < 5; i++) {
		minute += 1 + chance(50);
		if (chance(4))
			talks[count++] = (struct talk){
				.starts = AT(19, minute), .title = names[(i + (chance(6) == 0)) % 7]
			};
	}
	for (size_t i = 1; i < count; i++)
		if (str_same(talks[i].title, talks[i - 1].title))
			talks[i].title = "g";
	return count;
}

static void add_anything(struct model *m)
{
	int kind = chance(12);
	bool joined = m->count > 0 && m->items[m->count - 1].kind == ITEM_POST && chance(8) == 0;

	if (kind < 7)
		post(m, AT(18, chance(300)))->joined = joined;
	else if (kind < 9)
		say(m, ITEM_NOTE, "n");
	else if (kind < 10)
		say(m, ITEM_LINK, "l");
	else
		say(m, ITEM_HEADING, "mine");
}

/* Somebody moves a thing by hand. */
static void move_anything(struct model *m)
{
	size_t from = (size_t)chance((int)m->count), to = (size_t)chance((int)m->count);
	const struct item *moved = &m->items[from], *there = &m->items[to];
	const struct op op = { .kind = OP_MOVE,
			       .item = moved->id,
			       .spot = { .kind = SPOT_AFTER, .item = there->id, .by_hand = true } };

	if (!moved->joined && !there->joined && moved != there &&
	    (moved->kind != ITEM_HEADING || chance(3) == 0))
		apply_op(m, &op);
}

/* The talk's heading that the item stands under; NULL. */
static const struct item *talk_above(const struct model *m, size_t i)
{
	while (i-- > 0)
		if (m->items[i].kind == ITEM_HEADING && m->items[i].starts)
			return &m->items[i];
	return NULL;
}

static const struct talk *talk_on(const struct talk *talks, size_t count, int64_t time)
{
	const struct talk *found = NULL;

	for (size_t i = 0; i < count; i++)
		if (talks[i].starts <= time)
			found = &talks[i];
	return found;
}

static bool is_noted(const struct model *m, size_t i)
{
	return i > 0 && (m->items[i - 1].kind == ITEM_NOTE || m->items[i - 1].kind == ITEM_LINK);
}

static bool any_fixed(const struct model *m, size_t i)
{
	size_t end = behind(m, m->items[i].id);

	for (; i < end; i++)
		if (m->items[i].fixed)
			return true;
	return false;
}

static bool goes_along(const struct model *m, size_t i)
{
	return m->items[i].joined && i > 0 && m->items[i - 1].kind == ITEM_POST;
}

static bool is_listed(const struct talk *talks, size_t count, const struct item *heading)
{
	for (size_t i = 0; i < count; i++)
		if (talks[i].starts == heading->starts && str_same(talks[i].title, heading->text))
			return true;
	return false;
}

static void check_posts(const struct model *m, const struct talk *talks, size_t count)
{
	const struct item *former = NULL;
	int64_t latest = 0;

	for (size_t i = 0; i < m->count; i++) {
		const struct item *above = talk_above(m, i);
		const struct talk *on;

		if (m->items[i].kind != ITEM_POST || goes_along(m, i) || any_fixed(m, i))
			continue;
		on = talk_on(talks, count, m->items[i].post->created);
		if (above && !is_listed(talks, count, above)) {
			assert_true(is_noted(m, i)); /* kept by its note */
			continue;
		}
		assert_true(above ? on && on->starts == above->starts : !on);
		assert_true(above != former || latest <= m->items[i].post->created);
		former = above;
		latest = m->items[i].post->created;
	}
}

/* Same things, joined ones and notes where they were, what was moved by hand in its section. */
static void check_kept(const struct model *before, const struct model *after, bool was_cut)
{
	for (size_t i = 0; i < before->count; i++) {
		const struct item *item = &before->items[i];
		const struct item *old = talk_above(before, i), *new;
		size_t now;

		if (item->kind == ITEM_HEADING && item->starts)
			continue;
		now = index_of(after, item->id);
		assert_int_equal(after->items[now].fixed, item->fixed);
		if (goes_along(before, i))
			assert_int_equal(after->items[now - 1].id, before->items[i - 1].id);
		if (item->kind == ITEM_POST && is_noted(before, i) && !before->items[i - 1].fixed)
			assert_int_equal(after->items[now - 1].id, before->items[i - 1].id);
		if (!was_cut || !item->fixed || item->kind == ITEM_HEADING)
			continue;
		new = talk_above(after, now);
		assert_int_equal(new ? new->id : 0, old ? old->id : 0);
	}
}

static void one_evening(void)
{
	struct model *m = xcalloc(1, sizeof(*m)), *before = xcalloc(1, sizeof(*before));
	struct talk talks[5];
	bool was_cut = false;

	for (int i = 5 + chance(25); i > 0; i--)
		add_anything(m);
	for (int round = 0; round < 4; round++) {
		size_t count = some_talks(talks);

		*before = *m;
		cut(m, talks, count, 0);
		check_posts(m, talks, count);
		check_kept(before, m, was_cut);
		*before = *m;
		if (cut(m, talks, count, 0) > 0) {
			print_message("%s\n", shown(before));
			fail_msg("%s", shown(m));
		}
		was_cut |= count > 0;
		for (int i = chance(4); i > 0; i--)
			add_anything(m);
		for (int i = chance(4); i > 0; i--)
			move_anything(m);
	}
	free(m);
	free(before);
}

static void whatever_the_thread_it_is_cut_once_and_for_all(void **state)
{
	(void)state;
	for (uint32_t i = 1; i <= 3000; i++) {
		seed = i * 2654435761U;
		one_evening();
	}
}

static void a_long_thread_takes_no_square_of_its_length(void **state)
{
	struct arena arena = ARENA_INIT;
	const size_t count = 100000;
	struct item *items = arena_array(&arena, count, sizeof(*items));
	struct post *all = arena_array(&arena, count, sizeof(*all));
	const struct thread thread = { 0 };
	struct sections plan;

	(void)state;
	for (size_t i = 0; i < count; i++) {
		all[i].created = AT(19, 0) + (int64_t)(i * 7919 % count) * 100;
		items[i] =
			(struct item){ .id = (int64_t)i + 1, .kind = ITEM_POST, .post = &all[i] };
	}
	sections_plan(&plan, &arena, &thread, items, count, three, 3, 0);
	assert_true(plan.op_count > count / 2 && plan.op_count < count + 3);
	assert_int_equal(plan.sections[1].posts + plan.sections[2].posts + plan.sections[3].posts,
			 count);
	arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_post_goes_under_the_talk_that_was_on),
		cmocka_unit_test(posts_come_later_by_the_lag),
		cmocka_unit_test(posts_are_put_in_order_of_time),
		cmocka_unit_test(a_corrected_start_moves_posts_and_keeps_the_key),
		cmocka_unit_test(a_corrected_title_renames),
		cmocka_unit_test(a_title_and_its_start_may_be_mended_at_once),
		cmocka_unit_test(talks_may_change_their_order),
		cmocka_unit_test(what_was_moved_by_hand_stays),
		cmocka_unit_test(the_users_own_headings_stay),
		cmocka_unit_test(a_heading_of_the_users_with_a_talks_title_is_the_talks),
		cmocka_unit_test(notes_and_links_go_with_their_post),
		cmocka_unit_test(a_talk_that_was_taken_out_loses_its_heading),
		cmocka_unit_test(but_not_when_something_of_its_own_stands_there),
		cmocka_unit_test(a_heading_with_a_link_or_moved_by_hand_stays),
		cmocka_unit_test(the_report_tells_what_will_be),
		cmocka_unit_test(a_border_is_three_minutes_wide),
		cmocka_unit_test(a_push_goes_to_the_neighbouring_talk),
		cmocka_unit_test(whatever_the_thread_it_is_cut_once_and_for_all),
		cmocka_unit_test(a_long_thread_takes_no_square_of_its_length),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
