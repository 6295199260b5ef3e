#include <stdlib.h>

#include "archive/base/mem.h"
#include "archive/store/row.h"
#include "archive/store/search.h"
#include "archive/store/sift.h"

/* So many posts of several authors are collected before the first is given; when they have more,
 * the newest ones are near whoever wrote. */
#define POSTS_OF_FEW 4000
/* In so many posts of an author words are looked for one by one: each at the price of a hundred
 * steps from one post with the words to the next. */
#define POSTS_LOOKED_AT 500
/* So few with the words are walked along, whoever wrote them. */
#define POSTS_WITH_FEW 1000
#define LIST_AUTHORS   9 /* number of the parameter */

struct post_cursor {
	struct query q;
	struct arena arena;
	struct sift sift;
	struct str tags, words, authors; /* bound to q */
};

/* What a statement walks along: the filter's own tags, else those of the search. */
static struct search_values driving_tags(const struct post_filter *filter)
{
	struct search_values tags = { 0 };

	if (filter->tag_count == 0 && filter->query)
		return filter->query->wanted[SEARCH_TAG];
	tags.items = filter->tags;
	tags.count = filter->tag_count;
	return tags;
}

static bool has_words(const struct post_filter *filter)
{
	return filter->query && filter->query->match;
}

/* ---- which statement ---- */

/* [7,9] */
static void write_authors(struct str *out, const struct db_set *set)
{
	for (size_t i = 0; i < set->count; i++)
		str_addf(out, "%c%lld", i == 0 ? '[' : ',', (long long)set->ids[i]);
	str_add_char(out, ']');
}

/* Are there more posts than so many, by those authors or with those words? */
static bool are_more(struct post_cursor *cursor, struct store *store, enum sql sql, int64_t posts,
		     bool *more, struct err *err)
{
	const struct str *of = sql == SQL_LIST_WORDS_COUNT ? &cursor->words : &cursor->authors;
	struct query q = db_query(store, sql);
	int64_t count;

	db_text(&q, of->buf);
	db_int(&q, cursor->sift.first);
	db_int(&q, cursor->sift.end);
	db_int(&q, posts + 1);
	if (!db_value(&q, 0, &count, err))
		return false;
	*more = count > posts;
	return true;
}

/* Few posts of theirs, and many with the words. */
static bool rather_than_words(struct post_cursor *cursor, struct store *store, bool *rather,
			      struct err *err)
{
	bool more = false;

	*rather = false;
	return are_more(cursor, store, SQL_LIST_AUTHORS_COUNT, POSTS_LOOKED_AT, &more, err) &&
	       (more || are_more(cursor, store, SQL_LIST_WORDS_COUNT, POSTS_WITH_FEW, rather, err));
}

static bool rather_than_others(struct post_cursor *cursor, struct store *store, bool *rather,
			       struct err *err)
{
	bool more = false;

	if (!are_more(cursor, store, SQL_LIST_AUTHORS_COUNT, POSTS_OF_FEW, &more, err))
		return false;
	*rather = !more;
	return true;
}

/* Are the posts of who is wanted to be walked along, rather than those with the words or the tag,
 * or all? */
static bool choose_authors(struct post_cursor *cursor, struct store *store,
			   const struct post_filter *filter, struct err *err)
{
	const struct db_set *set = &cursor->sift.authors[0];
	bool rather = true;

	if (set->count == 0 || (filter->query && filter->query->sort == SEARCH_RELEVANCE))
		return true;
	write_authors(&cursor->authors, set);
	if (has_words(filter) && !rather_than_words(cursor, store, &rather, err))
		return false;
	if (!has_words(filter) && (set->count > 1 || driving_tags(filter).count > 0) &&
	    !rather_than_others(cursor, store, &rather, err))
		return false;
	if (!rather)
		str_clear(&cursor->authors);
	return true;
}

static enum sql choose(const struct post_cursor *cursor, const struct post_filter *filter)
{
	enum search_sort sort = filter->query ? filter->query->sort : SEARCH_NEWEST;
	bool oldest = filter->oldest_first || sort == SEARCH_OLDEST;
	size_t tags = driving_tags(filter).count;

	if (sort == SEARCH_RELEVANCE)
		return SQL_LIST_BEST;
	if (cursor->authors.len > 0 && cursor->sift.authors[0].count == 1)
		return oldest ? SQL_LIST_AUTHOR_OLDEST : SQL_LIST_AUTHOR_NEWEST;
	if (cursor->authors.len > 0)
		return oldest ? SQL_LIST_AUTHORS_OLDEST : SQL_LIST_AUTHORS_NEWEST;
	if (has_words(filter))
		return oldest ? SQL_LIST_WORDS_OLDEST : SQL_LIST_WORDS_NEWEST;
	if (tags == 1)
		return oldest ? SQL_LIST_TAG_OLDEST : SQL_LIST_TAG_NEWEST;
	if (tags > 1)
		return oldest ? SQL_LIST_TAGS_OLDEST : SQL_LIST_TAGS_NEWEST;
	return oldest ? SQL_LIST_POSTS_OLDEST : SQL_LIST_POSTS_NEWEST;
}

/* ---- what is bound to it ---- */

/* Beside words and authors only the filter's own tags are looked at here: the sift has the others.
 */
static void write_tags(struct post_cursor *cursor, const struct post_filter *filter)
{
	const struct search_values tags = driving_tags(filter);
	struct str *out = &cursor->tags;

	if (has_words(filter) || cursor->authors.len > 0) {
		if (filter->tag_count > 0)
			row_add_list(out, filter->tags, filter->tag_count);
	} else if (tags.count == 1) {
		str_add(out, tags.items[0]);
	} else if (tags.count > 1) {
		row_add_list(out, tags.items, tags.count);
	}
}

static int64_t later(int64_t a, int64_t b)
{
	return a > b ? a : b;
}

static void bind_authors(struct query *q, const struct post_cursor *cursor)
{
	const struct db_set *set = &cursor->sift.authors[0];

	q->next = LIST_AUTHORS - 1;
	if (set->count == 1)
		db_int(q, set->ids[0]);
	else
		db_text(q, cursor->authors.buf);
}

static void bind(struct post_cursor *cursor, const struct post_filter *filter, bool best)
{
	struct query *q = &cursor->q;
	const struct sift *sift = &cursor->sift;
	const int64_t end = row_end_id(filter->until);

	db_int(q, later(row_first_id(filter->since), sift->first));
	db_int(q, end < sift->end ? end : sift->end);
	db_int(q, filter->unlisted);
	db_int(q, filter->gone);
	db_text(q, cursor->tags.len > 0 ? cursor->tags.buf : NULL);
	db_text(q, cursor->words.len > 0 ? cursor->words.buf : NULL);
	db_int(q, filter->limit > 0 ? filter->limit : -1);
	if (best)
		db_int(q, STORE_COMPARED);
	if (cursor->authors.len > 0)
		bind_authors(q, cursor);
	sift_bind(sift, q);
}

static bool write_words(struct post_cursor *cursor, struct store *store,
			const struct search_query *query, struct err *err)
{
	bool whole;

	if (query && query->sort == SEARCH_RELEVANCE && !query->match)
		return err_set(err, ERR_USAGE, "sort:relevance wants a word to look for");
	if (!query || !query->match)
		return true;
	return search_usable(store, err) &&
	       search_expand(store, query->match, &cursor->words, &whole, err);
}

bool store_posts(struct store *store, const struct post_filter *filter, struct post_cursor **out,
		 struct err *err)
{
	struct post_cursor *cursor = xcalloc(1, sizeof(*cursor));
	enum sql sql;

	cursor->tags = cursor->words = cursor->authors = (struct str)STR_INIT;
	if (!sift_begin(&cursor->sift, store, filter->query, err) ||
	    !write_words(cursor, store, filter->query, err) ||
	    !choose_authors(cursor, store, filter, err))
		goto out;
	sql = choose(cursor, filter);
	write_tags(cursor, filter);
	cursor->q = db_query_own(store, sql);
	if (!cursor->q.stmt) {
		db_failed(store, err);
		goto out;
	}
	bind(cursor, filter, sql == SQL_LIST_BEST);
	*out = cursor;
	return true;
out:
	post_cursor_free(cursor);
	return false;
}

int post_cursor_next(struct post_cursor *cursor, struct post *out, struct err *err)
{
	int rc = db_step(&cursor->q, err);

	arena_clear(&cursor->arena);
	if (rc > 0 && !row_read_post(&cursor->q, 0, &cursor->arena, out, err))
		return -1;
	return rc;
}

void post_cursor_free(struct post_cursor *cursor)
{
	if (!cursor)
		return;
	db_finish(&cursor->q);
	sift_release(&cursor->sift);
	arena_release(&cursor->arena);
	str_release(&cursor->tags);
	str_release(&cursor->words);
	str_release(&cursor->authors);
	free(cursor);
}
