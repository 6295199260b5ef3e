/*
 * What the two readers of timetables share: this room's own header, for no other room.
 */
#ifndef ARCHIVE_CURATE_TIMETABLE_PARTS_H
#define ARCHIVE_CURATE_TIMETABLE_PARTS_H

#include "archive/base/zone.h"
#include "archive/curate/timetable.h"

/* From when to when an event may be: what is beyond is a slip of the pen. */
#define TIMETABLE_FIRST_YEAR 1990
#define TIMETABLE_LAST_YEAR  2200
#define TIMETABLE_BLANKS     " \t\r\n"

/* ERR_MALFORMED: "line 3: " and the sentence. */
bool timetable_fail(struct err *err, size_t line, const char *format, ...) PRINTF_LIKE(3, 4);
/* Words is "title / speaker", "title／speaker", with a tab between, or a title alone; strings are
 * made safe and copied. The talk is added at the end. */
MUST_CHECK bool timetable_add(struct timetable *timetable, size_t line, int64_t starts,
			      const char *words, size_t len, struct talk **added, struct err *err);
/* A copy on one line, without blanks around; NULL when nothing is left. */
const char *timetable_text(struct timetable *timetable, const char *text, size_t len);
/* Is there such a day? */
bool timetable_date_exists(const struct civil *date);
/* The date so many days later. */
void timetable_move_days(struct civil *date, int days);

/* UTF-8 without NUL? ERR_MALFORMED names the line where it is not. */
MUST_CHECK bool timetable_check_bytes(const char *bytes, size_t len, struct err *err);

/* The two readers: of lines in UTF-8; of a calendar whose lines may be folded anywhere, even within
 * a character. Text has no NUL but its last. */
MUST_CHECK bool timetable_read_lines(struct timetable *out, const char *text,
				     const struct timetable_days *days, struct err *err);
MUST_CHECK bool timetable_read_calendar(struct timetable *out, const char *text,
					const struct timetable_days *days, struct err *err);

#endif
