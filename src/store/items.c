#include <stdlib.h>
#include <string.h>

#include "archive/base/hash.h"
#include "archive/base/idset.h"
#include "archive/base/mem.h"
#include "archive/store/memo.h"
#include "archive/store/row.h"
#include "archive/store/threads.h"

#define FIRST_POST_COLUMN 12

struct thread_items {
	struct query items, quotes, answered, also;
	int64_t thread;
	bool hidden, unlisted;
	bool any_joined; /* else nothing is looked for */
	int64_t group;	 /* of the item that was given last */
	struct arena arena;
	struct memo authors;
	struct post post, quote;
	struct answered answers;
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

/* What it answers; as long as the quoted post. */
static int find_answered(struct thread_items *items, const char *uri, struct err *err)
{
	char short_id[HASH_SHORT_LEN + 1];
	struct query *q = &items->answered;
	const char *found;
	int rc;

	db_end(q);
	q->next = 0;
	hash_short_id(uri, short_id);
	db_text(q, uri);
	db_text(q, short_id);
	db_int(q, items->unlisted);
	db_int(q, items->thread);
	rc = db_step(q, err);
	if (rc <= 0)
		return rc;
	items->answers = (struct answered){
		.name = db_column(q, 0),
		.handle = db_column(q, 1),
		.url = db_column(q, 2),
		.shown = db_column_int(q, 4) != 0,
	};
	found = db_column(q, 3);
	memcpy(items->answers.short_id, found, strnlen(found, HASH_SHORT_LEN));
	return 1;
}

static int read_post(struct thread_items *items, struct item *out, struct err *err)
{
	int64_t author;
	int rc = 0;

	if (!row_read_post_alone(&items->items, FIRST_POST_COLUMN, &items->arena, &items->post,
				 &author, err) ||
	    !memo_author(&items->authors, author, &items->post.author, err))
		return -1;
	out->post = &items->post;
	if (items->post.quote_uri)
		rc = find_quote(items, items->post.quote_uri, err);
	if (rc > 0)
		out->quote = &items->quote;
	if (rc >= 0 && items->post.reply_uri) {
		rc = find_answered(items, items->post.reply_uri, err);
		out->answers = rc > 0 ? &items->answers : NULL;
	}
	return rc < 0 ? -1 : 1;
}

/* The strings of a row, kept in the arena. */
static void keep_texts(struct arena *arena, struct post *post)
{
	const char **texts[] = {
		&post->uri,	     &post->host,     &post->network_id, &post->url,
		&post->lang,	     &post->html,     &post->text,	 &post->spoiler,
		&post->reply_uri,    &post->reply_id, &post->quote_uri,	 &post->quote_url,
		&post->conversation,
	};

	for (size_t i = 0; i < ARRAY_LEN(texts); i++)
		*texts[i] = arena_strdup(arena, *texts[i]);
	row_keep_author(arena, &post->author);
}

/* The posts that come along with an item, as they are found. */
struct also {
	const struct post **list;
	size_t count, room;
};

static void add_also(struct arena *arena, struct also *also, const struct post *post)
{
	const struct post **longer;

	if (also->count == also->room) {
		also->room = also->room ? also->room * 2 : 4;
		longer = arena_array(arena, also->room, sizeof(const struct post *));
		if (also->count > 0)
			memcpy(longer, also->list, also->count * sizeof(const struct post *));
		also->list = longer;
	}
	also->list[also->count++] = post;
}

/* The posts of the item's group that stand below it. */
static int read_also(struct thread_items *items, int64_t position, struct item *out,
		     struct err *err)
{
	struct also also = { 0 };
	struct query *q = &items->also;
	int rc;

	db_end(q);
	q->next = 0;
	db_int(q, items->thread);
	db_int(q, items->hidden);
	db_int(q, items->unlisted);
	db_int(q, items->group);
	db_int(q, position);
	while ((rc = db_step(q, err)) > 0) {
		struct post *post = arena_alloc(&items->arena, sizeof(*post));

		if (!row_read_post(q, 0, &items->arena, post, err))
			return -1;
		keep_texts(&items->arena, post);
		add_also(&items->arena, &also, post);
	}
	db_end(q);
	out->also = also.list;
	out->also_count = also.count;
	return rc < 0 ? -1 : 1;
}

/* The next row, but for those that came as also of the one before. */
static int next_row(struct thread_items *items, struct err *err)
{
	struct query *q = &items->items;
	int rc;

	while ((rc = db_step(q, err)) > 0) {
		int64_t joined = db_column_int(q, 10);

		if (joined && joined == items->group)
			continue;
		items->group = joined ? joined : db_column_int(q, 0);
		break;
	}
	return rc;
}

static int next_item(struct item_iter *iter, struct item *out, struct err *err)
{
	struct thread_items *items = iter->state;
	struct query *q = &items->items;
	int rc = next_row(items, err);

	if (rc <= 0)
		return rc;
	arena_clear(&items->arena);
	*out = (struct item){
		.id = db_column_int(q, 0),
		.key = db_column(q, 2),
		.text = db_column(q, 3),
		.url = db_column(q, 4),
		.speaker = db_column(q, 5),
		.label = db_column(q, 6),
		.starts = db_column_int(q, 7),
		.fixed = db_column_int(q, 9) != 0,
	};
	if (!item_kind_parse(db_column(q, 1), &out->kind) ||
	    !item_style_parse(db_column(q, 8), &out->style)) {
		err_set(err, ERR_MALFORMED, "the store holds an item that is none: %s",
			items->items.store->path);
		return -1;
	}
	if (out->kind != ITEM_POST)
		return 1;
	rc = read_post(items, out, err);
	return rc > 0 && items->any_joined ? read_also(items, db_column_int(q, 11), out, err) : rc;
}

static bool ask_joined(struct thread_items *items, struct store *store, struct err *err)
{
	struct query q = db_query(store, SQL_ITEMS_JOINED);
	int64_t found;

	db_int(&q, items->thread);
	if (!db_value(&q, 0, &found, err))
		return false;
	items->any_joined = found != 0;
	return true;
}

bool thread_items(struct store *store, int64_t thread, const struct items_options *options,
		  struct thread_items **out, struct item_iter *iter, struct err *err)
{
	struct thread_items *items = xcalloc(1, sizeof(*items));

	items->thread = thread;
	items->hidden = options->hidden;
	items->unlisted = options->unlisted;
	items->authors = (struct memo){ .store = store };
	items->items = db_query_own(store, SQL_ITEMS);
	items->quotes = db_query_own(store, SQL_ITEM_QUOTE);
	items->answered = db_query_own(store, SQL_ITEM_ANSWERED);
	items->also = db_query_own(store, SQL_ITEMS_ALSO);
	db_int(&items->items, thread);
	db_int(&items->items, options->hidden);
	db_int(&items->items, options->unlisted);
	row_bind_section(&items->items, options->section);
	if (!items->items.stmt || !items->quotes.stmt || !items->answered.stmt ||
	    !items->also.stmt) {
		thread_items_free(items);
		return db_failed(store, err);
	}
	if (!ask_joined(items, store, err)) {
		thread_items_free(items);
		return false;
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
	db_finish(&items->answered);
	db_finish(&items->also);
	memo_release(&items->authors);
	arena_release(&items->arena);
	free(items);
}

/* Why a post may not be shown; NULL when it may. */
static int64_t *hidden_as(struct thread_summary *out, bool optout, bool gone, bool unlisted)
{
	if (optout)
		return &out->optouts;
	if (gone)
		return &out->gone;
	return unlisted ? &out->unlisted : NULL;
}

static bool count_post(const struct query *q, bool unlisted, struct idset *authors,
		       struct thread_summary *out, struct err *err)
{
	int64_t time = db_column_int(q, 0);
	int64_t fetched = db_column_int(q, 1);
	enum network network;
	bool public = unlisted || str_same(db_column(q, 6), visibility_name(VISIBILITY_PUBLIC));
	int64_t *hidden = hidden_as(out, db_column_int(q, 4) != 0, db_column_int(q, 5) != 0,
				    !public);

	if (hidden) {
		*hidden += 1;
		return true;
	}
	if (!network_parse(db_column(q, 2), &network))
		return err_set(err, ERR_MALFORMED,
			       "the store holds a post of a network that is none: %s",
			       q->store->path);
	out->networks[network] = true;
	out->collected = fetched > out->collected ? fetched : out->collected;
	out->first = out->posts == 0 || time < out->first ? time : out->first;
	out->last = out->posts == 0 || time > out->last ? time : out->last;
	out->authors += idset_add(authors, db_column_int(q, 3));
	out->posts++;
	return true;
}

/* Counted here and not by SQL: its count of distinct authors and its aggregates take twice as
 * long. */
bool thread_summarize(struct store *store, int64_t thread, const struct items_options *options,
		      struct thread_summary *out, struct err *err)
{
	const struct item_range *section = options->section;
	struct query q = db_query(store, section ? SQL_SECTION_POSTS : SQL_THREAD_POSTS);
	struct idset authors = { 0 };
	bool ok = true;
	int rc;

	*out = (struct thread_summary){ 0 };
	db_int(&q, thread);
	if (section)
		row_bind_section(&q, section);
	while ((rc = db_step(&q, err)) > 0 && ok)
		ok = count_post(&q, options->unlisted, &authors, out, err);
	db_end(&q);
	idset_release(&authors);
	return ok && rc == 0;
}
