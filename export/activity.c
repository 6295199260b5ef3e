#include "archive/export/activity.h"

#include <stdio.h>
#include <string.h>

#include "archive/base/mem.h"
#include "archive/base/zone.h"

#define MINUTE_MS  INT64_C(60000)
#define DAY	   INT64_C(1440) /* minutes */
#define LEVELS	   7
#define WORDS_MAX  12 /* numbers that can be listened to */
#define BARS_LEAST 3

/* The last moment before ms at which the zone's clock shows a multiple of so many minutes; of a day
 * or more: midnight. */
static int64_t aligned(const char *zone, int64_t ms, int64_t minutes)
{
	struct civil c;
	int64_t since_midnight;
	int64_t step = minutes < DAY ? minutes : DAY;

	zone_civil(zone, ms, &c);
	since_midnight = (int64_t)c.hour * 60 + c.minute;
	return ms - ms % MINUTE_MS - since_midnight % step * MINUTE_MS;
}

void activity_plan(struct activity *activity, const char *zone, int64_t first, int64_t last)
{
	static const int64_t steps[] = {
		1, 2, 3, 5, 10, 15, 20, 30, 60, 120, 180, 360, DAY / 2, DAY
	};
	size_t step = 0;

	*activity = (struct activity){ 0 };
	if (first <= 0 || last < first)
		return;
	for (int64_t minutes = steps[0];;) {
		activity->start = aligned(zone, first, minutes);
		activity->width = minutes * MINUTE_MS;
		if ((last - activity->start) / activity->width < ACTIVITY_BARS)
			break;
		step++;
		minutes = step < ARRAY_LEN(steps) ? steps[step] : minutes * 2;
	}
	activity->count = (size_t)((last - activity->start) / activity->width) + 1;
	if (activity->count < BARS_LEAST)
		activity->count = 0;
}

static int64_t highest(const struct activity *activity)
{
	int64_t most = 0;

	for (size_t i = 0; i < activity->count; i++)
		most = activity->posts[i] > most ? activity->posts[i] : most;
	return most;
}

bool activity_has_shape(const struct activity *activity)
{
	return activity->count > 0 && highest(activity) > 0;
}

static bool begins_talk(const struct activity *activity, size_t bar)
{
	int64_t from = activity->start + (int64_t)bar * activity->width;

	for (size_t i = 0; i < activity->talk_count; i++)
		if (activity->talks[i] >= from && activity->talks[i] - from < activity->width)
			return true;
	return false;
}

void activity_add_bars(struct str *out, const struct activity *activity)
{
	static const char *const bars[LEVELS + 1] = { "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█" };
	int64_t most = highest(activity);

	for (size_t i = 0; i < activity->count; i++) {
		double share = most > 0 ? (double)activity->posts[i] / (double)most : 0;
		int level = activity->posts[i] > 0 ? 1 + (int)(share * (LEVELS - 1)) : 0;

		str_add(out, begins_talk(activity, i) ? "|" : "");
		str_add(out, bars[level]);
	}
}

/* So much of an ISO time says its hour, day, month, year. */
static const size_t units[] = { 13, 10, 7, 4 };

static void format_bar(const struct activity *activity, const char *zone, size_t bar,
		       char iso[ZONE_ISO_SIZE])
{
	zone_format_iso(zone, activity->start + (int64_t)bar * activity->width, iso);
}

/* The bars from *bar on that are of one unit of time, and its name; *bar moves behind them. */
static int64_t take_unit(const struct activity *activity, const char *zone, size_t unit,
			 size_t *bar, char iso[ZONE_ISO_SIZE])
{
	char next[ZONE_ISO_SIZE];
	int64_t posts = 0;

	format_bar(activity, zone, *bar, iso);
	do {
		posts += activity->posts[*bar];
		*bar += 1;
		format_bar(activity, zone, *bar, next);
	} while (*bar < activity->count && memcmp(iso, next, unit) == 0);
	return posts;
}

static size_t count_units(const struct activity *activity, const char *zone, size_t unit)
{
	char iso[ZONE_ISO_SIZE];
	size_t count = 0;

	for (size_t bar = 0; bar < activity->count;)
		count += take_unit(activity, zone, unit, &bar, iso) > 0;
	return count;
}

static void add_units(struct str *out, const struct activity *activity, const char *zone,
		      const struct language *language, size_t unit)
{
	char iso[ZONE_ISO_SIZE];
	char number[24];
	bool begun = false;

	for (size_t bar = 0; bar < activity->count;) {
		int64_t posts = take_unit(activity, zone, unit, &bar, iso);

		if (posts == 0)
			continue;
		snprintf(number, sizeof(number), "%lld", (long long)posts);
		iso[unit] = '\0';
		str_add(out, begun ? language->listed : "");
		if (unit == units[0])
			language_fill(out, language->hour, iso + strlen("2026-06-26T"), number);
		else
			str_addf(out, "%s %s", iso, number);
		begun = true;
	}
}

static void add_talks(struct str *out, const struct activity *activity, const char *zone,
		      const struct language *language)
{
	struct str times = STR_INIT;
	char iso[ZONE_ISO_SIZE];

	for (size_t i = 0; i < activity->talk_count; i++) {
		zone_format_iso(zone, activity->talks[i], iso);
		str_add(&times, i > 0 ? language->listed : "");
		str_add_n(&times, iso + strlen("2026-06-26T"), strlen("19:05"));
	}
	if (times.len > 0)
		language_fill(out, language->talks, times.buf, NULL);
	str_release(&times);
}

void activity_add_words(struct str *out, const struct activity *activity, const char *zone,
			const struct language *language)
{
	struct str counts = STR_INIT;
	size_t unit = 0;

	while (unit + 1 < ARRAY_LEN(units) && count_units(activity, zone, units[unit]) > WORDS_MAX)
		unit++;
	add_units(&counts, activity, zone, language, units[unit]);
	language_fill(out, language->activity, counts.buf, NULL);
	add_talks(out, activity, zone, language);
	str_release(&counts);
}
