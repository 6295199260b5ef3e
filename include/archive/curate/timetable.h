/*
 * The timetable of an event: which talk begins when. Read from lines as people write them, or from
 * an iCalendar file (RFC 5545); which of the two is told by what it holds. Pure.
 *
 * Lines: "19:00 title / speaker", also "19:00-19:40 title", full-width digits and marks, a tab or
 * "／" for " / ", "- " in front. "24:30" and a time that is far before the one above it are after
 * midnight. A date ("2026-10-30", "10/30", "10月30日（金）") stands alone in a line or before the
 * time. Empty lines and those that begin with '#' are passed over.
 *
 * iCalendar: each VEVENT with a time of day is a talk, by DTSTART in its TZID, in UTC, or in the
 * zone given. SUMMARY is "title / speaker" or the title alone, the speaker then who is named by
 * ATTENDEE, else by ORGANIZER. Of an event that is repeated those of the event's days count.
 * All-day and cancelled ones are passed over.
 */
#ifndef ARCHIVE_CURATE_TIMETABLE_H
#define ARCHIVE_CURATE_TIMETABLE_H

#include "archive/base/arena.h"

#define TIMETABLE_MAX_BYTES (1 << 20)
#define TIMETABLE_MAX_TALKS 500
#define TIMETABLE_MAX_TEXT  400 /* bytes of a title or a speaker */

struct talk {
	int64_t starts; /* UTC ms */
	const char *title;
	const char *speaker; /* NULL = not told */
	const char *url;     /* of its slides, link_safe_web(); NULL = not told */
	size_t line;	     /* where it stands in the file, from 1 */
};

struct timetable {
	struct arena arena;
	struct talk *talks; /* by start; no two at once */
	size_t count, room;
	size_t passed_over; /* events without a time of day, cancelled, or on other days */
};

/* When the event is, for what the timetable leaves open. */
struct timetable_days {
	const char *zone;    /* zone_known() */
	int64_t first, last; /* a moment of its first day and one of its last, UTC ms */
};

/* ERR_MALFORMED names the line and the cure. out is zeroed before; released by the caller when it
 * was read. */
MUST_CHECK bool timetable_read(struct timetable *out, const char *bytes, size_t len,
			       const struct timetable_days *days, struct err *err);
void timetable_release(struct timetable *timetable);

#endif
