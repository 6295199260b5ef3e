#include "in-folder.h"

#include "archive/base/mem.h"
#include "archive/base/str.h"
#include "archive/base/zone.h"
#include "archive/curate/timetable.h"

#define EVENING INT64_C(1793352600000) /* 2026-10-30T18:30+09:00 */
#define NIGHT	INT64_C(1793365200000) /* 22:00 */

static const struct timetable_days tokyo = { .zone = "Asia/Tokyo",
					     .first = EVENING,
					     .last = NIGHT };

/* "30T19:00 title [speaker]" for each, in Tokyo; or the sentence. Valid until the next call. */
static const char *read_in(const struct timetable_days *days, const char *text, size_t len)
{
	static struct str out = STR_INIT;
	struct timetable timetable;
	struct err err = { 0 };
	char when[ZONE_ISO_SIZE];

	str_clear(&out);
	if (!timetable_read(&timetable, text, len, days, &err)) {
		assert_int_equal(err.code, ERR_MALFORMED);
		return err.msg[0] ? (str_add(&out, err.msg), out.buf) : NULL;
	}
	for (size_t i = 0; i < timetable.count; i++) {
		const struct talk *talk = &timetable.talks[i];

		zone_format_iso("Asia/Tokyo", talk->starts, when);
		str_addf(&out, "%s%.8s %s", i ? "|" : "", when + 8, talk->title);
		if (talk->speaker)
			str_addf(&out, " [%s]", talk->speaker);
		if (talk->url)
			str_addf(&out, " <%s>", talk->url);
	}
	if (timetable.passed_over > 0)
		str_addf(&out, "|%zu not", timetable.passed_over);
	timetable_release(&timetable);
	return out.buf;
}

#define read_text(text) read_in(&tokyo, text, strlen(text))

struct sample {
	const char *text, *read;
};

static void run(const struct sample *samples, size_t count)
{
	for (size_t i = 0; i < count; i++)
		assert_string_equal(read_text(samples[i].text), samples[i].read);
}

static void lines_as_people_write_them(void **state)
{
	static const struct sample samples[] = {
		{ "19:00 開会", "30T19:00 開会" },
		{ "19:00 TCP/IP入門 / 古賀\n", "30T19:00 TCP/IP入門 [古賀]" },
		{ "19:00 復元 / 実演 / はなだ みのり", "30T19:00 復元 / 実演 [はなだ みのり]" },
		{ "19:00 復元／はなだ", "30T19:00 復元 [はなだ]" },
		{ "19:00\t復元\tはなだ", "30T19:00 復元 [はなだ]" },
		{ "19:00-19:40 復元", "30T19:00 復元" },
		{ "19:00 - 19:40 復元", "30T19:00 復元" },
		{ "19:00～19:40 復元", "30T19:00 復元" },
		{ "19:00〜 復元", "30T19:00 復元" },
		{ "１９：００　復元　／　はなだ", "30T19:00 復元 [はなだ]" },
		{ "9:05 朝", "30T09:05 朝" },
		{ "- 19:00 復元", "30T19:00 復元" },
		{ "\xEF\xBB\xBF"
		  "19:00 a\r\n\r\n# 19:10 b\r\n19:20 c",
		  "30T19:00 a|30T19:20 c" },
		{ "20:00 b\n19:00 a", "30T19:00 a|30T20:00 b" },
		{ "19:00:30 a", "30T19:00 a" },
		{ "19:00 7-8章を読む", "30T19:00 7-8章を読む" },
		{ "19:00 a\x1b[31mb\xE2\x80\xAE", "30T19:00 a[31mb" },
		{ "19:00 a /  ", "30T19:00 a /" },
		{ "19:00 / 古賀", "30T19:00 / 古賀" },
	};

	(void)state;
	run(samples, ARRAY_LEN(samples));
}

static void times_past_midnight_are_of_the_next_day(void **state)
{
	static const struct sample samples[] = {
		{ "24:30 二次会", "31T00:30 二次会" },
		{ "23:30 a\n00:30 b\n01:00 c", "30T23:30 a|31T00:30 b|31T01:00 c" },
		{ "23:30 a\n24:30 b\n25:00 c", "30T23:30 a|31T00:30 b|31T01:00 c" },
		{ "23:30 a\n24:30 b\n01:00 c", "30T23:30 a|31T00:30 b|31T01:00 c" },
		{ "47:59 a", "31T23:59 a" },
	};

	(void)state;
	run(samples, ARRAY_LEN(samples));
}

static void dates_alone_or_before_the_time(void **state)
{
	static const struct sample samples[] = {
		{ "2026-10-31\n19:00 a", "31T19:00 a" },
		{ "10/31（土）\n10:00 a\n11/1(日):\n10:00 b", "31T10:00 a|01T10:00 b" },
		{ "2026年10月29日 19:00 a", "29T19:00 a" },
		{ "10月31日 19:00 a\n20:00 b", "31T19:00 a|31T20:00 b" },
		{ "2026-10-31T19:00 a", "31T19:00 a" },
		{ "2026/10/30\n23:00 a\n2026/10/31\n00:30 b", "30T23:00 a|31T00:30 b" },
	};

	(void)state;
	run(samples, ARRAY_LEN(samples));
}

static void a_date_without_year_is_the_nearest(void **state)
{
	const struct timetable_days new_year = { .zone = "Asia/Tokyo",
						 .first = INT64_C(
							 1798700400000), /* 2026-12-31T15:00 */
						 .last = INT64_C(1798700400000) };
	struct timetable timetable;
	struct err err = { 0 };
	char when[ZONE_ISO_SIZE];

	(void)state;
	assert_true(timetable_read(&timetable, "1/1 00:00 a", 11, &new_year, &err));
	zone_format_iso("Asia/Tokyo", timetable.talks[0].starts, when);
	assert_string_equal(when, "2027-01-01T00:00:00+09:00");
	timetable_release(&timetable);
}

static void a_mistake_names_its_line_and_the_cure(void **state)
{
	static const struct sample samples[] = {
		{ "", "the timetable holds no talk: write lines such as 19:00 title / speaker" },
		{ "# nothing\n\n",
		  "the timetable holds no talk: write lines such as 19:00 title / speaker" },
		{ "19:00 a\nbreak", "line 2: 'break' does not begin with a time: write 19:00 title "
				    "/ speaker, or # before a remark" },
		{ "19:00", "line 1: no title behind the time: write 19:00 title / speaker" },
		{ "19:60 a", "line 1: there is no such time of day: 00:00 to 23:59, and on to "
			     "47:59 for the night behind it" },
		{ "48:00 a", "line 1: there is no such time of day: 00:00 to 23:59, and on to "
			     "47:59 for the night behind it" },
		{ "2026-02-30\n19:00 a", "line 1: there is no day 2026-02-30: mend the date" },
		{ "19:00 a\n19:10 b\n19:00 c",
		  "line 3: 'a' of line 1 begins at the same time: leave one of them out" },
		{ "19:00 a\n19:10 \x8b\xc3",
		  "line 2: it is not UTF-8: save the timetable as UTF-8" },
	};

	(void)state;
	run(samples, ARRAY_LEN(samples));
	assert_string_equal(read_in(&tokyo, "1\0009:00 a", 8),
			    "line 1: it is not UTF-8: save the timetable as UTF-8");
}

static void sizes_are_bounded(void **state)
{
	struct str text = STR_INIT;

	(void)state;
	for (int i = 0; i <= TIMETABLE_MAX_TALKS; i++)
		str_addf(&text, "2026-10-%02d %02d:%02d a\n", 1 + i / 60, i / 30 % 2, i % 30);
	assert_string_equal(read_text(text.buf),
			    "line 501: more than 500 talks: give a timetable a day");
	str_clear(&text);
	str_add(&text, "19:00 ");
	for (int i = 0; i < 200; i++)
		str_add(&text, "長");
	assert_string_equal(read_text(text.buf),
			    "line 1: more than 400 bytes of title or speaker: shorten it");
	while (text.len < 5000)
		str_add_char(&text, 'a');
	assert_string_equal(read_text(text.buf),
			    "line 1: more than 4096 bytes: it is no timetable");
	while (text.len <= TIMETABLE_MAX_BYTES)
		str_add(&text, "#############################################################\n");
	assert_string_equal(read_text(text.buf),
			    "no timetable has more than 1048576 bytes: is it the right file?");
	str_release(&text);
}

/* ---- iCalendar ---- */

#define CALENDAR(inside) "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n" inside "END:VCALENDAR\r\n"
#define EVENT(inside)	 "BEGIN:VEVENT\r\n" inside "END:VEVENT\r\n"
#define AT(time, title)	 EVENT("DTSTART" time "\r\nSUMMARY:" title "\r\n")

static void events_of_a_calendar(void **state)
{
	static const struct sample samples[] = {
		{ CALENDAR(AT(";TZID=Asia/Tokyo:20261030T195200", "b / 古賀")
				   AT(":20261030T101200Z", "a")),
		  "30T19:12 a|30T19:52 b [古賀]" },
		{ CALENDAR(AT(":20261030T191200", "of the zone that was given")),
		  "30T19:12 of the zone that was given" },
		{ CALENDAR(AT(";TZID=Europe/Berlin:20261030T111200", "summer is over")),
		  "30T19:12 summer is over" },
		{ CALENDAR(AT(";TZID=/a.example/1/Asia/Tokyo:20261030T191200", "a")),
		  "30T19:12 a" },
		{ CALENDAR("BEGIN:VTIMEZONE\r\nTZID:Tokyo Standard "
			   "Time\r\nBEGIN:STANDARD\r\nDTSTART:16010101T000000\r\n"
			   "TZOFFSETFROM:+0900\r\nTZOFFSETTO:+0900\r\nEND:STANDARD\r\nEND:"
			   "VTIMEZONE\r\n" AT(";TZID=Tokyo Standard Time:20261030T191200", "a")),
		  "30T19:12 a" },
		{ CALENDAR(EVENT("DTSTART:20261030T101200Z\r\nSUMMARY:復元\\, "
				 "実演\r\nORGANIZER;CN=はなだ:mailto:h@a.example\r\n"
				 "URL:https://slides.example/a\r\n")),
		  "30T19:12 復元, 実演 [はなだ] <https://slides.example/a>" },
		{ CALENDAR(EVENT("DTSTART:20261030T101200Z\r\nSUMMARY:a\r\nORGANIZER;CN=運営:"
				 "mailto:s@a.example\r\n"
				 "ATTENDEE;CN=古賀:mailto:k@a.example\r\nATTENDEE;CN=\"水野 "
				 "そら\":mailto:m@a.example\r\n")),
		  "30T19:12 a [古賀, 水野 そら]" },
		{ CALENDAR(EVENT(
			  "DTSTART:20261030T101200Z\r\nSUMMARY:a\r\nURL:javascript:alert(1)\r\n")),
		  "30T19:12 a" },
		{ CALENDAR(AT(";VALUE=DATE:20261030", "all day") AT(":20261030T101200Z", "a")),
		  "30T19:12 a|1 not" },
		{ CALENDAR(EVENT("DTSTART:20261030T101200Z\r\nSTATUS:CANCELLED\r\nSUMMARY:b\r\n")
				   AT(":20261030T101200Z", "a")),
		  "30T19:12 a|1 not" },
		{ CALENDAR(AT(":20260925T101200Z", "of September") AT(":20261030T101200Z", "a")),
		  "30T19:12 a|1 not" },
		{ CALENDAR(AT(":20261127T101200Z", "of November")), "27T19:12 of November" },
		{ CALENDAR(EVENT("DTSTART:20261030T101200Z\r\nSUMMARY:a\r\nBEGIN:VALARM\r\nSUMMARY:"
				 "bell\r\nEND:VALARM\r\n")),
		  "30T19:12 a" },
		{ CALENDAR(AT(":20261030T101200Z", "a")) CALENDAR(AT(":20261030T111200Z", "b")),
		  "30T19:12 a|30T20:12 b" },
		{ "begin:vcalendar\nbegin:vevent\ndtstart:20261030T101200Z\nsummary:a\nend:"
		  "vevent\nend:vcalendar",
		  "30T19:12 a" },
		{ CALENDAR(EVENT(
			  "DTSTART:20261030T101200Z\r\nSUMMARY:\xE5\xBE\r\n \xA9\xE5\x85\x83\r\n")),
		  "30T19:12 復元" },
	};

	(void)state;
	run(samples, ARRAY_LEN(samples));
}

static void repeated_events_are_those_of_the_day(void **state)
{
	static const struct sample samples[] = {
		{ CALENDAR(EVENT("DTSTART;TZID=Asia/"
				 "Tokyo:20250131T190000\r\nRRULE:FREQ=MONTHLY;BYDAY=-"
				 "1FR\r\nSUMMARY:ssmjp\r\n")),
		  "30T19:00 ssmjp" },
		{ CALENDAR(EVENT(
			  "DTSTART;TZID=Asia/"
			  "Tokyo:20250131T190000\r\nRRULE:FREQ=MONTHLY;BYDAY=-1FR\r\nSUMMARY:b\r\n"
			  "EXDATE;TZID=Asia/Tokyo:20261030T190000\r\n")
				   AT(":20261030T110000Z", "a")),
		  "30T20:00 a|1 not" },
		{ CALENDAR(
			  EVENT("UID:1\r\nDTSTART;TZID=Asia/"
				"Tokyo:20261001T190000\r\nRRULE:FREQ=DAILY\r\nSUMMARY:b\r\n")
				  EVENT("UID:1\r\nRECURRENCE-ID;TZID=Asia/Tokyo:20261030T190000\r\n"
					"DTSTART;TZID=Asia/"
					"Tokyo:20261030T193000\r\nSUMMARY:later\r\n")),
		  "30T19:30 later|1 not" },
		{ CALENDAR(EVENT(
			  "DTSTART:20260101T100000Z\r\nRRULE:FREQ=SECONDLY\r\nSUMMARY:a\r\n")),
		  "line 3: an event that is repeated within a day is no talk: take its RRULE out" },
		{ CALENDAR(EVENT("DTSTART:20260101T100000Z\r\nRRULE:FREQ=YEARLY;BYMONTH=2;"
				 "BYMONTHDAY=30\r\nSUMMARY:never\r\n")),
		  "the timetable holds no talk: write lines such as 19:00 title / speaker" },
	};

	(void)state;
	run(samples, ARRAY_LEN(samples));
}

static void a_mistake_in_a_calendar_names_its_line(void **state)
{
	static const struct sample samples[] = {
		{ CALENDAR(EVENT("DTSTART:20261030T101200Z\r\n")),
		  "line 3: the event has no title: give it a SUMMARY" },
		{ CALENDAR(AT(":20261030T101200Z", "a") AT(":soon", "b")),
		  "line 7: the event has no time that can be read: give it a DTSTART such as "
		  "20261030T190000" },
		{ CALENDAR(EVENT("SUMMARY:a\r\n")),
		  "line 3: the event has no time that can be read: give it a DTSTART such as "
		  "20261030T190000" },
		{ CALENDAR(AT(";TZID=Nowhere:20261030T101200", "a")),
		  "line 3: there is no zone 'Nowhere': Asia/Tokyo and UTC are such names" },
		{ "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n",
		  "line 2: the file ends within a component: is a part missing?" },
		{ CALENDAR("END:VEVENT\r\n"),
		  "line 4: an END without its BEGIN: is a part missing?" },
		{ CALENDAR(""),
		  "the timetable holds no talk: write lines such as 19:00 title / speaker" },
		{ CALENDAR(AT(":20261030T101200Z", "a") AT(":20261030T101200Z", "b")),
		  "line 7: 'a' of line 3 begins at the same time: leave one of them out" },
		{ CALENDAR(AT(":20261030T101200Z", "\xff")),
		  "line 4: it is not UTF-8: save the timetable as UTF-8" },
	};

	(void)state;
	run(samples, ARRAY_LEN(samples));
}

static void a_calendar_is_not_nested_without_end(void **state)
{
	struct str text = STR_INIT;

	(void)state;
	str_add(&text, "BEGIN:VCALENDAR\n");
	for (int i = 0; i < 50000; i++)
		str_add(&text, "BEGIN:VEVENT\n");
	assert_string_equal(read_text(text.buf),
			    "line 9: 9 components within each other: no calendar is like that");
	str_clear(&text);
	str_add(&text, "BEGIN:VCALENDAR\nSUMMARY:");
	for (int i = 0; i < 5000; i++)
		str_add(&text, "a");
	str_add(&text, "\nEND:VCALENDAR\n");
	assert_string_equal(read_text(text.buf), "line 2: more than 4096 bytes: shorten it");
	str_release(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lines_as_people_write_them),
		cmocka_unit_test(times_past_midnight_are_of_the_next_day),
		cmocka_unit_test(dates_alone_or_before_the_time),
		cmocka_unit_test(a_date_without_year_is_the_nearest),
		cmocka_unit_test(a_mistake_names_its_line_and_the_cure),
		cmocka_unit_test(sizes_are_bounded),
		cmocka_unit_test(events_of_a_calendar),
		cmocka_unit_test(repeated_events_are_those_of_the_day),
		cmocka_unit_test(a_mistake_in_a_calendar_names_its_line),
		cmocka_unit_test(a_calendar_is_not_nested_without_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
