#include "archive/picker/state.h"

#include <string.h>

#define KEYS_WIDE   24 /* columns of the presses */
#define KEYS_NARROW 12

static const char *const legend[] = {
	"*  chosen      x  dropped      =  moved by hand      +  cross-post of the post above",
	"X  X      M  Mastodon      B  Bluesky      K  Misskey",
	"r  a reply      p  pictures      ?  a question      |  near the border of a talk",
	"u  unlisted      g  gone at its source      [+4]  so many of its conversation are folded",
	"## heading      -- note      => link",
};

struct sheet {
	struct frame *frame;
	const struct area *area;
	int top, count;
	bool wide_ambiguous;
};

static void put_at(struct sheet *sheet, int column, enum ink ink, const char *text, size_t len)
{
	int line = sheet->count - sheet->top;
	struct str part = STR_INIT;

	if (line < 0 || line >= sheet->area->lines)
		return;
	str_add_n(&part, text, len);
	frame_put(sheet->frame, sheet->area->line + line, column, sheet->area->columns - column,
		  ink, TONE_NONE, part.buf);
	str_release(&part);
}

static void put_wrapped(struct sheet *sheet, int column, const char *text)
{
	while (*text) {
		size_t len = wrap_next(text, sheet->area->columns - column - 1,
				       sheet->wide_ambiguous);

		put_at(sheet, column, INK_PLAIN, text, len);
		sheet->count++;
		text += len;
	}
}

static void put_key(struct sheet *sheet, const struct key *key)
{
	int column = sheet->area->columns < 60 ? KEYS_NARROW : KEYS_WIDE;
	struct str presses = STR_INIT;

	key_add_presses(&presses, key);
	put_at(sheet, 2, INK_BOLD, presses.buf, presses.len);
	if ((int)presses.len > column - 3)
		sheet->count++;
	put_wrapped(sheet, column, key->words);
	str_release(&presses);
}

static void put_mode(struct sheet *sheet, enum key_mode mode)
{
	const char *title = key_mode_title(mode);
	size_t count;
	const struct key *keys = key_table(&count);

	put_at(sheet, 1, INK_HEADING, title, strlen(title));
	sheet->count++;
	for (size_t i = 0; i < count; i++)
		if (keys[i].modes & mode)
			put_key(sheet, &keys[i]);
	sheet->count++;
}

int help_draw(struct picker *picker, struct frame *frame, const struct area *area, int top)
{
	struct sheet sheet = {
		.frame = frame, .area = area, .top = top, .wide_ambiguous = picker->wide_ambiguous
	};

	for (int mode = KEYS_LISTS; mode <= KEYS_AUTHOR; mode *= 2)
		put_mode(&sheet, (enum key_mode)mode);
	put_at(&sheet, 1, INK_HEADING, "Signs", 5);
	sheet.count++;
	for (size_t i = 0; i < sizeof(legend) / sizeof(legend[0]); i++)
		put_wrapped(&sheet, 2, legend[i]);
	return sheet.count;
}
