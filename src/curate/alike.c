#include "archive/curate/alike.h"

#include <stdlib.h>
#include <string.h>

#include "archive/base/mem.h"
#include "archive/base/str.h"
#include "archive/text/link.h"
#include "archive/text/utf8.h"

#define ELLIPSIS   "…"
#define ENDING_MAX 12 /* letters behind an ellipsis that only tell where the rest is */
#define CODE_MAX   32 /* bytes of ":blobcat:" */

/* ---- what networks and people put around a text ---- */

static void add_without_links(struct str *out, const char *text, size_t len)
{
	struct link_span span;
	size_t from = 0;

	while (link_next(text, len, from, &span)) {
		str_add_n(out, text + from, span.start - from);
		str_add_char(out, ' ');
		from = span.end;
	}
	str_add_n(out, text + from, len - from);
}

/* The bytes of ":code:" at p, 0 when none stands there. */
static size_t code_len(const char *p)
{
	size_t len;

	if (*p != ':')
		return 0;
	len = strspn(p + 1, "abcdefghijklmnopqrstuvwxyz0123456789_+-@.");
	return len > 0 && len <= CODE_MAX && p[1 + len] == ':' ? len + 2 : 0;
}

static void add_without_codes(struct str *out, const char *text)
{
	size_t code;

	for (const char *p = text; *p; p += code ? code : 1) {
		code = code_len(p);
		if (!code)
			str_add_char(out, *p);
	}
}

/* "> quoted", "RE:", "QT" before a link that is gone. */
static bool is_decoration(const char *line, size_t len)
{
	static const char *const words[] = { "re:", "qt:", "rt:", "qt", "rt", "re" };

	while (len > 0 && (*line == ' ' || *line == '\t')) {
		line++;
		len--;
	}
	while (len > 0 && strchr(" \t\r", line[len - 1]))
		len--;
	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		if (len == strlen(words[i]) && memcmp(line, words[i], len) == 0)
			return true;
	return len > 0 && *line == '>';
}

static void add_own_lines(struct str *out, const char *text)
{
	for (const char *line = text; *line;) {
		size_t len = strcspn(line, "\n");

		if (!is_decoration(line, len))
			str_add_n(out, line, len);
		str_add_char(out, '\n');
		line += len + (line[len] == '\n');
	}
}

/* ---- letters ---- */

static void add_letters(struct alike *out, uint32_t *letters, const char *text, size_t len)
{
	const char *p = text, *end = text + len;

	while (p < end && out->len < ALIKE_MAX) {
		uint32_t c = utf8_next(&p, end);

		if (utf8_is_word(c) && !utf8_is_mark(c) && !utf8_is_variation(c))
			letters[out->len++] = c;
	}
}

/* NFKC has made three full stops of an ellipsis. */
static void read_letters(struct alike *out, struct arena *arena, const struct str *text)
{
	const char *dots = memmem(text->buf, text->len, "...", 3), *last = NULL;
	size_t room = text->len < ALIKE_MAX ? text->len : ALIKE_MAX, before;
	uint32_t *letters = arena_array(arena, room + 1, sizeof(*letters));

	for (; dots; dots = strstr(dots + 1, "..."))
		last = dots;
	out->letters = letters;
	add_letters(out, letters, text->buf, last ? (size_t)(last - text->buf) : text->len);
	if (!last)
		return;
	before = out->len;
	add_letters(out, letters, last, text->len - (size_t)(last - text->buf));
	if (out->len - before <= ENDING_MAX && before > out->len - before) {
		out->len = before;
		out->cut = true;
	}
}

void alike_read(struct alike *out, struct arena *arena, const char *text)
{
	struct str bare = STR_INIT, folded = STR_INIT, own = STR_INIT;

	*out = (struct alike){ 0 };
	add_without_links(&bare, text, strlen(text));
	utf8_add_folded(&folded, bare.buf, bare.len);
	add_own_lines(&own, folded.buf);
	str_clear(&bare);
	add_without_codes(&bare, own.buf);
	read_letters(out, arena, &bare);
	str_release(&bare);
	str_release(&folded);
	str_release(&own);
}

void alike_read_name(struct alike *out, struct arena *arena, const char *name)
{
	uint32_t *letters;
	size_t kept = 0;

	alike_read(out, arena, name);
	letters = arena_array(arena, out->len + 1, sizeof(*letters));
	for (size_t i = 0; i < out->len; i++)
		if (!utf8_is_symbol(out->letters[i]))
			letters[kept++] = out->letters[i];
	out->letters = letters;
	out->len = kept;
}

/* ---- pairs ---- */

static int by_value(const void *a, const void *b)
{
	const uint64_t *x = a, *y = b;

	return *x < *y ? -1 : *x > *y;
}

/* One more than it has letters: the text's borders are letters, too. */
static uint64_t *pairs_of(const struct alike *text)
{
	uint64_t *pairs = xcalloc(text->len + 1, sizeof(*pairs));

	for (size_t i = 0; i <= text->len; i++) {
		uint64_t left = i > 0 ? text->letters[i - 1] : 0;

		pairs[i] = left << 32 | (i < text->len ? text->letters[i] : 0);
	}
	qsort(pairs, text->len + 1, sizeof(*pairs), by_value);
	return pairs;
}

bool alike_same(const struct alike *a, const struct alike *b)
{
	return a->len == b->len &&
	       memcmp(a->letters, b->letters, a->len * sizeof(*a->letters)) == 0;
}

int alike_hundredths(const struct alike *a, const struct alike *b)
{
	size_t common = 0, i = 0, j = 0;
	uint64_t *left, *right;

	if (a->len == 0 || b->len == 0)
		return 0;
	if (alike_same(a, b))
		return 100;
	left = pairs_of(a);
	right = pairs_of(b);
	while (i <= a->len && j <= b->len) {
		common += left[i] == right[j];
		if (left[i] == right[j]) {
			i++;
			j++;
		} else if (left[i] < right[j]) {
			i++;
		} else {
			j++;
		}
	}
	free(left);
	free(right);
	common = 200 * common / (a->len + b->len + 2);
	return common < 100 ? (int)common : 99; /* the same pairs in another order */
}
