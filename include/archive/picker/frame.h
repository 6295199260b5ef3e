/*
 * A drawn screen as a value: pieces of text at absolute places, each in an ink. Layout makes it,
 * the terminal program draws it piece by piece (design section 9: no piece depends on where the one
 * before it ended), tests read it. Texts are what a terminal may be given (utf8_add_terminal())
 * already and never wider than said.
 */
#ifndef ARCHIVE_PICKER_FRAME_H
#define ARCHIVE_PICKER_FRAME_H

#include "archive/base/arena.h"
#include "archive/base/str.h"

/* What a piece is; which colours and attributes that means is the terminal program's. Each has to
 * be told from INK_PLAIN without colour, too. */
enum ink {
	INK_PLAIN,
	INK_DIM,
	INK_BOLD,
	INK_BAR, /* title and status lines */
	INK_HEADING,
	INK_NOTE,
	INK_LINK,
	INK_CHOSEN,
	INK_DROPPED,
	INK_GONE,
	INK_MATCH, /* what a search found */
	INK_WARNING,
	INK_X,
	INK_MASTODON,
	INK_BLUESKY,
	INK_MISSKEY,
	INK_RED, /* the curator's colours, in the order of enum colour */
	INK_ORANGE,
	INK_GREEN,
	INK_BLUE,
	INK_PURPLE,
	INK_GREY,
	INK_COUNT
};

enum tone {
	TONE_NONE,
	TONE_CURSOR,  /* the line of the cursor in the pane that has the keys */
	TONE_RESTING, /* the same in the other pane */
	TONE_RANGE,   /* within a range that is being marked */
};

struct piece {
	int line, column, columns; /* columns: that it takes */
	enum ink ink;
	enum tone tone;
	const char *text;
};

struct frame {
	struct arena arena;
	int columns, lines; /* of the screen */
	struct piece *pieces;
	size_t count, room;
	bool wide_ambiguous; /* the screen's terminal gives characters of ambiguous width two
				columns */
	int cursor_line, cursor_column; /* of the terminal's own cursor; -1 = hidden */
};

#define FRAME_INIT \
	{          \
		0  \
	}

void frame_release(struct frame *frame);
/* Empty, for a screen of that size. */
void frame_begin(struct frame *frame, int columns, int lines);
/* Puts text, cut to max columns and to the screen, and returns the columns it took. fill: the rest
 * of max is filled with spaces in the same ink and tone (they are in the return value). Places
 * outside of the screen put nothing. */
int frame_put(struct frame *frame, int line, int column, int max, enum ink ink, enum tone tone,
	      const char *text);
int frame_fill(struct frame *frame, int line, int column, int max, enum ink ink, enum tone tone,
	       const char *text);
/* The frame as plain lines, each ended by LF, spaces at line ends left out: for tests. */
void frame_add_text(struct str *out, const struct frame *frame);

#endif
