#include "in-ops.h"

#define AT(...) ((struct spot){ __VA_ARGS__ })
#define END	AT(.kind = SPOT_END)

static void spots_are_where_they_say(void **state)
{
	struct store *store = with_posts(9);
	struct thread thread = created(store, "a");
	const struct op list[] = {
		{ .kind = OP_CHOOSE, .post = post_id(store, 8), .spot = { .kind = SPOT_NEXT } },
		{ .kind = OP_CHOOSE,
		  .post = post_id(store, 7),
		  .spot = { .kind = SPOT_TOP, .by_hand = true } },
		{ .kind = OP_CHOOSE, .post = post_id(store, 6), .spot = { .kind = SPOT_NEXT } },
		{ .kind = OP_CHOOSE, .post = post_id(store, 8) },
		{ .kind = OP_CHOOSE, .post = post_id(store, 1), .spot = { .kind = SPOT_NEXT } },
	};
	struct op_report report = { 0 };
	int64_t five;

	(void)state;
	choose_at(store, thread.id, 5, END);
	five = item_of(store, thread.id, 5);
	choose_at(store, thread.id, 4, END);
	choose_at(store, thread.id, 3, AT(.kind = SPOT_AFTER, .item = five));
	choose_at(store, thread.id, 2, AT(.kind = SPOT_BEFORE, .item = five));
	assert_string_equal(order(store, thread.id), "2 5 3 4");
	assert_done(store_do(store, thread.id, "load", list, 5, &report, why));
	assert_string_equal(order(store, thread.id), "7! 6 2 5 3 4 8 1");
	assert_int_equal(report.changed, 4);
	assert_int_equal(report.item, item_of(store, thread.id, 1));
	assert_int_equal(report.step, 5);
	assert_true(move(store, thread.id, five, AT(.kind = SPOT_TOP)));
	assert_false(move(store, thread.id, five, AT(.kind = SPOT_TOP)));
	assert_false(move(store, thread.id, five,
			  AT(.kind = SPOT_BEFORE, .item = item_of(store, thread.id, 7))));
	assert_false(move(store, thread.id, five, AT(.kind = SPOT_AFTER, .item = five)));
	assert_true(move(store, thread.id, five, AT(.kind = SPOT_TOP, .by_hand = true)));
	assert_string_equal(order(store, thread.id), "5! 7! 6 2 3 4 8 1");
	store_close(store);
}

static void what_was_taken_away_changes_nothing(void **state)
{
	struct store *store = with_posts(4);
	struct thread a = created(store, "a"), b = created(store, "b");
	int64_t one, other;

	(void)state;
	choose_at(store, a.id, 1, END);
	choose_at(store, b.id, 2, END);
	one = item_of(store, a.id, 1);
	other = item_of(store, b.id, 2);
	for (int kind = OP_MOVE; kind <= OP_SORT; kind++) {
		const struct op op = { .kind = (enum op_kind)kind,
				       .item = other,
				       .spot = { .kind = SPOT_TOP },
				       .words = { .kind = ITEM_NOTE,
						  .text = "x",
						  .fixed = true,
						  .joined = true,
						  .style = { .colour = COLOUR_RED } } };

		if (kind != OP_INSERT)
			assert_int_equal(done(store, a.id, &op).changed, 0);
	}
	assert_false(choose_at(store, a.id, 3, AT(.kind = SPOT_AFTER, .item = other)));
	assert_false(move(store, a.id, one, AT(.kind = SPOT_BEFORE, .item = 9999)));
	assert_string_equal(order(store, a.id), "1");
	assert_string_equal(order(store, b.id), "2");
	store_close(store);
	assert_int_equal(ask("db", "SELECT count(*) FROM step"), 2);
}

/* An id that was taken away is not the id of something else later. */
static void no_item_is_taken_for_another(void **state)
{
	struct store *store = with_posts(4);
	struct thread a = created(store, "a"), b = created(store, "b");
	int64_t first;

	(void)state;
	choose_at(store, a.id, 1, END);
	first = item_of(store, a.id, 1);
	undo(store, a.id);
	choose_at(store, b.id, 2, END);
	assert_int_not_equal(item_of(store, b.id, 2), first);
	assert_int_equal(redo(store, a.id), 1);
	assert_int_equal(item_of(store, a.id, 1), first);
	assert_string_equal(order(store, b.id), "2");
	store_close(store);
}

static void groups_stay_together(void **state)
{
	struct store *store = with_posts(9);
	struct thread thread = created(store, "a");
	int64_t two, three;

	(void)state;
	for (int i = 1; i <= 5; i++)
		choose_at(store, thread.id, i, END);
	assert_false(join(store, thread.id, 1, true)); /* nothing is above it */
	assert_true(join(store, thread.id, 3, true));
	assert_true(join(store, thread.id, 4, true));
	assert_false(join(store, thread.id, 4, true));
	assert_string_equal(order(store, thread.id), "1 2 +3 +4 5");
	two = item_of(store, thread.id, 2);
	three = item_of(store, thread.id, 3);
	choose_at(store, thread.id, 6, AT(.kind = SPOT_AFTER, .item = two));
	choose_at(store, thread.id, 7, AT(.kind = SPOT_BEFORE, .item = three));
	assert_string_equal(order(store, thread.id), "1 7 2 +3 +4 6 5");
	assert_true(move(store, thread.id, two, AT(.kind = SPOT_TOP)));
	assert_string_equal(order(store, thread.id), "2 +3 +4 1 7 6 5");
	did(store, OP_UNDECIDE, thread.id, 2);
	assert_string_equal(order(store, thread.id), "3 +4 1 7 6 5");
	undo(store, thread.id);
	assert_string_equal(order(store, thread.id), "2 +3 +4 1 7 6 5");
	assert_true(join(store, thread.id, 3, false));
	assert_string_equal(order(store, thread.id), "2 3 +4 1 7 6 5");
	assert_true(join(store, thread.id, 3, true));
	assert_true(move(store, thread.id, three, AT(.kind = SPOT_END)));
	assert_string_equal(order(store, thread.id), "2 +4 1 7 6 5 3");
	did(store, OP_DROP, thread.id, 2);
	assert_string_equal(order(store, thread.id), "4 1 7 6 5 3");
	store_close(store);
}

static void time_never_splits_a_group(void **state)
{
	struct store *store = with_posts(9);
	struct thread thread = created(store, "a");

	(void)state;
	choose_at(store, thread.id, 2, END);
	choose_at(store, thread.id, 6, END);
	join(store, thread.id, 6, true);
	did(store, OP_CHOOSE, thread.id, 4);
	did(store, OP_CHOOSE, thread.id, 7);
	did(store, OP_CHOOSE, thread.id, 1);
	assert_string_equal(order(store, thread.id), "1 2 +6 7 4");
	store_close(store);
}

/* Two talks, from second 3 and from second 6 on, a lag of one second, and a preface. */
static struct thread with_talks(struct store *store)
{
	struct thread thread = created(store, "a");

	insert(store, thread.id, ITEM_NOTE, "前", 0, END);
	insert(store, thread.id, ITEM_HEADING, "一", NOON + 3000, END);
	insert(store, thread.id, ITEM_LINK, "資料", 0, END);
	insert(store, thread.id, ITEM_HEADING, "二", NOON + 6000, END);
	insert(store, thread.id, ITEM_HEADING, "後", 0, END);
	thread.lag = 1000;
	thread.tags = ssmjp;
	thread.tag_count = 1;
	done(store, thread.id, &(struct op){ .kind = OP_SETTINGS, .settings = &thread });
	return thread;
}

static void a_post_goes_to_the_talk_that_was_on(void **state)
{
	struct store *store = with_posts(9);
	struct thread thread = with_talks(store);

	(void)state;
	for (int i = 9; i >= 1; i--)
		did(store, OP_CHOOSE, thread.id, i * 4 % 9 + 1);
	assert_string_equal(order(store, thread.id),
			    "note:前 1 2 3 =一 link:資料 4 5 6 =二 7 8 9 =後");
	assert_true(move(store, thread.id, item_of(store, thread.id, 5), END));
	assert_true(move(store, thread.id, item_of(store, thread.id, 5), AT(.kind = SPOT_TIME)));
	assert_string_equal(order(store, thread.id),
			    "note:前 1 2 3 =一 link:資料 4 5 6 =二 7 8 9 =後");
	store_close(store);
}

/* So many posts of another talk stand between that looking back in time does not find the own
 * one's. */
static void a_talk_between_long_ones_keeps_its_order(void **state)
{
	struct store *store = with_posts(400);
	struct thread thread = created(store, "a");
	int64_t one;

	(void)state;
	one = insert(store, thread.id, ITEM_HEADING, "一", NOON + 1000, END);
	insert(store, thread.id, ITEM_HEADING, "二", NOON + 300000, END);
	for (int i = 1; i <= 3; i++)
		choose_at(store, thread.id, i, AT(.kind = SPOT_AFTER, .item = one));
	for (int i = 100; i < 200; i++)
		choose_at(store, thread.id, i, END);
	for (int i = 399; i >= 390; i -= 3)
		choose_at(store, thread.id, i, AT(.kind = SPOT_TOP));
	did(store, OP_CHOOSE, thread.id, 210);
	assert_non_null(strstr(order(store, thread.id), "390 393 396 399 =一 3 2 1 210 =二 100 "));
	store_close(store);
}

static void in_a_section_ordered_by_hand_a_post_goes_behind_the_cursor(void **state)
{
	struct store *store = with_posts(9);
	struct thread thread = with_talks(store);
	int64_t five;

	(void)state;
	did(store, OP_CHOOSE, thread.id, 5);
	did(store, OP_CHOOSE, thread.id, 7);
	five = item_of(store, thread.id, 5);
	choose_at(store, thread.id, 4, AT(.kind = SPOT_TIME, .item = five));
	assert_string_equal(order(store, thread.id), "note:前 =一 link:資料 4 5 =二 7 =後");
	undo(store, thread.id);
	done(store, thread.id,
	     &(struct op){ .kind = OP_FIX, .item = five, .words = { .fixed = true } });
	choose_at(store, thread.id, 4, AT(.kind = SPOT_TIME, .item = five));
	choose_at(store, thread.id, 8, AT(.kind = SPOT_TIME, .item = five));
	choose_at(store, thread.id, 6, AT(.kind = SPOT_TIME, .item = 9999));
	assert_string_equal(order(store, thread.id), "note:前 =一 link:資料 5! 6 4 =二 7 8 =後");
	store_close(store);
}

static void sorting_keeps_sections_groups_and_notes(void **state)
{
	struct store *store = with_posts(9);
	struct thread thread = created(store, "a");
	int64_t heading = 0;

	(void)state;
	for (int i = 9; i >= 1; i--) {
		if (i == 5)
			heading = insert(store, thread.id, ITEM_HEADING, "二", 0, END);
		if (i == 7 || i == 1)
			insert(store, thread.id, ITEM_NOTE, "x", 0, END);
		choose_at(store, thread.id, i, AT(.kind = SPOT_END, .by_hand = i == 3));
	}
	insert(store, thread.id, ITEM_NOTE, "y", 0, END);
	join(store, thread.id, 8, true);
	assert_string_equal(order(store, thread.id),
			    "9 +8 note:x 7 6 =二 5 4 3! 2 note:x 1 note:y");
	done(store, thread.id, &(struct op){ .kind = OP_SORT, .item = heading });
	assert_string_equal(order(store, thread.id), "9 +8 note:x 7 6 =二 note:x 1 2 3 4 5 note:y");
	done(store, thread.id, &(struct op){ .kind = OP_SORT });
	assert_string_equal(order(store, thread.id), "6 note:x 7 9 +8 =二 note:x 1 2 3 4 5 note:y");
	assert_int_equal(done(store, thread.id, &(struct op){ .kind = OP_SORT }).changed, 0);
	undo(store, thread.id);
	undo(store, thread.id);
	assert_string_equal(order(store, thread.id),
			    "9 +8 note:x 7 6 =二 5 4 3! 2 note:x 1 note:y");
	store_close(store);
}

static void keys_are_made_kept_and_told_apart(void **state)
{
	struct store *store = with_posts(1);
	struct thread thread = created(store, "a");
	struct op op = { .kind = OP_INSERT, .words = { .kind = ITEM_HEADING, .text = "同じ" } };
	struct op_report report = { 0 };
	struct err err = { 0 };
	int64_t first;

	(void)state;
	for (int i = 0; i < 5; i++)
		done(store, thread.id, &op);
	op.words.key = "k3f";
	first = done(store, thread.id, &op).item;
	assert_false(store_do(store, thread.id, NULL, &op, 1, &report, &err));
	assert_int_equal(err.code, ERR_USAGE);
	op.words.key = "3f k";
	assert_false(store_do(store, thread.id, NULL, &op, 1, &report, &err));
	assert_int_equal(err.code, ERR_USAGE);
	op = (struct op){ .kind = OP_EDIT,
			  .item = first,
			  .words = { .text = "別", .speaker = "花", .url = "https://s.example/" } };
	assert_int_equal(done(store, thread.id, &op).changed, 1);
	assert_int_equal(done(store, thread.id, &op).changed, 0);
	op.words.key = "neu";
	assert_int_equal(done(store, thread.id, &op).changed, 1);
	store_close(store);
	assert_int_equal(ask("db", "SELECT count(DISTINCT key) FROM item"), 6);
	assert_int_equal(ask("db", "SELECT count(*) FROM item WHERE key = 'neu' AND text = '別' "
				   "AND speaker = '花' AND url = 'https://s.example/'"),
			 1);
}

static void a_name_that_is_taken_is_refused_also_by_undo(void **state)
{
	struct store *store = with_posts(2);
	struct thread a = created(store, "a"), b = created(store, "b");
	struct arena arena = ARENA_INIT;
	struct op_report report = { 0 };
	struct err err = { 0 };
	struct op ops[] = { { .kind = OP_CHOOSE, .post = post_id(store, 1) },
			    { .kind = OP_SETTINGS, .settings = &a } };
	struct step step;

	(void)state;
	a.slug = "b";
	assert_false(store_do(store, a.id, NULL, ops, 2, &report, &err));
	assert_int_equal(err.code, ERR_USAGE);
	assert_string_equal(order(store, a.id), "");
	a.slug = "C";
	done(store, a.id, &ops[1]);
	assert_int_equal(done(store, a.id, &ops[1]).changed, 0);
	b.slug = "a";
	done(store, b.id, &(struct op){ .kind = OP_SETTINGS, .settings = &b });
	assert_false(thread_undo(store, a.id, &arena, &step, &err));
	assert_int_equal(err.code, ERR_USAGE);
	assert_int_equal(undo(store, b.id), 1);
	assert_int_equal(undo(store, a.id), 1);
	store_close(store);
	arena_release(&arena);
	assert_int_equal(ask("db", "SELECT count(*) FROM thread WHERE slug = 'a' AND id = 1"), 1);
}

static void one_item_is_what_it_is_in_the_outline(void **state)
{
	struct store *store = opened("db", STORE_WRITE);
	struct item *list = NULL, one = { 0 };
	struct arena arena = ARENA_INIT;
	struct err err = { 0 };
	int64_t thread, other;
	size_t count = 0;

	(void)state;
	put_text(store, 1, "信頼", NOON);
	thread = created(store, "evening").id;
	other = created(store, "other").id;
	insert(store, thread, ITEM_HEADING, "夜", NOON, (struct spot){ .kind = SPOT_END });
	insert(store, thread, ITEM_NOTE, "一行\n二行", 0, (struct spot){ .kind = SPOT_END });
	done(store, thread,
	     &(struct op){ .kind = OP_CHOOSE, .post = post_id(store, 1), .spot.kind = SPOT_END });
	assert_done(thread_outline(store, thread, &arena, &list, &count, why));
	assert_int_equal(count, 3);
	for (size_t i = 0; i < count; i++) {
		assert_done(thread_item(store, thread, list[i].id, &arena, &one, why));
		assert_int_equal(one.id, list[i].id);
		assert_int_equal(one.kind, list[i].kind);
		assert_int_equal(one.starts, list[i].starts);
		assert_true(str_same(one.text, list[i].text));
		assert_int_equal(one.post != NULL, list[i].post != NULL);
	}
	assert_false(thread_item(store, other, list[0].id, &arena, &one, &err));
	assert_int_equal(err.code, ERR_NOT_FOUND);
	arena_release(&arena);
	store_close(store);
}

static void what_was_dropped_is_no_candidate(void **state)
{
	struct store *store = with_posts(4);
	struct thread thread = created(store, "a");
	struct arena arena = ARENA_INIT;
	struct thread_row *rows;
	struct post *posts;
	size_t count;
	int64_t chosen;

	(void)state;
	assert_true(did(store, OP_CHOOSE, thread.id, 1));
	assert_true(did(store, OP_DROP, thread.id, 1));
	assert_true(did(store, OP_DROP, thread.id, 3));
	assert_false(did(store, OP_DROP, thread.id, 3));
	assert_true(did(store, OP_DROP, thread.id, 2));
	assert_true(did(store, OP_UNDECIDE, thread.id, 2));
	assert_done(thread_list(store, &arena, &rows, &count, why));
	assert_int_equal(rows[0].candidates, 2);
	assert_done(thread_dropped(store, thread.id, &arena, &posts, &count, why));
	assert_int_equal(count, 2);
	assert_string_equal(posts[0].author.name, "はな 1");
	assert_string_equal(posts[1].text, "話");
	assert_done(thread_choose_all(store, &thread, false, &chosen, why));
	assert_string_equal(order(store, thread.id), "2 4");
	assert_true(did(store, OP_CHOOSE, thread.id, 3));
	assert_done(thread_dropped(store, thread.id, &arena, &posts, &count, why));
	assert_int_equal(count, 1);
	assert_string_equal(order(store, thread.id), "2 3 4");
	arena_release(&arena);
	store_close(store);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_FOLDER(spots_are_where_they_say),
		IN_FOLDER(what_was_taken_away_changes_nothing),
		IN_FOLDER(no_item_is_taken_for_another),
		IN_FOLDER(groups_stay_together),
		IN_FOLDER(time_never_splits_a_group),
		IN_FOLDER(a_post_goes_to_the_talk_that_was_on),
		IN_FOLDER(a_talk_between_long_ones_keeps_its_order),
		IN_FOLDER(in_a_section_ordered_by_hand_a_post_goes_behind_the_cursor),
		IN_FOLDER(sorting_keeps_sections_groups_and_notes),
		IN_FOLDER(keys_are_made_kept_and_told_apart),
		IN_FOLDER(a_name_that_is_taken_is_refused_also_by_undo),
		IN_FOLDER(one_item_is_what_it_is_in_the_outline),
		IN_FOLDER(what_was_dropped_is_no_candidate),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
