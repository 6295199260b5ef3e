#include "archive/cli/chart.h"

#include <stdio.h>
#include <string.h>

#include "archive/base/mem.h"
#include "archive/base/zone.h"
#include "archive/text/utf8.h"

#define BRAILLE	    0x2800
#define DOTS	    4
#define LABEL_SIZE  5
#define LABEL_SPACE 8
#define DAY_MINUTES 1440

struct chart chart_of(int64_t from, int64_t to, int most)
{
	struct chart chart = { .columns = most < CHART_MAX_COLUMNS ? most : CHART_MAX_COLUMNS };
	int64_t minutes;

	chart.from = from / MINUTE_MS * MINUTE_MS;
	chart.to = (to / MINUTE_MS + 1) * MINUTE_MS;
	minutes = (chart.to - chart.from) / MINUTE_MS;
	if (chart.columns < 1)
		chart.columns = 1;
	if (minutes < (int64_t)2 * chart.columns)
		chart.columns = (int)((minutes + 1) / 2);
	return chart;
}

/* Where the place of so many begins. */
static int64_t place_time(const struct chart *chart, int64_t place, int64_t places)
{
	return chart->from + (chart->to - chart->from) * place / places;
}

static int64_t time_place(const struct chart *chart, int64_t time, int64_t places)
{
	return (time - chart->from) * places / (chart->to - chart->from);
}

/* ---- posts ---- */

static int height_of(int64_t posts, int64_t most)
{
	return most == 0 ? 0 : (int)((posts * DOTS + most - 1) / most);
}

/* Unicode 15, Braille Patterns: the bit of each dot, from the lowest up. */
static uint32_t cell(int left, int right)
{
	static const uint8_t dots[2][DOTS] = { { 0x40, 0x04, 0x02, 0x01 },
					       { 0x80, 0x20, 0x10, 0x08 } };
	uint32_t bits = 0;

	for (int i = 0; i < DOTS; i++) {
		bits |= i < left ? dots[0][i] : 0U;
		bits |= i < right ? dots[1][i] : 0U;
	}
	return bits;
}

void chart_histogram(struct str *out, const struct chart *chart, const struct minute *minutes,
		     size_t count)
{
	int64_t counts[2 * CHART_MAX_COLUMNS] = { 0 };
	int64_t most = 0;

	for (size_t i = 0; i < count; i++) {
		int64_t place = time_place(chart, minutes[i].time, 2 * (int64_t)chart->columns);

		if (minutes[i].time < chart->from || minutes[i].time >= chart->to)
			continue;
		counts[place] += minutes[i].posts;
		most = counts[place] > most ? counts[place] : most;
	}
	for (size_t i = 0; i < (size_t)chart->columns; i++) {
		uint32_t bits = cell(height_of(counts[2 * i], most),
				     height_of(counts[2 * i + 1], most));

		utf8_put(out, bits ? BRAILLE + bits : ' ');
	}
}

/* ---- what was read ---- */

static int64_t smaller(int64_t a, int64_t b)
{
	return a < b ? a : b;
}

/* From when to when a span says that all was read. */
static int64_t span_from(const struct span *span)
{
	if (!span->closed)
		return span->bottom_time;
	return span->floor > 0 ? smaller(span->floor, span->bottom_time) : INT64_MIN;
}

/* Nothing stood above its top when it was read. */
static int64_t span_to(const struct span *span)
{
	return span->updated > span->top_time ? span->updated : span->top_time + 1;
}

/* How much of the time was read, ms: spans may lie over one another, newest top first. */
static int64_t time_read(const struct chart_source *source, int64_t from, int64_t to)
{
	int64_t sum = 0;
	int64_t end = to; /* what is above it is counted already */

	for (size_t i = 0; i < source->count; i++) {
		int64_t top = smaller(span_to(&source->spans[i]), end);
		int64_t bottom = span_from(&source->spans[i]);

		if (bottom < from)
			bottom = from;
		if (top <= bottom)
			continue;
		sum += top - bottom;
		end = bottom;
	}
	return sum;
}

static char mark_of(const struct chart_source *source, int64_t from, int64_t to)
{
	int64_t sum = time_read(source, from, to);

	if (sum == to - from)
		return CHART_READ;
	if (sum > 0)
		return CHART_PART;
	if (source->failing || to <= source->reach)
		return CHART_REFUSED;
	return CHART_UNREAD;
}

void chart_coverage(struct str *out, const struct chart *chart, const struct chart_source *source)
{
	for (int i = 0; i < chart->columns; i++) {
		int64_t from = place_time(chart, i, chart->columns);
		int64_t to = place_time(chart, i + 1, chart->columns);
		bool later = source->asked > 0 && from < source->asked && to > source->asked;

		str_add_char(out, mark_of(source, from, later ? source->asked : to));
	}
}

/* ---- the hours ---- */

/* Minutes from label to label, so that they do not touch. */
static int64_t step_of(const struct chart *chart)
{
	static const int64_t steps[] = { 5,   10,  15,	 30,   60,   120,   180,
					 360, 720, 1440, 2880, 7200, 14400, 43200 };
	int64_t minutes = (chart->to - chart->from) / MINUTE_MS;

	for (size_t i = 0; i < ARRAY_LEN(steps); i++)
		if (steps[i] * chart->columns >= LABEL_SPACE * minutes)
			return steps[i];
	return minutes + 1;
}

static void put_label(char *line, const struct chart *chart, const char *zone, int64_t time,
		      bool days)
{
	int64_t place = time_place(chart, time, chart->columns);
	char label[ZONE_ISO_SIZE];

	if (place + LABEL_SIZE > chart->columns)
		return;
	zone_format_iso(zone, time, label); /* 2017-06-30T19:00:00+09:00 */
	memcpy(line + place, label + (days ? 5 : 11), LABEL_SIZE);
}

void chart_hours(struct str *out, const struct chart *chart, const char *zone)
{
	int64_t step = step_of(chart);
	char line[CHART_MAX_COLUMNS + 1];
	struct civil civil;
	int64_t local;

	memset(line, ' ', (size_t)chart->columns);
	line[chart->columns] = '\0';
	zone_civil(zone, chart->from, &civil);
	local = chart->from / MINUTE_MS + civil.offset / 60;
	for (int64_t at = chart->from + (step - local % step) % step * MINUTE_MS; at < chart->to;
	     at += step * MINUTE_MS)
		put_label(line, chart, zone, at, step >= DAY_MINUTES);
	str_add(out, line);
	while (out->len > 0 && out->buf[out->len - 1] == ' ')
		str_truncate(out, out->len - 1);
}
