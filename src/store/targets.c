#include "archive/store/targets.h"

#include "archive/store/db.h"

bool store_put_target(struct store *store, int64_t thread, const char *path, const char *form,
		      int64_t now, struct err *err)
{
	struct query q = db_query(store, SQL_TARGET_PUT);

	db_int(&q, thread);
	db_text(&q, path);
	db_text(&q, form);
	db_int(&q, now);
	return db_done(&q, err);
}

bool store_has_target(struct store *store, int64_t thread, const char *path, const char *form,
		      bool *has, struct err *err)
{
	struct query q = db_query(store, SQL_TARGET_FIND);
	int64_t found = 0;

	db_int(&q, thread);
	db_text(&q, path);
	db_text(&q, form);
	if (!db_value(&q, 0, &found, err))
		return false;
	*has = found != 0;
	return true;
}

/* JSON, for json_each(). */
static void write_ids(struct str *out, const int64_t *ids, size_t count)
{
	for (size_t i = 0; i < count; i++)
		str_addf(out, "%c%lld", i == 0 ? '[' : ',', (long long)ids[i]);
	str_add(out, count == 0 ? "[]" : "]");
}

static struct target read_target(const struct query *q, struct arena *arena)
{
	return (struct target){
		.slug = arena_strdup(arena, db_column(q, 0)),
		.path = arena_strdup(arena, db_column(q, 1)),
		.form = arena_strdup(arena, db_column(q, 2)),
		.written = db_column_int(q, 3),
	};
}

bool store_targets_of(struct store *store, const int64_t *posts, size_t post_count,
		      struct arena *arena, struct target **targets, size_t *count, struct err *err)
{
	struct query q = db_query(store, SQL_TARGET_COUNT);
	struct str ids = STR_INIT;
	int64_t room = 0;
	int rc = -1;

	*count = 0;
	if (!db_value(&q, 0, &room, err))
		return false;
	write_ids(&ids, posts, post_count);
	*targets = arena_array(arena, (size_t)room, sizeof(**targets));
	q = db_query(store, SQL_TARGETS_OF);
	db_text_n(&q, ids.buf, ids.len);
	while (*count < (size_t)room && (rc = db_step(&q, err)) > 0)
		(*targets)[(*count)++] = read_target(&q, arena);
	db_end(&q);
	str_release(&ids);
	return rc >= 0 || room == 0;
}
