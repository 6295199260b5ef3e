#include "archive/picker/state.h"

#include <stdlib.h>
#include <string.h>

#include "archive/base/mem.h"
#include "archive/text/utf8.h"

#define FOUND	 '+'
#define NOT_HERE ' '
#define BEFORE	 10 /* columns at most, shown before a match which the row would not reach */

/* A text as the search sees it, and from which byte of it each byte of that came. */
struct folded {
	struct str text;
	size_t *from; /* one more than text has bytes */
};

/* One part of what was typed. */
struct wanted {
	const char *text;
	size_t len;
	bool beginning;
};

static void fold(struct folded *folded, const char *text, size_t len)
{
	size_t room = 0, done = 0;

	for (size_t at = 0, cluster; at < len; at += cluster) {
		cluster = utf8_cluster(text + at, len - at);
		utf8_add_folded(&folded->text, text + at, cluster);
		if (folded->text.len >= room) {
			room = folded->text.len * 2 + 64;
			folded->from = xreallocarray(folded->from, room, sizeof(*folded->from));
		}
		while (done < folded->text.len)
			folded->from[done++] = at;
	}
	if (folded->from)
		folded->from[done] = len;
}

/* ---- the words ---- */

/* Behind the blanks: a part in quotes, or up to a blank; those that must not be there are passed
 * over. words are folded. */
static bool next_wanted(const char **words, struct wanted *out)
{
	while (**words) {
		const char *at = *words + strspn(*words, " ");
		bool unwanted = *at == '-', quoted;

		at += unwanted;
		quoted = *at == '"';
		at += quoted;
		*out = (struct wanted){ .text = at, .len = strcspn(at, quoted ? "\"" : " ") };
		at += out->len;
		at += quoted && *at;
		*words = at;
		while (!quoted && out->len > 0 && out->text[out->len - 1] == '*') {
			out->beginning = true;
			out->len--;
		}
		if (out->len > 0 && !unwanted)
			return true;
	}
	return false;
}

/* A letter or digit of a script that has blanks between its words. */
static bool joins(uint32_t c)
{
	return utf8_is_word(c) && !utf8_is_cjk(c) && !utf8_is_symbol(c);
}

static uint32_t code_before(const char *text, size_t at)
{
	const char *p = text + at;

	if (at == 0)
		return ' ';
	for (p--; p > text && ((unsigned char)*p & 0xC0) == 0x80; p--)
		;
	return utf8_next(&p, text + at);
}

static uint32_t code_at(const struct str *text, size_t at)
{
	const char *p = text->buf + at;

	return at < text->len ? utf8_next(&p, text->buf + text->len) : ' ';
}

/* Found within another word it is not what the search found. */
static bool is_whole(const struct str *text, size_t at, const struct wanted *wanted)
{
	size_t end = at + wanted->len;

	if (joins(code_at(text, at)) && joins(code_before(text->buf, at)))
		return false;
	return wanted->beginning || !joins(code_before(text->buf, end)) ||
	       !joins(code_at(text, end));
}

static void mark(struct str *out, const struct folded *folded, const struct wanted *wanted)
{
	const char *text = folded->text.buf, *at = text;
	size_t left = folded->text.len;

	while ((at = memmem(at, left, wanted->text, wanted->len))) {
		size_t begin = (size_t)(at - text), end = begin + wanted->len;

		if (is_whole(&folded->text, begin, wanted)) {
			size_t last = folded->from[end - 1], behind = end;

			while (behind < folded->text.len && folded->from[behind] == last)
				behind++;
			memset(out->buf + folded->from[begin], FOUND,
			       folded->from[behind] - folded->from[begin]);
		}
		at++;
		left = folded->text.len - (size_t)(at - text);
	}
}

void match_mark(struct str *out, const char *words, const char *text)
{
	struct folded folded = { .text = STR_INIT };
	struct str query = STR_INIT;
	size_t len = strlen(text);
	struct wanted wanted;
	const char *p;

	str_clear(out);
	if (!words || len == 0)
		return;
	for (size_t i = 0; i < len; i++)
		str_add_char(out, NOT_HERE);
	utf8_add_folded(&query, words, strlen(words));
	fold(&folded, text, len);
	p = query.buf;
	while (next_wanted(&p, &wanted))
		mark(out, &folded, &wanted);
	str_release(&query);
	str_release(&folded.text);
	free(folded.from);
}

/* ---- what is shown ---- */

static int columns_of(const char *cluster, size_t len, bool wide_ambiguous)
{
	const char *p = cluster;

	if (wide_ambiguous && utf8_is_ambiguous(utf8_next(&p, cluster + len)))
		return 2;
	return utf8_cluster_columns(cluster, len);
}

/* The bytes of the beginning that take no more than so many columns. */
static size_t fitting(const char *text, size_t len, int columns, bool wide_ambiguous)
{
	size_t at = 0;

	while (at < len) {
		size_t cluster = utf8_cluster(text + at, len - at);

		columns -= columns_of(text + at, cluster, wide_ambiguous);
		if (columns < 0)
			return at;
		at += cluster;
	}
	return len;
}

size_t match_begin(const char *text, const char *marks, int columns, bool wide_ambiguous)
{
	size_t len = strlen(text), first = strcspn(marks, "+"), begin = 0;
	int before = columns / 3 < BEFORE ? columns / 3 : BEFORE;

	if (first >= len ||
	    first + strspn(marks + first, "+") <= fitting(text, len, columns, wide_ambiguous))
		return 0;
	while (fitting(text + begin, first - begin, before, wide_ambiguous) < first - begin)
		begin += utf8_cluster(text + begin, len - begin);
	return begin;
}

int match_put(struct frame *frame, const struct piece *place, int max, const char *text, size_t len,
	      const char *marks)
{
	struct str part = STR_INIT;
	int used = 0;

	for (size_t at = 0, run; at < len && used < max; at += run) {
		bool found = marks[at] == FOUND;

		run = found ? strspn(marks + at, "+") : strcspn(marks + at, "+");
		run = run < len - at ? run : len - at;
		str_clear(&part);
		str_add_n(&part, text + at, run);
		used += frame_put(frame, place->line, place->column + used, max - used,
				  found ? INK_MATCH : place->ink, place->tone, part.buf);
		/* a wide character may have found one column too few */
		if (used == max - 1)
			break;
	}
	str_release(&part);
	return used;
}
