#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "archive/base/clock.h"
#include "archive/base/zone.h"

#define HOUR INT64_C(3600000)

static int64_t moment(const char *text)
{
	int64_t ms = 0;

	assert_true(clock_parse_rfc3339(text, &ms));
	return ms;
}

/* "2017-06-30T19:00:00" */
static struct civil civil(const char *text)
{
	struct civil c = { 0 };
	char all[40];
	int64_t ms;

	snprintf(all, sizeof(all), "%sZ", text);
	ms = moment(all);
	zone_civil("UTC", ms, &c);
	return c;
}

static void zones_of_the_database_are_known(void **state)
{
	static const char *const known[] = { "UTC",
					     "Asia/Tokyo",
					     "America/New_York",
					     "Europe/London",
					     "Etc/GMT+9",
					     "America/Argentina/Buenos_Aires",
					     "America/Port-au-Prince" };

	(void)state;
	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
		assert_true(zone_known(known[i]));
}

static void nothing_else_is_a_zone(void **state)
{
	static const char *const unknown[] = {
		"",
		"Asia",
		"Asia/",
		"Asia/Nowhere",
		"asia/tokyo",
		"../etc/passwd",
		"../../../etc/passwd",
		"Asia/../Asia/Tokyo",
		"..",
		".",
		"/etc/localtime",
		"/usr/share/zoneinfo/Asia/Tokyo",
		"zone.tab",
		"tzdata.zi",
		":Asia/Tokyo",
		"Asia/Tokyo ",
		" Asia/Tokyo",
		"Asia/Tokyo\n",
		"Asia\\Tokyo",
		"JST-9,M3",
		"<+09>-9",
		"日本",
		"UTC\x1B[31m",
	};
	char longest[600];

	(void)state;
	assert_false(zone_known(NULL));
	for (size_t i = 0; i < sizeof(unknown) / sizeof(unknown[0]); i++)
		if (zone_known(unknown[i]))
			fail_msg("\"%s\" is called a zone", unknown[i]);
	memset(longest, 'A', sizeof(longest) - 1);
	longest[sizeof(longest) - 1] = '\0';
	assert_false(zone_known(longest));
}

/* Expected values by python3's zoneinfo. */
static void civil_time_follows_the_zone(void **state)
{
	static const struct {
		const char *zone, *utc, *iso;
	} cases[] = {
		{ "Asia/Tokyo", "2017-06-30T10:00:00Z", "2017-06-30T19:00:00+09:00" },
		{ "Asia/Tokyo", "2017-12-31T15:00:00Z", "2018-01-01T00:00:00+09:00" },
		{ "UTC", "2017-06-30T10:00:00Z", "2017-06-30T10:00:00+00:00" },
		{ "America/New_York", "2024-07-01T16:00:00Z", "2024-07-01T12:00:00-04:00" },
		{ "America/New_York", "2024-01-01T03:00:00Z", "2023-12-31T22:00:00-05:00" },
		{ "America/New_York", "2024-03-10T06:59:59Z", "2024-03-10T01:59:59-05:00" },
		{ "America/New_York", "2024-03-10T07:00:00Z", "2024-03-10T03:00:00-04:00" },
		{ "America/New_York", "2024-11-03T05:59:59Z", "2024-11-03T01:59:59-04:00" },
		{ "America/New_York", "2024-11-03T06:00:00Z", "2024-11-03T01:00:00-05:00" },
		{ "Europe/London", "2024-07-01T11:00:00Z", "2024-07-01T12:00:00+01:00" },
		{ "Europe/London", "2024-01-01T12:00:00Z", "2024-01-01T12:00:00+00:00" },
		{ "Asia/Kathmandu", "2024-01-01T00:00:00Z", "2024-01-01T05:45:00+05:45" },
		{ "America/St_Johns", "2024-01-01T12:00:00Z", "2024-01-01T08:30:00-03:30" },
		{ "Asia/Tokyo", "1969-12-31T23:59:59.999Z", "1970-01-01T08:59:59+09:00" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		char iso[ZONE_ISO_SIZE];

		zone_format_iso(cases[i].zone, moment(cases[i].utc), iso);
		assert_string_equal(iso, cases[i].iso);
	}
}

static void a_civil_time_has_its_weekday_and_offset(void **state)
{
	struct civil c;

	(void)state;
	zone_civil("Asia/Tokyo", moment("2017-06-30T15:00:01Z"), &c);
	assert_int_equal(c.year, 2017);
	assert_int_equal(c.month, 7);
	assert_int_equal(c.day, 1);
	assert_int_equal(c.hour, 0);
	assert_int_equal(c.minute, 0);
	assert_int_equal(c.second, 1);
	assert_int_equal(c.offset, 9 * 3600);
	assert_int_equal(c.weekday, 6);
}

static void a_civil_time_names_a_moment(void **state)
{
	static const struct {
		const char *zone, *local, *utc;
	} cases[] = {
		{ "Asia/Tokyo", "2017-06-30T19:00:00", "2017-06-30T10:00:00Z" },
		{ "America/New_York", "2024-01-15T12:00:00", "2024-01-15T17:00:00Z" },
		{ "America/New_York", "2024-07-15T12:00:00", "2024-07-15T16:00:00Z" },
		{ "Europe/London", "2024-07-15T12:00:00", "2024-07-15T11:00:00Z" },
		{ "Europe/London", "2024-12-15T12:00:00", "2024-12-15T12:00:00Z" },
		{ "Europe/Dublin", "2024-07-15T12:00:00", "2024-07-15T11:00:00Z" },
		{ "Europe/Dublin", "2024-12-15T12:00:00", "2024-12-15T12:00:00Z" },
		{ "Australia/Lord_Howe", "2024-01-15T12:00:00", "2024-01-15T01:00:00Z" },
		{ "Australia/Lord_Howe", "2024-07-15T12:00:00", "2024-07-15T01:30:00Z" },
		{ "UTC", "1969-12-31T23:59:59", "1969-12-31T23:59:59Z" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const struct civil c = civil(cases[i].local);

		assert_int_equal(zone_moment(cases[i].zone, &c), moment(cases[i].utc));
	}
}

/* New York leaves out 02:00 to 03:00 on 2024-03-10 and has 01:00 to 02:00 twice on 2024-11-03. */
static void a_gap_or_a_fold_is_its_later_moment(void **state)
{
	static const struct {
		const char *zone, *local, *utc;
	} cases[] = {
		{ "America/New_York", "2024-03-10T01:59:59", "2024-03-10T06:59:59Z" },
		{ "America/New_York", "2024-03-10T02:00:00", "2024-03-10T07:00:00Z" },
		{ "America/New_York", "2024-03-10T02:30:00", "2024-03-10T07:30:00Z" },
		{ "America/New_York", "2024-03-10T03:00:00", "2024-03-10T07:00:00Z" },
		{ "America/New_York", "2024-11-03T00:59:59", "2024-11-03T04:59:59Z" },
		{ "America/New_York", "2024-11-03T01:00:00", "2024-11-03T06:00:00Z" },
		{ "America/New_York", "2024-11-03T01:30:00", "2024-11-03T06:30:00Z" },
		{ "America/New_York", "2024-11-03T02:00:00", "2024-11-03T07:00:00Z" },
		{ "Europe/London", "2024-03-31T01:30:00", "2024-03-31T01:30:00Z" },
		{ "Europe/London", "2024-10-27T01:30:00", "2024-10-27T01:30:00Z" },
		{ "Europe/Dublin", "2024-03-31T01:30:00", "2024-03-31T01:30:00Z" },
		{ "Europe/Dublin", "2024-10-27T01:30:00", "2024-10-27T01:30:00Z" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const struct civil c = civil(cases[i].local);

		assert_int_equal(zone_moment(cases[i].zone, &c), moment(cases[i].utc));
	}
}

static void a_moment_comes_back_through_its_civil_time(void **state)
{
	static const char *const zones[] = {
		"UTC",		 "Asia/Tokyo",		"America/New_York", "Europe/London",
		"Europe/Dublin", "Australia/Lord_Howe", "Pacific/Apia",	    "Asia/Kathmandu"
	};

	(void)state;
	for (size_t i = 0; i < sizeof(zones) / sizeof(zones[0]); i++) {
		for (int64_t ms = moment("2009-12-31T23:00:00Z");
		     ms < moment("2012-02-01T00:00:00Z"); ms += 7 * HOUR) {
			struct civil c, again;
			int64_t back;

			zone_civil(zones[i], ms, &c);
			back = zone_moment(zones[i], &c);
			zone_civil(zones[i], back, &again);
			assert_true(
				back == ms ||
				(back > ms && back - ms <= HOUR)); /* an hour that comes twice */
			assert_int_equal(again.hour, c.hour);
			assert_int_equal(again.minute, c.minute);
			assert_int_equal(again.day, c.day);
		}
	}
}

static void zones_asked_in_turn_do_not_mix(void **state)
{
	const int64_t noon = moment("2024-07-01T12:00:00Z");
	struct civil c;

	(void)state;
	for (int i = 0; i < 20; i++) {
		zone_civil("Asia/Tokyo", noon, &c);
		assert_int_equal(c.hour, 21);
		zone_civil("America/New_York", noon, &c);
		assert_int_equal(c.hour, 8);
	}
}

static void a_moment_beyond_the_calendar_does_no_harm(void **state)
{
	static const int64_t beyond[] = { INT64_MIN, INT64_MAX };
	char iso[ZONE_ISO_SIZE];
	struct civil c;

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		zone_civil("Asia/Tokyo", beyond[i], &c);
		zone_format_iso("Asia/Tokyo", beyond[i], iso);
		assert_true(strlen(iso) < sizeof(iso));
	}
}

/* The user's zone in a process of its own with this TZ, before or behind a visit to another zone.
 */
static void assert_local(const char *tz, bool visit_first, const char *expected)
{
	int status = -1;
	pid_t child = fork();

	if (child == 0) {
		struct civil c;

		if (setenv("TZ", tz, 1) != 0)
			_exit(2);
		if (visit_first)
			zone_civil("America/New_York", 0, &c);
		_exit(expected ? strcmp(zone_local(), expected) != 0 : !zone_known(zone_local()));
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 0);
}

static void the_users_zone_is_that_of_the_environment(void **state)
{
	(void)state;
	assert_local("Asia/Tokyo", false, "Asia/Tokyo");
	assert_local(":Europe/London", false, "Europe/London");
	assert_local("Asia/Tokyo", true, "Asia/Tokyo");
}

static void a_strange_environment_leaves_a_known_zone(void **state)
{
	static const char *const strange[] = {
		"", ":", "JST-9", "../../etc/passwd", "/etc/passwd", "Nowhere", "EST5EDT4,M3"
	};

	(void)state;
	for (size_t i = 0; i < sizeof(strange) / sizeof(strange[0]); i++)
		assert_local(strange[i], false, NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_users_zone_is_that_of_the_environment), /* before this process
										has asked */
		cmocka_unit_test(a_strange_environment_leaves_a_known_zone),
		cmocka_unit_test(zones_of_the_database_are_known),
		cmocka_unit_test(nothing_else_is_a_zone),
		cmocka_unit_test(civil_time_follows_the_zone),
		cmocka_unit_test(a_civil_time_has_its_weekday_and_offset),
		cmocka_unit_test(a_civil_time_names_a_moment),
		cmocka_unit_test(a_gap_or_a_fold_is_its_later_moment),
		cmocka_unit_test(a_moment_comes_back_through_its_civil_time),
		cmocka_unit_test(zones_asked_in_turn_do_not_mix),
		cmocka_unit_test(a_moment_beyond_the_calendar_does_no_harm),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
