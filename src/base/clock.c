#include "archive/base/clock.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "archive/base/str.h"

#define MAX_SECONDS INT64_C(253402300799) /* the end of the year 9999 */
#define MIN_SECONDS INT64_C(-62135596800) /* the beginning of the year 1 */

static int64_t frozen_at;
static bool is_frozen;
static bool asked_environment;

static void ask_environment(void)
{
	const char *now = getenv("ARCHIVE_NOW");
	int64_t seconds;

	if (asked_environment)
		return;
	asked_environment = true;
	if (now && str_to_int(now, 0, MAX_SECONDS, &seconds))
		clock_freeze(seconds * 1000);
}

static int64_t read_clock(clockid_t id)
{
	struct timespec t = { 0 };

	clock_gettime(id, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

void clock_freeze(int64_t now_ms)
{
	asked_environment = true;
	is_frozen = true;
	frozen_at = now_ms;
}

bool clock_is_frozen(void)
{
	ask_environment();
	return is_frozen;
}

int64_t clock_now(void)
{
	return clock_is_frozen() ? frozen_at : read_clock(CLOCK_REALTIME);
}

int64_t clock_steady(void)
{
	return clock_is_frozen() ? frozen_at : read_clock(CLOCK_MONOTONIC);
}

void clock_sleep(int64_t ms)
{
	struct timespec t = { .tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000 };

	if (ms <= 0)
		return;
	if (clock_is_frozen())
		frozen_at += ms;
	else
		nanosleep(&t, NULL);
}

/* Exactly count digits at *p. */
static bool digits(const char **p, int count, int *out)
{
	int value = 0;

	for (int i = 0; i < count; i++, (*p)++) {
		if (**p < '0' || **p > '9')
			return false;
		value = value * 10 + (**p - '0');
	}
	*out = value;
	return true;
}

static bool literal(const char **p, const char *any_of)
{
	for (; *any_of; any_of++) {
		if (**p == *any_of) {
			(*p)++;
			return true;
		}
	}
	return false;
}

static bool parse_fraction(const char **p, int *ms)
{
	int weight = 100;
	const char *start;

	*ms = 0;
	if (!literal(p, "."))
		return true;
	for (start = *p; **p >= '0' && **p <= '9'; (*p)++, weight /= 10)
		*ms += (**p - '0') * weight;
	return *p > start;
}

/* "Z", "+09:00", "-0330": seconds east. */
static bool parse_offset(const char **p, int *seconds)
{
	int sign = **p == '-' ? -1 : 1;
	int hours, minutes;

	*seconds = 0;
	if (literal(p, "Zz"))
		return true;
	if (!literal(p, "+-") || !digits(p, 2, &hours))
		return false;
	literal(p, ":");
	if (!digits(p, 2, &minutes) || hours > 23 || minutes > 59)
		return false;
	*seconds = sign * (hours * 3600 + minutes * 60);
	return true;
}

static int month_days(int year, int month)
{
	static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

	return days[month - 1] + (month == 2 && leap);
}

static bool civil_fits(const struct tm *t)
{
	int year = t->tm_year + 1900;

	return year >= 1 && t->tm_mon >= 0 && t->tm_mon < 12 && t->tm_mday >= 1 &&
	       t->tm_mday <= month_days(year, t->tm_mon + 1) && t->tm_hour <= 23 &&
	       t->tm_min <= 59 && t->tm_sec <= 60;
}

bool clock_parse_rfc3339(const char *text, int64_t *ms)
{
	struct tm t = { 0 };
	int fraction, offset;
	const char *p = text;
	int64_t seconds;

	if (!text || !digits(&p, 4, &t.tm_year) || !literal(&p, "-") || !digits(&p, 2, &t.tm_mon) ||
	    !literal(&p, "-") || !digits(&p, 2, &t.tm_mday) || !literal(&p, "Tt ") ||
	    !digits(&p, 2, &t.tm_hour) || !literal(&p, ":") || !digits(&p, 2, &t.tm_min) ||
	    !literal(&p, ":") || !digits(&p, 2, &t.tm_sec) || !parse_fraction(&p, &fraction) ||
	    !parse_offset(&p, &offset) || *p != '\0')
		return false;
	t.tm_year -= 1900;
	t.tm_mon -= 1;
	if (!civil_fits(&t))
		return false;
	seconds = (int64_t)timegm(&t) - offset;
	if (seconds < MIN_SECONDS || seconds > MAX_SECONDS)
		return false;
	*ms = seconds * 1000 + fraction;
	return true;
}

void clock_format_utc(int64_t ms, bool with_ms, char out[CLOCK_ISO_SIZE])
{
	struct tm t = { 0 };
	int fraction;
	time_t at;
	size_t len;

	if (ms > MAX_SECONDS * 1000 + 999)
		ms = MAX_SECONDS * 1000 + 999;
	if (ms < MIN_SECONDS * 1000)
		ms = MIN_SECONDS * 1000;
	at = (time_t)(ms / 1000 - (ms % 1000 < 0));
	fraction = (int)(ms - (int64_t)at * 1000);
	gmtime_r(&at, &t);
	len = (size_t)snprintf(out, CLOCK_ISO_SIZE, "%04d-%02d-%02dT%02d:%02d:%02d",
			       (t.tm_year + 1900) % 10000, t.tm_mon + 1, t.tm_mday, t.tm_hour,
			       t.tm_min, t.tm_sec);
	if (with_ms)
		snprintf(out + len, CLOCK_ISO_SIZE - len, ".%03dZ", fraction);
	else
		snprintf(out + len, CLOCK_ISO_SIZE - len, "Z");
}
