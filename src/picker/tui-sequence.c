#include <string.h>

#include "tui-parts.h"

/* curses hands out single bytes to a function that is told nothing else. */
static struct str *sink;

static int to_sink(int c)
{
	str_add_char(sink, (char)c);
	return c;
}

void sequence_add_look(struct str *out, const struct look_of_ink *look)
{
	sink = out;
	vid_puts(look->attributes, look->pair, NULL, to_sink);
}

/* Padding ("$<5>") is for terminals that fall behind; those of today tell so by themselves. */
void sequence_add(struct str *out, const char *sequence)
{
	while (sequence && *sequence) {
		const char *end = str_starts(sequence, "$<") ? strchr(sequence, '>') : NULL;

		if (end)
			sequence = end + 1;
		else
			str_add_char(out, *sequence++);
	}
}

void sequence_add_capability(struct str *out, const char *name)
{
	sequence_add(out, tigetstr(name));
}
