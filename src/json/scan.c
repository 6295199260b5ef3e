#include "archive/json/scan.h"

#include <stdint.h>
#include <string.h>

/* Brackets that are open inside one value; what is deeper than the stack is only counted. */
struct brackets {
	char kinds[JSON_MAX_DEPTH];
	size_t depth;
	size_t objects, arrays; /* of each kind on the stack */
};

char scan_peek(const struct scan *s)
{
	return s->pos < s->len ? s->bytes[s->pos] : '\0';
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

void scan_blank(struct scan *s)
{
	while (s->pos < s->len && is_blank(s->bytes[s->pos]))
		s->pos++;
}

static bool is_escaped(const char *quote, const char *begin)
{
	const char *p = quote;

	while (p > begin && p[-1] == '\\')
		p--;
	return (quote - p) & 1;
}

bool scan_string(struct scan *s)
{
	const char *end = s->bytes + s->len;
	const char *p = s->bytes + s->pos + 1;
	const char *quote;

	while (p < end && (quote = memchr(p, '"', (size_t)(end - p)))) {
		if (!is_escaped(quote, p)) {
			s->pos = (size_t)(quote - s->bytes) + 1;
			return true;
		}
		p = quote + 1;
	}
	s->pos = s->len;
	return false;
}

bool scan_enter_value(struct scan *s)
{
	scan_blank(s);
	if (scan_peek(s) != ':')
		return false;
	s->pos++;
	scan_blank(s);
	return true;
}

static bool is_one_of(const char *const *keys, const char *name, size_t len)
{
	for (; *keys; keys++)
		if (**keys == *name && strlen(*keys) == len && memcmp(*keys, name, len) == 0)
			return true;
	return false;
}

/* The last byte of what begins so; 0 for a number or a word, which are short. */
static char end_of(char first)
{
	if (first == '"')
		return '"';
	return first == '[' ? ']' : first == '{' ? '}' : '\0';
}

/* Behind a string whose opening quote is at from. Of what ends wrongly nothing is left at all,
 * which the parser refuses. */
static void leave_out(struct scan *s, size_t from)
{
	const char *name = s->bytes + from + 1;
	size_t len = s->pos - from - 2;
	struct scan value = { .bytes = s->bytes, .len = s->len };
	char end;

	if (!scan_enter_value(s))
		return;
	end = end_of(scan_peek(s));
	if (!end || !is_one_of(s->unread, name, len))
		return;
	value.pos = s->pos;
	str_add_n(&s->thin, s->bytes + s->kept, s->pos - s->kept);
	if (scan_value(&value) && s->bytes[value.pos - 1] == end)
		str_add(&s->thin, "null");
	s->pos = s->kept = value.pos;
}

static void open_bracket(struct scan *s, struct brackets *open, char kind)
{
	if (open->depth < JSON_MAX_DEPTH) {
		open->kinds[open->depth] = kind;
		*(kind == '{' ? &open->objects : &open->arrays) += 1;
	}
	if (++open->depth > s->depth)
		s->depth = open->depth;
	s->values++;
}

static char pop_bracket(struct brackets *open)
{
	char kind = open->kinds[--open->depth];

	*(kind == '{' ? &open->objects : &open->arrays) -= 1;
	return kind;
}

/* false when the bracket closes nothing that is open here. */
static bool close_bracket(struct brackets *open, char kind)
{
	if (open->depth > JSON_MAX_DEPTH) {
		open->depth--;
		return true;
	}
	if (!(kind == '{' ? open->objects : open->arrays))
		return false;
	while (pop_bracket(open) != kind)
		;
	return true;
}

/* A number or a word, or whatever stands in place of one. */
static void scan_word(struct scan *s)
{
	static const bool ends[256] = {
		['\0'] = true, [','] = true,  [']'] = true,  ['}'] = true,
		[':'] = true,  ['"'] = true,  ['['] = true,  ['{'] = true,
		[' '] = true,  ['\n'] = true, ['\r'] = true, ['\t'] = true,
	};
	size_t from = s->pos;

	while (s->pos < s->len && !ends[(unsigned char)s->bytes[s->pos]])
		s->pos++;
	if (s->pos == from && s->pos < s->len)
		s->pos++;
}

static bool scan_nested(struct scan *s)
{
	struct brackets open;

	open.depth = open.objects = open.arrays = 0;
	while (s->pos < s->len) {
		size_t from = s->pos;
		char c = s->bytes[from];

		if (c == '"') {
			if (!scan_string(s))
				return false;
			if (s->unread)
				leave_out(s, from);
			continue;
		}
		if (c == '{' || c == '[')
			open_bracket(s, &open, c);
		else if ((c == '}' || c == ']') && !close_bracket(&open, c == '}' ? '{' : '['))
			return true;
		s->values += c == ',';
		s->pos++;
		if (!open.depth)
			return true;
	}
	return false;
}

bool scan_value(struct scan *s)
{
	char c = scan_peek(s);

	if (c == '"')
		return scan_string(s);
	if (c == '{' || c == '[')
		return scan_nested(s);
	scan_word(s);
	return s->pos < s->len;
}
