#include "archive/picker/state.h"

#include <string.h>

/* How the lines of a screen are shared. */
struct shares {
	int head, foot, preview;
};

static struct shares share(struct picker *picker, int columns, int lines)
{
	struct shares shares = { .head = 2, .preview = 2 };

	shares.foot = layout_foot_lines(picker, columns);
	if (columns >= LAYOUT_TWO_PANES || lines >= 20)
		shares.head = lines >= 20 && columns < LAYOUT_TWO_PANES ? 3 : 2;
	if (lines >= 36)
		shares.preview = 10;
	else if (lines >= 24)
		shares.preview = 6;
	else if (lines >= 16)
		shares.preview = 4;
	return shares;
}

static void draw_rule(struct frame *frame, int line, int split)
{
	struct str rule = STR_INIT;

	for (int i = 0; i < frame->columns; i++)
		str_add_char(&rule, i == split ? '+' : '-');
	frame_put(frame, line, 0, frame->columns, INK_DIM, TONE_NONE, rule.buf);
	str_release(&rule);
}

static void place(struct picker *picker, enum pane pane, const struct area *area)
{
	/* the title is no row */
	picker->places[pane].line = area->line + 1;
	picker->places[pane].column = area->column;
	picker->places[pane].columns = area->columns;
	picker->places[pane].lines = area->lines - 1;
}

static void draw_panes(struct picker *picker, struct frame *frame, const struct area *area)
{
	struct area part = *area;
	int split = frame->columns / 2 - 1;

	memset(picker->places, 0, sizeof(picker->places));
	if (frame->columns < LAYOUT_TWO_PANES) {
		place(picker, picker->pane, &part);
		layout_pane(picker, frame, picker->pane, &part);
		return;
	}
	part.columns = split;
	place(picker, PANE_CANDIDATES, &part);
	layout_pane(picker, frame, PANE_CANDIDATES, &part);
	for (int i = 0; i < area->lines; i++)
		frame_put(frame, area->line + i, split, 1, INK_DIM, TONE_NONE, "|");
	part.column = split + 1;
	part.columns = frame->columns - split - 1;
	place(picker, PANE_THREAD, &part);
	layout_pane(picker, frame, PANE_THREAD, &part);
}

static void draw_lists(struct picker *picker, struct frame *frame)
{
	struct shares shares = share(picker, frame->columns, frame->lines);
	int split = frame->columns >= LAYOUT_TWO_PANES ? frame->columns / 2 - 1 : -1;
	struct area panes = { .line = shares.head, .columns = frame->columns };
	struct area preview = { .columns = frame->columns, .lines = shares.preview };

	preview.line = frame->lines - shares.foot - shares.preview;
	panes.lines = preview.line - 1 - shares.head;
	layout_head(picker, frame, shares.head);
	draw_panes(picker, frame, &panes);
	draw_rule(frame, preview.line - 1, split);
	preview_draw(picker, frame, &preview, 0);
}

/* The whole screen for one thing to read, from read_top on. */
static void draw_reading(struct picker *picker, struct frame *frame)
{
	const struct area area = {
		.line = 1,
		.columns = frame->columns,
		.lines = frame->lines - 1 - layout_foot_lines(picker, frame->columns),
	};
	struct frame measure = FRAME_INIT;
	bool help = picker->mode == MODE_HELP;
	int most;

	frame_fill(frame, 0, 0, frame->columns, INK_BAR, TONE_NONE,
		   help ? " all keys" : " preview");
	frame_begin(&measure, frame->columns, frame->lines);
	picker->read_height = area.lines;
	picker->read_lines = help ? help_draw(picker, &measure, &area, 0)
				  : preview_draw(picker, &measure, &area, 0);
	frame_release(&measure);
	most = picker->read_lines - area.lines;
	if (picker->read_top > most)
		picker->read_top = most;
	if (picker->read_top < 0)
		picker->read_top = 0;
	if (help)
		help_draw(picker, frame, &area, picker->read_top);
	else
		preview_draw(picker, frame, &area, picker->read_top);
}

static void draw_too_small(struct frame *frame)
{
	const char *text = "The picker needs 40 columns and 12 lines.";

	for (int line = 0; line < frame->lines && *text; line++) {
		size_t len = wrap_next(text, frame->columns, frame->wide_ambiguous);
		struct str part = STR_INIT;

		str_add_n(&part, text, len);
		frame_put(frame, line, 0, frame->columns, INK_PLAIN, TONE_NONE, part.buf);
		str_release(&part);
		text += len;
	}
}

void picker_draw(struct picker *picker, struct frame *frame, int columns, int lines)
{
	frame_begin(frame, columns, lines);
	frame->wide_ambiguous = picker->wide_ambiguous;
	picker->columns = columns;
	picker->lines = lines;
	if (columns < LAYOUT_MIN_COLUMNS || lines < LAYOUT_MIN_LINES) {
		draw_too_small(frame);
		return;
	}
	if (picker->mode == MODE_HELP || picker->mode == MODE_PREVIEW)
		draw_reading(picker, frame);
	else
		draw_lists(picker, frame);
	layout_foot(picker, frame, lines - layout_foot_lines(picker, columns));
}
