#include <stdlib.h>

#include "archive/base/hash.h"
#include "archive/base/mem.h"
#include "archive/store/row.h"
#include "archive/store/threads.h"

#define FIRST_POST_COLUMN 5

struct thread_items {
	struct query items, quotes;
	bool unlisted;
	struct arena arena;
	struct post post, quote;
};

/* The quoted post's strings hold until the next item: its statement stays open until then. */
static int find_quote(struct thread_items *items, const char *uri, struct err *err)
{
	char short_id[HASH_SHORT_LEN + 1];
	struct query *q = &items->quotes;
	int rc;

	db_end(q);
	q->next = 0;
	hash_short_id(uri, short_id);
	db_text(q, uri);
	db_text(q, short_id);
	db_int(q, items->unlisted);
	rc = db_step(q, err);
	if (rc > 0 && !row_read_post(q, 0, &items->arena, &items->quote, err))
		return -1;
	return rc;
}

static int read_post(struct thread_items *items, struct item *out, struct err *err)
{
	int rc = 0;

	if (!row_read_post(&items->items, FIRST_POST_COLUMN, &items->arena, &items->post, err))
		return -1;
	out->post = &items->post;
	if (items->post.quote_uri)
		rc = find_quote(items, items->post.quote_uri, err);
	if (rc > 0)
		out->quote = &items->quote;
	return rc < 0 ? -1 : 1;
}

static int next_item(struct item_iter *iter, struct item *out, struct err *err)
{
	struct thread_items *items = iter->state;
	struct query *q = &items->items;
	int rc = db_step(q, err);

	if (rc <= 0)
		return rc;
	arena_clear(&items->arena);
	*out = (struct item){
		.id = db_column_int(q, 0),
		.key = db_column(q, 2),
		.text = db_column(q, 3),
		.url = db_column(q, 4),
	};
	if (!item_kind_parse(db_column(q, 1), &out->kind)) {
		err_set(err, ERR_MALFORMED, "the store holds an item that is none: %s",
			items->items.store->path);
		return -1;
	}
	return out->kind == ITEM_POST ? read_post(items, out, err) : 1;
}

bool thread_items(struct store *store, int64_t thread, const struct items_options *options,
		  struct thread_items **out, struct item_iter *iter, struct err *err)
{
	struct thread_items *items = xcalloc(1, sizeof(*items));

	items->unlisted = options->unlisted;
	items->items = db_query_own(store, SQL_ITEMS);
	items->quotes = db_query_own(store, SQL_ITEM_QUOTE);
	db_int(&items->items, thread);
	db_int(&items->items, options->hidden);
	db_int(&items->items, options->unlisted);
	if (!items->items.stmt || !items->quotes.stmt) {
		thread_items_free(items);
		return db_failed(store, err);
	}
	*out = items;
	*iter = (struct item_iter){ .next = next_item, .state = items };
	return true;
}

void thread_items_free(struct thread_items *items)
{
	if (!items)
		return;
	db_finish(&items->items);
	db_finish(&items->quotes);
	arena_release(&items->arena);
	free(items);
}

bool thread_summarize(struct store *store, int64_t thread, bool unlisted,
		      struct thread_summary *out, struct err *err)
{
	struct query q = db_query(store, SQL_THREAD_SUMMARY);
	int rc;

	db_int(&q, thread);
	db_text(&q, NULL);
	db_int(&q, unlisted);
	rc = db_step(&q, err);
	*out = (struct thread_summary){ 0 };
	if (rc > 0) {
		out->posts = db_column_int(&q, 0);
		out->gone = db_column_int(&q, 1);
		out->optouts = db_column_int(&q, 2);
		out->unlisted = db_column_int(&q, 3);
		out->collected = db_column_int(&q, 4);
		out->first = db_column_int(&q, 5);
		out->last = db_column_int(&q, 6);
		out->authors = db_column_int(&q, 7);
		out->networks[NETWORK_X] = db_column_int(&q, 8) != 0;
		out->networks[NETWORK_MASTODON] = db_column_int(&q, 9) != 0;
		out->networks[NETWORK_BLUESKY] = db_column_int(&q, 10) != 0;
		out->networks[NETWORK_MISSKEY] = db_column_int(&q, 11) != 0;
	}
	db_end(&q);
	return rc > 0;
}
