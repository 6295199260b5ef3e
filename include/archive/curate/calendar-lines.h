/*
 * An iCalendar file on its way to the library that reads it: unfolded (RFC 5545 section 3.1), and
 * without whatever a timetable does not need, so that size, nesting and numbers are bounded before
 * the library sees them. This room's own header, for no other room.
 */
#ifndef ARCHIVE_CURATE_CALENDAR_LINES_H
#define ARCHIVE_CURATE_CALENDAR_LINES_H

#include <stddef.h>

#include "archive/base/str.h"

#define CALENDAR_MAX_EVENTS 5000

struct calendar_lines {
	struct str text;
	size_t *events; /* the lines of the file where the VEVENTs of a VCALENDAR begin */
	size_t count, room;
};

/* ERR_MALFORMED names the line. Released by the caller in any case. */
MUST_CHECK bool calendar_lines_read(struct calendar_lines *out, const char *text, struct err *err);
void calendar_lines_release(struct calendar_lines *lines);

#endif
