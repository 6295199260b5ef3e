#include "archive/store/view-words.h"

#include <string.h>

#include "archive/store/row.h"
#include "archive/store/search.h"

#define SLICE_POSTS 1024 /* with the rarest word */
#define STEPS_A_ROW 8	 /* steps in the index for the price of a row */

static bool add_term(struct words *words, struct store *store, const struct str *term,
		     struct err *err)
{
	bool whole;

	words->terms_at[words->count++] = words->terms.len;
	if (!search_expand(store, term->buf, &words->terms, &whole, err))
		return false;
	str_add_char(&words->terms, '\0');
	return true;
}

static bool add_terms(struct words *words, struct store *store, const struct search_phrase *phrase,
		      struct err *err)
{
	const char *p = phrase->text, *end = phrase->text + phrase->len;
	struct str term = STR_INIT;
	bool ok = true;

	while (ok && p < end && words->count < VIEW_WORDS_MAX) {
		const char *blank = memchr(p, ' ', (size_t)(end - p));
		const char *behind = blank ? blank : end;

		str_clear(&term);
		str_add_char(&term, '"');
		str_add_n(&term, p, (size_t)(behind - p));
		str_add(&term, phrase->beginning && !blank ? "\"*" : "\"");
		ok = add_term(words, store, &term, err);
		p = behind + (blank != NULL);
	}
	str_release(&term);
	return ok;
}

bool words_begin(struct words *words, struct store *store, const char *match, struct err *err)
{
	struct search_phrase phrase;
	bool whole = true;
	const char *p;

	str_add(&words->typed, match);
	if (!search_usable(store, err) ||
	    !search_expand(store, words->typed.buf, &words->query, &whole, err))
		return false;
	words->reads = !whole;
	words->lazy = !strchr(words->typed.buf, ' ');
	words->stream = (struct stream){ .sql = SQL_VIEW_WORDS_UP, .text = words->query.buf };
	p = words->typed.buf;
	while (!words->reads && search_next_phrase(words->typed.buf, &p, &phrase))
		if (!phrase.unwanted && !add_terms(words, store, &phrase, err))
			return false;
	return true;
}

void words_release(struct words *words)
{
	stream_release(&words->stream);
	str_release(&words->typed);
	str_release(&words->query);
	str_release(&words->terms);
}

/* ---- slices ---- */

/* The id up to which, from id on, there are so many posts with the word; the last of all when there
 * are fewer. */
static bool probe(const struct words *words, struct scan *scan, size_t term, int64_t id,
		  int64_t *end, struct err *err)
{
	struct query q = db_query(scan->store,
				  scan->back ? SQL_VIEW_WORD_END_DOWN : SQL_VIEW_WORD_END_UP);
	int rc;

	db_text(&q, words->terms.buf + words->terms_at[term]);
	db_int(&q, scan->back ? 0 : id);
	db_int(&q, scan->back ? id : INT64_MAX);
	db_int(&q, SLICE_POSTS);
	rc = db_step(&q, err);
	if (rc > 0) {
		scan->spent += (size_t)db_column_int(&q, 1) / STEPS_A_ROW + SCAN_SEEK_COST;
		*end = scan->back ? 0 : INT64_MAX;
		if (db_column_int(&q, 1) == SLICE_POSTS)
			*end = db_column_int(&q, 0);
	}
	db_end(&q);
	return rc > 0;
}

static bool is_last(const struct scan *scan, int64_t end)
{
	return end == (scan->back ? 0 : INT64_MAX);
}

/* Up to where the rarest word is found so often; which one that is, is told by the first slice. */
static bool find_slice_end(struct words *words, struct scan *scan, int64_t id, struct err *err)
{
	const size_t first = words->sliced ? words->rarest : 0;
	const size_t end = words->sliced ? first + 1 : words->count;
	int64_t reached;

	words->slice_end = id;
	for (size_t i = first; i < end && !is_last(scan, words->slice_end); i++) {
		if (!probe(words, scan, i, id, &reached, err))
			return false;
		if (!scan_before(scan, words->slice_end, reached))
			continue;
		words->slice_end = reached;
		words->rarest = i;
	}
	return true;
}

static bool make_slice(struct words *words, struct scan *scan, int64_t id, struct err *err)
{
	if (words->lazy)
		words->slice_end = scan->back ? 0 : INT64_MAX;
	else if (!find_slice_end(words, scan, id, err))
		return false;
	stream_set_range(&words->stream, scan->back ? words->slice_end : id,
			 scan->back ? id : words->slice_end);
	words->sliced = true;
	scan->spent += SLICE_POSTS / STEPS_A_ROW;
	return true;
}

static bool reach_in_slice(struct words *words, struct scan *scan, int64_t id, struct err *err)
{
	bool beyond = words->sliced && scan_before(scan, words->slice_end, id);

	if ((!words->sliced || beyond) && !make_slice(words, scan, id, err))
		return false;
	if (!stream_reach(scan, &words->stream, id, err))
		return false;
	words->hit = !words->stream.ended;
	words->ended = !words->hit && is_last(scan, words->slice_end);
	words->head = words->hit ? words->stream.head : scan_beyond(scan, words->slice_end);
	return true;
}

bool words_reach(struct words *words, struct scan *scan, int64_t id, size_t budget, struct err *err)
{
	do {
		if (!reach_in_slice(words, scan, id, err))
			return false;
		id = words->head;
	} while (!words->hit && !words->ended && scan->spent < budget);
	return true;
}

/* ---- reading ---- */

bool words_hold(const struct words *words, struct store *store, int64_t id, bool *hold,
		struct err *err)
{
	struct query q = db_query(store, SQL_POST_GET);
	struct post post;
	int rc;

	arena_clear(&store->arena);
	rc = row_find_post(&q, id, &store->arena, &post, err);
	*hold = rc > 0 && search_holds(words->typed.buf, &post);
	db_end(&q);
	return rc >= 0;
}
