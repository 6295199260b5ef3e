#include "archive/curate/sheet-reader.h"

#include <string.h>

#include "archive/curate/sheet-text.h"
#include "archive/text/utf8.h"

#define BYTE_ORDER_MARK "\xEF\xBB\xBF"
#define WIDE_SIGN	"\xEF\xBC\x83" /* U+FF03 */
#define WIDE_COLON	"\xEF\xBC\x9A" /* U+FF1A */
#define LETTERS		"abcdefghijklmnopqrstuvwxyz"

static bool read_first(struct sheet_reader *r, const char *line)
{
	const char *p = line;
	static const char *const words[] = { "#", "archive", "thread" };

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++) {
		if (!str_starts(p, words[i]))
			return sheet_mistaken(r, "the first line of a thread as text is "
						 "'# archive thread 1'");
		p += strlen(words[i]);
		p += strspn(p, SHEET_BLANKS);
	}
	if (!str_same(p, "1"))
		return sheet_mistaken(r,
				      "this is form %s of a thread as text, and this archive reads "
				      "form 1",
				      sheet_shown(r, p));
	r->begun = true;
	return true;
}

static bool begin_items(struct sheet_reader *r)
{
	return sheet_end_item(r) && (r->place != SHEET_SETTINGS || sheet_end_settings(r));
}

/* A heading, or a remark; among those is the line under which the undecided stand. */
static bool read_sign(struct sheet_reader *r, char *line)
{
	size_t signs = strspn(line, "#");
	char *rest = line + signs;
	bool gap = *rest == '\0' || strchr(SHEET_BLANKS, *rest) ||
		   str_starts(rest, SHEET_WIDE_BLANK);

	if (signs == 2 && !gap)
		return sheet_mistaken(r, "a heading is written '## %s', a remark with one #",
				      sheet_shown(r, rest));
	if (signs == 2)
		return begin_items(r) && sheet_read_heading(r, sheet_skip_gap(rest));
	r->below = r->below || (signs == 1 && str_starts(sheet_skip_gap(rest), "undecided:"));
	return true;
}

static bool unknown(struct sheet_reader *r, const char *line)
{
	return sheet_mistaken(r,
			      "%s is nothing that is known here: a line begins with post, also, "
			      "alt, note, link, drop, ## for a heading or # for a remark",
			      sheet_shown(r, line));
}

/* "name: value" of the thread, or of the heading right above. */
static bool read_named(struct sheet_reader *r, const char *name, char *value)
{
	value = sheet_skip_gap(value);
	if (r->place == SHEET_SETTINGS)
		return sheet_read_setting(r, name, value);
	return sheet_read_part(r, name, value);
}

static bool read_word(struct sheet_reader *r, char *line)
{
	size_t len = strspn(line, LETTERS);
	char *rest = line + len;
	const char *copy = arena_strdup(r->arena, line);
	bool named = *rest == ':', wide = str_starts(rest, WIDE_COLON), known = false, ok;

	if (len > 0 && (named || wide)) {
		*rest = '\0';
		return read_named(r, line, rest + (named ? 1 : strlen(WIDE_COLON)));
	}
	if (len == 0 ||
	    (*rest && !strchr(SHEET_BLANKS, *rest) && !str_starts(rest, SHEET_WIDE_BLANK)))
		return unknown(r, copy);
	if (r->place == SHEET_SETTINGS && !sheet_end_settings(r))
		return false;
	line = sheet_take_word(&rest) - len;
	ok = sheet_read_item(r, line, rest, &known);
	return known ? ok : unknown(r, copy);
}

/* Signs at the beginning may be typed full-width. */
static void narrow_signs(char *line)
{
	char *to = line;
	char *from = line;

	for (; *from == '#' || str_starts(from, WIDE_SIGN); to++) {
		from += *from == '#' ? 1 : strlen(WIDE_SIGN);
		*to = '#';
	}
	memmove(to, from, strlen(from) + 1);
}

static bool read_line(struct sheet_reader *r, char *line)
{
	size_t len = strlen(line);

	while (len > 0 && strchr(SHEET_BLANKS, line[len - 1]))
		line[--len] = '\0';
	narrow_signs(line);
	if (len == 0) {
		r->in_note = false;
		return true;
	}
	if (!r->begun)
		return read_first(r, line);
	if (r->in_note && (str_starts(line, "  ") || line[0] == '\t')) {
		sheet_read_more(r, line + (line[0] == '\t' ? 1 : 2));
		return true;
	}
	r->in_note = false;
	if (strchr(SHEET_BLANKS, line[0]))
		return sheet_mistaken(r,
				      "blanks stand in front of %s: only a further line of a "
				      "note begins with two of them",
				      sheet_shown(r, line + strspn(line, SHEET_BLANKS)));
	return line[0] == '#' ? read_sign(r, line) : read_word(r, line);
}

static bool read_lines(struct sheet_reader *r, char *text)
{
	for (char *end; text; text = end) {
		end = strchr(text, '\n');
		if (end)
			*end++ = '\0';
		r->number++;
		if (!read_line(r, text))
			return false;
	}
	if (!r->begun) {
		r->number = 1;
		return sheet_mistaken(r, "there is nothing: a thread as text begins with "
					 "'# archive thread 1'");
	}
	return begin_items(r) && sheet_check_keys(r);
}

bool sheet_read(struct arena *arena, const char *bytes, size_t len, const struct thread *usual,
		struct sheet *out, struct sheet_mistake *mistake)
{
	struct sheet_reader r = { .arena = arena, .usual = usual, .mistake = mistake };
	struct str text = STR_INIT;
	bool ok;

	r.note = (struct str)STR_INIT;
	r.number = 1;
	if (len > SHEET_MAX_BYTES)
		return sheet_mistaken(&r,
				      "this is larger than the %d MB that a thread as text may "
				      "have",
				      SHEET_MAX_BYTES >> 20);
	r.number = 0;
	utf8_add_plain(&text, bytes, len, false);
	ok = read_lines(&r, text.len > 0
				    ? text.buf + (str_starts(text.buf, BYTE_ORDER_MARK) ? 3 : 0)
				    : arena_alloc(arena, 1));
	if (ok)
		*out = (struct sheet){ .thread = r.thread, .lines = r.lines, .count = r.count };
	str_release(&r.note);
	str_release(&text);
	return ok;
}
