#include <string.h>

#include "archive/store/search.h"
#include "archive/text/utf8.h"

#define MOST_WORDS 64 /* that begin with what was typed; each is looked for by itself */
#define EXCEPT	   ") NOT ("

/* ---- the match expression (words.h made it: no word holds a quote, a blank or a bracket) ---- */

bool search_next_phrase(const char *expression, const char **p, struct search_phrase *out)
{
	const char *from = strchr(*p, '"'), *end = from ? strchr(from + 1, '"') : NULL;
	const char *except = strstr(expression, EXCEPT), *blank;
	size_t last;

	if (!end)
		return false;
	*out = (struct search_phrase){ .text = from + 1,
				       .len = (size_t)(end - from - 1),
				       .beginning = end[1] == '*',
				       .unwanted = except && from > except };
	blank = memrchr(out->text, ' ', out->len);
	out->last = blank ? blank + 1 : out->text;
	last = (size_t)(end - out->last);
	/* the index has the first characters of its words by themselves (data/schema-3.sql) */
	out->gathered = out->beginning && utf8_offset(out->last, last, 1) < last;
	*p = end + 1 + out->beginning;
	return true;
}

/* ---- beginnings ---- */

/* The first word of the index that is not before this one; empty when there is none. */
static bool next_word(struct store *store, const struct str *from, struct str *word,
		      struct err *err)
{
	struct query q = db_query(store, SQL_SEARCH_NEXT_WORD);
	const char *found;
	int rc;

	db_text_n(&q, from->buf, from->len);
	rc = db_step(&q, err);
	found = rc > 0 ? db_column(&q, 0) : NULL;
	str_clear(word);
	if (found)
		str_add(word, found);
	db_end(&q);
	return rc >= 0;
}

static void add_phrase(struct str *out, const struct search_phrase *phrase, const char *last)
{
	str_add_char(out, '"');
	str_add_n(out, phrase->text, (size_t)(phrase->last - phrase->text));
	str_add(out, last);
	str_add_char(out, '"');
}

/* The phrase with each word that begins so; *left when there are too many. */
static bool add_each(struct store *store, const struct search_phrase *phrase, struct str *out,
		     bool *left, struct err *err)
{
	struct str begin = STR_INIT, from = STR_INIT, word = STR_INIT;
	size_t count = 0;
	bool ok;

	str_add_n(&begin, phrase->last, phrase->len - (size_t)(phrase->last - phrase->text));
	str_add(&from, begin.buf);
	while ((ok = next_word(store, &from, &word, err)) && str_starts(word.buf, begin.buf) &&
	       count <= MOST_WORDS) {
		str_add(out, count++ > 0 ? " OR " : "(");
		add_phrase(out, phrase, word.buf);
		str_clear(&from);
		str_addf(&from, "%s\x01", word.buf); /* behind it, and before all others */
	}
	*left = count > MOST_WORDS;
	if (count == 0)
		add_phrase(out, phrase, begin.buf);
	else
		str_add_char(out, ')');
	str_release(&begin);
	str_release(&from);
	str_release(&word);
	return ok;
}

static bool expand(struct store *store, const struct search_phrase *phrase, struct str *out,
		   bool *whole, struct err *err)
{
	const size_t before = out->len;
	bool left = false;

	if (phrase->gathered && !add_each(store, phrase, out, &left, err))
		return false;
	if (phrase->gathered && !left)
		return true;
	*whole = *whole && !left;
	str_truncate(out, before);
	str_add_char(out, '"');
	str_add_n(out, phrase->text, phrase->len);
	str_add(out, phrase->beginning ? "\"*" : "\"");
	return true;
}

bool search_expand(struct store *store, const char *expression, struct str *out, bool *whole,
		   struct err *err)
{
	const char *p = expression, *behind = expression;
	struct search_phrase phrase;

	*whole = true;
	while (search_next_phrase(expression, &p, &phrase)) {
		str_add_n(out, behind, (size_t)(phrase.text - 1 - behind));
		if (!expand(store, &phrase, out, whole, err))
			return false;
		behind = p;
	}
	str_add(out, behind);
	return true;
}

/* ---- a post, read ---- */

/* words has a blank before and behind each word. */
static bool has_phrase(const struct str *words, const struct search_phrase *phrase)
{
	const char *at = words->buf;

	while ((at = memmem(at, words->len - (size_t)(at - words->buf), phrase->text,
			    phrase->len))) {
		if (at[-1] == ' ' && (phrase->beginning || at[phrase->len] == ' '))
			return true;
		at++;
	}
	return false;
}

bool search_holds(const char *expression, const struct post *post)
{
	struct str bare = STR_INIT, words = STR_INIT;
	struct search_phrase phrase;
	const char *p = expression;
	bool holds = true;

	search_words(&bare, post);
	str_addf(&words, " %s ", bare.buf);
	while (holds && search_next_phrase(expression, &p, &phrase))
		holds = has_phrase(&words, &phrase) != phrase.unwanted;
	str_release(&bare);
	str_release(&words);
	return holds;
}

bool search_usable(struct store *store, struct err *err)
{
	return !store->words_stale ||
	       err_set(err, ERR_USAGE,
		       "%s was indexed by another version of archive: archive fetch indexes it "
		       "anew",
		       store->path);
}
