/*
 * The course through the ledger, one thing at a time; test-collect-course-chance.c has the property
 * and test-collect-course-faults.c the servers that are not well.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "course-world.h"

static void a_run_that_was_cut_off_is_gone_on_with_below_its_bottom(void **state)
{
	struct world w = quiet_world("x", 40);

	(void)state;
	assert_int_equal(run_pages(&w, 3, 0), COURSE_GO_ON);
	assert_int_equal(missing(&w, 0), 28);
	assert_int_equal(run_pages(&w, 3, 0),
			 COURSE_GO_ON); /* the first page of it is empty: nothing is newer */
	assert_int_equal(missing(&w, 0), 20);
	assert_int_equal(w.row_count, 1);
	assert_int_equal(run_pages(&w, 0, 0), COURSE_DONE);
	assert_nothing_is_missing(&w);
}

static void open_spans_one_above_another_become_one(void **state)
{
	struct world w = quiet_world("mastodon", 40);

	(void)state;
	for (int i = 0; i < 5; i++) {
		run_pages(&w, 2, 0);
		add_evening(&w, 20);
	}
	assert_int_equal(w.row_count, 5);
	assert_int_equal(run_pages(&w, 0, 0), COURSE_DONE);
	assert_nothing_is_missing(&w);
}

static void spans_that_overlap_become_one(void **state)
{
	struct world w = quiet_world("mastodon", 40);
	const struct world_post *top = &w.posts[2], *bottom = &w.posts[12];
	struct span span = {
		.top_id = top->id,
		.bottom_id = bottom->id,
		.top_time = top->created,
		.bottom_time = bottom->created,
		.updated = w.now - MINUTE,
	};

	(void)state;
	run_pages(&w, 2, 0);
	ledger_put(&w, &span);
	assert_int_equal(run_pages(&w, 0, 0), COURSE_DONE);
	assert_true(ledger_is_whole(&w));
	assert_int_equal(missing(&w, 0), 0);
}

static void what_lies_between_since_and_a_former_run_is_not_called_read(void **state)
{
	struct world w = quiet_world("x", 10);

	(void)state;
	run_pages(&w, 0, 0);
	add_evening(&w, 20);
	assert_int_equal(run_pages(&w, 0, w.now - 30 * MINUTE), COURSE_DONE);
	assert_int_equal(w.row_count, 2);
	assert_int_equal(missing(&w, 0), 13);
	assert_int_equal(run_pages(&w, 0, 0), COURSE_DONE);
	assert_nothing_is_missing(&w);
}

static void a_deeper_since_goes_below_the_floor(void **state)
{
	static const char *const names[] = { "x", "mastodon" };

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		struct world w = quiet_world(names[i], 60);
		int64_t shallow = w.now - 60 * MINUTE, deep = w.now - 200 * MINUTE;

		assert_int_equal(run_pages(&w, 0, shallow), COURSE_DONE);
		assert_int_equal(missing(&w, shallow), 0);
		assert_true(w.rows[0].span.closed);
		assert_int_equal(w.rows[0].span.floor, shallow);
		assert_int_equal(run_pages(&w, 0, deep), COURSE_DONE);
		assert_int_equal(missing(&w, deep), 0);
		assert_true(missing(&w, 0) > 0);
		assert_int_equal(run_pages(&w, 0, 0), COURSE_DONE);
		assert_nothing_is_missing(&w);
	}
}

static void nothing_above_until_is_called_read(void **state)
{
	struct world w = quiet_world("x", 60);
	struct run_plan plan = { .until = w.now - 150 * MINUTE };

	(void)state;
	run_pages(&w, 2, 0);
	assert_int_equal(world_run(&w, &plan).last, COURSE_DONE);
	assert_int_equal(w.row_count, 2);
	assert_int_equal(run_pages(&w, 0, 0), COURSE_DONE);
	assert_nothing_is_missing(&w);
}

static void an_until_inside_of_a_span_goes_on_below_it(void **state)
{
	struct world w = quiet_world("x", 60);
	struct run_plan plan = { .until = w.now - 60 * MINUTE };

	(void)state;
	run_pages(&w, 5, 0);
	assert_int_equal(world_run(&w, &plan).last, COURSE_DONE);
	assert_nothing_is_missing(&w);
	plan.since = w.now - 90 * MINUTE;
	assert_int_equal(world_run(&w, &plan).asked, 0);
}

static void late_posts_of_half_an_hour_are_found(void **state)
{
	static const char *const names[] = { "mastodon", "akkoma", "snac" };

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		struct world w = quiet_world(names[i], 60);

		run_pages(&w, 0, 0);
		w.now += MINUTE;
		world_add(&w, w.now - OVERLAP, w.now - OVERLAP);
		assert_int_equal(run_pages(&w, 0, 0), COURSE_DONE);
		assert_nothing_is_missing(&w);
	}
}

static void a_time_that_lies_decides_nothing(void **state)
{
	static const int64_t lies[] = { INT64_C(4102444800000), INT64_C(946684800000) };

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(lies); i++) {
		struct world w = quiet_world("akkoma", 30);

		world_add(&w, w.now, lies[i]);
		run_pages(&w, 3, 0);
		add_evening(&w, 11);
		world_add(&w, w.now, lies[i]);
		add_evening(&w, 3);
		run_pages(&w, 2, 0);
		world_add(&w, w.now, lies[i]);
		assert_int_equal(run_pages(&w, 0, 0), COURSE_DONE);
		assert_nothing_is_missing(&w);
	}
}

static void a_lone_old_time_on_a_page_is_not_the_way_down(void **state)
{
	struct world w = quiet_world("akkoma", 30);

	(void)state;
	run_pages(&w, 0, 0);
	add_evening(&w, 20);
	world_add(&w, w.now, INT64_C(946684800000));
	add_evening(&w, 2);
	w.page_size = 1;
	assert_int_equal(run_pages(&w, 0, 0), COURSE_DONE);
	assert_nothing_is_missing(&w);
}

static void late_posts_do_not_hide_what_since_asks_for(void **state)
{
	struct world w = quiet_world("akkoma", 20);
	int64_t since = w.now;

	(void)state;
	add_evening(&w, 1);
	for (int i = 0; i < 8; i++)
		world_add(&w, since - MINUTE, since - MINUTE); /* they stand where they arrived */
	assert_int_equal(run_pages(&w, 0, since), COURSE_DONE);
	assert_int_equal(missing(&w, since), 0);
}

static void a_late_post_above_the_former_top_is_found_however_late(void **state)
{
	struct world w = quiet_world("mastodon", 30);
	int64_t late = w.now + MINUTE;

	(void)state;
	w.now += 10 * OVERLAP;
	run_pages(&w, 0, 0);
	add_evening(&w, 12);
	for (int i = 0; i < 8; i++)
		world_add(&w, late + i, late + i);
	assert_int_equal(run_pages(&w, 0, 0), COURSE_DONE);
	assert_nothing_is_missing(&w);
}

static void what_was_read_is_not_asked_for_again_where_ids_compare(void **state)
{
	struct world w = quiet_world("x", 60);
	struct run_plan plan = { 0 };

	(void)state;
	run_pages(&w, 6, 0);
	plan.since = w.now - 60 * MINUTE; /* inside of what was read */
	add_evening(&w, 4);
	assert_int_equal(world_run(&w, &plan).asked, 1);
	assert_true(w.rows[0].span.closed);
	assert_int_equal(world_run(&w, &plan).asked, 1);
	plan.since += MINUTE;
	assert_int_equal(world_run(&w, &plan).asked, 1);
	plan.since = 0;
	assert_true(world_run(&w, &plan).asked > 8);
	assert_int_equal(world_run(&w, &plan).asked, 1);
	assert_nothing_is_missing(&w);
}

static void a_quiet_tag_costs_one_page(void **state)
{
	struct world w = quiet_world("mastodon", 30);

	(void)state;
	w.now += 10 * OVERLAP;
	run_pages(&w, 0, 0);
	w.now += 10 * OVERLAP;
	assert_int_equal(world_run(&w, &(struct run_plan){ 0 }).asked, 1);
	assert_nothing_is_missing(&w);
}

static void a_floor_that_is_deep_enough_ends_the_walk(void **state)
{
	struct world w = quiet_world("mastodon", 60);
	const struct run_plan plan = { .since = w.now - 200 * MINUTE };
	size_t before, left;

	(void)state;
	assert_true(world_run(&w, &plan).asked > 10);
	before = missing(&w, 0);
	assert_true(world_run(&w, &plan).asked <= 4);
	left = missing(&w, 0);
	assert_int_equal(before, left);
	assert_int_equal(w.row_count, 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_run_that_was_cut_off_is_gone_on_with_below_its_bottom),
		cmocka_unit_test(open_spans_one_above_another_become_one),
		cmocka_unit_test(spans_that_overlap_become_one),
		cmocka_unit_test(what_lies_between_since_and_a_former_run_is_not_called_read),
		cmocka_unit_test(a_deeper_since_goes_below_the_floor),
		cmocka_unit_test(nothing_above_until_is_called_read),
		cmocka_unit_test(an_until_inside_of_a_span_goes_on_below_it),
		cmocka_unit_test(late_posts_of_half_an_hour_are_found),
		cmocka_unit_test(a_time_that_lies_decides_nothing),
		cmocka_unit_test(a_lone_old_time_on_a_page_is_not_the_way_down),
		cmocka_unit_test(late_posts_do_not_hide_what_since_asks_for),
		cmocka_unit_test(a_late_post_above_the_former_top_is_found_however_late),
		cmocka_unit_test(what_was_read_is_not_asked_for_again_where_ids_compare),
		cmocka_unit_test(a_quiet_tag_costs_one_page),
		cmocka_unit_test(a_floor_that_is_deep_enough_ends_the_walk),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
