/*
 * The course through the ledger against servers that are not well: they answer nothing, repeat
 * themselves, go in circles, forget cursors and lose posts.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "course-world.h"

static void an_empty_answer_says_nothing_of_what_is_known(void **state)
{
	static const char *const names[] = { "mastodon", "snac", "with a last page",
					     "tokens, ids that say nothing" };
	const struct run_plan dumb = { .fault = FAULT_EMPTY };

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		struct world w = quiet_world(names[i], 60);

		run_pages(&w, 2, 0);
		add_evening(&w, 20);
		run_pages(&w, 2, 0);
		assert_int_equal(world_run(&w, &dumb).last, COURSE_DONE);
		assert_int_equal(w.row_count, 2);
		assert_int_equal(run_pages(&w, 0, 0), COURSE_DONE);
		assert_nothing_is_missing(&w);
	}
}

static void a_deleted_bottom_is_found_out_where_cursors_are_forgotten(void **state)
{
	struct world w = quiet_world("snac", 60);

	(void)state;
	run_pages(&w, 5, 0);
	world_find(&w, w.rows[0].bottom)->gone = true;
	assert_int_equal(run_pages(&w, 0, 0), COURSE_DONE);
	assert_nothing_is_missing(&w);
}

static void deleted_ends_of_every_span_do_no_harm(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(styles); i++) {
		struct world w = quiet_world(styles[i].name, 60);

		for (int runs = 0; runs < 4; runs++) {
			run_pages(&w, 3, 0);
			add_evening(&w, 16);
		}
		for (size_t row = 0; row < w.row_count; row++) {
			world_find(&w, w.rows[row].top)->gone = true;
			world_find(&w, w.rows[row].bottom)->gone = true;
		}
		assert_int_equal(run_pages(&w, 0, 0), COURSE_DONE);
		assert_nothing_is_missing(&w);
	}
}

static void an_end_is_looked_at_twice_where_a_cursor_may_be_forgotten(void **state)
{
	struct world w = quiet_world("snac", 20);
	struct query query = { .now = w.now };
	struct arena arena = ARENA_INIT;
	struct page page = PAGE_INIT;
	struct course course;

	(void)state;
	course_begin(&course, &arena, NULL, 0, w.style->flags, &query, OVERLAP);
	world_page(&w, &query, &course.position, &page);
	assert_int_equal(course_step(&course, &page), COURSE_GO_ON);
	world_find(&w, course.position.below)->gone = true; /* between two pages of one run */
	world_page(&w, &query, &course.position, &page);
	assert_int_equal(page.matched, 0);
	assert_int_equal(course_step(&course, &page), COURSE_GO_ON);
	assert_null(course.position.below);
	world_page(&w, &query, &course.position, &page);
	assert_int_equal(course_step(&course, &page), COURSE_GO_ON);
	assert_string_equal(course.position.below, w.posts[4].id);
	assert_false(course.current.closed);
	course_release(&course);
	page_release(&page);
	arena_release(&arena);
}

/* Steps a course of its own through pages made by hand. */
struct hand {
	struct arena arena;
	struct page page;
	struct course course;
};

static enum course_next hand_page(struct hand *hand, const char *top, const char *bottom)
{
	page_clear(&hand->page);
	hand->page.highest = top;
	hand->page.lowest = bottom;
	hand->page.matched = bottom ? 40 : 0;
	hand->page.last = !bottom;
	hand->page.newest = hand->page.oldest = bottom ? WORLD_BEGIN : 0;
	return course_step(&hand->course, &hand->page);
}

static void hand_release(struct hand *hand)
{
	course_release(&hand->course);
	page_release(&hand->page);
	arena_release(&hand->arena);
}

static void a_server_that_empties_itself_in_a_run_closes_nothing(void **state)
{
	const struct query query = { .now = WORLD_BEGIN };
	struct hand hand = { .page = PAGE_INIT };

	(void)state;
	course_begin(&hand.course, &hand.arena, NULL, 0, 0, &query, OVERLAP);
	assert_int_equal(hand_page(&hand, "p9", "p5"), COURSE_GO_ON);
	assert_int_equal(hand_page(&hand, NULL, NULL), COURSE_GO_ON);
	assert_int_equal(hand_page(&hand, NULL, NULL), COURSE_AGAIN);
	assert_int_equal(hand_page(&hand, NULL, NULL), COURSE_AGAIN);
	assert_int_equal(hand_page(&hand, NULL, NULL), COURSE_LOOP);
	assert_false(hand.course.current.closed);
	assert_string_equal(hand.course.current.bottom_id, "p5");
	hand_release(&hand);
}

static void a_server_that_forgets_every_cursor_is_left(void **state)
{
	const struct query query = { .now = WORLD_BEGIN };
	struct hand hand = { .page = PAGE_INIT };
	enum course_next next = COURSE_GO_ON;
	char id[16];
	int steps = 0;

	(void)state;
	course_begin(&hand.course, &hand.arena, NULL, 0, 0, &query, OVERLAP);
	for (; steps < 1000 && next == COURSE_GO_ON; steps++) {
		snprintf(id, sizeof(id), "p%d", steps);
		next = steps % 2 ? hand_page(&hand, NULL, NULL) : hand_page(&hand, "top", id);
	}
	assert_int_equal(next, COURSE_LOOP);
	assert_in_range(steps, 2, 200);
	hand_release(&hand);
}

static void the_server_is_told_where_the_known_begins(void **state)
{
	const struct span spans[] = {
		{ .id = 1, .top_id = "900", .bottom_id = "800" },
		{ .id = 2, .top_id = "700", .bottom_id = "600", .closed = true }
	};
	const struct query query = { .now = WORLD_BEGIN };
	struct hand hand = { .page = PAGE_INIT };

	(void)state;
	course_begin(&hand.course, &hand.arena, spans, 2, SOURCE_IDS_BY_SIZE, &query, OVERLAP);
	assert_string_equal(hand.course.position.above, "900");
	assert_int_equal(hand_page(&hand, "1200", "1100"), COURSE_GO_ON);
	assert_int_equal(hand_page(&hand, "1000", "901"), COURSE_GO_ON);
	assert_int_equal(hand_page(&hand, NULL, NULL), COURSE_AGAIN);
	assert_int_equal(hand_page(&hand, NULL, NULL), COURSE_GO_ON);
	assert_string_equal(hand.course.position.below, "800");
	assert_string_equal(hand.course.position.above, "700");
	assert_int_equal(hand_page(&hand, "799", "700"), COURSE_DONE);
	assert_string_equal(hand.course.current.top_id, "1200");
	assert_string_equal(hand.course.current.bottom_id, "600");
	assert_true(hand.course.current.closed);
	assert_int_equal(hand.course.goal, 2);
	hand_release(&hand);
}

static void a_page_given_twice_is_asked_for_again(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(styles); i++) {
		struct world w = quiet_world(styles[i].name, 60);
		const struct run_plan repeats = { .fault = FAULT_REPEATS };

		assert_int_equal(world_run(&w, &repeats).last, COURSE_DONE);
		assert_nothing_is_missing(&w);
	}
}

static void a_server_that_goes_in_circles_is_left(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(styles); i++) {
		struct world w = quiet_world(styles[i].name, 60);
		const struct run_plan loops = { .fault = FAULT_LOOPS };
		struct run_result result = world_run(&w, &loops);

		assert_int_equal(result.last, COURSE_LOOP);
		assert_in_range(result.asked, 3, 8);
		assert_false(w.rows[0].span.closed);
		assert_int_equal(run_pages(&w, 0, 0), COURSE_DONE);
		assert_nothing_is_missing(&w);
	}
}

static void a_tag_that_nobody_used_leaves_no_trace(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(styles); i++) {
		struct world w = quiet_world(styles[i].name, 0);

		assert_int_equal(run_pages(&w, 0, 0), COURSE_DONE);
		assert_int_equal(w.row_count, 0);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_empty_answer_says_nothing_of_what_is_known),
		cmocka_unit_test(a_deleted_bottom_is_found_out_where_cursors_are_forgotten),
		cmocka_unit_test(deleted_ends_of_every_span_do_no_harm),
		cmocka_unit_test(an_end_is_looked_at_twice_where_a_cursor_may_be_forgotten),
		cmocka_unit_test(a_server_that_empties_itself_in_a_run_closes_nothing),
		cmocka_unit_test(a_server_that_forgets_every_cursor_is_left),
		cmocka_unit_test(the_server_is_told_where_the_known_begins),
		cmocka_unit_test(a_page_given_twice_is_asked_for_again),
		cmocka_unit_test(a_server_that_goes_in_circles_is_left),
		cmocka_unit_test(a_tag_that_nobody_used_leaves_no_trace),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
