#include "archive/import/split.h"

#include <string.h>

void split_begin(struct split *split, FILE *in)
{
	split->in = in;
	split->pos = split->len = 0;
	split->begun = split->in_array = split->one_array = false;
	split->seen = split->closed = false;
	split->line = split->next_line = 1;
	split->value = (struct str)STR_INIT;
}

void split_release(struct split *split)
{
	str_release(&split->value);
}

/* The next byte without taking it; EOF at the end. */
static int peek(struct split *split)
{
	if (split->pos == split->len) {
		split->len = fread(split->buffer, 1, sizeof(split->buffer), split->in);
		split->pos = 0;
	}
	return split->len ? (unsigned char)split->buffer[split->pos] : EOF;
}

static void skip(struct split *split)
{
	if (split->buffer[split->pos++] == '\n')
		split->next_line++;
}

static bool is_blank(int c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* The first byte that is not blank. */
static int peek_value(struct split *split)
{
	int c = peek(split);

	while (c != EOF && is_blank(c)) {
		skip(split);
		c = peek(split);
	}
	split->seen = split->seen || c != EOF;
	return c;
}

/* A byte order mark may stand at the very beginning. */
static void skip_mark(struct split *split)
{
	if (peek(split) == 0xEF && split->len - split->pos >= 3 &&
	    !memcmp(split->buffer + split->pos, "\xEF\xBB\xBF", 3))
		split->pos += 3;
}

/* Where one is inside of a value. */
struct place {
	size_t depth;
	bool in_string, escaped;
	char before; /* the last byte that counted */
	bool too_long;
};

static bool may_open(char before)
{
	return before == ':' || before == ',' || before == '[' || !before;
}

/* Takes the byte into account; false when it cannot stand here. */
static bool step(struct place *place, char c)
{
	if (place->escaped) {
		place->escaped = false;
	} else if (place->in_string) {
		if (c == '\n')
			return false;
		place->escaped = c == '\\';
		place->in_string = c != '"';
	} else if (c == '"') {
		place->in_string = true;
	} else if (c == '{' || c == '[') {
		if (!may_open(place->before))
			return false;
		place->depth++;
	} else if (c == '}' || c == ']') {
		place->depth--;
	}
	if (place->in_string || !is_blank(c))
		place->before = c;
	return true;
}

/* Most bytes stand inside of strings and mean nothing. */
static size_t plain_length(const char *bytes, size_t len)
{
	static const bool counts[256] = { ['"'] = true, ['\\'] = true, ['\n'] = true };
	size_t n = 0;

	while (n < len && !counts[(unsigned char)bytes[n]])
		n++;
	return n;
}

enum run { RUN_ON, RUN_WHOLE, RUN_BROKEN };

/* Takes bytes of the buffer up to its end, the value's end, or one that cannot stand there, which
 * is left. */
static enum run take_run(struct split *split, struct place *place)
{
	while (split->pos < split->len) {
		if (place->in_string && !place->escaped)
			split->pos += plain_length(split->buffer + split->pos,
						   split->len - split->pos);
		if (split->pos == split->len)
			break;
		if (!step(place, split->buffer[split->pos]))
			return RUN_BROKEN;
		skip(split);
		if (!place->depth)
			return RUN_WHOLE;
	}
	return RUN_ON;
}

static void keep(struct split *split, struct place *place, size_t from)
{
	size_t limit = split->in_array ? SPLIT_MAX_ELEMENT : SPLIT_MAX_VALUE;

	if (split->value.len + (split->pos - from) <= limit)
		str_add_n(&split->value, split->buffer + from, split->pos - from);
	else
		place->too_long = true;
}

/* An object or array, taken whole. */
static enum split_found take_nested(struct split *split, enum split_found kind)
{
	struct place place = { 0 };

	str_clear(&split->value);
	while (peek(split) != EOF) {
		size_t from = split->pos;
		enum run run = take_run(split, &place);

		keep(split, &place, from);
		if (run == RUN_BROKEN)
			return place.too_long ? SPLIT_TOO_LONG : SPLIT_BROKEN;
		if (run == RUN_WHOLE)
			return place.too_long ? SPLIT_TOO_LONG : kind;
	}
	return place.too_long ? SPLIT_TOO_LONG : SPLIT_BROKEN;
}

static bool is_one_of(const char *bytes, int c)
{
	return c != '\0' && strchr(bytes, c);
}

/* Anything else, up to where a value or a line may begin. */
static enum split_found take_other(struct split *split)
{
	enum split_found found = is_one_of("\"-0123456789tfn", peek(split)) ? SPLIT_OTHER
									    : SPLIT_BROKEN;
	int c;

	while ((c = peek(split)) != EOF && !is_one_of(split->in_array ? ",]\n" : "\n", c))
		skip(split);
	return found;
}

enum split_found split_next(struct split *split)
{
	int c;

	if (!split->begun)
		skip_mark(split);
	split->begun = true;
	for (;;) {
		c = peek_value(split);
		if (split->in_array ? c == ',' || c == ']' : c == '[') {
			split->in_array = c != ']';
			split->closed = split->closed || c == ']';
			skip(split);
			if (split->one_array && !split->in_array)
				return SPLIT_END;
			continue;
		}
		break;
	}
	split->line = split->next_line;
	if (c == EOF) {
		enum split_found end = split->in_array ? SPLIT_BROKEN : SPLIT_END;

		split->in_array = false;
		return end;
	}
	if (c == '{' || c == '[')
		return take_nested(split, c == '{' ? SPLIT_VALUE : SPLIT_OTHER);
	return take_other(split);
}
