#include "archive/store/known.h"

#include <string.h>

#include "archive/base/mem.h"
#include "archive/store/db.h"

static bool read_row(const struct query *q, struct arena *arena, struct known_post *out,
		     struct err *err)
{
	const char *short_id = db_column(q, 2);

	*out = (struct known_post){
		.id = db_column_int(q, 0),
		.uri = arena_strdup(arena, db_column(q, 1)),
		.url = arena_strdup(arena, db_column(q, 4)),
		.network_id = arena_strdup(arena, db_column(q, 5)),
		.conversation = arena_strdup(arena, db_column(q, 6)),
		.gone = db_column_int(q, 7),
		.edited = db_column_int(q, 8),
		.optout = db_column_int(q, 9) != 0,
		.html = arena_strdup(arena, db_column(q, 10)),
		.spoiler = arena_strdup(arena, db_column(q, 11)),
		.host = arena_strdup(arena, db_column(q, 12)),
		.source = arena_strdup(arena, db_column(q, 13)),
	};
	if (!short_id || strlen(short_id) >= sizeof(out->short_id) || !db_column(q, 3) ||
	    !network_parse(db_column(q, 3), &out->network))
		return err_set(err, ERR_MALFORMED, "the store holds a post that is none: %s",
			       q->store->path);
	memcpy(out->short_id, short_id, strlen(short_id) + 1);
	return true;
}

bool known_load(struct store *store, int64_t id, struct arena *arena, struct known_post *out,
		struct err *err)
{
	struct query q = db_query(store, SQL_KNOWN);
	bool ok = false;
	int rc;

	db_int(&q, id);
	rc = db_step(&q, err);
	if (rc > 0)
		ok = read_row(&q, arena, out, err);
	else if (rc == 0)
		err_set(err, ERR_NOT_FOUND, "there is no such post in %s", store->path);
	db_end(&q);
	return ok;
}

/* The rows are as many as a thread has posts: a list that doubles. */
static bool read_list(struct query *q, struct arena *arena, struct known_post **out, size_t *count,
		      struct err *err)
{
	struct known_post *list = NULL;
	size_t room = 0, n = 0;
	bool ok = true;
	int rc = 0;

	while (ok && (rc = db_step(q, err)) > 0) {
		if (n == room) {
			struct known_post *more;

			room = room > 0 ? 2 * room : 64;
			more = arena_array(arena, room, sizeof(*more));
			if (n > 0)
				memcpy(more, list, n * sizeof(*more));
			list = more;
		}
		ok = read_row(q, arena, &list[n++], err);
	}
	db_end(q);
	*out = list;
	*count = n;
	return ok && rc == 0;
}

bool known_of_thread(struct store *store, int64_t thread, struct arena *arena,
		     struct known_post **out, size_t *count, struct err *err)
{
	struct query q = db_query(store, SQL_KNOWN_OF_THREAD);

	db_int(&q, thread);
	return read_list(&q, arena, out, count, err);
}

bool known_with_answers(struct store *store, const char *source, const char *tag, int64_t since,
			struct arena *arena, struct known_post **out, size_t *count,
			struct err *err)
{
	struct query q = db_query(store, SQL_KNOWN_WITH_ANSWERS);

	db_text(&q, source);
	db_text(&q, tag);
	db_int(&q, since);
	return read_list(&q, arena, out, count, err);
}

bool known_mark_gone(struct store *store, int64_t id, int64_t when, struct err *err)
{
	struct query q = db_query(store, SQL_POST_GONE);

	db_int(&q, id);
	db_int(&q, when);
	return db_done(&q, err);
}
