#include "archive/picker/state.h"

#include <string.h>

#include "archive/text/utf8.h"

#define BRAILLE	  0x2800
#define TIMES	  12 /* columns of the two times beside a chart */
#define MOST_WIDE 110
#define SMOOTH	  2 /* buckets */

static int columns_of(const struct frame *frame, const char *text)
{
	return frame->wide_ambiguous ? utf8_columns_wide(text) : utf8_columns(text);
}

static void add_tags(struct str *out, const struct thread *thread)
{
	for (size_t i = 0; i < thread->tag_count; i++)
		str_addf(out, "%s#%s", i > 0 ? " " : "   ", thread->tags[i]);
}

static int tags_columns(const struct frame *frame, const struct thread *thread)
{
	struct str tags = STR_INIT;
	int columns;

	add_tags(&tags, thread);
	columns = columns_of(frame, tags.buf);
	str_release(&tags);
	return columns;
}

static void add_counts(struct str *out, const struct picker *picker, bool narrow)
{
	const struct histogram *histogram = &picker->histogram;
	int64_t left = histogram->total - picker->totals.chosen - picker->totals.dropped;
	const char *gap = narrow ? " " : "  ";

	str_addf(out, "%lld chosen%s", (long long)picker->totals.chosen, gap);
	if (picker->known < 0)
		str_add(out, "? left");
	else
		str_addf(out, "%lld%s left", (long long)(left > 0 ? left : 0),
			 histogram->more ? "+" : "");
	if (!narrow)
		str_addf(out, "  %lld dropped", (long long)picker->totals.dropped);
}

/* ---- the chart ---- */

/* Of half a cell, and a little to either side of it: a calm line. */
static int64_t height_of(const struct histogram *histogram, int half, int halves)
{
	int from = half * HISTOGRAM_BUCKETS / halves - SMOOTH;
	int64_t sum = 0;

	for (int i = from; i < from + 2 * SMOOTH + HISTOGRAM_BUCKETS / halves + 1; i++)
		if (i >= 0 && i < HISTOGRAM_BUCKETS)
			sum += histogram->counts[i];
	return sum;
}

static uint32_t dots(int64_t value, int64_t most, bool right)
{
	static const uint8_t left_dots[] = { 0, 0x40, 0x44, 0x46, 0x47 };
	static const uint8_t right_dots[] = { 0, 0x80, 0xA0, 0xB0, 0xB8 };
	int64_t height = 0;

	if (value > 0 && most > 0)
		height = (value * 4 + most - 1) / most;
	height = height > 4 ? 4 : height;
	return right ? right_dots[height] : left_dots[height];
}

static int place_of(const struct histogram *histogram, int64_t time, int cells)
{
	int64_t length = histogram->until - histogram->since;
	int64_t at = time - histogram->since;

	if (time == 0 || length <= 0 || at < 0 || at >= length)
		return -1;
	return (int)((double)at * cells / (double)length);
}

static bool is_talk(const struct picker *picker, int cell, int cells)
{
	for (size_t i = 0; i < picker->heading_count; i++)
		if (place_of(&picker->histogram, picker->headings[i].time, cells) == cell)
			return true;
	return false;
}

static int64_t cursor_time(const struct picker *picker)
{
	const struct list *list = &picker->lists[picker->pane];

	return list->count > 0 ? list->rows[list->cursor].row.time : 0;
}

static void add_cell(struct str *out, const struct picker *picker, int cell, int cells,
		     int64_t most)
{
	const struct histogram *histogram = &picker->histogram;
	int halves = cells * 2;

	if (is_talk(picker, cell, cells)) {
		str_add_char(out, '|');
		return;
	}
	utf8_put(out, BRAILLE | dots(height_of(histogram, cell * 2, halves), most, false) |
			      dots(height_of(histogram, cell * 2 + 1, halves), most, true));
}

/* In pieces, so that the cursor's cell stands out. */
static void draw_cells(struct picker *picker, struct frame *frame, int line, int column, int cells)
{
	int cursor = place_of(&picker->histogram, cursor_time(picker), cells);
	struct str part = STR_INIT;
	int64_t most = 0;
	int begun = 0;

	for (int i = 0; i < cells * 2; i++) {
		int64_t height = height_of(&picker->histogram, i, cells * 2);

		most = height > most ? height : most;
	}
	for (int i = 0; i <= cells; i++) {
		if (i == cells || i == cursor || i == cursor + 1) {
			frame_put(frame, line, column + begun, i - begun, INK_PLAIN,
				  cursor >= 0 && begun == cursor ? TONE_CURSOR : TONE_NONE,
				  part.buf);
			str_clear(&part);
			begun = i;
		}
		if (i < cells)
			add_cell(&part, picker, i, cells, most);
	}
	str_release(&part);
}

static void draw_chart(struct picker *picker, struct frame *frame, int line, int column,
		       int columns)
{
	const struct histogram *histogram = &picker->histogram;
	int cells = columns - TIMES;
	char time[16];

	cells = cells > MOST_WIDE ? MOST_WIDE : cells;
	memset(&picker->chart, 0, sizeof(picker->chart));
	if (cells < 4 || histogram->until <= histogram->since)
		return;
	clock_text(picker, histogram->since, false, time);
	frame_put(frame, line, column, 5, INK_DIM, TONE_NONE, time);
	draw_cells(picker, frame, line, column + 6, cells);
	clock_text(picker, histogram->until, false, time);
	frame_put(frame, line, column + 7 + cells, 5, INK_DIM, TONE_NONE, time);
	picker->chart.line = line;
	picker->chart.column = column + 6;
	picker->chart.columns = cells;
	picker->chart.lines = 1;
}

static const struct row *talk_at(const struct picker *picker, int64_t time)
{
	const struct row *talk = NULL;

	for (size_t i = 0; i < picker->heading_count; i++) {
		const struct row *heading = &picker->headings[i];

		if (heading->time && heading->time <= time &&
		    (!talk || heading->time >= talk->time))
			talk = heading;
	}
	return talk;
}

/* Under the chart where the cursor is, and the talk that was on then: at the left, unless the
 * cursor is there. */
static void draw_place(struct picker *picker, struct frame *frame, int line)
{
	int64_t time = cursor_time(picker);
	const struct row *talk = talk_at(picker, time);
	struct str text = STR_INIT;
	int at = -1, column = frame->columns, wide;

	if (talk)
		str_addf(&text, "%s%s%s", talk->text ? talk->text : "", talk->speaker ? " / " : "",
			 talk->speaker ? talk->speaker : "");
	wide = columns_of(frame, text.buf);
	if (picker->chart.columns > 0)
		at = place_of(&picker->histogram, time, picker->chart.columns);
	if (at >= 0)
		column = picker->chart.column + at;
	if (wide + 2 <= column)
		frame_put(frame, line, 1, column - 2, INK_DIM, TONE_NONE, text.buf);
	frame_put(frame, line, column, 1, INK_BOLD, TONE_NONE, "^");
	if (wide + 2 > column && wide > 0) {
		int begin = frame->columns - wide - 1;

		begin = begin < column + 2 ? column + 2 : begin;
		frame_put(frame, line, begin, frame->columns - begin, INK_DIM, TONE_NONE, text.buf);
	}
	str_release(&text);
}

void layout_head(struct picker *picker, struct frame *frame, int lines)
{
	bool wide = frame->columns >= LAYOUT_TWO_PANES;
	struct str title = STR_INIT, counts = STR_INIT;
	int right, left, used;

	str_addf(&title, " %s",
		 picker->thread.title && *picker->thread.title ? picker->thread.title
							       : picker->thread.slug);
	add_counts(&counts, picker, frame->columns < 64);
	right = columns_of(frame, counts.buf) + 1;
	left = frame->columns - right - 1;
	if (wide && left > frame->columns / 3)
		left = frame->columns / 3;
	if (columns_of(frame, title.buf) <= left - tags_columns(frame, &picker->thread))
		add_tags(&title, &picker->thread);
	used = frame_put(frame, 0, 0, left, INK_BOLD, TONE_NONE, title.buf);
	if (wide)
		draw_chart(picker, frame, 0, used + 3, frame->columns - right - used - 6);
	frame_put(frame, 0, frame->columns - right, right, INK_PLAIN, TONE_NONE, counts.buf);
	if (!wide)
		draw_chart(picker, frame, 1, 1, frame->columns - 2);
	if (lines > (wide ? 1 : 2))
		draw_place(picker, frame, lines - 1);
	str_release(&title);
	str_release(&counts);
}
