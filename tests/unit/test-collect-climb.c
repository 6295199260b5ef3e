/*
 * Climbs, walks that go on by time, and a server that cannot be asked for all that is wanted, one
 * thing at a time; test-collect-course-chance.c has the property.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "course-world.h"

static const struct span *closed_span(const struct world *w)
{
	for (size_t i = 0; i < w->row_count; i++)
		if (w->rows[i].span.closed)
			return &w->rows[i].span;
	fail_msg("no span is closed");
	return NULL;
}

/* A world that was read once, and an evening later. */
static struct world after_an_evening(const char *style)
{
	struct world w = quiet_world(style, 40);

	run_pages(&w, 0, 0);
	add_evening(&w, 40);
	return w;
}

static void what_a_climb_has_read_is_whole_when_it_is_cut_off(void **state)
{
	struct world w = after_an_evening("mastodon, climbing");
	int64_t former = closed_span(&w)->top_time;
	size_t before = missing(&w, 0);

	(void)state;
	run_pages(&w, 6, 0);
	assert_true(closed_span(&w)->top_time > former);
	assert_int_equal(w.row_count, 2);
	assert_true(missing(&w, 0) < before);
	assert_int_equal(run_pages(&w, 0, 0), COURSE_DONE);
	assert_nothing_is_missing(&w);
}

static void a_climb_begins_where_the_last_one_came_to(void **state)
{
	struct world w = after_an_evening("mastodon, climbing");
	size_t asked = 0;

	(void)state;
	do {
		asked += world_run(&w, &(struct run_plan){ .pages = 5 }).asked;
	} while (!ledger_is_whole(&w) && asked < 50); /* ten pages are new */
	assert_nothing_is_missing(&w);
}

static void a_server_that_only_says_that_it_climbs_is_walked_down(void **state)
{
	static const char *const names[] = { "says that it climbs", "snac, asked to climb" };

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		struct world w = after_an_evening(names[i]);

		assert_int_equal(run_pages(&w, 0, 0), COURSE_DONE);
		assert_nothing_is_missing(&w);
	}
}

static void late_posts_below_the_top_are_climbed_over_again(void **state)
{
	struct world w = quiet_world("mastodon, climbing", 40);
	int64_t late;

	(void)state;
	run_pages(&w, 0, 0);
	late = w.now - 20 * MINUTE;
	add_evening(&w, 40);
	world_add(&w, late, late);
	assert_int_equal(run_pages(&w, 0, 0), COURSE_DONE);
	assert_nothing_is_missing(&w);
}

static void a_walk_by_time_goes_on_below_its_bottom(void **state)
{
	struct world w = quiet_world("bluesky", 40);

	(void)state;
	assert_int_equal(run_pages(&w, 3, 0), COURSE_GO_ON);
	assert_int_equal(missing(&w, 0), 28);
	run_pages(&w, 4, 0); /* of which two are the overlap */
	assert_true(missing(&w, 0) < 28);
	assert_int_equal(run_pages(&w, 0, 0), COURSE_DONE);
	assert_nothing_is_missing(&w);
}

static void since_and_until_of_a_walk_by_time_are_kept_to(void **state)
{
	struct world w = quiet_world("bluesky", 60);
	struct run_plan plan = { .since = w.now - 200 * MINUTE, .until = w.now - 100 * MINUTE };

	(void)state;
	assert_int_equal(world_run(&w, &plan).last, COURSE_DONE);
	assert_true(missing(&w, 0) > 30);
	assert_int_equal(run_pages(&w, 0, 0), COURSE_DONE);
	assert_nothing_is_missing(&w);
}

/* X tells the smallest id that it can still be asked for. */
static void what_cannot_be_reached_is_not_called_read(void **state)
{
	const struct query query = { .tag = "ssmjp", .now = WORLD_BEGIN };
	const struct span known = { .id = 1,
				    .top_id = "100",
				    .bottom_id = "50",
				    .top_time = WORLD_BEGIN - 900 * MINUTE,
				    .bottom_time = WORLD_BEGIN - 990 * MINUTE,
				    .closed = true,
				    .updated = WORLD_BEGIN - 900 * MINUTE };
	int64_t edge = WORLD_BEGIN - 600 * MINUTE;
	struct arena arena = ARENA_INIT;
	struct page refused = PAGE_INIT, rest = PAGE_INIT;
	struct course course;

	(void)state;
	course_begin(&course, &arena, &known, 1, X_FLAGS, &query, OVERLAP);
	assert_string_equal(course.position.above, "100");
	refused.reaches_to = "400";
	refused.oldest = edge;
	assert_int_equal(course_step(&course, &refused), COURSE_AGAIN);
	assert_string_equal(course.position.above, "400");
	rest.highest = "900";
	rest.lowest = "500";
	rest.newest = WORLD_BEGIN - MINUTE;
	rest.oldest = edge + MINUTE;
	rest.matched = 2;
	rest.last = true;
	assert_int_equal(course_step(&course, &rest), COURSE_DONE);
	assert_string_equal(course.current.bottom_id, "500");
	assert_true(course.current.closed);
	assert_int_equal(course.current.floor, edge + 1);
	assert_int_equal(course.goal, 0);
	course_release(&course);
	arena_release(&arena);
}

static void a_server_that_reaches_less_far_each_time_is_left(void **state)
{
	const struct query query = { .tag = "ssmjp", .now = WORLD_BEGIN };
	struct arena arena = ARENA_INIT;
	struct page refused = PAGE_INIT;
	struct course course;
	int asked = 1;

	(void)state;
	course_begin(&course, &arena, NULL, 0, X_FLAGS, &query, OVERLAP);
	refused.reaches_to = "400";
	while (course_step(&course, &refused) == COURSE_AGAIN)
		assert_true(++asked < 10);
	course_release(&course);
	arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_a_climb_has_read_is_whole_when_it_is_cut_off),
		cmocka_unit_test(a_climb_begins_where_the_last_one_came_to),
		cmocka_unit_test(a_server_that_only_says_that_it_climbs_is_walked_down),
		cmocka_unit_test(late_posts_below_the_top_are_climbed_over_again),
		cmocka_unit_test(a_walk_by_time_goes_on_below_its_bottom),
		cmocka_unit_test(since_and_until_of_a_walk_by_time_are_kept_to),
		cmocka_unit_test(what_cannot_be_reached_is_not_called_read),
		cmocka_unit_test(a_server_that_reaches_less_far_each_time_is_left),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
