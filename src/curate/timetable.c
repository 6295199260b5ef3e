#include "archive/curate/timetable-parts.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "archive/base/mem.h"
#include "archive/base/str.h"
#include "archive/text/utf8.h"

#define BYTE_ORDER_MARK "\xEF\xBB\xBF"

static int by_start(const void *a, const void *b)
{
	const struct talk *x = a, *y = b;

	if (x->starts != y->starts)
		return x->starts < y->starts ? -1 : 1;
	return x->line < y->line ? -1 : x->line > y->line;
}

static bool order(struct timetable *timetable, struct err *err)
{
	struct str shown = STR_INIT;
	bool ok = true;

	if (timetable->count == 0)
		return err_set(
			err, ERR_MALFORMED,
			"the timetable holds no talk: write lines such as 19:00 title / speaker");
	qsort(timetable->talks, timetable->count, sizeof(*timetable->talks), by_start);
	for (size_t i = 1; ok && i < timetable->count; i++) {
		const struct talk *talk = &timetable->talks[i];

		if (talk->starts != talk[-1].starts)
			continue;
		utf8_add_quoted(&shown, talk[-1].title);
		ok = timetable_fail(err, talk->line,
				    "%s of line %zu begins at the same time: leave one of them out",
				    shown.buf, talk[-1].line);
	}
	str_release(&shown);
	return ok;
}

static bool is_calendar(const char *text)
{
	return strncasecmp(text + strspn(text, TIMETABLE_BLANKS), "BEGIN:VCALENDAR",
			   strlen("BEGIN:VCALENDAR")) == 0;
}

bool timetable_read(struct timetable *out, const char *bytes, size_t len,
		    const struct timetable_days *days, struct err *err)
{
	char *copy;
	const char *text;
	bool ok;

	*out = (struct timetable){ 0 };
	if (len > TIMETABLE_MAX_BYTES)
		return err_set(err, ERR_MALFORMED,
			       "no timetable has more than %d bytes: is it the right file?",
			       TIMETABLE_MAX_BYTES);
	copy = xstrndup(bytes, len);
	text = copy + (str_starts(copy, BYTE_ORDER_MARK) ? strlen(BYTE_ORDER_MARK) : 0);
	if (is_calendar(text) && strlen(copy) == len)
		ok = timetable_read_calendar(out, text, days, err);
	else
		ok = timetable_check_bytes(bytes, len, err) &&
		     timetable_read_lines(out, text, days, err);
	ok = ok && order(out, err);
	free(copy);
	if (!ok)
		timetable_release(out);
	return ok;
}

void timetable_release(struct timetable *timetable)
{
	free(timetable->talks);
	arena_release(&timetable->arena);
	*timetable = (struct timetable){ 0 };
}
