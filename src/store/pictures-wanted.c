#include "archive/store/pictures.h"

#include <sqlite3.h>
#include <string.h>

#include "archive/base/hash.h"
#include "archive/store/row.h"

/* short_id(uri): by which posts are looked for. */
static void short_id(sqlite3_context *context, int count, sqlite3_value **values)
{
	const char *uri = count > 0 ? (const char *)sqlite3_value_text(values[0]) : NULL;
	char id[HASH_SHORT_LEN + 1];

	if (!uri)
		return;
	hash_short_id(uri, id);
	sqlite3_result_text(context, id, HASH_SHORT_LEN, SQLITE_TRANSIENT);
}

/* The statements stand in one order: of a thread, of tags, of all. */
static enum sql of_scope(const struct picture_scope *scope, enum sql of_thread)
{
	if (scope->thread)
		return of_thread;
	return of_thread + (scope->tag_count > 0 ? 1 : 2);
}

/* tags must stay until the query is finished. */
static struct query ask_for(struct store *store, const struct picture_scope *scope,
			    enum sql of_thread, struct str *tags)
{
	struct query q;

	sqlite3_create_function(store->db, "short_id", 1,
				SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_DIRECTONLY, NULL,
				short_id, NULL, NULL);
	q = db_query_own(store, of_scope(scope, of_thread));
	if (scope->tag_count > 0)
		row_add_list(tags, scope->tags, scope->tag_count);
	if (scope->thread)
		db_int(&q, scope->thread);
	else
		db_text_n(&q, tags->len > 0 ? tags->buf : NULL, tags->len);
	db_int(&q, scope->avatars);
	return q;
}

static struct picture_wanted *add(struct arena *arena, struct picture_list *list)
{
	struct picture_wanted *grown;

	if (list->count == list->room) {
		list->room = list->room ? list->room * 2 : 64;
		grown = arena_array(arena, list->room, sizeof(*grown));
		if (list->count > 0)
			memcpy(grown, list->items, list->count * sizeof(*grown));
		list->items = grown;
	}
	return &list->items[list->count++];
}

/* A row without a network that we know is of a damaged store, and shown by no post. */
static void read_row(const struct query *q, struct arena *arena, struct picture_list *list)
{
	const char *network = db_column(q, 3);
	const char *kept = db_column(q, 6);
	struct picture_wanted wanted = { .kept = PICTURE_SIZE_COUNT };

	if (!network || !network_parse(network, &wanted.network))
		return;
	if (kept && !picture_size_parse(kept, &wanted.kept))
		return;
	wanted.url = arena_strdup(arena, db_column(q, 0));
	wanted.preview = arena_strdup(arena, db_column(q, 1));
	wanted.use = (enum picture_use)db_column_int(q, 2);
	wanted.host = arena_strdup(arena, db_column(q, 4));
	wanted.short_id = arena_strdup(arena, db_column(q, 5));
	*add(arena, list) = wanted;
}

bool store_pictures_wanted(struct store *store, const struct picture_ask *ask, struct arena *arena,
			   struct picture_list *list, struct err *err)
{
	struct str tags = STR_INIT;
	struct query q = ask_for(store, &ask->scope, SQL_PICTURES_WANTED_OF_THREAD, &tags);
	int rc;

	db_int(&q, (int64_t)ask->size);
	db_int(&q, ask->asked_before);
	db_int(&q, (int64_t)ask->limit + 1);
	while ((rc = db_step(&q, err)) > 0 && list->count < ask->limit)
		read_row(&q, arena, list);
	list->more = rc > 0;
	db_finish(&q);
	str_release(&tags);
	return rc >= 0;
}

bool store_count_pictures(struct store *store, const struct picture_scope *scope,
			  struct picture_counts *out, struct err *err)
{
	struct str tags = STR_INIT;
	struct query q = ask_for(store, scope, SQL_PICTURES_COUNT_OF_THREAD, &tags);
	int rc = db_step(&q, err);

	if (rc > 0)
		*out = (struct picture_counts){
			.addresses = db_column_int(&q, 0),
			.kept = db_column_int(&q, 1),
			.missed = db_column_int(&q, 2),
			.bytes = db_column_int(&q, 3),
		};
	db_finish(&q);
	str_release(&tags);
	return rc >= 0;
}
