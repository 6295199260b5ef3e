#include "archive/curate/timetable-parts.h"

#include <string.h>

#include "archive/base/mem.h"
#include "archive/base/str.h"
#include "archive/text/utf8.h"

#define LINE_MAX_BYTES 4096
#define LAST_HOUR      47  /* "24:30" and so on: of the night behind the day */
#define HALF_DAY       720 /* minutes */
#define MONTHS_APART   6
#define WIDE_FIRST     0xFF01 /* the full-width forms of '!' to '~' */
#define WIDE_LAST      0xFF5E
#define WIDE_TO_ASCII  0xFEE0

/* One line, read by characters that are the same in full width. */
struct scan {
	const char *p, *end;
};

struct lines {
	struct timetable *out;
	const struct timetable_days *days;
	struct civil first, date; /* date: of the lines that follow */
	int above;		  /* minutes of the day of the time above; -1 = none on this day */
	size_t line;
};

/* ---- characters ---- */

static uint32_t plain(uint32_t c)
{
	switch (c) {
	case 0x3000: /* space */
	case 0x00A0:
	case '\t':
		return ' ';
	case 0x301C: /* wave dash */
	case 0xFF5E:
	case 0x2010:
	case 0x2012:
	case 0x2013:
	case 0x2014:
	case 0x2212:
	case 0x30FC:
		return '-';
	default:
		return c >= WIDE_FIRST && c <= WIDE_LAST ? c - WIDE_TO_ASCII : c;
	}
}

static uint32_t peek(const struct scan *scan)
{
	const char *p = scan->p;

	return p < scan->end ? plain(utf8_next(&p, scan->end)) : 0;
}

static bool take(struct scan *scan, uint32_t c)
{
	if (peek(scan) != c)
		return false;
	utf8_next(&scan->p, scan->end);
	return true;
}

static void skip_blanks(struct scan *scan)
{
	while (take(scan, ' '))
		continue;
}

/* A number of at most max digits; how many there were, 0 = none or more than that. */
static int number(struct scan *scan, int max, int *out)
{
	int digits = 0;

	*out = 0;
	while (peek(scan) >= '0' && peek(scan) <= '9') {
		if (++digits > max)
			return 0;
		*out = *out * 10 + (int)(peek(scan) - '0');
		utf8_next(&scan->p, scan->end);
	}
	return digits;
}

/* ---- dates ---- */

/* "（金）", "(Fri)", "金曜日" is left to whoever reads on. */
static void skip_weekday(struct scan *scan)
{
	struct scan inside = *scan;

	skip_blanks(&inside);
	if (!take(&inside, '('))
		return;
	for (int i = 0; i < 12 && inside.p < inside.end; i++) {
		if (take(&inside, ')')) {
			*scan = inside;
			return;
		}
		utf8_next(&inside.p, inside.end);
	}
}

/* Without a year it is the one that brings it nearest to the event's first day. */
static int guess_year(const struct civil *first, int month)
{
	if (month - first->month > MONTHS_APART)
		return first->year - 1;
	return first->month - month > MONTHS_APART ? first->year + 1 : first->year;
}

/* "2026-10-30", "2026/10/30", "2026年10月30日", "10/30", "10月30日". false: no date begins here,
 * nothing is taken. */
static bool take_date(struct scan *scan, const struct civil *first, struct civil *out)
{
	struct scan s = *scan;
	int year = 0, month, day, digits = number(&s, 4, &month);

	if (digits == 4) {
		year = month;
		if (!take(&s, '-') && !take(&s, '/') && !take(&s, 0x5E74))
			return false;
		digits = number(&s, 2, &month);
	}
	if (!digits || digits > 2)
		return false;
	if (!take(&s, '/') && !take(&s, 0x6708) && !(year && take(&s, '-')))
		return false;
	if (!number(&s, 2, &day))
		return false;
	take(&s, 0x65E5);
	skip_weekday(&s);
	out->year = year ? year : guess_year(first, month);
	out->month = month;
	out->day = day;
	*scan = s;
	return true;
}

/* ---- times ---- */

/* "19:00", "9:30", "24:30", seconds passed over. -1: no time begins here; minutes of the day. */
static int take_time(struct scan *scan)
{
	struct scan s = *scan;
	int hour, minute, second;

	if (!number(&s, 2, &hour) || !take(&s, ':') || number(&s, 2, &minute) != 2)
		return -1;
	if (peek(&s) == ':') {
		struct scan seconds = s;

		take(&seconds, ':');
		if (number(&seconds, 2, &second) == 2)
			s = seconds;
	}
	*scan = s;
	return hour <= LAST_HOUR && minute < 60 ? hour * 60 + minute : LAST_HOUR * 60 + 60;
}

/* The end of a talk is where the next begins: "-19:40" is passed over. */
static void skip_end(struct scan *scan)
{
	struct scan s = *scan;
	bool open; /* nothing is told behind the dash */

	skip_blanks(&s);
	if (!take(&s, '-'))
		return;
	open = peek(&s) == ' ';
	skip_blanks(&s);
	if (take_time(&s) >= 0 || open)
		*scan = s;
}

static int64_t moment(struct lines *lines, int minutes)
{
	struct civil when = lines->date;

	timetable_move_days(&when, minutes / 1440);
	when.hour = minutes / 60 % 24;
	when.minute = minutes % 60;
	return zone_moment(lines->days->zone, &when);
}

static bool no_time(struct lines *lines, const struct scan *scan, struct err *err)
{
	struct str shown = STR_INIT, rest = STR_INIT;

	str_add_n(&rest, scan->p, (size_t)(scan->end - scan->p));
	utf8_add_quoted(&shown, rest.buf);
	timetable_fail(err, lines->line,
		       "%s does not begin with a time: write 19:00 title / speaker, or # before a "
		       "remark",
		       shown.buf);
	str_release(&shown);
	str_release(&rest);
	return false;
}

/* ---- lines ---- */

static bool read_date(struct lines *lines, struct scan *scan, struct err *err)
{
	struct civil date = { 0 };

	if (!take_date(scan, &lines->first, &date))
		return true;
	if (!timetable_date_exists(&date))
		return timetable_fail(err, lines->line,
				      "there is no day %04d-%02d-%02d: mend the date", date.year,
				      date.month, date.day);
	if (date.year != lines->date.year || date.month != lines->date.month ||
	    date.day != lines->date.day)
		lines->above = -1;
	lines->date = date;
	skip_blanks(scan);
	if (!take(scan, ':'))
		take(scan, 'T');
	skip_blanks(scan);
	return true;
}

static bool read_talk(struct lines *lines, struct scan *scan, struct err *err)
{
	const struct scan whole = *scan;
	int minutes = take_time(scan);
	struct talk *added;

	if (minutes < 0)
		return no_time(lines, &whole, err);
	if (minutes > LAST_HOUR * 60 + 59)
		return timetable_fail(
			err, lines->line,
			"there is no such time of day: 00:00 to 23:59, and on to %d:59 "
			"for the night behind it",
			LAST_HOUR);
	if (lines->above - minutes >= HALF_DAY)
		timetable_move_days(&lines->date, 1);
	lines->above = minutes;
	skip_end(scan);
	skip_blanks(scan);
	return timetable_add(lines->out, lines->line, moment(lines, minutes), scan->p,
			     (size_t)(scan->end - scan->p), &added, err);
}

static bool read_line(struct lines *lines, struct scan scan, struct err *err)
{
	if (scan.end - scan.p > LINE_MAX_BYTES)
		return timetable_fail(err, lines->line, "more than %d bytes: it is no timetable",
				      LINE_MAX_BYTES);
	skip_blanks(&scan);
	if (scan.p == scan.end || peek(&scan) == '#')
		return true;
	if (peek(&scan) == '-' || peek(&scan) == '*') { /* an item of a list */
		utf8_next(&scan.p, scan.end);
		skip_blanks(&scan);
	}
	if (!read_date(lines, &scan, err))
		return false;
	return scan.p == scan.end || read_talk(lines, &scan, err);
}

bool timetable_read_lines(struct timetable *out, const char *text,
			  const struct timetable_days *days, struct err *err)
{
	struct lines lines = { .out = out, .days = days, .above = -1 };

	zone_civil(days->zone, days->first, &lines.first);
	lines.date.year = lines.first.year;
	lines.date.month = lines.first.month;
	lines.date.day = lines.first.day;
	while (*text) {
		size_t len = strcspn(text, "\r\n");

		lines.line++;
		if (!read_line(&lines, (struct scan){ text, text + len }, err))
			return false;
		text += len;
		text += (text[0] == '\r' && text[1] == '\n') ? 2 : *text != '\0';
	}
	return true;
}
