#include "archive/cli/wrap.h"

#include <limits.h>
#include <string.h>

#include "archive/base/str.h"
#include "archive/curate/search.h"
#include "archive/text/lines.h"
#include "archive/text/utf8.h"

#define NARROWEST 16  /* columns of text, however small the terminal says it is */
#define FOUND	  '+' /* as search_highlight() marks it */
#define BEGIN_INK "\033[1;4m"
#define END_INK	  "\033[22;24m"

struct wrapping {
	FILE *out; /* NULL: only looks for the first match */
	const struct wrap *wrap;
	struct str safe, marks; /* the line at hand; no marks: nothing in it was looked for */
	int width;		/* columns of text in a line */
	int seen;		/* lines */
	int skip;		/* of them are left out at the beginning */
	int match;		/* the first one with a match; -1 = none yet */
	int lines;		/* printed */
	bool full;		/* max_lines are */
};

static const char *marks_of(const struct wrapping *w, const char *text)
{
	return w->marks.len > 0 ? w->marks.buf + (text - w->safe.buf) : NULL;
}

static bool is_marked(const char *marks, size_t len)
{
	return marks && memchr(marks, FOUND, len);
}

static void print_text(const struct wrapping *w, const char *text, size_t len)
{
	const char *marks = w->wrap->ink ? marks_of(w, text) : NULL;

	for (size_t at = 0, run; at < len; at += run) {
		bool found = marks && marks[at] == FOUND;

		run = !marks ? len : found ? strspn(marks + at, "+") : strcspn(marks + at, "+");
		run = run < len - at ? run : len - at;
		fprintf(w->out, "%s%.*s%s", found ? BEGIN_INK : "", (int)run, text + at,
			found ? END_INK : "");
	}
}

static void print_line(struct wrapping *w, const char *text, size_t len, bool more)
{
	const struct wrap *wrap = w->wrap;
	const int number = w->seen++;
	bool cut = number == w->skip && w->skip > 0 && wrap->indent >= 2;
	bool last;

	if (w->match < 0 && is_marked(marks_of(w, text), len))
		w->match = number;
	if (!w->out || number < w->skip)
		return;
	last = wrap->max_lines > 0 && ++w->lines == wrap->max_lines;
	w->full = last;
	if (last && more)
		len = lines_fit(text, len, w->width - 1);
	fprintf(w->out, "%*s%s", cut ? wrap->indent - 2 : wrap->indent, "", cut ? "… " : "");
	print_text(w, text, len);
	fprintf(w->out, "%s\n", last && more ? "…" : "");
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

static void print_all(struct wrapping *w, const char *text)
{
	struct str line = STR_INIT;

	for (text += strspn(text, "\n"); *text && !w->full; text = next_line(text)) {
		str_clear(&line);
		str_clear(&w->safe);
		str_add_n(&line, text, strcspn(text, "\n"));
		utf8_add_terminal(&w->safe, line.buf, INT_MAX);
		search_highlight(&w->marks, w->wrap->found, w->safe.buf);
		print_wrapped(w, w->safe.buf + strspn(w->safe.buf, " "), *next_line(text) != '\0');
	}
	str_release(&line);
}

/* The line above the first match is shown, too. */
static int lines_to_skip(struct wrapping *w, const char *text)
{
	FILE *out = w->out;

	w->out = NULL;
	print_all(w, text);
	w->out = out;
	w->seen = 0;
	return w->match >= w->wrap->max_lines ? w->match - 1 : 0;
}

void wrap_print(FILE *out, const char *text, const struct wrap *wrap)
{
	struct wrapping w = { .out = out,
			      .wrap = wrap,
			      .safe = STR_INIT,
			      .marks = STR_INIT,
			      .width = wrap->columns - wrap->indent,
			      .match = -1 };

	if (w.width < NARROWEST)
		w.width = NARROWEST;
	if (wrap->found && wrap->max_lines > 1)
		w.skip = lines_to_skip(&w, text);
	print_all(&w, text);
	str_release(&w.safe);
	str_release(&w.marks);
}
