#include "tui-parts.h"

#include <stdlib.h>

#include "archive/base/mem.h"
#include "archive/text/utf8.h"

static void add_place(struct str *out, int line, int column)
{
	sequence_add(out, tiparm(tigetstr("cup"), line, column));
}

/* Does a character in the last place make the screen roll? */
static bool rolls(void)
{
	return tigetflag("am") > 0 && tigetflag("xenl") <= 0;
}

static void add_piece(struct str *out, const struct terminal *terminal, const struct frame *frame,
		      const struct piece *piece)
{
	struct look_of_ink look = inks_look(terminal, piece);
	bool last = piece->line == frame->lines - 1 &&
		    piece->column + piece->columns == frame->columns;

	add_place(out, piece->line, piece->column);
	sequence_add_look(out, &look);
	if (last && rolls())
		utf8_add_terminal(out, piece->text, piece->columns - 1);
	else
		str_add(out, piece->text);
}

/* From left to right: where a terminal makes a piece longer than it is, the next one covers it. */
static void add_line(struct str *out, const struct terminal *terminal, const struct frame *frame,
		     int line)
{
	static const struct look_of_ink plain;

	add_place(out, line, 0);
	sequence_add_capability(out, "el");
	for (size_t i = 0; i < frame->count; i++)
		if (frame->pieces[i].line == line)
			add_piece(out, terminal, frame, &frame->pieces[i]);
	sequence_add_look(out, &plain);
}

static void fit(struct drawn *drawn, const struct frame *frame)
{
	if (drawn->line_count == frame->lines && drawn->columns == frame->columns)
		return;
	for (int i = frame->lines; i < drawn->line_count; i++)
		str_release(&drawn->lines[i]);
	drawn->lines = xreallocarray(drawn->lines, (size_t)frame->lines + 1, sizeof(*drawn->lines));
	for (int i = drawn->line_count; i < frame->lines; i++)
		drawn->lines[i] = (struct str)STR_INIT;
	drawn->line_count = frame->lines;
	drawn->columns = frame->columns;
	drawn->valid = false;
}

static void add_cursor(struct str *out, struct drawn *drawn, const struct frame *frame)
{
	bool shown = frame->cursor_line >= 0;

	if (shown)
		add_place(out, frame->cursor_line, frame->cursor_column);
	sequence_add_capability(out, shown ? "cnorm" : "civis");
	drawn->cursor_line = frame->cursor_line;
	drawn->cursor_column = frame->cursor_column;
}

void draw_frame(struct terminal *terminal, const struct frame *frame)
{
	struct drawn *drawn = &terminal->drawn;
	struct str out = STR_INIT;
	struct str line = STR_INIT;
	bool all;

	fit(drawn, frame);
	all = !drawn->valid;
	if (all)
		sequence_add_capability(&out, "clear");
	for (int i = 0; i < frame->lines; i++) {
		str_clear(&line);
		add_line(&line, terminal, frame, i);
		if (!all && str_same(line.buf, drawn->lines[i].buf))
			continue;
		str_add_n(&out, line.buf, line.len);
		str_clear(&drawn->lines[i]);
		str_add_n(&drawn->lines[i], line.buf, line.len);
	}
	if (out.len > 0 || drawn->cursor_line != frame->cursor_line ||
	    drawn->cursor_column != frame->cursor_column)
		add_cursor(&out, drawn, frame);
	drawn->valid = true;
	terminal_send(terminal, &out);
	str_release(&line);
	str_release(&out);
}

void draw_release(struct terminal *terminal)
{
	for (int i = 0; i < terminal->drawn.line_count; i++)
		str_release(&terminal->drawn.lines[i]);
	free(terminal->drawn.lines);
	terminal->drawn = (struct drawn){ 0 };
}
