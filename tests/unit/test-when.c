#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "archive/base/clock.h"
#include "archive/base/mem.h"
#include "archive/text/when.h"

/* 2017-06-30T20:00:00+09:00, a Friday */
#define NOW "2017-06-30T11:00:00Z"

static int64_t at(const char *text)
{
	int64_t ms = 0;

	assert_true(clock_parse_rfc3339(text, &ms));
	return ms;
}

struct when_case {
	const char *text;
	enum when_side side;
	const char *zone, *moment;
};

static void check(const struct when_case *cases, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		char got[CLOCK_ISO_SIZE];
		struct err err = { 0 };
		int64_t ms = -1;

		if (!when_parse(cases[i].text, cases[i].side, at(NOW), cases[i].zone, &ms, &err))
			fail_msg("%s", err.msg);
		clock_format_utc(ms, false, got);
		if (ms != at(cases[i].moment))
			fail_msg("[%s] is %s, not %s", cases[i].text, got, cases[i].moment);
	}
}

static void a_date_with_a_time_is_a_moment_of_the_zone(void **state)
{
	static const struct when_case cases[] = {
		{ "2017-06-30T19:00", WHEN_SINCE, "Asia/Tokyo", "2017-06-30T10:00:00Z" },
		{ "2017-06-30T19:00", WHEN_UNTIL, "Asia/Tokyo", "2017-06-30T10:00:00Z" },
		{ "2017-06-30 19:00", WHEN_NEXT, "Asia/Tokyo", "2017-06-30T10:00:00Z" },
		{ "2017-06-30t19:00:30", WHEN_SINCE, "Asia/Tokyo", "2017-06-30T10:00:30Z" },
		{ "2017-06-30T19:00:30.5", WHEN_SINCE, "UTC", "2017-06-30T19:00:30.500Z" },
		{ "2017-06-30T19:00:30.123456Z", WHEN_SINCE, "UTC", "2017-06-30T19:00:30.123Z" },
		{ "２０１７－０６－３０Ｔ１９：００", WHEN_SINCE, "Asia/Tokyo",
		  "2017-06-30T10:00:00Z" },
		{ "  2017-06-30T19:00 ", WHEN_SINCE, "Asia/Tokyo", "2017-06-30T10:00:00Z" },
		{ "2017-06-30　19:00", WHEN_SINCE, "Asia/Tokyo", "2017-06-30T10:00:00Z" },
	};

	(void)state;
	check(cases, ARRAY_LEN(cases));
}

static void an_offset_counts_more_than_the_zone(void **state)
{
	static const struct when_case cases[] = {
		{ "2017-06-30T19:00Z", WHEN_SINCE, "Asia/Tokyo", "2017-06-30T19:00:00Z" },
		{ "2017-06-30T19:00z", WHEN_SINCE, "Asia/Tokyo", "2017-06-30T19:00:00Z" },
		{ "2017-06-30T19:00+09:00", WHEN_SINCE, "UTC", "2017-06-30T10:00:00Z" },
		{ "2017-06-30T19:00-0330", WHEN_SINCE, "UTC", "2017-06-30T22:30:00Z" },
		{ "2017-06-30T19:00+09", WHEN_SINCE, "UTC", "2017-06-30T10:00:00Z" },
		{ "2017-06-30 19:00 +09:00", WHEN_SINCE, "UTC", "2017-06-30T10:00:00Z" },
		{ "2017-06-30+09:00", WHEN_SINCE, "UTC", "2017-06-29T15:00:00Z" },
		{ "2017-06-30Z", WHEN_UNTIL, "Asia/Tokyo", "2017-07-01T00:00:00Z" },
		{ "19:00+09:00", WHEN_SINCE, "UTC", "2017-06-30T10:00:00Z" },
		{ "12:00Z", WHEN_SINCE, "Asia/Tokyo", "2017-06-29T12:00:00Z" },
	};

	(void)state;
	check(cases, ARRAY_LEN(cases));
}

static void a_date_is_its_whole_day(void **state)
{
	static const struct when_case cases[] = {
		{ "2017-06-30", WHEN_SINCE, "Asia/Tokyo", "2017-06-29T15:00:00Z" },
		{ "2017-06-30", WHEN_UNTIL, "Asia/Tokyo", "2017-06-30T15:00:00Z" },
		{ "2017-06-30", WHEN_NEXT, "Asia/Tokyo", "2017-06-30T15:00:00Z" },
		{ "2016-12-31", WHEN_UNTIL, "UTC", "2017-01-01T00:00:00Z" },
		{ "2016-02-29", WHEN_UNTIL, "UTC", "2016-03-01T00:00:00Z" },
		/* the days that summer time begins and ends have 23 and 25 hours */
		{ "2017-03-26", WHEN_SINCE, "Europe/Berlin", "2017-03-25T23:00:00Z" },
		{ "2017-03-26", WHEN_UNTIL, "Europe/Berlin", "2017-03-26T22:00:00Z" },
		{ "2017-10-29", WHEN_UNTIL, "Europe/Berlin", "2017-10-29T23:00:00Z" },
		{ "today", WHEN_SINCE, "Asia/Tokyo", "2017-06-29T15:00:00Z" },
		{ "today", WHEN_UNTIL, "Asia/Tokyo", "2017-06-30T15:00:00Z" },
		{ "Yesterday", WHEN_SINCE, "Asia/Tokyo", "2017-06-28T15:00:00Z" },
		{ "yesterday", WHEN_UNTIL, "Asia/Tokyo", "2017-06-29T15:00:00Z" },
		{ "yesterday", WHEN_SINCE, "Pacific/Kiritimati", "2017-06-29T10:00:00Z" },
	};

	(void)state;
	check(cases, ARRAY_LEN(cases));
}

static void a_time_alone_has_passed_or_is_the_next(void **state)
{
	static const struct when_case cases[] = {
		{ "19:00", WHEN_SINCE, "Asia/Tokyo", "2017-06-30T10:00:00Z" },
		{ "19:00", WHEN_UNTIL, "Asia/Tokyo", "2017-06-30T10:00:00Z" },
		{ "19:00", WHEN_NEXT, "Asia/Tokyo", "2017-07-01T10:00:00Z" },
		{ "20:00", WHEN_SINCE, "Asia/Tokyo", "2017-06-30T11:00:00Z" },
		{ "20:00", WHEN_NEXT, "Asia/Tokyo", "2017-07-01T11:00:00Z" },
		{ "20:01", WHEN_SINCE, "Asia/Tokyo", "2017-06-29T11:01:00Z" },
		{ "20:01", WHEN_NEXT, "Asia/Tokyo", "2017-06-30T11:01:00Z" },
		{ "１９：００", WHEN_SINCE, "Asia/Tokyo", "2017-06-30T10:00:00Z" },
		{ "00:30", WHEN_SINCE, "America/New_York", "2017-06-30T04:30:00Z" },
	};

	(void)state;
	check(cases, ARRAY_LEN(cases));
}

static void so_long_ago_is_counted_from_now(void **state)
{
	static const struct when_case cases[] = {
		{ "now", WHEN_SINCE, "Asia/Tokyo", "2017-06-30T11:00:00Z" },
		{ "-2h", WHEN_SINCE, "Asia/Tokyo", "2017-06-30T09:00:00Z" },
		{ "-90m", WHEN_UNTIL, "Asia/Tokyo", "2017-06-30T09:30:00Z" },
		{ "-1d", WHEN_SINCE, "Asia/Tokyo", "2017-06-29T11:00:00Z" },
		{ "-2W", WHEN_SINCE, "Asia/Tokyo", "2017-06-16T11:00:00Z" },
		{ "－２ｈ", WHEN_SINCE, "Asia/Tokyo", "2017-06-30T09:00:00Z" },
	};

	(void)state;
	check(cases, ARRAY_LEN(cases));
}

static void whatever_else_is_no_time(void **state)
{
	static const char *const texts[] = {
		"",
		" ",
		"19:61",
		"24:00",
		"7:00",
		"19",
		"1900",
		"19:00:60",
		"19:00:",
		"19:00:00.",
		"2017-6-30",
		"2017-13-01",
		"2017-00-01",
		"2017-02-29",
		"2017-06-31",
		"2017-06-00",
		"0000-01-01",
		"17-06-30",
		"2017/06/30",
		"20170630",
		"2017-06-30T",
		"2017-06-30T19",
		"2017-06-30TT19:00",
		"2017-06-30x",
		"2017-06-30T19:00+",
		"2017-06-30T19:00+9",
		"2017-06-30T19:00+24:00",
		"2017-06-30T19:00+09:60",
		"2017-06-30T19:00+09:",
		"2017-06-30T19:00Zx",
		"2h",
		"-2",
		"-h",
		"--2h",
		"-2y",
		"-1h30m",
		"-1000000h",
		"-99999999999999999999h",
		"tomorrow",
		"yesterdayx",
		"now now",
		"19:00\xFF",
		"\x01",
		"2017-06-30 19:00 +09:00 x",
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
		struct err err = { 0 };
		int64_t ms = 7;

		if (when_parse(texts[i], WHEN_SINCE, at(NOW), "Asia/Tokyo", &ms, &err))
			fail_msg("[%s]", texts[i]);
		assert_int_equal(err.code, ERR_USAGE);
		assert_int_equal(ms, 7);
	}
}

static void the_sentence_names_the_text_and_what_is_understood(void **state)
{
	struct err err = { 0 };
	int64_t ms;

	(void)state;
	assert_false(when_parse("19:61", WHEN_SINCE, at(NOW), "Asia/Tokyo", &ms, &err));
	assert_string_equal(
		err.msg,
		"'19:61' is no time: try 2017-06-30T19:00, 2017-06-30, 19:00, yesterday or -2h");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_date_with_a_time_is_a_moment_of_the_zone),
		cmocka_unit_test(an_offset_counts_more_than_the_zone),
		cmocka_unit_test(a_date_is_its_whole_day),
		cmocka_unit_test(a_time_alone_has_passed_or_is_the_next),
		cmocka_unit_test(so_long_ago_is_counted_from_now),
		cmocka_unit_test(whatever_else_is_no_time),
		cmocka_unit_test(the_sentence_names_the_text_and_what_is_understood),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
