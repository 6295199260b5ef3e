#include "in-folder.h"

#include "archive/base/mem.h"
#include "archive/picker/list.h"

/* Posts 1 to posts, of which every step-th passes the filter. */
struct world {
	int64_t posts, step;
	size_t looked;	/* rows in all */
	size_t largest; /* in one go */
	bool broken;
};

static bool read_world(void *owner, const struct view_span *span, struct arena *arena,
		       struct view_page *out, struct err *err)
{
	struct world *world = owner;
	int64_t at = span->from < 1 ? 1 : span->from > world->posts ? world->posts : span->from;
	size_t looked = 0, count = 0;
	bool out_of_it = span->back ? span->from < 1 : span->from > world->posts;
	struct row *rows = arena_array(arena, span->limit, sizeof(*rows));

	if (world->broken)
		return err_set(err, ERR_IO, "the disk is gone");
	while (!out_of_it && count < span->limit && looked < span->budget) {
		looked++;
		if (at % world->step == 0)
			rows[count++] = (struct row){ .post = at,
						      .text = arena_printf(arena, "%d", (int)at) };
		at += span->back ? -1 : 1;
		out_of_it = at < 1 || at > world->posts;
	}
	for (size_t i = 0; span->back && i < count / 2; i++) {
		struct row row = rows[i];

		rows[i] = rows[count - 1 - i];
		rows[count - 1 - i] = row;
	}
	*out = (struct view_page){ .rows = rows, .count = count, .reached = at, .end = out_of_it };
	world->looked += looked;
	world->largest = looked > world->largest ? looked : world->largest;
	return true;
}

static void fill(struct list *list)
{
	struct err err = { 0 };
	bool grown;

	for (int side = SIDE_BACK; side <= SIDE_ON; side++)
		while (list_wants(list, (enum list_side)side))
			assert_true(list_grow(list, (enum list_side)side, &grown, &err));
}

static struct list list_of(struct world *world)
{
	struct list list = { .read = read_world, .owner = world, .height = 20 };
	struct err err = { 0 };

	assert_true(list_seek(&list, LIST_FIRST, &err));
	fill(&list);
	return list;
}

static void assert_whole(const struct list *list, const struct world *world)
{
	assert_true(list->count <= LIST_MAX + LIST_READ);
	assert_true(list->count == 0 || list->cursor < list->count);
	for (size_t i = 0; i < list->count; i++) {
		char number[32];

		snprintf(number, sizeof(number), "%d", (int)list->rows[i].row.post);
		assert_string_equal(list->rows[i].row.text, number);
		assert_true(i == 0 ||
			    list->rows[i].row.post == list->rows[i - 1].row.post + world->step);
	}
}

static void a_million_rows_are_walked_through_a_small_window(void **state)
{
	struct world world = { .posts = 1000000, .step = 1 };
	struct list list = list_of(&world);
	struct err err = { 0 };

	(void)state;
	assert_int_equal(list_id(&list, list.cursor), 1);
	for (int64_t i = 2; i <= 3000; i++) {
		list_step(&list, 1);
		fill(&list);
		assert_int_equal(list_id(&list, list.cursor), i);
	}
	assert_whole(&list, &world);
	for (int64_t i = 2999; i >= 1; i--) {
		list_step(&list, -1);
		fill(&list);
		assert_int_equal(list_id(&list, list.cursor), i);
	}
	assert_whole(&list, &world);
	assert_true(list_seek(&list, LIST_LAST, &err));
	fill(&list);
	assert_int_equal(list_id(&list, list.cursor), 1000000);
	assert_true(list_seek(&list, 500000, &err));
	fill(&list);
	assert_int_equal(list_id(&list, list.cursor), 500000);
	assert_whole(&list, &world);
	/* nothing of the million was counted or skipped over */
	assert_true(world.looked < 20000);
	list_release(&list);
}

static void a_rare_filter_is_read_on_bit_by_bit(void **state)
{
	struct world world = { .posts = 1000000, .step = 100000 };
	struct list list = { .read = read_world, .owner = &world, .height = 20 };
	struct err err = { 0 };

	(void)state;
	assert_true(list_seek(&list, LIST_FIRST, &err));
	assert_int_equal(list.count, 0);
	fill(&list);
	assert_int_equal(list.count, 10);
	assert_int_equal(list_id(&list, list.cursor), 100000);
	assert_true(world.largest <= LIST_BUDGET);
	list_release(&list);
}

static void a_failure_leaves_what_was_there(void **state)
{
	struct world world = { .posts = 1000, .step = 1 };
	struct list list = list_of(&world);
	struct err err = { 0 };
	bool grown;

	(void)state;
	list_step(&list, 5);
	world.broken = true;
	assert_false(list_seek(&list, 700, &err));
	assert_string_equal(err.msg, "the disk is gone");
	assert_false(list_grow(&list, SIDE_ON, &grown, &err));
	assert_int_equal(list_id(&list, list.cursor), 6);
	assert_whole(&list, &world);
	list_release(&list);
}

static void a_reload_keeps_the_cursor_on_its_row(void **state)
{
	struct world world = { .posts = 1000, .step = 1 };
	struct list list = list_of(&world);
	struct err err = { 0 };

	(void)state;
	assert_true(list_seek(&list, 600, &err));
	fill(&list);
	assert_true(list_reload(&list, &err));
	assert_int_equal(list_id(&list, list.cursor), 600);
	/* its row is gone: the next one */
	world.step = 7;
	assert_true(list_reload(&list, &err));
	assert_int_equal(list_id(&list, list.cursor), 602);
	list_release(&list);
}

static void a_row_taken_away_hands_the_cursor_on(void **state)
{
	struct world world = { .posts = 3, .step = 1 };
	struct list list = list_of(&world);

	(void)state;
	list_step(&list, 1);
	list_remove(&list, 1);
	assert_int_equal(list_id(&list, list.cursor), 3);
	list_remove(&list, 1);
	assert_int_equal(list_id(&list, list.cursor), 1);
	list_remove(&list, 0);
	assert_int_equal(list.count, 0);
	assert_null(list_at(&list));
	list_release(&list);
}

static void hidden_rows_are_stepped_over_and_take_no_line(void **state)
{
	struct world world = { .posts = 40, .step = 1 };
	struct list list = list_of(&world);

	(void)state;
	for (size_t i = 1; i < 10; i++)
		list.rows[i].hidden = true;
	list.rows[10].also = 2;
	list_step(&list, 1);
	assert_int_equal(list_id(&list, list.cursor), 11);
	assert_int_equal(list_settle(&list, 5), 0);
	assert_int_equal(list.line, 1);
	assert_int_equal(list_on_line(&list, 2), 10); /* the second line of that row */
	assert_int_equal(list_on_line(&list, 3), 11);
	list_step(&list, 20);
	/* the pane is full and the cursor in it */
	assert_int_equal(list_settle(&list, 5), 26);
	assert_int_equal(list.line, 4);
	list_step(&list, 100);
	assert_int_equal(list_settle(&list, 100), 0);
	list_release(&list);
}

static void a_range_is_held_whole(void **state)
{
	struct world world = { .posts = 100000, .step = 1 };
	struct list list = list_of(&world);

	(void)state;
	list.held = true;
	for (int i = 0; i < 5000; i++) {
		list_step(&list, 1);
		fill(&list);
	}
	assert_int_equal(list_id(&list, 0), 1);
	assert_true(list.count >= LIST_RANGE && list.count < LIST_RANGE + LIST_READ);
	assert_int_equal(list.cursor, list.count - 1);
	list_release(&list);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_million_rows_are_walked_through_a_small_window),
		cmocka_unit_test(a_rare_filter_is_read_on_bit_by_bit),
		cmocka_unit_test(a_failure_leaves_what_was_there),
		cmocka_unit_test(a_reload_keeps_the_cursor_on_its_row),
		cmocka_unit_test(a_row_taken_away_hands_the_cursor_on),
		cmocka_unit_test(hidden_rows_are_stepped_over_and_take_no_line),
		cmocka_unit_test(a_range_is_held_whole),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
