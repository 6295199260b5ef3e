#include "archive/curate/timetable-parts.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "archive/base/mem.h"
#include "archive/base/str.h"
#include "archive/text/utf8.h"

#define DAY_MS	   INT64_C(86400000)
#define WIDE_SLASH "／"
#define WIDE_SPACE "　"

bool timetable_fail(struct err *err, size_t line, const char *format, ...)
{
	char said[400];
	va_list args;

	va_start(args, format);
	vsnprintf(said, sizeof(said), format, args);
	va_end(args);
	return err_set(err, ERR_MALFORMED, "line %zu: %s", line, said);
}

/* ---- texts ---- */

static void trim(struct str *text)
{
	while (text->len > 0) {
		if (strchr(TIMETABLE_BLANKS, text->buf[text->len - 1]))
			str_truncate(text, text->len - 1);
		else if (str_ends(text->buf, WIDE_SPACE))
			str_truncate(text, text->len - strlen(WIDE_SPACE));
		else
			break;
	}
}

const char *timetable_text(struct timetable *timetable, const char *text, size_t len)
{
	struct str plain = STR_INIT;
	const char *from, *copy = NULL;

	utf8_add_plain(&plain, text, len, true);
	trim(&plain);
	from = plain.buf;
	while (*from && (strchr(TIMETABLE_BLANKS, *from) || str_starts(from, WIDE_SPACE)))
		from += strchr(TIMETABLE_BLANKS, *from) ? 1 : strlen(WIDE_SPACE);
	if (*from)
		copy = arena_strdup(&timetable->arena, from);
	str_release(&plain);
	return copy;
}

/* Where the last of the marks between title and speaker stands; its bytes in *mark. */
static const char *find_mark(const char *words, size_t len, size_t *mark)
{
	const char *found = NULL;

	for (const char *p = words + 1; p < words + len; p++) {
		size_t left = (size_t)(words + len - p), bytes = 0;

		if (*p == '\t' || (left > 2 && *p == '/' && p[-1] == ' ' && p[1] == ' '))
			bytes = 1;
		else if (left > 3 && memcmp(p, WIDE_SLASH, 3) == 0)
			bytes = 3;
		if (!bytes)
			continue;
		found = p;
		*mark = bytes;
	}
	return found;
}

static bool grow(struct timetable *timetable, size_t line, struct err *err)
{
	if (timetable->count == TIMETABLE_MAX_TALKS)
		return timetable_fail(err, line, "more than %d talks: give a timetable a day",
				      TIMETABLE_MAX_TALKS);
	if (timetable->count < timetable->room)
		return true;
	timetable->room = timetable->room ? 2 * timetable->room : 16;
	timetable->talks = xreallocarray(timetable->talks, timetable->room,
					 sizeof(*timetable->talks));
	return true;
}

bool timetable_add(struct timetable *timetable, size_t line, int64_t starts, const char *words,
		   size_t len, struct talk **added, struct err *err)
{
	struct talk talk = { .starts = starts, .line = line };
	size_t mark = 0;
	const char *slash;

	if (!grow(timetable, line, err))
		return false;
	while (len > 0 && strchr(TIMETABLE_BLANKS, words[len - 1]))
		len--;
	slash = len > 1 ? find_mark(words, len, &mark) : NULL;
	talk.title = timetable_text(timetable, words, slash ? (size_t)(slash - words) : len);
	if (slash)
		talk.speaker = timetable_text(timetable, slash + mark,
					      len - (size_t)(slash - words) - mark);
	if (!talk.title)
		return timetable_fail(err, line,
				      "no title behind the time: write 19:00 title / speaker");
	if (strlen(talk.title) > TIMETABLE_MAX_TEXT ||
	    (talk.speaker && strlen(talk.speaker) > TIMETABLE_MAX_TEXT))
		return timetable_fail(err, line,
				      "more than %d bytes of title or speaker: shorten it",
				      TIMETABLE_MAX_TEXT);
	timetable->talks[timetable->count] = talk;
	*added = &timetable->talks[timetable->count++];
	return true;
}

/* ---- days ---- */

void timetable_move_days(struct civil *date, int days)
{
	struct civil noon = {
		.year = date->year, .month = date->month, .day = date->day, .hour = 12
	};

	zone_civil("UTC", zone_moment("UTC", &noon) + (int64_t)days * DAY_MS, &noon);
	date->year = noon.year;
	date->month = noon.month;
	date->day = noon.day;
}

bool timetable_date_exists(const struct civil *date)
{
	struct civil same = *date;

	if (date->year < TIMETABLE_FIRST_YEAR || date->year > TIMETABLE_LAST_YEAR ||
	    date->month < 1 || date->month > 12 || date->day < 1 || date->day > 31)
		return false;
	timetable_move_days(&same, 0);
	return same.month == date->month && same.day == date->day;
}

/* ---- bytes ---- */

bool timetable_check_bytes(const char *bytes, size_t len, struct err *err)
{
	size_t line = 1;

	if (utf8_valid(bytes, len) && !memchr(bytes, '\0', len))
		return true;
	for (const char *p = bytes; p < bytes + len; line++) {
		size_t left = len - (size_t)(p - bytes);
		const char *end = memchr(p, '\n', left);
		size_t width = end ? (size_t)(end - p) : left;

		if (!utf8_valid(p, width) || memchr(p, '\0', width))
			break;
		p += width + 1;
	}
	return timetable_fail(err, line, "it is not UTF-8: save the timetable as UTF-8");
}
