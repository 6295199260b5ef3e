#include "archive/curate/search-token.h"

#include "archive/curate/search-filter.h"
#include "archive/text/utf8.h"

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

static bool is_colon(uint32_t c)
{
	return c == ':' || c == 0xFF1A;
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
static void read_quoted(const char **p, const char *end, struct search_token *token)
{
	skip(p, end);
	token->quoted = true;
	token->text = *p;
	while (*p < end && !is_quote(peek(*p, end)))
		skip(p, end);
	token->len = (size_t)(*p - token->text);
	skip(p, end);
}

static void read_phrase(const char **p, const char *end, struct search_token *token)
{
	read_quoted(p, end, token);
	token->beginning = is_star(peek(*p, end));
	if (token->beginning)
		skip(p, end);
}

/* What stands before the first colon; *p is moved behind that then. */
static bool read_name(const char **p, const char *end, struct search_token *token)
{
	const char *at = *p, *name = *p;

	for (uint32_t c; at < end; skip(&at, end)) {
		c = peek(at, end);
		if (is_blank(c) || is_quote(c))
			return false;
		if (is_colon(c))
			break;
	}
	if (at == end || at == name)
		return false;
	token->name = name;
	token->name_len = (size_t)(at - name);
	skip(&at, end);
	*p = at;
	return true;
}

static void read_plain(const char **p, const char *end, struct search_token *token)
{
	uint32_t last = 0;

	token->text = *p;
	while (*p < end) {
		uint32_t c = peek(*p, end);

		if (is_blank(c) || is_quote(c))
			break;
		last = c;
		skip(p, end);
	}
	token->len = (size_t)(*p - token->text);
	token->beginning = is_star(last);
}

/* A filter, else a word that may hold colons. */
static void read_word(const char **p, const char *end, struct search_token *token)
{
	const char *value = *p;

	if (read_name(&value, end, token))
		token->filter = search_find_filter(token->name, token->name_len);
	if (!token->filter) {
		read_plain(p, end, token);
		return;
	}
	*p = value;
	if (is_quote(peek(*p, end)))
		read_quoted(p, end, token);
	else
		read_plain(p, end, token);
}

bool search_next_token(const char **p, const char *end, struct search_token *token)
{
	const char *behind;

	*token = (struct search_token){ 0 };
	while (*p < end && is_blank(peek(*p, end)))
		skip(p, end);
	if (*p == end)
		return false;
	behind = *p;
	skip(&behind, end);
	if (is_minus(peek(*p, end)) && behind < end && !is_blank(peek(behind, end))) {
		token->excluded = true;
		*p = behind;
	}
	if (is_quote(peek(*p, end)))
		read_phrase(p, end, token);
	else
		read_word(p, end, token);
	return true;
}
