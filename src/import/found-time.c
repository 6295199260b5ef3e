#include <string.h>

#include "archive/base/clock.h"
#include "archive/base/mem.h"
#include "archive/import/found.h"
#include "archive/source/x.h"

#define DIGITS "0123456789"

/* A number of one to most digits at *p, which moves behind it. */
static bool take_number(const char **p, size_t most, int *out)
{
	size_t len = strspn(*p, DIGITS);
	int value = 0;

	if (len == 0 || len > most)
		return false;
	for (size_t i = 0; i < len; i++)
		value = value * 10 + ((*p)[i] - '0');
	*p += len;
	*out = value;
	return true;
}

static bool take_mark(const char **p, const char *const *marks, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (!str_starts(*p, marks[i]))
			continue;
		*p += strlen(marks[i]);
		return true;
	}
	return false;
}

static bool take_date(const char **p, int out[3])
{
	static const char *const years[] = { "-", "/", ".", "年" };
	static const char *const months[] = { "-", "/", ".", "月" };
	static const char *const days[] = { "日" };

	if (!take_number(p, 4, &out[0]) || out[0] < 2006 ||
	    !take_mark(p, years, ARRAY_LEN(years)) || !take_number(p, 2, &out[1]) ||
	    !take_mark(p, months, ARRAY_LEN(months)) || !take_number(p, 2, &out[2]))
		return false;
	take_mark(p, days, ARRAY_LEN(days));
	return true;
}

static void take_clock(const char **p, int out[3])
{
	const char *at = *p + strcspn(*p, DIGITS);

	out[0] = out[1] = out[2] = 0;
	if (at - *p > 16 || !take_number(&at, 2, &out[0]) || *at++ != ':' ||
	    !take_number(&at, 2, &out[1])) {
		out[0] = out[1] = 0;
		return;
	}
	if (*at == ':') {
		at++;
		take_number(&at, 2, &out[2]);
	}
	*p = at;
}

/* RFC 3339; clamped to what a post's time can be. */
static int64_t parse(const char *text)
{
	int64_t ms;

	if (!clock_parse_rfc3339(text, &ms) || ms <= 0)
		return 0;
	return ms > POST_MAX_TIME ? POST_MAX_TIME : ms;
}

static int64_t in_japan(const int date[3], const int clock[3])
{
	char iso[80];

	snprintf(iso, sizeof(iso), "%04d-%02d-%02dT%02d:%02d:%02d+09:00", date[0], date[1], date[2],
		 clock[0], clock[1], clock[2]);
	return parse(iso);
}

int64_t found_time(const char *text)
{
	int64_t ms = parse(text);
	int date[3], clock[3];

	if (ms)
		return ms;
	while (*(text += strcspn(text, DIGITS))) {
		const char *at = text;

		if (take_date(&at, date)) {
			take_clock(&at, clock);
			return in_japan(date, clock);
		}
		text += strspn(text, DIGITS);
	}
	return 0;
}

int64_t found_day(const char *text)
{
	static const int midnight[3] = { 0 };
	int date[3];

	while (*(text += strcspn(text, DIGITS))) {
		const char *at = text;

		if (take_date(&at, date))
			return in_japan(date, midnight);
		text += strspn(text, DIGITS);
	}
	return 0;
}

/* Behind the name of the day: "01 Jun 2024 10:00:00 +0900"; "GMT" and the like are UTC. */
int64_t found_moment(const char *text)
{
	static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
	char iso[80], zone[8] = "Z";
	const char *at = text + strcspn(text, DIGITS), *month;
	int64_t ms = parse(text);
	int day, year, clock[3];

	if (ms)
		return ms;
	if (!take_number(&at, 2, &day) || *at++ != ' ' || strlen(at) < 4)
		return 0;
	month = memmem(months, sizeof(months) - 1, at, 3);
	at += 3 + (at[3] == ' ');
	if (!month || (month - months) % 3 || !take_number(&at, 4, &year))
		return 0;
	take_clock(&at, clock);
	at += strspn(at, " ");
	if ((*at == '+' || *at == '-') && strspn(at + 1, DIGITS) >= 4)
		snprintf(zone, sizeof(zone), "%.3s:%.2s", at, at + 3);
	snprintf(iso, sizeof(iso), "%04d-%02d-%02dT%02d:%02d:%02d%s", year,
		 (int)(month - months) / 3 + 1, day, clock[0], clock[1], clock[2], zone);
	return parse(iso);
}

/* An id below this counted posts; it held no time yet (November 2010). */
#define FIRST_TIMED INT64_C(29700859247)

int64_t found_id_time(const char *id)
{
	int64_t value;

	if (!id || !str_to_int(id, 1, INT64_MAX, &value) || value < FIRST_TIMED)
		return 0;
	return x_id_time(id) / 1000 * 1000;
}
