#include "archive/curate/search.h"

#include <string.h>

#include "archive/curate/search-filter.h"
#include "archive/curate/search-token.h"
#include "archive/text/utf8.h"
#include "archive/text/words.h"

/* What of a query is read so far. */
struct parser {
	const struct search_reading *given;
	struct search_query *query;
	struct str wanted, unwanted; /* phrases of the match expression */
	size_t filters;
};

static void add_part(struct parser *p, const struct search_token *token)
{
	struct search_query *query = p->query;
	struct search_part *part = &query->parts[query->part_count++];

	part->text = arena_strndup(p->given->arena, token->text, token->len);
	part->len = token->len;
	part->beginning = token->beginning;
}

/* A word that nearly begins as a filter does is remembered: it may be why nothing is found. */
static void look_at_name(struct parser *p, const struct search_token *token)
{
	struct search_query *query = p->query;
	const char *name;

	if (!token->name || query->odd)
		return;
	name = arena_strndup(p->given->arena, token->name, token->name_len);
	query->meant = search_near_filter(name);
	query->odd = query->meant ? name : NULL;
}

/* A part without a word is passed over. */
static void add_words(struct parser *p, const struct search_token *token)
{
	struct str *out = token->excluded ? &p->unwanted : &p->wanted;
	const size_t before = out->len;

	if (before > 0)
		str_add(out, token->excluded ? " OR " : " AND ");
	if (!words_add_phrase(out, token->text, token->len, token->beginning)) {
		str_truncate(out, before);
		return;
	}
	look_at_name(p, token);
	if (!token->excluded)
		add_part(p, token);
}

static bool add_token(struct parser *p, const struct search_token *token, struct err *err)
{
	const char *value;

	if (!token->filter) {
		add_words(p, token);
		return true;
	}
	p->filters++;
	value = arena_strndup(p->given->arena, token->text, token->len);
	return search_read_filter(p->given, token->filter, value, token->excluded, p->query, err);
}

/* NOT binds closer than AND in FTS5, and a chain of them is a tree as deep as it is long: hence the
 * parentheses. */
static void write_match(struct parser *p)
{
	struct arena *arena = p->given->arena;

	if (p->wanted.len == 0 && p->unwanted.len > 0)
		p->query->without = arena_strdup(arena, p->unwanted.buf);
	else if (p->unwanted.len > 0)
		p->query->match = arena_printf(arena, "(%s) NOT (%s)", p->wanted.buf,
					       p->unwanted.buf);
	else if (p->wanted.len > 0)
		p->query->match = arena_strdup(arena, p->wanted.buf);
}

static bool refuse(const char *typed, struct err *err)
{
	struct str shown = STR_INIT;

	utf8_add_quoted(&shown, typed);
	err_set(err, ERR_USAGE, "%s holds no word to look for", shown.buf);
	str_release(&shown);
	return false;
}

static bool check(const struct parser *p, const char *typed, size_t tokens, struct err *err)
{
	const struct search_query *query = p->query;

	if (tokens > 0 && p->filters == 0 && !query->match && !query->without)
		return refuse(typed, err);
	if (query->since && query->until && query->since >= query->until)
		return err_set(err, ERR_USAGE, "since: is not before until:");
	return true;
}

/* Parts are at least two bytes apart. */
static void make_room(struct parser *p, size_t len)
{
	p->query->parts = arena_array(p->given->arena, len / 2 + 1, sizeof(*p->query->parts));
}

bool search_parse(const struct search_reading *reading, const char *typed, struct search_query *out,
		  struct err *err)
{
	struct parser p = { reading, out, STR_INIT, STR_INIT, 0 };
	const size_t len = strnlen(typed, SEARCH_MAX_BYTES + 1);
	const char *at = typed, *end = typed + len;
	struct search_token token;
	size_t tokens = 0;
	bool ok = true;

	*out = (struct search_query){ 0 };
	if (len > SEARCH_MAX_BYTES)
		return err_set(err, ERR_USAGE, "the search is longer than %d bytes",
			       SEARCH_MAX_BYTES);
	make_room(&p, len);
	while (ok && search_next_token(&at, end, &token)) {
		ok = add_token(&p, &token, err);
		tokens++;
	}
	write_match(&p);
	ok = ok && check(&p, typed, tokens, err);
	str_release(&p.wanted);
	str_release(&p.unwanted);
	return ok;
}

bool search_parse_filter(const struct search_reading *reading, const char *name, const char *value,
			 struct search_query *query, struct err *err)
{
	const struct search_filter *filter = search_find_filter(name, strlen(name));

	return search_read_filter(reading, filter, value, false, query, err);
}

bool search_open_end(const char *typed)
{
	const char *at = typed, *end = typed + strlen(typed);
	struct search_token token, last = { 0 };

	while (search_next_token(&at, end, &token))
		last = token;
	return last.text && last.text + last.len == end && last.len > 0 && !last.quoted &&
	       !last.filter && !last.excluded && !last.beginning;
}
