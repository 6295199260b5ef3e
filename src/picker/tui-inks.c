#include "tui-parts.h"

#include "archive/base/mem.h"

#define NO_COLOUR (-1) /* the terminal's own; also what curses calls it */

/* With colour, and without. Only the first eight colours, on the terminal's own background: the
 * other eight are the background of some. */
static const struct {
	short colour;
	attr_t coloured, plain;
} looks[INK_COUNT] = {
	[INK_PLAIN] = { NO_COLOUR, A_NORMAL, A_NORMAL },
	[INK_DIM] = { NO_COLOUR, A_DIM, A_DIM },
	[INK_BOLD] = { NO_COLOUR, A_BOLD, A_BOLD },
	[INK_BAR] = { NO_COLOUR, A_REVERSE, A_REVERSE },
	[INK_HEADING] = { COLOR_CYAN, A_BOLD, A_BOLD | A_UNDERLINE },
	[INK_NOTE] = { COLOR_CYAN, A_NORMAL, A_UNDERLINE },
	[INK_LINK] = { COLOR_BLUE, A_UNDERLINE, A_UNDERLINE },
	[INK_CHOSEN] = { COLOR_GREEN, A_NORMAL, A_BOLD },
	[INK_DROPPED] = { COLOR_RED, A_DIM, A_DIM | A_UNDERLINE },
	[INK_GONE] = { COLOR_MAGENTA, A_DIM, A_DIM | A_UNDERLINE },
	[INK_MATCH] = { COLOR_YELLOW, A_REVERSE, A_BOLD | A_UNDERLINE },
	[INK_WARNING] = { COLOR_RED, A_BOLD, A_BOLD | A_REVERSE },
	[INK_X] = { NO_COLOUR, A_BOLD, A_BOLD },
	[INK_MASTODON] = { COLOR_MAGENTA, A_NORMAL, A_BOLD },
	[INK_BLUESKY] = { COLOR_CYAN, A_NORMAL, A_BOLD },
	[INK_MISSKEY] = { COLOR_GREEN, A_NORMAL, A_BOLD },
	[INK_RED] = { COLOR_RED, A_NORMAL, A_BOLD },
	[INK_ORANGE] = { COLOR_YELLOW, A_NORMAL, A_BOLD },
	[INK_GREEN] = { COLOR_GREEN, A_NORMAL, A_BOLD },
	[INK_BLUE] = { COLOR_BLUE, A_NORMAL, A_BOLD },
	[INK_PURPLE] = { COLOR_MAGENTA, A_NORMAL, A_BOLD },
	[INK_GREY] = { NO_COLOUR, A_DIM, A_DIM },
};

static const attr_t tones[] = {
	[TONE_NONE] = A_NORMAL,
	[TONE_CURSOR] = A_REVERSE | A_BOLD,
	[TONE_RESTING] = A_UNDERLINE,
	[TONE_RANGE] = A_REVERSE,
};

/* A pair a colour, numbered behind it. */
void inks_prepare(struct terminal *terminal, bool wanted)
{
	terminal->colour = wanted && has_colors() && start_color() == OK &&
			   use_default_colors() == OK && COLORS >= 8;
	for (short colour = 0; terminal->colour && colour < 8; colour++)
		terminal->colour = init_pair((short)(colour + 1), colour, NO_COLOUR) == OK;
	for (size_t i = 0; i < ARRAY_LEN(looks); i++)
		terminal->inks[i] = (struct look_of_ink){
			.attributes = terminal->colour ? looks[i].coloured : looks[i].plain,
			.pair = terminal->colour ? (short)(looks[i].colour + 1) : (short)0,
		};
}

/* A line that is turned over is of one colour; what is turned over anyway is turned back in it, so
 * that it shows there, too. */
struct look_of_ink inks_look(const struct terminal *terminal, const struct piece *piece)
{
	struct look_of_ink look = terminal->inks[piece->ink];
	attr_t tone = tones[piece->tone];

	if (tone & A_REVERSE) {
		look.attributes &= ~A_DIM;
		look.pair = 0;
	}
	look.attributes = (look.attributes ^ (tone & A_REVERSE)) | (tone & ~A_REVERSE);
	return look;
}
