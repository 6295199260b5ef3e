#include "archive/curate/calendar-lines.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "archive/base/mem.h"
#include "archive/curate/timetable-parts.h"

#define MAX_DEPTH      8
#define MAX_LINE_BYTES 4096 /* of a line that is kept */
#define MAX_KEPT       50000

struct reading {
	struct calendar_lines *out;
	size_t line; /* of the file, where the present one begins */
	size_t kept;
	int depth;
	bool in_calendar[MAX_DEPTH + 1]; /* is the component at that depth a VCALENDAR? */
};

/* What a timetable needs of an event or a zone. */
static const char *const wanted[] = { "BEGIN",	  "END",    "DTSTART", "SUMMARY",   "ORGANIZER",
				      "ATTENDEE", "URL",    "RRULE",   "EXDATE",    "RECURRENCE-ID",
				      "UID",	  "STATUS", "TZID",    "TZOFFSETTO" };

/* Is the line that property? */
static bool names(const char *line, const char *name)
{
	size_t len = strlen(name);

	return strncasecmp(line, name, len) == 0 && (line[len] == ':' || line[len] == ';');
}

static bool is_wanted(const char *line)
{
	for (size_t i = 0; i < ARRAY_LEN(wanted); i++)
		if (names(line, wanted[i]))
			return true;
	return false;
}

static bool has_value(const char *line, const char *value)
{
	const char *colon = strchr(line, ':');

	return colon && strcasecmp(colon + 1, value) == 0;
}

static bool note_event(struct reading *r, struct err *err)
{
	struct calendar_lines *out = r->out;

	if (out->count == CALENDAR_MAX_EVENTS)
		return timetable_fail(err, r->line, "more than %d events: leave out other days",
				      CALENDAR_MAX_EVENTS);
	if (out->count == out->room) {
		out->room = out->room ? 2 * out->room : 32;
		out->events = xreallocarray(out->events, out->room, sizeof(*out->events));
	}
	out->events[out->count++] = r->line;
	return true;
}

static bool begin(struct reading *r, const char *line, struct err *err)
{
	if (r->depth == MAX_DEPTH)
		return timetable_fail(err, r->line,
				      "%d components within each other: no calendar is like that",
				      MAX_DEPTH + 1);
	if (r->in_calendar[r->depth] && has_value(line, "VEVENT") && !note_event(r, err))
		return false;
	r->depth++;
	r->in_calendar[r->depth] = r->depth == 1 && has_value(line, "VCALENDAR");
	return true;
}

static bool end(struct reading *r, struct err *err)
{
	if (r->depth == 0)
		return timetable_fail(err, r->line, "an END without its BEGIN: is a part missing?");
	r->depth--;
	return true;
}

static bool take_line(struct reading *r, struct str *line, struct err *err)
{
	if (!is_wanted(line->buf))
		return true;
	if (line->len > MAX_LINE_BYTES)
		return timetable_fail(err, r->line, "more than %d bytes: shorten it",
				      MAX_LINE_BYTES);
	if (++r->kept > MAX_KEPT)
		return timetable_fail(err, r->line, "too many lines: leave out other days");
	if (names(line->buf, "BEGIN") && !begin(r, line->buf, err))
		return false;
	if (names(line->buf, "END") && !end(r, err))
		return false;
	str_addf(&r->out->text, "%s\r\n", line->buf);
	return true;
}

/* The bytes of the line end at p. */
static size_t line_end(const char *p)
{
	if (p[0] == '\r' && p[1] == '\n')
		return 2;
	return *p != '\0';
}

bool calendar_lines_read(struct calendar_lines *out, const char *text, struct err *err)
{
	struct reading r = { .out = out };
	struct str line = STR_INIT;
	size_t number = 0;
	bool ok = true;

	while (ok && *text) {
		size_t len = strcspn(text, "\r\n");

		number++;
		if (*text == ' ' || *text == '\t') { /* goes on */
			str_add_n(&line, text + 1, len - 1);
		} else {
			ok = take_line(&r, &line, err);
			str_clear(&line);
			str_add_n(&line, text, len);
			r.line = number;
		}
		text += len;
		text += line_end(text);
	}
	ok = ok && take_line(&r, &line, err);
	if (ok && r.depth > 0)
		ok = timetable_fail(err, number,
				    "the file ends within a component: is a part missing?");
	str_release(&line);
	return ok && timetable_check_bytes(out->text.buf, out->text.len, err);
}

void calendar_lines_release(struct calendar_lines *lines)
{
	str_release(&lines->text);
	free(lines->events);
	*lines = (struct calendar_lines){ .text = STR_INIT };
}
