/*
 * The language of searches: what a person typed becomes a value that the store executes. Pure: the
 * clock and the zone are told. A part is a word (every one has to occur, with the meaning of
 * text/words.h), word* for its beginning, "a phrase", or a filter such as from:@hana; '-' in front
 * of any of them says that it must not hold. Full-width signs and names are understood. A filter's
 * value may stand in quotes. What has a colon but names no filter (http://…, 19:00, C++:) is a
 * word as any other.
 *
 *	from:WHO          handle, with or without its server; without '@' also a part of the name
 *	tag:TAG           network:NAME  lang:LANGUAGE  in:THREAD (its chosen posts)
 *	has:media         link, poll, alt, cw
 *	is:reply          quote, gone, unlisted, edited, chosen
 *	since: until:     a time as text/when.h has it
 *	sort:time         oldest, relevance
 *
 * Of from:, tag:, network:, lang: and in: given more than once any has to hold; of everything else
 * all.
 */
#ifndef ARCHIVE_CURATE_SEARCH_H
#define ARCHIVE_CURATE_SEARCH_H

#include "archive/base/arena.h"
#include "archive/base/str.h"

#define SEARCH_MAX_BYTES 4096

enum search_field {
	SEARCH_FROM, /* folded, '@' kept */
	SEARCH_TAG,  /* folded, without '#' */
	SEARCH_NETWORK,
	SEARCH_LANG, /* folded */
	SEARCH_IN,   /* slug, folded */
	SEARCH_FIELD_COUNT,
};

enum search_trait {
	SEARCH_HAS_MEDIA,
	SEARCH_HAS_LINK,
	SEARCH_HAS_POLL,
	SEARCH_HAS_ALT,
	SEARCH_HAS_CW,
	SEARCH_IS_REPLY,
	SEARCH_IS_QUOTE,
	SEARCH_IS_GONE,
	SEARCH_IS_UNLISTED,
	SEARCH_IS_EDITED,
	SEARCH_IS_CHOSEN,
	SEARCH_TRAIT_COUNT,
};

enum search_sort { SEARCH_NEWEST, SEARCH_OLDEST, SEARCH_RELEVANCE };

struct search_values {
	const char *const *items;
	size_t count;
};

/* What is wanted of the text, as it was typed: for highlights. */
struct search_part {
	const char *text;
	size_t len;
	bool beginning;
};

struct search_query {
	const char *match;   /* an FTS5 match expression; NULL = any text */
	const char *without; /* the same of words that must not occur, when match is NULL */
	struct search_part *parts;
	size_t part_count;
	struct search_values wanted[SEARCH_FIELD_COUNT], unwanted[SEARCH_FIELD_COUNT];
	unsigned has, has_not; /* bits 1 << enum search_trait */
	int64_t since, until;  /* UTC ms, 0 = open */
	enum search_sort sort;
	/* a word with a colon that is nearly a filter's name, and that filter's name; NULL = none
	 */
	const char *odd, *meant;
};

struct search_reading {
	struct arena *arena; /* of all that the query points to */
	int64_t now;	     /* UTC ms */
	const char *zone;
};

/* ERR_USAGE, one sentence with the cure, for a value that is none, for nothing but punctuation, for
 * more than SEARCH_MAX_BYTES. Nothing typed at all is a query that everything answers. */
MUST_CHECK bool search_parse(const struct search_reading *reading, const char *typed,
			     struct search_query *out, struct err *err);
/* A filter by its name ("from"), as an option of a command gives it. */
MUST_CHECK bool search_parse_filter(const struct search_reading *reading, const char *name,
				    const char *value, struct search_query *query, struct err *err);
/* Names of filters and of their words, for completion and for tests: NULL behind the last. */
const char *search_filter_name(size_t index);

/* Is what is being typed a word that may go on: the last part, wanted, without quotes? */
bool search_open_end(const char *typed);

/* out becomes a '+' for each byte of the text that was searched for, ' ' for each other; nothing at
 * all when the query is NULL or wants no words. */
void search_highlight(struct str *out, const struct search_query *query, const char *text);

#endif
