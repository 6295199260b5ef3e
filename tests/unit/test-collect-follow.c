#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "archive/base/clock.h"
#include "archive/collect/follow.h"

#define NOW  INT64_C(1793368800000)
#define HOUR INT64_C(3600000)

/* Two hashtags of one source, on no network. */
struct stage {
	struct source source;
	struct fetch_options options;
	struct walk_view views[2];
	struct walk walks[2];
	struct follow follow;
};

static void begin(struct stage *stage)
{
	static const char *const tags[] = { "ssmjp", "opsnight" };
	struct err err = { 0 };

	*stage = (struct stage){ .source = SOURCE_INIT, .options = { .follow = true } };
	clock_freeze(NOW);
	assert_true(source_parse(&stage->source, "mastodon:social.example", &err));
	for (size_t i = 0; i < 2; i++) {
		walk_init(&stage->walks[i], &stage->options, &stage->source, NULL, tags[i],
			  &stage->views[i]);
		stage->walks[i].begun = true;
	}
	follow_init(&stage->follow, stage->walks, 2);
}

static void end(struct stage *stage)
{
	for (size_t i = 0; i < 2; i++)
		walk_release(&stage->walks[i]);
	source_release(&stage->source);
}

static void finish(struct stage *stage, enum walk_state first, enum walk_state second)
{
	stage->views[0].state = first;
	stage->views[1].state = second;
	stage->walks[0].begun = stage->walks[1].begun = true;
}

static void a_source_rests_when_all_its_hashtags_are_read(void **state)
{
	struct stage stage;

	(void)state;
	begin(&stage);
	assert_false(follow_step(&stage.follow, 0));
	finish(&stage, WALK_DONE, WALK_READING);
	assert_false(follow_step(&stage.follow, 0));
	finish(&stage, WALK_DONE, WALK_DONE);
	assert_true(follow_step(&stage.follow, 0));
	assert_int_equal(stage.views[0].state, WALK_RESTING);
	assert_int_equal(stage.views[1].wait_until, NOW + 30000);
	assert_int_equal(follow_left(&stage.follow), 30000);
	clock_freeze(NOW + 29999);
	assert_false(follow_step(&stage.follow, 0));
	clock_freeze(NOW + 30000);
	assert_true(follow_step(&stage.follow, 0));
	assert_int_equal(stage.views[0].state, WALK_READING);
	assert_false(stage.walks[0].begun || stage.walks[1].begun);
	assert_true(follow_left(&stage.follow) == INT64_MAX);
	end(&stage);
}

static void what_is_over_for_good_is_not_asked_again(void **state)
{
	struct stage stage;

	(void)state;
	begin(&stage);
	finish(&stage, WALK_FAILED, WALK_DONE);
	stage.walks[0].final = true;
	assert_true(follow_step(&stage.follow, 0));
	clock_freeze(NOW + HOUR);
	assert_true(follow_step(&stage.follow, 0));
	assert_int_equal(stage.views[0].state, WALK_FAILED);
	assert_int_equal(stage.views[1].state, WALK_READING);
	finish(&stage, WALK_FAILED, WALK_STOPPED);
	stage.walks[1].final = true;
	assert_false(follow_step(&stage.follow, 0));
	assert_int_equal(stage.views[1].state, WALK_STOPPED);
	end(&stage);
}

static void a_last_look_begins_at_the_end(void **state)
{
	const int64_t until = NOW + 40000;
	struct stage stage;

	(void)state;
	begin(&stage);
	finish(&stage, WALK_DONE, WALK_DONE);
	assert_true(follow_step(&stage.follow, until));
	clock_freeze(NOW + 30000);
	assert_true(follow_step(&stage.follow, until));
	finish(&stage, WALK_DONE, WALK_DONE);
	assert_true(follow_step(&stage.follow, until));
	assert_int_equal(follow_left(&stage.follow), 10000);
	clock_freeze(until);
	assert_true(follow_step(&stage.follow, until));
	finish(&stage, WALK_DONE, WALK_DONE);
	follow_step(&stage.follow, until);
	assert_true(walk_is_over(&stage.walks[0]) && walk_is_over(&stage.walks[1]));
	assert_false(follow_step(&stage.follow, until));
	end(&stage);
}

static void a_rest_that_the_run_ends_leaves_the_look_before_it(void **state)
{
	struct stage stage;

	(void)state;
	begin(&stage);
	finish(&stage, WALK_DONE, WALK_FAILED);
	assert_true(follow_step(&stage.follow, 0));
	walk_end_rest(&stage.walks[0]);
	walk_end_rest(&stage.walks[1]);
	assert_int_equal(stage.views[0].state, WALK_DONE);
	assert_int_equal(stage.views[1].state, WALK_FAILED);
	assert_int_equal(stage.views[0].wait_until, 0);
	end(&stage);
}

/* A limit that was told in times of a clock that has been set does not count, the pace does; and no
 * rest goes beyond the end, which is a time of that clock. */
static void a_rest_for_a_time_of_a_clock_that_was_set_is_cut_to_the_pace(void **state)
{
	struct page page = PAGE_INIT;
	struct stage stage;

	(void)state;
	begin(&stage);
	page.wait_until = NOW + HOUR;
	pace_note(&stage.follow.pace, &page);
	finish(&stage, WALK_DONE, WALK_DONE);
	assert_true(follow_step(&stage.follow, 0));
	assert_int_equal(follow_left(&stage.follow), HOUR);
	follow_set_clock(&stage.follow, 0);
	assert_int_equal(follow_left(&stage.follow), 30000);
	clock_freeze(NOW + 20000);
	follow_set_clock(&stage.follow, 0);
	assert_int_equal(follow_left(&stage.follow), 10000);
	clock_freeze(NOW);
	assert_int_equal(stage.follow.pace.wait_until, 0);
	follow_set_clock(&stage.follow, NOW + 5000);
	assert_int_equal(follow_left(&stage.follow), 5000);
	assert_int_equal(stage.views[0].wait_until, NOW + 5000);
	follow_set_clock(&stage.follow, NOW - HOUR);
	assert_int_equal(follow_left(&stage.follow), 0);
	end(&stage);
}

/* The server has said to wait for an hour; then the wall clock was set. */
static void what_waits_for_a_time_of_a_clock_that_was_set_is_asked_at_once(void **state)
{
	const struct http_options options = { 0 };
	struct err err = { 0 };
	struct http_loop *loop = http_loop_new(&options, &err);
	struct stage stage;

	(void)state;
	begin(&stage);
	assert_non_null(loop);
	str_add(&stage.walks[0].request.url, "http://127.0.0.1:9/");
	walk_send(&stage.walks[0], loop, NOW + HOUR, true, &err);
	assert_int_equal(stage.walks[0].exchange.state, HTTP_WAITING);
	assert_int_equal(stage.views[0].state, WALK_WAITING);
	walk_ask_now(&stage.walks[0], loop);
	assert_int_equal(stage.walks[0].exchange.state, HTTP_WAITING);
	assert_int_equal(stage.walks[0].exchange.wait_until, 0);
	assert_int_equal(stage.views[0].state, WALK_READING);
	assert_string_equal(stage.walks[0].request.url.buf, "http://127.0.0.1:9/");
	walk_ask_now(&stage.walks[1], loop); /* nothing waits there */
	assert_int_equal(stage.walks[1].exchange.state, HTTP_IDLE);
	http_loop_free(loop);
	end(&stage);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_source_rests_when_all_its_hashtags_are_read),
		cmocka_unit_test(what_is_over_for_good_is_not_asked_again),
		cmocka_unit_test(a_last_look_begins_at_the_end),
		cmocka_unit_test(a_rest_that_the_run_ends_leaves_the_look_before_it),
		cmocka_unit_test(a_rest_for_a_time_of_a_clock_that_was_set_is_cut_to_the_pace),
		cmocka_unit_test(what_waits_for_a_time_of_a_clock_that_was_set_is_asked_at_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
