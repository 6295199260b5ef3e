#include "archive/cli/wrap.h"

#include <limits.h>
#include <string.h>

#include "archive/base/str.h"
#include "archive/text/lines.h"
#include "archive/text/utf8.h"

#define NARROWEST 16 /* columns of text, however small the terminal says it is */

struct wrapping {
	FILE *out;
	const struct wrap *wrap;
	int width; /* columns of text in a line */
	int lines; /* printed */
	bool full; /* max_lines are */
};

static void print_line(struct wrapping *w, const char *text, size_t len, bool more)
{
	bool last = w->wrap->max_lines > 0 && ++w->lines == w->wrap->max_lines;

	w->full = last;
	if (last && more)
		len = lines_fit(text, len, w->width - 1);
	fprintf(w->out, "%*s%.*s%s\n", w->wrap->indent, "", (int)len, text,
		last && more ? "…" : "");
}

/* One line of the text, safe already; more follow it. */
static void print_wrapped(struct wrapping *w, const char *text, bool more)
{
	while (*text && !w->full) {
		size_t left = strlen(text);
		size_t len = lines_fit(text, left, w->width);

		print_line(w, text, len, len < left || more);
		text += len;
		text += strspn(text, " ");
	}
}

static const char *next_line(const char *text)
{
	const char *end = strchr(text, '\n');

	return end ? end + strspn(end, "\n") : text + strlen(text);
}

void wrap_print(FILE *out, const char *text, const struct wrap *wrap)
{
	struct wrapping w = { .out = out, .wrap = wrap, .width = wrap->columns - wrap->indent };
	struct str line = STR_INIT;
	struct str safe = STR_INIT;

	if (w.width < NARROWEST)
		w.width = NARROWEST;
	for (text += strspn(text, "\n"); *text && !w.full; text = next_line(text)) {
		str_clear(&line);
		str_clear(&safe);
		str_add_n(&line, text, strcspn(text, "\n"));
		utf8_add_terminal(&safe, line.buf, INT_MAX);
		print_wrapped(&w, safe.buf + strspn(safe.buf, " "), *next_line(text) != '\0');
	}
	str_release(&line);
	str_release(&safe);
}
