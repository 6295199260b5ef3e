#include "archive/text/when.h"

#include <string.h>

#include "archive/base/mem.h"
#include "archive/base/str.h"
#include "archive/base/zone.h"
#include "archive/text/utf8.h"

#define MINUTE	 INT64_C(60000)
#define DAY	 (1440 * MINUTE)
#define MAX_AGO	 100000 /* units */
#define MAX_TEXT 64	/* bytes; more is no time */

/* What was said of a moment, and where its civil time counts. */
struct parsed {
	struct civil civil;
	int ms;
	bool has_date, has_time, has_offset;
	int64_t offset; /* ms east of UTC */
	const char *zone;
};

static bool take(const char **p, char c)
{
	if (**p != c)
		return false;
	(*p)++;
	return true;
}

/* Exactly so many digits, the number within [min, max]. */
static bool digits(const char **p, int count, int min, int max, int *out)
{
	int number = 0;

	for (int i = 0; i < count; i++) {
		if ((*p)[i] < '0' || (*p)[i] > '9')
			return false;
		number = number * 10 + ((*p)[i] - '0');
	}
	*p += count;
	*out = number;
	return number >= min && number <= max;
}

/* ---- civil time, in a zone or at a fixed offset ---- */

static int64_t moment(const struct parsed *when)
{
	if (when->has_offset)
		return zone_moment("UTC", &when->civil) - when->offset + when->ms;
	return zone_moment(when->zone, &when->civil) + when->ms;
}

static void set_date(struct parsed *when, const struct civil *date)
{
	when->civil.year = date->year;
	when->civil.month = date->month;
	when->civil.day = date->day;
}

static void set_today(struct parsed *when, int64_t now)
{
	struct civil date;

	if (when->has_offset)
		zone_civil("UTC", now + when->offset, &date);
	else
		zone_civil(when->zone, now, &date);
	set_date(when, &date);
}

/* Days of the calendar, whatever their length in the zone. */
static void move_days(struct parsed *when, int days)
{
	struct civil noon = when->civil, date;

	noon.hour = 12;
	noon.minute = 0;
	noon.second = 0;
	zone_civil("UTC", zone_moment("UTC", &noon) + (int64_t)days * DAY, &date);
	set_date(when, &date);
}

/* 30 February comes back as a day of March. */
static bool date_exists(const struct parsed *when)
{
	struct parsed same = *when;

	move_days(&same, 0);
	return same.civil.month == when->civil.month && same.civil.day == when->civil.day;
}

/* ---- reading ---- */

static bool read_date(const char **p, struct parsed *when)
{
	struct civil *civil = &when->civil;

	when->has_date = digits(p, 4, 1, 9999, &civil->year) && take(p, '-') &&
			 digits(p, 2, 1, 12, &civil->month) && take(p, '-') &&
			 digits(p, 2, 1, 31, &civil->day) && date_exists(when);
	return when->has_date;
}

/* What follows a full stop: milliseconds, further digits are passed over. */
static bool read_fraction(const char **p, struct parsed *when)
{
	int scale = 100;

	if (**p < '0' || **p > '9')
		return false;
	for (; **p >= '0' && **p <= '9'; (*p)++, scale /= 10)
		when->ms += (**p - '0') * scale;
	return true;
}

static bool read_time(const char **p, struct parsed *when)
{
	struct civil *civil = &when->civil;

	if (!digits(p, 2, 0, 23, &civil->hour) || !take(p, ':') ||
	    !digits(p, 2, 0, 59, &civil->minute))
		return false;
	when->has_time = true;
	if (!take(p, ':'))
		return true;
	if (!digits(p, 2, 0, 59, &civil->second))
		return false;
	return !take(p, '.') || read_fraction(p, when);
}

/* "z", "+09:00", "+0900" or "+09". */
static bool read_offset(const char **p, struct parsed *when)
{
	bool west = **p == '-';
	int hours, minutes = 0;

	when->has_offset = true;
	if (take(p, 'z'))
		return true;
	if (!take(p, '+') && !take(p, '-'))
		return false;
	if (!digits(p, 2, 0, 23, &hours))
		return false;
	if ((take(p, ':') || **p) && !digits(p, 2, 0, 59, &minutes))
		return false;
	when->offset = (int64_t)(hours * 60 + minutes) * (west ? -MINUTE : MINUTE);
	return true;
}

/* What stands between a date and a time: "t", or a space if digits follow. */
static bool take_join(const char **p)
{
	if ((*p)[0] == ' ' && (*p)[1] >= '0' && (*p)[1] <= '9')
		return take(p, ' ');
	return take(p, 't');
}

static bool read_when(const char *text, struct parsed *when)
{
	const char *p = text;

	if (text[0] && text[1] && text[2] == ':') {
		if (!read_time(&p, when))
			return false;
	} else if (!read_date(&p, when) || (take_join(&p) && !read_time(&p, when))) {
		return false;
	}
	take(&p, ' ');
	return *p == '\0' || (read_offset(&p, when) && *p == '\0');
}

/* "-2h": so long ago. */
static bool read_ago(const char *text, int64_t now, int64_t *ms)
{
	static const struct {
		char letter;
		int64_t ms;
	} units[] = { { 'm', MINUTE }, { 'h', 60 * MINUTE }, { 'd', DAY }, { 'w', 7 * DAY } };
	size_t len = strlen(text);
	int64_t count = 0;

	if (text[0] != '-' || len < 3 || len > 8)
		return false;
	for (size_t i = 1; i < len - 1; i++) {
		if (text[i] < '0' || text[i] > '9')
			return false;
		count = count * 10 + (text[i] - '0');
	}
	for (size_t i = 0; i < ARRAY_LEN(units); i++) {
		if (units[i].letter != text[len - 1] || count > MAX_AGO)
			continue;
		*ms = now - count * units[i].ms;
		return true;
	}
	return false;
}

/* A day that was named by a word. */
static bool read_word(const char *text, int64_t now, struct parsed *when)
{
	bool yesterday = str_same(text, "yesterday");

	if (!yesterday && !str_same(text, "today"))
		return false;
	set_today(when, now);
	move_days(when, yesterday ? -1 : 0);
	when->has_date = true;
	return true;
}

/* ---- meaning ---- */

/* The last one that has passed, or the next to come. */
static int64_t time_alone(struct parsed *when, enum when_side side, int64_t now)
{
	int64_t ms;

	set_today(when, now);
	ms = moment(when);
	if (side == WHEN_NEXT ? ms > now : ms <= now)
		return ms;
	move_days(when, side == WHEN_NEXT ? 1 : -1);
	return moment(when);
}

static int64_t resolve(struct parsed *when, enum when_side side, int64_t now)
{
	if (!when->has_date)
		return time_alone(when, side, now);
	if (!when->has_time && side != WHEN_SINCE)
		move_days(when, 1);
	return moment(when);
}

static bool understand(const char *text, enum when_side side, int64_t now, const char *zone,
		       int64_t *ms)
{
	struct parsed when = { .zone = zone }, word = when;

	if (str_same(text, "now")) {
		*ms = now;
		return true;
	}
	if (read_ago(text, now, ms))
		return true;
	if (read_word(text, now, &word)) {
		*ms = resolve(&word, side, now);
		return true;
	}
	if (!read_when(text, &when))
		return false;
	*ms = resolve(&when, side, now);
	return true;
}

/* Folded, so that full-width digits and capital letters are understood, and without blanks
 * around. */
static void add_trimmed(struct str *out, const char *text)
{
	struct str folded = STR_INIT;
	const char *p;

	utf8_add_folded(&folded, text, strlen(text));
	p = folded.buf + strspn(folded.buf, " \t\n");
	str_add(out, p);
	while (out->len > 0 && strchr(" \t\n", out->buf[out->len - 1]))
		str_truncate(out, out->len - 1);
	str_release(&folded);
}

bool when_parse(const char *text, enum when_side side, int64_t now, const char *zone, int64_t *ms,
		struct err *err)
{
	struct str plain = STR_INIT, shown = STR_INIT;
	bool ok = false;

	if (strnlen(text, MAX_TEXT + 1) <= MAX_TEXT) {
		add_trimmed(&plain, text);
		ok = understand(plain.buf, side, now, zone, ms);
	}
	if (!ok) {
		utf8_add_quoted(&shown, text);
		err_set(err, ERR_USAGE,
			"%s is no time: try 2017-06-30T19:00, 2017-06-30, 19:00, yesterday or -2h",
			shown.buf);
	}
	str_release(&plain);
	str_release(&shown);
	return ok;
}
