#include "archive/picker/frame.h"

#include <stdlib.h>
#include <string.h>

#include "archive/base/mem.h"
#include "archive/text/utf8.h"

void frame_release(struct frame *frame)
{
	arena_release(&frame->arena);
	free(frame->pieces);
	*frame = (struct frame){ 0 };
}

void frame_begin(struct frame *frame, int columns, int lines)
{
	arena_clear(&frame->arena);
	frame->columns = columns;
	frame->lines = lines;
	frame->count = 0;
	frame->cursor_line = -1;
	frame->cursor_column = -1;
}

static int room_for(const struct frame *frame, int line, int column, int max)
{
	if (line < 0 || line >= frame->lines || column < 0 || column >= frame->columns)
		return 0;
	return max < frame->columns - column ? max : frame->columns - column;
}

static void add_piece(struct frame *frame, const struct piece *piece)
{
	if (frame->count == frame->room) {
		frame->room = frame->room ? frame->room * 2 : 256;
		frame->pieces = xreallocarray(frame->pieces, frame->room, sizeof(*frame->pieces));
	}
	frame->pieces[frame->count++] = *piece;
}

static int put(struct frame *frame, const struct piece *piece, int max, bool fill)
{
	struct piece made = *piece;
	struct str text = STR_INIT;

	max = room_for(frame, piece->line, piece->column, max);
	if (max <= 0)
		return 0;
	made.columns = frame->wide_ambiguous ? utf8_add_terminal_wide(&text, piece->text, max)
					     : utf8_add_terminal(&text, piece->text, max);
	for (; fill && made.columns < max; made.columns++)
		str_add_char(&text, ' ');
	made.text = arena_strndup(&frame->arena, text.buf, text.len);
	str_release(&text);
	if (made.columns > 0)
		add_piece(frame, &made);
	return made.columns;
}

int frame_put(struct frame *frame, int line, int column, int max, enum ink ink, enum tone tone,
	      const char *text)
{
	const struct piece piece = {
		.line = line, .column = column, .ink = ink, .tone = tone, .text = text
	};

	return put(frame, &piece, max, false);
}

int frame_fill(struct frame *frame, int line, int column, int max, enum ink ink, enum tone tone,
	       const char *text)
{
	const struct piece piece = {
		.line = line, .column = column, .ink = ink, .tone = tone, .text = text
	};

	return put(frame, &piece, max, true);
}

static void add_line(struct str *out, const struct frame *frame, int line)
{
	size_t start = out->len;
	int at = 0;

	for (size_t i = 0; i < frame->count; i++) {
		const struct piece *piece = &frame->pieces[i];

		if (piece->line != line)
			continue;
		for (; at < piece->column; at++)
			str_add_char(out, ' ');
		str_add(out, piece->text);
		at = piece->column + piece->columns;
	}
	while (out->len > start && out->buf[out->len - 1] == ' ')
		str_truncate(out, out->len - 1);
	str_add_char(out, '\n');
}

void frame_add_text(struct str *out, const struct frame *frame)
{
	for (int line = 0; line < frame->lines; line++)
		add_line(out, frame, line);
}
