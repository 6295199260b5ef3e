/* Timetables, as lines and as a calendar: what is read is in order, safe and within bounds; what is
 * not is refused with a sentence. The bytes are tried as they are, and as the inside of a VEVENT.
 */
#include <stdlib.h>
#include <string.h>

#include "archive/base/mem.h"
#include "archive/base/str.h"
#include "archive/curate/timetable.h"
#include "archive/text/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

static void demand(bool holds)
{
	if (!holds)
		abort();
}

static void check_text(const char *text)
{
	struct str plain = STR_INIT;

	utf8_add_plain(&plain, text, strlen(text), true);
	demand(*text && strlen(text) <= TIMETABLE_MAX_TEXT && str_same(plain.buf, text));
	str_release(&plain);
}

static void check(const struct timetable *timetable)
{
	demand(timetable->count > 0 && timetable->count <= TIMETABLE_MAX_TALKS);
	for (size_t i = 0; i < timetable->count; i++) {
		const struct talk *talk = &timetable->talks[i];

		demand(i == 0 || talk->starts > talk[-1].starts);
		check_text(talk->title);
		if (talk->speaker)
			check_text(talk->speaker);
	}
}

static void try(const char *bytes, size_t len)
{
	const struct timetable_days days = { .zone = "Asia/Tokyo",
					     .first = INT64_C(1793352600000),
					     .last = INT64_C(1793365200000) };
	struct timetable timetable;
	struct err err = { 0 };

	if (timetable_read(&timetable, bytes, len, &days, &err)) {
		check(&timetable);
		timetable_release(&timetable);
	} else {
		demand(err.code == ERR_MALFORMED && *err.msg);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	const char *text = (const char *)bytes;
	struct str calendar = STR_INIT;

	try(text, len);
	str_add(&calendar, "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20261030T100000Z\n");
	str_add_n(&calendar, text, len);
	str_add(&calendar, "\nEND:VEVENT\nEND:VCALENDAR\n");
	try(calendar.buf, calendar.len);
	str_release(&calendar);
	return 0;
}
