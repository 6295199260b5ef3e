#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "archive/base/mem.h"
#include "archive/cli/chart.h"
#include "archive/text/utf8.h"

#define EVENING INT64_C(1793358000000) /* 2026-10-30T11:00:00Z, 20:00 in Tokyo */
#define HOUR	(60 * MINUTE_MS)

static struct str line = STR_INIT;

static const char *histogram(const struct chart *chart, const struct minute *minutes, size_t count)
{
	str_clear(&line);
	chart_histogram(&line, chart, minutes, count);
	return line.buf;
}

static const char *coverage(const struct chart *chart, const struct chart_source *source)
{
	str_clear(&line);
	chart_coverage(&line, chart, source);
	return line.buf;
}

static const char *hours(const struct chart *chart, const char *zone)
{
	str_clear(&line);
	chart_hours(&line, chart, zone);
	return line.buf;
}

static void a_chart_takes_whole_minutes_and_no_more_columns_than_they_fill(void **state)
{
	struct chart chart = chart_of(EVENING + 30000, EVENING + 2 * HOUR - 1, 40);

	(void)state;
	assert_int_equal(chart.from, EVENING);
	assert_int_equal(chart.to, EVENING + 2 * HOUR);
	assert_int_equal(chart.columns, 40);
	assert_int_equal(chart_of(EVENING, EVENING, 40).columns, 1);
	assert_int_equal(chart_of(EVENING, EVENING + 9 * MINUTE_MS, 40).columns, 5);
	assert_int_equal(chart_of(EVENING, EVENING + HOUR, 0).columns, 1);
	assert_int_equal(chart_of(EVENING, EVENING + 1000 * HOUR, 100000).columns,
			 CHART_MAX_COLUMNS);
}

static void posts_are_dots_and_the_most_are_four(void **state)
{
	const struct chart chart = { EVENING, EVENING + 8 * MINUTE_MS, 4 };
	const struct minute minutes[] = {
		{ EVENING - MINUTE_MS, NETWORK_X, 99 },
		{ EVENING, NETWORK_MASTODON, 1 },
		{ EVENING + MINUTE_MS, NETWORK_MASTODON, 3 },
		{ EVENING + MINUTE_MS, NETWORK_X, 5 },
		{ EVENING + 4 * MINUTE_MS, NETWORK_X, 4 },
		{ EVENING + 7 * MINUTE_MS, NETWORK_X, 6 },
		{ EVENING + 8 * MINUTE_MS, NETWORK_X, 99 },
	};

	(void)state;
	assert_string_equal(histogram(&chart, minutes, ARRAY_LEN(minutes)), "⣸ ⡄⢰");
	assert_string_equal(histogram(&chart, NULL, 0), "    ");
}

/* Whatever the window: as wide as it says, nothing but Braille and blanks, all posts somewhere. */
static void a_histogram_is_as_wide_as_it_says(void **state)
{
	struct minute minutes[500];

	(void)state;
	for (int64_t i = 0; i < 500; i++)
		minutes[i] = (struct minute){ EVENING + i * MINUTE_MS, NETWORK_X, i * i % 37 };
	for (int columns = 1; columns < 250; columns += 7) {
		for (int64_t length = 1; length < 700; length += 61) {
			struct chart chart = chart_of(EVENING + HOUR,
						      EVENING + HOUR + length * MINUTE_MS, columns);

			assert_true(chart.columns <= columns);
			(void)histogram(&chart, minutes, 500);
			str_add_char(&line, '|'); /* blanks at an end would not count */
			assert_int_equal(utf8_columns(line.buf), chart.columns + 1);
		}
	}
}

static void what_was_read_is_told_from_what_was_not(void **state)
{
	const struct chart chart = { EVENING, EVENING + 4 * HOUR, 8 };
	const struct span whole = { .top_time = EVENING + HOUR,
				    .bottom_time = EVENING - HOUR,
				    .closed = true,
				    .updated = EVENING + 4 * HOUR };
	struct span cut[] = {
		{ .top_time = EVENING + 4 * HOUR - 60000,
		  .bottom_time = EVENING + 3 * HOUR,
		  .updated = EVENING + 4 * HOUR },
		{ .top_time = EVENING + HOUR,
		  .bottom_time = EVENING - HOUR,
		  .closed = true,
		  .updated = EVENING + HOUR + 15 * MINUTE_MS },
	};
	struct chart_source source = { .asked = EVENING + 5 * HOUR };

	(void)state;
	assert_string_equal(coverage(&chart, &source), "........");
	source.failing = true;
	assert_string_equal(coverage(&chart, &source), "!!!!!!!!");
	source.failing = false;
	source.spans = &whole;
	source.count = 1;
	assert_string_equal(coverage(&chart, &source), "========");
	source.spans = cut;
	source.count = 2;
	assert_string_equal(coverage(&chart, &source), "==-...==");
	source.failing = true;
	assert_string_equal(coverage(&chart, &source), "==-!!!==");
	cut[1].floor = EVENING + HOUR;
	assert_string_equal(coverage(&chart, &source), "==-!!!==");
	cut[1].bottom_time = EVENING + HOUR;
	assert_string_equal(coverage(&chart, &source), "!!-!!!==");
	source.failing = false;
	source.reach = EVENING + HOUR;
	assert_string_equal(coverage(&chart, &source), "!!-...==");
}

static void what_came_after_the_last_run_was_not_read(void **state)
{
	const struct chart chart = { EVENING, EVENING + 4 * HOUR, 4 };
	const struct span span = { .top_time = EVENING,
				   .bottom_time = EVENING,
				   .closed = true,
				   .updated = EVENING + 90 * MINUTE_MS };
	const struct chart_source source = { .spans = &span,
					     .count = 1,
					     .asked = EVENING + 90 * MINUTE_MS };

	(void)state;
	assert_string_equal(coverage(&chart, &source), "==..");
}

static void spans_over_one_another_count_once(void **state)
{
	const struct chart chart = { EVENING, EVENING + 4 * HOUR, 4 };
	const struct span spans[] = {
		{ .top_time = EVENING + 3 * HOUR,
		  .bottom_time = EVENING + HOUR,
		  .updated = EVENING + 4 * HOUR },
		{ .top_time = EVENING + 2 * HOUR,
		  .bottom_time = EVENING + HOUR + 30 * MINUTE_MS,
		  .updated = EVENING + 3 * HOUR },
	};
	const struct chart_source source = { .spans = spans, .count = 2 };

	(void)state;
	assert_string_equal(coverage(&chart, &source), ".===");
}

static void the_hours_stand_where_they_begin(void **state)
{
	(void)state;
	assert_string_equal(hours(&(struct chart){ EVENING, EVENING + 4 * HOUR, 40 }, "Asia/Tokyo"),
			    "20:00     21:00     22:00     23:00");
	assert_string_equal(
		hours(&(struct chart){ EVENING + 30 * MINUTE_MS, EVENING + 2 * HOUR, 18 },
		      "Asia/Tokyo"),
		"      21:00");
	assert_string_equal(hours(&(struct chart){ EVENING, EVENING + 48 * HOUR, 48 }, "UTC"),
			    " 12:00       00:00       12:00       00:00");
	assert_string_equal(hours(&(struct chart){ EVENING, EVENING + 240 * HOUR, 40 }, "UTC"),
			    "      11-01   11-03   11-05   11-07");
	assert_string_equal(hours(&(struct chart){ EVENING, EVENING + HOUR, 4 }, "UTC"), "");
	assert_string_equal(hours(&(struct chart){ EVENING, EVENING + HOUR, 30 }, "Asia/Kolkata"),
			    "16:30          17:00");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_chart_takes_whole_minutes_and_no_more_columns_than_they_fill),
		cmocka_unit_test(posts_are_dots_and_the_most_are_four),
		cmocka_unit_test(a_histogram_is_as_wide_as_it_says),
		cmocka_unit_test(what_was_read_is_told_from_what_was_not),
		cmocka_unit_test(what_came_after_the_last_run_was_not_read),
		cmocka_unit_test(spans_over_one_another_count_once),
		cmocka_unit_test(the_hours_stand_where_they_begin),
	};
	int failed = cmocka_run_group_tests(tests, NULL, NULL);

	str_release(&line);
	return failed;
}
