#include <string.h>

#include "archive/store/db.h"
#include "archive/store/ops.h"

#define FIRST_POST_COLUMN 11

/* In the order of OUTLINE_POST. */
static bool read_post(const struct query *q, int first, struct arena *arena, struct post *out,
		      struct err *err)
{
	const char *id = db_column(q, first + 1), *network = db_column(q, first + 4);

	*out = (struct post){
		.id = db_column_int(q, first),
		.created = db_column_int(q, first) >> 20,
		.uri = arena_strdup(arena, db_column(q, first + 2)),
		.url = arena_strdup(arena, db_column(q, first + 3)),
		.gone = db_column_int(q, first + 5),
		.author.name = arena_strdup(arena, db_column(q, first + 6)),
		.author.handle = arena_strdup(arena, db_column(q, first + 7)),
		.text = arena_strdup(arena, db_column(q, first + 8)),
	};
	if (!id || !network || !network_parse(network, &out->network))
		return err_set(
			err, ERR_MALFORMED,
			"%s: the store is damaged: post %lld cannot be read; bring back a backup",
			q->store->path, (long long)out->id);
	memcpy(out->short_id, id, strnlen(id, sizeof(out->short_id) - 1));
	return true;
}

static bool read_item(const struct query *q, struct arena *arena, struct item *out, struct err *err)
{
	struct post *post;

	*out = (struct item){
		.id = db_column_int(q, 0),
		.key = arena_strdup(arena, db_column(q, 2)),
		.text = arena_strdup(arena, db_column(q, 3)),
		.url = arena_strdup(arena, db_column(q, 4)),
		.speaker = arena_strdup(arena, db_column(q, 5)),
		.label = arena_strdup(arena, db_column(q, 6)),
		.starts = db_column_int(q, 7),
		.fixed = db_column_int(q, 9) != 0,
		.joined = db_column_int(q, 10) != 0,
	};
	if (!item_kind_parse(db_column(q, 1), &out->kind) ||
	    !item_style_parse(db_column(q, 8), &out->style))
		return err_set(err, ERR_MALFORMED, "the store holds an item that is none: %s",
			       q->store->path);
	if (out->kind != ITEM_POST)
		return true;
	post = arena_alloc(arena, sizeof(*post));
	out->post = post;
	return read_post(q, FIRST_POST_COLUMN, arena, post, err);
}

/* The array with room for one more. */
static void *with_room(struct arena *arena, void *list, size_t count, size_t *room, size_t size)
{
	void *longer;

	if (count < *room)
		return list;
	*room = *room ? *room * 2 : 64;
	longer = arena_array(arena, *room, size);
	if (count > 0)
		memcpy(longer, list, count * size);
	return longer;
}

bool thread_outline(struct store *store, int64_t thread, struct arena *arena, struct item **items,
		    size_t *count, struct err *err)
{
	struct query q = db_query(store, SQL_OUTLINE);
	struct item *list = NULL;
	size_t n = 0, room = 0;
	bool ok = true;
	int rc;

	db_int(&q, thread);
	while (ok && (rc = db_step(&q, err)) > 0) {
		list = with_room(arena, list, n, &room, sizeof(*list));
		ok = read_item(&q, arena, &list[n++], err);
	}
	db_end(&q);
	*items = list;
	*count = n;
	return ok && rc == 0;
}

bool thread_item(struct store *store, int64_t thread, int64_t item, struct arena *arena,
		 struct item *out, struct err *err)
{
	struct query q = db_query(store, SQL_OUTLINE_ITEM);
	bool ok = true;
	int rc;

	db_int(&q, item);
	db_int(&q, thread);
	rc = db_step(&q, err);
	if (rc > 0)
		ok = read_item(&q, arena, out, err);
	db_end(&q);
	if (rc == 0)
		return err_set(err, ERR_NOT_FOUND, "that is no more in the thread");
	return ok && rc > 0;
}

bool thread_dropped(struct store *store, int64_t thread, struct arena *arena, struct post **posts,
		    size_t *count, struct err *err)
{
	struct query q = db_query(store, SQL_DROPPED);
	struct post *list = NULL;
	size_t n = 0, room = 0;
	bool ok = true;
	int rc;

	db_int(&q, thread);
	while (ok && (rc = db_step(&q, err)) > 0) {
		list = with_room(arena, list, n, &room, sizeof(*list));
		ok = read_post(&q, 0, arena, &list[n++], err);
	}
	db_end(&q);
	*posts = list;
	*count = n;
	return ok && rc == 0;
}
