#include "archive/store/row.h"

#include <stdlib.h>
#include <string.h>

#include "archive/base/mem.h"
#include "archive/store/search.h"
#include "archive/text/utf8.h"

struct post_cursor {
	struct query q;
	struct arena arena;
	struct str author, tags, words; /* bound to q */
};

static void write_tags(struct str *out, const struct post_filter *filter, bool alone)
{
	if (alone) {
		str_add(out, filter->tags[0]);
		return;
	}
	row_add_list(out, filter->tags, filter->tag_count);
}

static enum sql choose(const struct post_filter *filter)
{
	bool oldest = filter->oldest_first;

	if (filter->words)
		return oldest ? SQL_LIST_WORDS_OLDEST : SQL_LIST_WORDS_NEWEST;
	if (filter->tag_count == 1)
		return oldest ? SQL_LIST_TAG_OLDEST : SQL_LIST_TAG_NEWEST;
	if (filter->author)
		return oldest ? SQL_LIST_AUTHOR_OLDEST : SQL_LIST_AUTHOR_NEWEST;
	if (filter->tag_count > 1)
		return oldest ? SQL_LIST_TAGS_OLDEST : SQL_LIST_TAGS_NEWEST;
	return oldest ? SQL_LIST_POSTS_OLDEST : SQL_LIST_POSTS_NEWEST;
}

static void bind(struct post_cursor *cursor, const struct post_filter *filter)
{
	struct query *q = &cursor->q;

	db_int(q, row_first_id(filter->since));
	db_int(q, row_end_id(filter->until));
	db_text(q, filter->network < 0 ? NULL : network_name((enum network)filter->network));
	db_int(q, filter->unlisted);
	db_int(q, filter->gone);
	db_text(q, filter->author ? cursor->author.buf : NULL);
	db_text(q, filter->tag_count > 0 ? cursor->tags.buf : NULL);
	db_text(q, filter->words ? cursor->words.buf : NULL);
	db_int(q, filter->limit > 0 ? filter->limit : -1);
}

bool store_posts(struct store *store, const struct post_filter *filter, struct post_cursor **out,
		 struct err *err)
{
	struct post_cursor *cursor = xcalloc(1, sizeof(*cursor));
	enum sql sql = choose(filter);

	cursor->author = cursor->tags = cursor->words = (struct str)STR_INIT;
	if (filter->author) {
		const char *name = filter->author + (*filter->author == '@');

		utf8_add_folded(&cursor->author, name, strlen(name));
	}
	if (filter->tag_count > 0)
		write_tags(&cursor->tags, filter,
			   sql == SQL_LIST_TAG_NEWEST || sql == SQL_LIST_TAG_OLDEST);
	if (filter->words && !search_query(store, filter->words, &cursor->words, err))
		goto out;
	cursor->q = db_query_own(store, sql);
	if (!cursor->q.stmt) {
		db_failed(store, err);
		goto out;
	}
	bind(cursor, filter);
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
	arena_release(&cursor->arena);
	str_release(&cursor->author);
	str_release(&cursor->tags);
	str_release(&cursor->words);
	free(cursor);
}
