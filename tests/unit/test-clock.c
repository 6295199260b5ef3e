#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "archive/base/clock.h"

#define YEAR_1	      INT64_C(-62135596800000)
#define YEAR_9999_END INT64_C(253402300799999)
#define DAY	      INT64_C(86400000)

/* Expected values by python3's datetime. */
static void times_are_read(void **state)
{
	static const struct {
		const char *text;
		int64_t ms;
	} cases[] = {
		{ "1970-01-01T00:00:00Z", 0 },
		{ "2017-06-30T19:00:00Z", 1498849200000 },
		{ "2017-06-30t19:00:00z", 1498849200000 },
		{ "2017-06-30T19:00:00+09:00", 1498816800000 },
		{ "2017-06-30T19:00:00+0900", 1498816800000 },
		{ "2017-06-30T19:00:00-03:30", 1498861800000 },
		{ "2017-06-30T19:00:00+00:00", 1498849200000 },
		{ "2017-06-30T19:00:00-00:00", 1498849200000 },
		{ "2017-06-30T19:00:00+23:59", 1498762860000 },
		{ "2017-06-30T19:00:00.1Z", 1498849200100 },
		{ "2017-06-30T19:00:00.12Z", 1498849200120 },
		{ "2017-06-30T19:00:00.123Z", 1498849200123 },
		{ "2017-06-30T19:00:00.123999Z", 1498849200123 },
		{ "2017-06-30T19:00:00.000999999999999999999999Z", 1498849200000 },
		{ "2017-06-30T19:00:00.999+09:00", 1498816800999 },
		{ "1969-12-31T23:59:59.999Z", -1 },
		{ "2016-02-29T00:00:00Z", 1456704000000 },
		{ "2000-02-29T00:00:00Z", 951782400000 },
		{ "2016-12-31T23:59:60Z", 1483228800000 },
		{ "0001-01-01T00:00:00Z", YEAR_1 },
		{ "9999-12-31T23:59:59.999Z", YEAR_9999_END },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		int64_t ms = 42;

		assert_true(clock_parse_rfc3339(cases[i].text, &ms));
		assert_int_equal(ms, cases[i].ms);
	}
}

static void anything_else_is_refused(void **state)
{
	static const char *const cases[] = {
		"",
		"now",
		"2017",
		"2017-06-30",
		"2017-06-30T19:00",
		"2017-06-30T19:00Z",
		"2017-06-30T19:00:00",
		"17-06-30T19:00:00Z",
		"02017-06-30T19:00:00Z",
		"-2017-06-30T19:00:00Z",
		"2017-6-30T19:00:00Z",
		"2017-06-30T19:00:00Zx",
		"2017-06-30T19:00:00Z ",
		" 2017-06-30T19:00:00Z",
		"2017-06-30T19:00:00.Z",
		"2017-06-30T19:00:00,5Z",
		"2017-06-30T19:00:00+09",
		"2017-06-30T19:00:00+9:00",
		"2017-06-30T19:00:00+09:60",
		"2017-06-30T19:00:00+24:00",
		"2017-06-30T19:00:00*09:00",
		"2017-00-30T19:00:00Z",
		"2017-13-30T19:00:00Z",
		"2017-06-00T19:00:00Z",
		"2017-06-31T19:00:00Z",
		"2017-02-29T19:00:00Z",
		"1900-02-29T19:00:00Z",
		"2100-02-29T19:00:00Z",
		"2017-06-30T24:00:00Z",
		"2017-06-30T19:60:00Z",
		"2017-06-30T19:00:61Z",
		"0000-12-31T23:59:59Z",
		"2017/06/30T19:00:00Z",
		"2017-06-30T-9:00:00Z",
		"2017-06-30T+9:00:00Z",
		"2017-06-30T 9:00:00Z",
		"２０17-06-30T19:00:00Z",
		"0001-01-01T00:00:00+00:01",
		"9999-12-31T23:59:59-00:01",
		"9999-12-31T23:59:60Z",
	};

	(void)state;
	assert_false(clock_parse_rfc3339(NULL, &(int64_t){ 0 }));
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		int64_t ms = 42;

		if (clock_parse_rfc3339(cases[i], &ms))
			fail_msg("\"%s\" was read", cases[i]);
		assert_int_equal(ms, 42);
	}
}

static void no_beginning_of_a_time_is_a_time(void **state)
{
	static const char text[] = "2017-06-30T19:00:00.125+09:00";
	char cut[sizeof(text)];
	int64_t ms;

	(void)state;
	for (size_t len = 0; len + 1 < sizeof(text); len++) {
		memcpy(cut, text, len);
		cut[len] = '\0';
		assert_false(clock_parse_rfc3339(cut, &ms));
	}
	assert_true(clock_parse_rfc3339(text, &ms));
}

/* Any byte in any place: read back as the same moment, or refused. */
static void a_changed_byte_never_makes_a_strange_time(void **state)
{
	static const char text[] = "2016-02-29T23:59:59.125+09:00";

	(void)state;
	for (size_t at = 0; at + 1 < sizeof(text); at++) {
		for (int c = 1; c < 256; c++) {
			char changed[sizeof(text)];
			int64_t ms = 0;

			memcpy(changed, text, sizeof(text));
			changed[at] = (char)c;
			if (clock_parse_rfc3339(changed, &ms))
				assert_in_range(ms - YEAR_1, 0, YEAR_9999_END - YEAR_1);
		}
	}
}

static void a_time_is_written_in_its_form(void **state)
{
	char text[CLOCK_ISO_SIZE];

	(void)state;
	clock_format_utc(1498816800123, false, text);
	assert_string_equal(text, "2017-06-30T10:00:00Z");
	clock_format_utc(1498816800123, true, text);
	assert_string_equal(text, "2017-06-30T10:00:00.123Z");
	clock_format_utc(-1, true, text);
	assert_string_equal(text, "1969-12-31T23:59:59.999Z");
	clock_format_utc(YEAR_1, true, text);
	assert_string_equal(text, "0001-01-01T00:00:00.000Z");
}

static void what_was_written_is_read_back(void **state)
{
	char text[CLOCK_ISO_SIZE];
	int64_t back;

	(void)state;
	for (int64_t ms = YEAR_1; ms <= YEAR_9999_END; ms += 37 * DAY + 3661001) {
		clock_format_utc(ms, true, text);
		assert_true(clock_parse_rfc3339(text, &back));
		assert_int_equal(back, ms);
		clock_format_utc(ms, false, text);
		assert_true(clock_parse_rfc3339(text, &back));
		assert_in_range(ms - back, 0, 999);
	}
}

static void every_day_of_a_leap_year_and_its_neighbours_is_read_back(void **state)
{
	char text[CLOCK_ISO_SIZE], next[CLOCK_ISO_SIZE];
	int64_t back;

	(void)state;
	for (int64_t day = 10591; day < 10591 + 4 * 366; day++) { /* from 1998-12-31 */
		clock_format_utc(day * DAY, false, text);
		clock_format_utc((day + 1) * DAY, false, next);
		assert_true(strcmp(text, next) < 0);
		assert_true(clock_parse_rfc3339(text, &back));
		assert_int_equal(back, day * DAY);
	}
}

static void an_offset_moves_the_moment(void **state)
{
	char text[64];
	int64_t utc, moved;

	(void)state;
	assert_true(clock_parse_rfc3339("2020-03-01T00:30:00Z", &utc));
	for (int minutes = -23 * 60 - 59; minutes <= 23 * 60 + 59; minutes++) {
		int size = minutes < 0 ? -minutes : minutes;

		snprintf(text, sizeof(text), "2020-03-01T00:30:00%c%02d:%02d",
			 minutes < 0 ? '-' : '+', size / 60, size % 60);
		assert_true(clock_parse_rfc3339(text, &moved));
		assert_int_equal(utc - moved, minutes * INT64_C(60000));
	}
}

static void times_beyond_the_calendar_are_written_within_it(void **state)
{
	static const int64_t beyond[] = { INT64_MIN, INT64_MIN + 1, YEAR_1 - 1, YEAR_9999_END + 1,
					  INT64_MAX };
	char text[CLOCK_ISO_SIZE];
	int64_t back;

	(void)state;
	for (size_t i = 0; i < sizeof(beyond) / sizeof(beyond[0]); i++) {
		clock_format_utc(beyond[i], true, text);
		assert_true(clock_parse_rfc3339(text, &back));
		assert_string_equal(text, beyond[i] < 0 ? "0001-01-01T00:00:00.000Z"
							: "9999-12-31T23:59:59.999Z");
	}
}

/* What clock_now() is in a process of its own with this ARCHIVE_NOW; -1 = it runs freely. */
static int64_t frozen_by(const char *now)
{
	int64_t answer = 0;
	int ends[2];
	pid_t child;

	assert_int_equal(pipe(ends), 0);
	child = fork();
	if (child == 0) {
		if (setenv("ARCHIVE_NOW", now, 1) == 0)
			answer = clock_is_frozen() ? clock_now() : -1;
		_exit(write(ends[1], &answer, sizeof(answer)) != sizeof(answer));
	}
	assert_int_equal(waitpid(child, NULL, 0), child);
	assert_int_equal(read(ends[0], &answer, sizeof(answer)), sizeof(answer));
	close(ends[0]);
	close(ends[1]);
	return answer;
}

static void the_environment_freezes_the_clock(void **state)
{
	(void)state;
	assert_int_equal(frozen_by("1498816800"), 1498816800000);
	assert_int_equal(frozen_by("0"), 0);
	assert_int_equal(frozen_by("253402300799"), 253402300799000);
}

static void nonsense_in_the_environment_freezes_nothing(void **state)
{
	static const char *const cases[] = {
		"", "now", "-1", "1498816800.5", "253402300800", "1 ", " 1", "99999999999999999999"
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		assert_int_equal(frozen_by(cases[i]), -1);
}

static void a_free_clock_goes_on(void **state)
{
	int64_t before = clock_steady();
	int64_t now = clock_now();

	(void)state;
	assert_false(clock_is_frozen());
	assert_in_range(now / 1000 - (int64_t)time(NULL) + 2, 0, 4);
	clock_sleep(0);
	clock_sleep(-5000);
	clock_sleep(2);
	assert_true(clock_steady() >= before + 2);
	assert_true(clock_steady() < before + 5000);
}

/* The last one: it cannot be thawed. */
static void a_frozen_clock_moves_by_sleeping_alone(void **state)
{
	time_t began = time(NULL);

	(void)state;
	clock_freeze(1000);
	assert_true(clock_is_frozen());
	assert_int_equal(clock_now(), 1000);
	assert_int_equal(clock_now(), 1000);
	clock_sleep(3600000);
	assert_int_equal(clock_now(), 3601000);
	assert_int_equal(clock_steady(), 3601000);
	clock_sleep(-1);
	assert_int_equal(clock_now(), 3601000);
	clock_freeze(5);
	assert_int_equal(clock_now(), 5);
	assert_true(time(NULL) - began < 600);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(times_are_read),
		cmocka_unit_test(anything_else_is_refused),
		cmocka_unit_test(no_beginning_of_a_time_is_a_time),
		cmocka_unit_test(a_changed_byte_never_makes_a_strange_time),
		cmocka_unit_test(a_time_is_written_in_its_form),
		cmocka_unit_test(what_was_written_is_read_back),
		cmocka_unit_test(every_day_of_a_leap_year_and_its_neighbours_is_read_back),
		cmocka_unit_test(an_offset_moves_the_moment),
		cmocka_unit_test(times_beyond_the_calendar_are_written_within_it),
		cmocka_unit_test(the_environment_freezes_the_clock),
		cmocka_unit_test(nonsense_in_the_environment_freezes_nothing),
		cmocka_unit_test(a_free_clock_goes_on),
		cmocka_unit_test(a_frozen_clock_moves_by_sleeping_alone),
	};

	unsetenv("ARCHIVE_NOW");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
