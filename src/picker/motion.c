#include "archive/picker/state.h"

#include <stdlib.h>

#define WHEEL 3

static void step(struct picker *picker, int by)
{
	struct list *list = picker_list(picker);
	size_t before = list->cursor;

	list_step(list, by);
	list_fill(picker, picker->pane);
	if (list->held && list->cursor == before && list->count >= LIST_RANGE)
		picker_tell(picker, true, "a range holds %d rows at most", LIST_RANGE);
}

/* Over a page at most the rows are there already; the way of a page is told in lines. */
static int page(struct picker *picker)
{
	int height = picker_list(picker)->height;

	return height > 2 ? height - 1 : 1;
}

void motion_down(struct picker *picker, struct want *want)
{
	(void)want;
	step(picker, 1);
}

void motion_up(struct picker *picker, struct want *want)
{
	(void)want;
	step(picker, -1);
}

/* The rows go by under a cursor that stays where it is. */
static void scroll(struct picker *picker, int by)
{
	int line = picker_list(picker)->line;

	step(picker, by);
	picker_list(picker)->line = line;
}

void motion_half_down(struct picker *picker, struct want *want)
{
	(void)want;
	scroll(picker, (page(picker) + 1) / 2);
}

void motion_half_up(struct picker *picker, struct want *want)
{
	(void)want;
	scroll(picker, -((page(picker) + 1) / 2));
}

void motion_page_down(struct picker *picker, struct want *want)
{
	(void)want;
	scroll(picker, page(picker));
}

void motion_page_up(struct picker *picker, struct want *want)
{
	(void)want;
	scroll(picker, -page(picker));
}

static void seek(struct picker *picker, int64_t key)
{
	struct list *list = picker_list(picker);

	if (list->held) {
		step(picker, key == LIST_FIRST ? -LIST_RANGE : LIST_RANGE);
		return;
	}
	list->line = key == LIST_FIRST ? 0 : list->height;
	if (picker->pane == PANE_CANDIDATES)
		candidates_seek(picker, key);
	else
		items_seek(picker, key);
}

void motion_top(struct picker *picker, struct want *want)
{
	(void)want;
	seek(picker, LIST_FIRST);
}

void motion_end(struct picker *picker, struct want *want)
{
	(void)want;
	seek(picker, LIST_LAST);
}

/* The first candidate of a time or after it. */
static void seek_time(struct picker *picker, int64_t time)
{
	struct list *list = &picker->lists[PANE_CANDIDATES];

	deed_end_range(picker);
	picker->pane = PANE_CANDIDATES;
	list->line = list->height / 3;
	candidates_seek(picker, time << 20);
}

static void next_talk(struct picker *picker)
{
	const struct list_row *row = picker_row(picker);
	int64_t next = 0, first = 0;

	for (size_t i = 0; i < picker->heading_count; i++) {
		int64_t starts = picker->headings[i].time;

		if (starts && (first == 0 || starts < first))
			first = starts;
		if (starts && row && starts > row->row.time && (next == 0 || starts < next))
			next = starts;
	}
	if (first)
		seek_time(picker, next ? next : first);
	else
		picker_tell(picker, false, "no heading tells when its talk begins");
}

void motion_section(struct picker *picker, struct want *want)
{
	const struct list_row *row = picker_row(picker);
	const struct row *next = NULL;

	(void)want;
	if (picker->pane == PANE_CANDIDATES) {
		next_talk(picker);
		return;
	}
	for (size_t i = 0; row && i < picker->heading_count && !next; i++)
		if (picker->headings[i].position > row->row.position)
			next = &picker->headings[i];
	if (!next && picker->heading_count > 0)
		next = &picker->headings[0];
	if (!next) {
		picker_tell(picker, false, "there is no heading yet: h makes one");
		return;
	}
	picker_list(picker)->line = 0;
	items_seek(picker, next->position);
}

static void peak(struct picker *picker, enum list_side side)
{
	const struct list_row *row = list_at(&picker->lists[PANE_CANDIDATES]);
	int64_t time = 0;

	if (row)
		time = histogram_peak(&picker->histogram, row->row.time, side);
	if (time)
		seek_time(picker, time);
	else
		picker_tell(picker, false,
			    side == SIDE_BACK ? "no peak before this" : "no peak behind this");
}

void motion_peak_back(struct picker *picker, struct want *want)
{
	(void)want;
	peak(picker, SIDE_BACK);
}

void motion_peak_next(struct picker *picker, struct want *want)
{
	(void)want;
	peak(picker, SIDE_ON);
}

static void to_pane(struct picker *picker, enum pane pane)
{
	if (picker->pane == pane)
		return;
	deed_end_range(picker);
	picker->pane = pane;
}

void motion_other_pane(struct picker *picker, struct want *want)
{
	(void)want;
	to_pane(picker, picker->pane == PANE_THREAD ? PANE_CANDIDATES : PANE_THREAD);
}

void motion_left_pane(struct picker *picker, struct want *want)
{
	(void)want;
	to_pane(picker, PANE_CANDIDATES);
}

void motion_right_pane(struct picker *picker, struct want *want)
{
	(void)want;
	to_pane(picker, PANE_THREAD);
}

void motion_wheel_down(struct picker *picker, struct want *want)
{
	(void)want;
	step(picker, WHEEL);
}

void motion_wheel_up(struct picker *picker, struct want *want)
{
	(void)want;
	step(picker, -WHEEL);
}

void motion_range(struct picker *picker, struct want *want)
{
	struct list *list = picker_list(picker);

	(void)want;
	if (picker->range) {
		deed_end_range(picker);
		return;
	}
	if (list->count == 0)
		return;
	picker->range = list_id(list, list->cursor);
	list->held = true;
}

static bool in_chart(struct picker *picker, const struct press *press)
{
	const struct histogram *histogram = &picker->histogram;
	int at = press->column - picker->chart.column;

	if (press->line != picker->chart.line || at < 0 || at >= picker->chart.columns)
		return false;
	if (histogram->until > histogram->since)
		seek_time(picker, histogram->since + (histogram->until - histogram->since) /
							     picker->chart.columns * at);
	return true;
}

/* Puts the pane under the pointer to work, and the cursor on the row that was clicked. */
void motion_click(struct picker *picker, const struct press *press)
{
	bool wheel = press->kind == PRESS_WHEEL_UP || press->kind == PRESS_WHEEL_DOWN;

	if (!wheel && in_chart(picker, press))
		return;
	for (int pane = 0; pane < PANE_COUNT; pane++) {
		int line = press->line - picker->places[pane].line;
		int column = press->column - picker->places[pane].column;
		size_t index;

		if (line < 0 || line >= picker->places[pane].lines || column < 0 ||
		    column >= picker->places[pane].columns)
			continue;
		to_pane(picker, (enum pane)pane);
		index = wheel ? LIST_NOTHING : list_on_line(picker_list(picker), line);
		if (index != LIST_NOTHING)
			list_put_cursor(picker_list(picker), index);
		list_fill(picker, picker->pane);
	}
}
