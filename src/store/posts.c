#include <stdlib.h>

#include "archive/base/mem.h"
#include "archive/store/driver.h"
#include "archive/store/row.h"
#include "archive/store/search.h"

#define LIST_AUTHORS 9 /* number of the parameter */

struct post_cursor {
	struct query q;
	struct arena arena;
	struct sift sift;
	struct str tags, words, authors; /* bound to q */
	int64_t first, end;		 /* the same; end exclusive */
	enum driver driver;
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

static bool is_oldest_first(const struct post_filter *filter)
{
	return filter->oldest_first || (filter->query && filter->query->sort == SEARCH_OLDEST);
}

static bool is_best_first(const struct post_filter *filter)
{
	return filter->query && filter->query->sort == SEARCH_RELEVANCE;
}

static enum sql list_of(enum driver driver, bool oldest)
{
	static const enum sql newest[] = { [DRIVER_POSTS] = SQL_LIST_POSTS_NEWEST,
					   [DRIVER_TAG] = SQL_LIST_TAG_NEWEST,
					   [DRIVER_TAGS] = SQL_LIST_TAGS_NEWEST,
					   [DRIVER_AUTHOR] = SQL_LIST_AUTHOR_NEWEST,
					   [DRIVER_AUTHORS] = SQL_LIST_AUTHORS_NEWEST,
					   [DRIVER_WORDS] = SQL_LIST_WORDS_NEWEST };

	return newest[driver] + oldest;
}

/* Posts are read for the words when the index does not lead to them. */
static bool choose(struct post_cursor *cursor, struct store *store,
		   const struct post_filter *filter, enum sql *sql, struct err *err)
{
	const struct search_values tags = driving_tags(filter);
	const struct drivers drivers = {
		.tag = tags.count == 1 ? tags.items[0] : NULL,
		.tag_list = cursor->tags.len > 0 ? cursor->tags.buf : NULL,
		.authors = &cursor->sift.authors[0],
		.author_list = cursor->authors.buf,
		.words = has_words(filter) ? cursor->words.buf : NULL,
		.first = cursor->first,
		.end = cursor->end,
		.oldest = is_oldest_first(filter),
	};

	if (is_best_first(filter)) {
		cursor->driver = DRIVER_WORDS;
		*sql = SQL_LIST_BEST;
		return true;
	}
	if (!driver_choose(store, &drivers, &cursor->driver, err))
		return false;
	if (has_words(filter) && cursor->driver != DRIVER_WORDS)
		str_add(&cursor->sift.said, filter->query->match);
	*sql = list_of(cursor->driver, drivers.oldest);
	return true;
}

/* ---- what is bound to it ---- */

static void set_range(struct post_cursor *cursor, const struct post_filter *filter)
{
	const int64_t first = row_first_id(filter->since), end = row_end_id(filter->until);

	cursor->first = first > cursor->sift.first ? first : cursor->sift.first;
	cursor->end = end < cursor->sift.end ? end : cursor->sift.end;
}

/* Those that are walked along; where others are, only the filter's own: the sift has the rest. */
static void write_tags(struct post_cursor *cursor, const struct post_filter *filter)
{
	const struct search_values tags = driving_tags(filter);
	struct str *out = &cursor->tags;

	str_clear(out);
	if (cursor->driver == DRIVER_TAG)
		str_add(out, tags.items[0]);
	else if (cursor->driver == DRIVER_TAGS)
		row_add_list(out, tags.items, tags.count);
	else if (filter->tag_count > 0)
		row_add_list(out, filter->tags, filter->tag_count);
}

static void bind_authors(struct query *q, const struct post_cursor *cursor)
{
	const struct db_set *set = &cursor->sift.authors[0];

	q->next = LIST_AUTHORS - 1;
	if (cursor->driver == DRIVER_AUTHOR)
		db_int(q, set->ids[0]);
	else
		db_text(q, cursor->authors.buf);
}

static void bind(struct post_cursor *cursor, const struct post_filter *filter, bool best)
{
	struct query *q = &cursor->q;

	db_int(q, cursor->first);
	db_int(q, cursor->end);
	db_int(q, filter->unlisted);
	db_int(q, filter->gone);
	db_text(q, cursor->tags.len > 0 ? cursor->tags.buf : NULL);
	db_text(q, cursor->words.len > 0 ? cursor->words.buf : NULL);
	db_int(q, filter->limit > 0 ? filter->limit : -1);
	if (best)
		db_int(q, STORE_COMPARED);
	bind_authors(q, cursor);
	sift_bind(&cursor->sift, q);
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
	    !write_words(cursor, store, filter->query, err))
		goto out;
	write_authors(&cursor->authors, &cursor->sift.authors[0]);
	set_range(cursor, filter);
	if (driving_tags(filter).count > 1)
		row_add_list(&cursor->tags, driving_tags(filter).items, driving_tags(filter).count);
	if (!choose(cursor, store, filter, &sql, err))
		goto out;
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
