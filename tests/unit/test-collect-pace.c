#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "archive/base/mem.h"
#include "archive/collect/pace.h"

#define NOW INT64_C(1793368800000)

static struct pace pace_of(const char *spec, const char *token)
{
	struct source source = SOURCE_INIT;
	struct err err = { 0 };
	struct pace pace;

	assert_true(source_parse(&source, spec, &err));
	str_add(&source.token, token);
	pace_init(&pace, &source);
	source_release(&source);
	return pace;
}

static void each_network_has_its_usual_pace(void **state)
{
	(void)state;
	assert_int_equal(pace_of("mastodon:social.example", "").usual, 30000);
	assert_int_equal(pace_of("misskey:misskey.example", "").usual, 30000);
	assert_int_equal(pace_of("bluesky", "").usual, 60000);
	assert_int_equal(pace_of("bluesky", "session").usual, 30000);
	assert_int_equal(pace_of("x", "token").usual, 60000);
}

static void a_pace_of_the_configuration_counts(void **state)
{
	struct source source = SOURCE_INIT;
	struct err err = { 0 };
	struct pace pace;

	(void)state;
	assert_true(source_parse(&source, "x", &err));
	source.pace_ms = 1234;
	pace_init(&pace, &source);
	assert_int_equal(pace_rest(&pace, false, NOW), 1234);
	source_release(&source);
}

static void failures_slow_it_down_and_a_success_restores_it(void **state)
{
	static const int64_t rests[] = { 60000, 120000, 240000, 480000, 600000, 600000 };
	struct pace pace = pace_of("mastodon:social.example", "");

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rests); i++)
		assert_int_equal(pace_rest(&pace, true, NOW), rests[i]);
	for (int i = 0; i < 1000; i++)
		assert_int_equal(pace_rest(&pace, true, NOW), 600000);
	assert_int_equal(pace_rest(&pace, false, NOW), 30000);
}

static void a_pace_slower_than_that_is_never_made_faster(void **state)
{
	struct pace pace = { .usual = INT64_C(3600000), .remaining = -1 };

	(void)state;
	assert_int_equal(pace_rest(&pace, true, NOW), 3600000);
	assert_int_equal(pace_rest(&pace, false, NOW), 3600000);
}

static int64_t rest_after(int64_t asked, int64_t remaining, int64_t seconds_left)
{
	struct pace pace = pace_of("mastodon:social.example", "");
	struct page page = PAGE_INIT;

	page.remaining = remaining;
	page.limit_ends = NOW + seconds_left * 1000;
	for (int64_t i = 0; i < asked; i++)
		pace_note(&pace, &page);
	return pace_rest(&pace, false, NOW);
}

static void what_is_left_of_a_limit_is_spread_over_its_time(void **state)
{
	static const struct {
		int64_t asked, remaining, seconds, rest;
	} cases[] = {
		{ 1, 299, 300, 30000 }, { 1, 10, 300, 30000 }, { 1, 5, 300, 60000 },
		{ 1, 1, 300, 300000 },	{ 1, 0, 300, 300000 }, { 3, 9, 300, 100000 },
		{ 3, 2, 300, 300000 },	{ 1, 0, -5, 30000 },   { 0, 0, 300, 30000 },
		{ 1, -1, 300, 30000 },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		assert_int_equal(rest_after(cases[i].asked, cases[i].remaining, cases[i].seconds),
				 cases[i].rest);
}

/* Whatever the limit: who keeps to the pace has never fewer than none left. */
static void a_limit_is_never_passed(void **state)
{
	(void)state;
	for (int64_t limit = 1; limit < 40; limit++) {
		struct pace pace = { .usual = 1000, .remaining = -1 };
		struct page page = PAGE_INIT;
		int64_t used = 0;

		for (int64_t now = NOW; now < NOW + 900000; now += pace_rest(&pace, false, now)) {
			used++;
			assert_true(used <= limit);
			page.remaining = limit - used;
			page.limit_ends = NOW + 900000;
			pace_note(&pace, &page);
		}
		assert_true(used + 1 >= limit);
	}
}

static void a_server_that_says_until_when_is_waited_for(void **state)
{
	struct pace pace = pace_of("misskey:misskey.example", "");
	struct page page = PAGE_INIT;

	(void)state;
	page.wait_until = NOW + 77000;
	pace_note(&pace, &page);
	assert_int_equal(pace_rest(&pace, false, NOW), 77000);
	page_clear(&page);
	pace_note(&pace, &page);
	assert_int_equal(pace_rest(&pace, false, NOW + 77000), 30000);
	page_release(&page);
}

static void what_was_told_can_be_forgotten(void **state)
{
	struct pace pace = pace_of("mastodon:social.example", "");
	struct page page = PAGE_INIT;

	(void)state;
	page.wait_until = NOW + 77000;
	page.limit_ends = NOW + 500000;
	page.remaining = 1;
	pace_note(&pace, &page);
	assert_int_equal(pace_forget(&pace), 30000);
	assert_int_equal(pace_rest(&pace, false, NOW), 30000);
}

static void a_clock_that_was_set_is_noticed(void **state)
{
	static const struct {
		int64_t wall, steady;
		bool jumped;
	} cases[] = {
		{ 0, 0, false },	   { 1000, 1000, false },
		{ 61000, 1000, false },	   { 61001, 1000, true },
		{ -59000, 1000, false },   { -59001, 1000, true },
		{ 7200000, 1000, true },   { -7200000, 1000, true },
		{ 600000, 600000, false }, { 1000, INT64_C(90000), true },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		assert_true(pace_clock_jumped(cases[i].wall, cases[i].steady) == cases[i].jumped);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_network_has_its_usual_pace),
		cmocka_unit_test(a_pace_of_the_configuration_counts),
		cmocka_unit_test(failures_slow_it_down_and_a_success_restores_it),
		cmocka_unit_test(a_pace_slower_than_that_is_never_made_faster),
		cmocka_unit_test(what_is_left_of_a_limit_is_spread_over_its_time),
		cmocka_unit_test(a_limit_is_never_passed),
		cmocka_unit_test(a_server_that_says_until_when_is_waited_for),
		cmocka_unit_test(what_was_told_can_be_forgotten),
		cmocka_unit_test(a_clock_that_was_set_is_noticed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
