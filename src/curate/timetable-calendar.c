#include "archive/curate/timetable-parts.h"

#include <libical/ical.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "archive/base/mem.h"
#include "archive/base/str.h"
#include "archive/curate/calendar-lines.h"
#include "archive/text/link.h"
#include "archive/text/utf8.h"

#define HOUR_MS	      INT64_C(3600000)
#define NIGHT_HOURS   6	     /* what begins so long after the last day belongs to it */
#define MAX_REPEATED  200000 /* days of more than five hundred years */
#define MAX_ATTENDEES 4	     /* more are the audience */

struct calendar {
	struct timetable *out;
	const struct timetable_days *days;
	const struct calendar_lines *lines;
	icalcomponent *root;
	size_t index;	  /* of the event among all */
	int64_t from, to; /* the event's days */
};

/* Where the civil time of a property counts. */
struct place {
	const char *zone;
	int64_t offset; /* ms east of UTC: of a zone that the file itself tells */
};

/* ---- zones ---- */

/* "/vendor.example/20260101/Asia/Tokyo" names a zone at its end. */
static const char *known_zone(const char *id)
{
	while (id && *id) {
		if (zone_known(id))
			return id;
		id = strchr(id, '/');
		id = id ? id + 1 : NULL;
	}
	return NULL;
}

/* The one offset that a VTIMEZONE has all the year. false: it has none, or several. */
static bool only_offset(icalcomponent *zone, int64_t *offset)
{
	bool found = false;

	for (icalcomponent *part = icalcomponent_get_first_component(zone, ICAL_ANY_COMPONENT);
	     part; part = icalcomponent_get_next_component(zone, ICAL_ANY_COMPONENT)) {
		icalproperty *to = icalcomponent_get_first_property(part, ICAL_TZOFFSETTO_PROPERTY);
		int64_t ms = to ? icalproperty_get_tzoffsetto(to) * INT64_C(1000) : 0;

		if (!to || (found && ms != *offset) || ms > 24 * HOUR_MS || ms < -24 * HOUR_MS)
			return false;
		*offset = ms;
		found = true;
	}
	return found;
}

static bool told_by_file(icalcomponent *calendar, const char *id, struct place *out)
{
	for (icalcomponent *zone =
		     icalcomponent_get_first_component(calendar, ICAL_VTIMEZONE_COMPONENT);
	     zone; zone = icalcomponent_get_next_component(calendar, ICAL_VTIMEZONE_COMPONENT)) {
		icalproperty *name = icalcomponent_get_first_property(zone, ICAL_TZID_PROPERTY);

		if (!name || !str_same(icalproperty_get_tzid(name), id))
			continue;
		out->zone = "UTC";
		return only_offset(zone, &out->offset);
	}
	return false;
}

static bool place_of(const struct calendar *calendar, icalcomponent *event, icalproperty *property,
		     struct icaltimetype time, size_t line, struct place *out, struct err *err)
{
	icalparameter *tzid = icalproperty_get_first_parameter(property, ICAL_TZID_PARAMETER);
	const char *id = tzid ? icalparameter_get_tzid(tzid) : NULL;
	struct str shown = STR_INIT;

	*out = (struct place){ .zone = calendar->days->zone };
	if (icaltime_is_utc(time))
		out->zone = "UTC";
	if (icaltime_is_utc(time) || !id)
		return true;
	out->zone = known_zone(id);
	if (out->zone || told_by_file(icalcomponent_get_parent(event), id, out))
		return true;
	utf8_add_quoted(&shown, id);
	timetable_fail(err, line, "there is no zone %s: Asia/Tokyo and UTC are such names",
		       shown.buf);
	str_release(&shown);
	return false;
}

/* ---- times ---- */

static bool moment(const struct place *place, struct icaltimetype time, int64_t *ms)
{
	const struct civil civil = { .year = time.year,
				     .month = time.month,
				     .day = time.day,
				     .hour = time.hour,
				     .minute = time.minute,
				     .second = time.second };

	if (!timetable_date_exists(&civil) || civil.hour < 0 || civil.hour > 23 ||
	    civil.minute < 0 || civil.minute > 59 || civil.second < 0 || civil.second > 60)
		return false;
	*ms = zone_moment(place->zone, &civil) - place->offset;
	return true;
}

static bool is_near(const struct calendar *calendar, int64_t ms)
{
	return ms >= calendar->from && ms < calendar->to;
}

static void set_days(struct calendar *calendar)
{
	const struct timetable_days *days = calendar->days;
	struct civil first, last;

	zone_civil(days->zone, days->first, &first);
	zone_civil(days->zone, days->last, &last);
	first.hour = first.minute = first.second = 0;
	last.hour = last.minute = last.second = 0;
	timetable_move_days(&last, 1);
	calendar->from = zone_moment(days->zone, &first);
	calendar->to = zone_moment(days->zone, &last) + NIGHT_HOURS * HOUR_MS;
}

/* ---- words ---- */

/* The name in CN; NULL = not told. */
static const char *person(icalproperty *property)
{
	icalparameter *cn = icalproperty_get_first_parameter(property, ICAL_CN_PARAMETER);
	const char *name = cn ? icalparameter_get_cn(cn) : NULL;

	return name && *name ? name : NULL;
}

static void add_attendees(struct str *out, icalcomponent *event)
{
	size_t count = 0;

	for (icalproperty *one = icalcomponent_get_first_property(event, ICAL_ATTENDEE_PROPERTY);
	     one; one = icalcomponent_get_next_property(event, ICAL_ATTENDEE_PROPERTY)) {
		const char *name = person(one);

		if (!name)
			continue;
		if (++count > MAX_ATTENDEES) {
			str_clear(out);
			return;
		}
		str_addf(out, "%s%s", out->len > 0 ? ", " : "", name);
	}
}

static void set_speaker(struct calendar *calendar, icalcomponent *event, struct talk *talk)
{
	icalproperty *organizer = icalcomponent_get_first_property(event, ICAL_ORGANIZER_PROPERTY);
	struct str names = STR_INIT;

	add_attendees(&names, event);
	if (names.len == 0 && organizer && person(organizer))
		str_add(&names, person(organizer));
	if (names.len <= TIMETABLE_MAX_TEXT)
		talk->speaker = timetable_text(calendar->out, names.buf, names.len);
	str_release(&names);
}

static bool add(struct calendar *calendar, icalcomponent *event, size_t line, int64_t starts,
		struct err *err)
{
	icalproperty *summary = icalcomponent_get_first_property(event, ICAL_SUMMARY_PROPERTY);
	icalproperty *url = icalcomponent_get_first_property(event, ICAL_URL_PROPERTY);
	const char *title = summary ? icalproperty_get_summary(summary) : NULL;
	const char *slides = url ? icalproperty_get_url(url) : NULL;
	struct talk *talk;

	if (!title || !*title)
		return timetable_fail(err, line, "the event has no title: give it a SUMMARY");
	if (!timetable_add(calendar->out, line, starts, title, strlen(title), &talk, err))
		return false;
	if (!talk->speaker)
		set_speaker(calendar, event, talk);
	if (slides && link_safe_web(slides))
		talk->url = arena_strdup(&calendar->out->arena, slides);
	return true;
}

/* ---- events that are repeated ---- */

static bool same_time(struct icaltimetype a, struct icaltimetype b)
{
	return a.year == b.year && a.month == b.month && a.day == b.day &&
	       (b.is_date || (a.hour == b.hour && a.minute == b.minute));
}

/* Taken out by EXDATE, or told anew by an event of the same UID with that RECURRENCE-ID. */
static bool is_excepted(icalcomponent *event, struct icaltimetype time)
{
	const char *uid = icalcomponent_get_uid(event);
	icalcomponent *calendar = icalcomponent_get_parent(event);
	icalcompiter other = icalcomponent_begin_component(calendar, ICAL_VEVENT_COMPONENT);

	for (icalproperty *out = icalcomponent_get_first_property(event, ICAL_EXDATE_PROPERTY); out;
	     out = icalcomponent_get_next_property(event, ICAL_EXDATE_PROPERTY))
		if (same_time(time, icalproperty_get_exdate(out)))
			return true;
	for (; uid && icalcompiter_deref(&other); icalcompiter_next(&other)) {
		icalcomponent *one = icalcompiter_deref(&other);
		icalproperty *id = icalcomponent_get_first_property(one,
								    ICAL_RECURRENCEID_PROPERTY);

		if (id && str_same(uid, icalcomponent_get_uid(one)) &&
		    same_time(time, icalproperty_get_recurrenceid(id)))
			return true;
	}
	return false;
}

static bool may_be_repeated(const struct icalrecurrencetype *rule)
{
	return rule->freq == ICAL_DAILY_RECURRENCE || rule->freq == ICAL_WEEKLY_RECURRENCE ||
	       rule->freq == ICAL_MONTHLY_RECURRENCE || rule->freq == ICAL_YEARLY_RECURRENCE;
}

static bool repeat(struct calendar *calendar, icalcomponent *event, size_t line,
		   struct icaltimetype start, const struct place *place, struct err *err)
{
	icalproperty *property = icalcomponent_get_first_property(event, ICAL_RRULE_PROPERTY);
	struct icalrecurrencetype rule = icalproperty_get_rrule(property);
	icalrecur_iterator *all;
	struct icaltimetype time;
	size_t found = 0;
	bool ok = true;

	if (!may_be_repeated(&rule))
		return timetable_fail(
			err, line,
			"an event that is repeated within a day is no talk: take its RRULE out");
	all = icalrecur_iterator_new(rule, start);
	for (size_t i = 0; ok && all && i < MAX_REPEATED; i++) {
		int64_t ms;

		time = icalrecur_iterator_next(all);
		if (icaltime_is_null_time(time) || !moment(place, time, &ms) || ms >= calendar->to)
			break;
		if (!is_near(calendar, ms) || is_excepted(event, time))
			continue;
		found++;
		ok = add(calendar, event, line, ms, err);
	}
	icalrecur_iterator_free(all);
	calendar->out->passed_over += found == 0;
	return ok;
}

/* ---- events ---- */

static bool is_cancelled(icalcomponent *event)
{
	icalproperty *status = icalcomponent_get_first_property(event, ICAL_STATUS_PROPERTY);

	return status && icalproperty_get_status(status) == ICAL_STATUS_CANCELLED;
}

static bool read_event(struct calendar *calendar, icalcomponent *event, struct err *err)
{
	const size_t index = calendar->index++;
	const size_t line = index < calendar->lines->count ? calendar->lines->events[index] : 0;
	icalproperty *start = icalcomponent_get_first_property(event, ICAL_DTSTART_PROPERTY);
	struct icaltimetype time = start ? icalproperty_get_dtstart(start) : icaltime_null_time();
	struct place place;
	int64_t ms;

	if (start && (time.is_date || is_cancelled(event))) {
		calendar->out->passed_over++;
		return true;
	}
	if (start && !place_of(calendar, event, start, time, line, &place, err))
		return false;
	if (!start || !moment(&place, time, &ms))
		return timetable_fail(
			err, line,
			"the event has no time that can be read: give it a DTSTART such "
			"as 20261030T190000");
	if (icalcomponent_get_first_property(event, ICAL_RRULE_PROPERTY))
		return repeat(calendar, event, line, time, &place, err);
	return add(calendar, event, line, ms, err);
}

static bool read_calendar(struct calendar *calendar, icalcomponent *from, struct err *err)
{
	icalcompiter event = icalcomponent_begin_component(from, ICAL_VEVENT_COMPONENT);

	for (; icalcompiter_deref(&event); icalcompiter_next(&event))
		if (!read_event(calendar, icalcompiter_deref(&event), err))
			return false;
	return true;
}

static bool read_all(struct calendar *calendar, struct err *err)
{
	icalcompiter part;

	if (icalcomponent_isa(calendar->root) == ICAL_VCALENDAR_COMPONENT)
		return read_calendar(calendar, calendar->root, err);
	part = icalcomponent_begin_component(calendar->root, ICAL_VCALENDAR_COMPONENT);
	for (; icalcompiter_deref(&part); icalcompiter_next(&part))
		if (!read_calendar(calendar, icalcompiter_deref(&part), err))
			return false;
	return true;
}

/* A calendar of a whole year has other evenings, too: those of the event's days are meant, unless
 * there are none. */
static void keep_near(struct calendar *calendar)
{
	struct timetable *out = calendar->out;
	size_t near = 0;

	for (size_t i = 0; i < out->count; i++)
		near += is_near(calendar, out->talks[i].starts);
	if (near == 0 || near == out->count)
		return;
	out->passed_over += out->count - near;
	near = 0;
	for (size_t i = 0; i < out->count; i++)
		if (is_near(calendar, out->talks[i].starts))
			out->talks[near++] = out->talks[i];
	out->count = near;
}

bool timetable_read_calendar(struct timetable *out, const char *text,
			     const struct timetable_days *days, struct err *err)
{
	struct calendar_lines lines = { .text = STR_INIT };
	struct calendar calendar = { .out = out, .days = days, .lines = &lines };
	bool ok = calendar_lines_read(&lines, text, err);

	set_days(&calendar);
	icalerror_set_errors_are_fatal(false);
	if (ok)
		calendar.root = icalparser_parse_string(lines.text.buf);
	if (ok && !calendar.root)
		ok = err_set(err, ERR_MALFORMED,
			     "the calendar cannot be read: save it anew as iCalendar (.ics)");
	if (ok)
		ok = read_all(&calendar, err);
	if (ok)
		keep_near(&calendar);
	if (calendar.root)
		icalcomponent_free(calendar.root);
	calendar_lines_release(&lines);
	icalmemory_free_ring();
	return ok;
}
