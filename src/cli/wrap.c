#include "archive/cli/wrap.h"

#include <limits.h>
#include <string.h>

#include "archive/base/str.h"
#include "archive/text/utf8.h"

#define NARROWEST 16 /* columns of text, however small the terminal says it is */

struct wrapping {
	FILE *out;
	const struct wrap *wrap;
	int width; /* columns of text in a line */
	int lines; /* printed */
	bool full; /* max_lines are */
};

/* A user-perceived character of the safe text. */
struct cell {
	size_t len;
	int columns;
};

static struct cell cell_at(const char *text, size_t len)
{
	struct cell cell = { .len = utf8_cluster(text, len) };
	struct str alone = STR_INIT;

	str_add_n(&alone, text, cell.len);
	cell.columns = utf8_columns(alone.buf);
	str_release(&alone);
	return cell;
}

/* May not begin a line (JIS X 4051, the marks that occur). */
static bool closes(const char *text)
{
	static const char *const marks[] = {
		"。", "、", "」", "』", "）", "】", "〉", "》", "！", "？",
		"・", "ー", "…",  "ゃ", "ゅ", "ょ", "っ", "ャ", "ュ", "ョ",
		"ッ", "，", "．", "：", "；", ")",  ".",  ",",	"!",  "?",
	};

	for (size_t i = 0; i < sizeof(marks) / sizeof(*marks); i++)
		if (str_starts(text, marks[i]))
			return true;
	return false;
}

static bool may_break(struct cell before, struct cell next, const char *next_text)
{
	return (before.columns > 1 || next.columns > 1) && !closes(next_text);
}

/* Bytes of the text that go into one line of that width. */
static size_t line_length(const char *text, size_t len, int width)
{
	struct cell before = { 0 };
	size_t at = 0;
	size_t good = 0;
	int used = 0;

	while (at < len) {
		struct cell cell = cell_at(text + at, len - at);

		if (text[at] == ' ' || (at > 0 && may_break(before, cell, text + at)))
			good = at;
		if (used + cell.columns > width)
			return good > 0 ? good : at;
		used += cell.columns;
		at += cell.len;
		before = cell;
	}
	return len;
}

static void print_line(struct wrapping *w, const char *text, size_t len, bool more)
{
	bool last = w->wrap->max_lines > 0 && ++w->lines == w->wrap->max_lines;

	w->full = last;
	if (last && more)
		len = line_length(text, len, w->width - 1);
	fprintf(w->out, "%*s%.*s%s\n", w->wrap->indent, "", (int)len, text,
		last && more ? "…" : "");
}

/* One line of the text, safe already; more follow it. */
static void print_wrapped(struct wrapping *w, const char *text, bool more)
{
	while (*text && !w->full) {
		size_t left = strlen(text);
		size_t len = line_length(text, left, w->width);

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
