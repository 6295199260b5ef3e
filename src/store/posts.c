#include <stdlib.h>

#include "archive/base/mem.h"
#include "archive/store/row.h"
#include "archive/store/search.h"
#include "archive/store/sift.h"

struct post_cursor {
	struct query q;
	struct arena arena;
	struct sift sift;
	struct str tags, words; /* bound to q */
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

static enum sql choose(const struct post_filter *filter)
{
	enum search_sort sort = filter->query ? filter->query->sort : SEARCH_NEWEST;
	bool oldest = filter->oldest_first || sort == SEARCH_OLDEST;
	size_t tags = driving_tags(filter).count;

	if (sort == SEARCH_RELEVANCE)
		return SQL_LIST_BEST;
	if (has_words(filter))
		return oldest ? SQL_LIST_WORDS_OLDEST : SQL_LIST_WORDS_NEWEST;
	if (tags == 1)
		return oldest ? SQL_LIST_TAG_OLDEST : SQL_LIST_TAG_NEWEST;
	if (tags > 1)
		return oldest ? SQL_LIST_TAGS_OLDEST : SQL_LIST_TAGS_NEWEST;
	return oldest ? SQL_LIST_POSTS_OLDEST : SQL_LIST_POSTS_NEWEST;
}

/* Beside words only the filter's own tags are looked at here: the sift has the others. */
static void write_tags(struct str *out, const struct post_filter *filter)
{
	const struct search_values tags = driving_tags(filter);

	if (has_words(filter)) {
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
	enum sql sql = choose(filter);

	cursor->tags = cursor->words = (struct str)STR_INIT;
	if (!sift_begin(&cursor->sift, store, filter->query, err) ||
	    !write_words(cursor, store, filter->query, err))
		goto out;
	write_tags(&cursor->tags, filter);
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
	free(cursor);
}
