#include <string.h>

#include "archive/text/utf8.h"
#include "archive/text/words.h"

#define MAX_QUERY 4096

/* One part of a query as it was typed. */
struct part {
	const char *text;
	size_t len;
	bool excluded, beginning;
};

static bool is_quote(uint32_t c)
{
	return c == '"' || c == 0x201C || c == 0x201D || c == 0xFF02;
}

static bool is_blank(uint32_t c)
{
	return (c > 0 && c <= ' ') || c == 0xA0 || c == 0x3000;
}

static bool is_minus(uint32_t c)
{
	return c == '-' || c == 0x2212 || c == 0xFF0D;
}

static bool is_star(uint32_t c)
{
	return c == '*' || c == 0xFF0A;
}

static uint32_t peek(const char *p, const char *end)
{
	return p < end ? utf8_next(&p, end) : 0;
}

static void skip(const char **p, const char *end)
{
	if (*p < end)
		utf8_next(p, end);
}

/* Up to the closing quote, which is passed, or to the end. */
static void read_quoted(const char **p, const char *end, struct part *part)
{
	skip(p, end);
	part->text = *p;
	while (*p < end && !is_quote(peek(*p, end)))
		skip(p, end);
	part->len = (size_t)(*p - part->text);
	skip(p, end);
	part->beginning = is_star(peek(*p, end));
	if (part->beginning)
		skip(p, end);
}

static void read_plain(const char **p, const char *end, struct part *part)
{
	uint32_t last = 0;

	part->text = *p;
	while (*p < end) {
		uint32_t c = peek(*p, end);

		if (is_blank(c) || is_quote(c))
			break;
		last = c;
		skip(p, end);
	}
	part->len = (size_t)(*p - part->text);
	part->beginning = is_star(last);
}

static bool next_part(const char **p, const char *end, struct part *part)
{
	const char *behind;

	*part = (struct part){ 0 };
	while (*p < end && is_blank(peek(*p, end)))
		skip(p, end);
	if (*p == end)
		return false;
	behind = *p;
	skip(&behind, end);
	if (is_minus(peek(*p, end)) && behind < end && !is_blank(peek(behind, end))) {
		part->excluded = true;
		*p = behind;
	}
	if (is_quote(peek(*p, end)))
		read_quoted(p, end, part);
	else
		read_plain(p, end, part);
	return true;
}

/* The parts that are excluded, or those that are not, joined. Returns how many hold words. */
static size_t add_parts(struct str *out, const char *query, bool excluded, const char *joint)
{
	const char *p = query, *end = query + strlen(query);
	struct part part;
	size_t count = 0;

	while (next_part(&p, end, &part)) {
		size_t before = out->len;

		if (part.excluded != excluded)
			continue;
		if (count > 0)
			str_add(out, joint);
		if (words_add_phrase(out, part.text, part.len, part.beginning))
			count++;
		else
			str_truncate(out, before);
	}
	return count;
}

static bool refuse(const char *query, bool only_excluded, struct err *err)
{
	struct str shown = STR_INIT;

	utf8_add_quoted(&shown, query);
	err_set(err, ERR_USAGE,
		only_excluded ? "%s says only what is not wanted: add a word to look for"
			      : "%s holds no word to look for",
		shown.buf);
	str_release(&shown);
	return false;
}

/* NOT binds closer than AND in FTS5, and a chain of them is a tree as deep as it is long: hence the
 * parentheses. */
bool words_query(struct str *out, const char *query, struct err *err)
{
	struct str wanted = STR_INIT, unwanted = STR_INIT;
	size_t wants, refusals;
	bool ok;

	if (strnlen(query, MAX_QUERY + 1) > MAX_QUERY)
		return err_set(err, ERR_USAGE, "the search is longer than %d bytes", MAX_QUERY);
	wants = add_parts(&wanted, query, false, " AND ");
	refusals = add_parts(&unwanted, query, true, " OR ");
	ok = wants > 0;
	if (!ok)
		refuse(query, refusals > 0, err);
	else if (refusals > 0)
		str_addf(out, "(%s) NOT (%s)", wanted.buf, unwanted.buf);
	else
		str_add_n(out, wanted.buf, wanted.len);
	str_release(&wanted);
	str_release(&unwanted);
	return ok;
}
