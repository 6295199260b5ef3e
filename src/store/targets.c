#include "archive/store/targets.h"

#include "archive/store/db.h"

static void bind_way(struct query *q, const struct target *target)
{
	db_int(q, target->thread);
	db_text(q, target->path);
	db_text(q, target->section);
	db_text(q, target->form);
	db_int(q, target->inserted);
	db_text(q, target->options);
}

bool store_put_target(struct store *store, const struct target *target, struct err *err)
{
	struct query q = db_query(store, SQL_TARGET_PUT);

	bind_way(&q, target);
	db_int(&q, target->written);
	return db_done(&q, err);
}

bool store_has_target(struct store *store, const struct target *target, bool *has, struct err *err)
{
	struct query q = db_query(store, SQL_TARGET_FIND);
	int64_t found = 0;

	bind_way(&q, target);
	if (!db_value(&q, 0, &found, err))
		return false;
	*has = found != 0;
	return true;
}

bool store_drop_target(struct store *store, int64_t thread, const char *path, struct err *err)
{
	struct query q = db_query(store, SQL_TARGET_DROP);
	int64_t dropped = 0;

	db_int(&q, thread);
	db_text(&q, path);
	if (!db_value(&q, 0, &dropped, err))
		return false;
	return dropped || err_set(err, ERR_NOT_FOUND, "the thread was never written to %s", path);
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
		.thread = db_column_int(q, 1),
		.path = arena_strdup(arena, db_column(q, 2)),
		.section = arena_strdup(arena, db_column(q, 3)),
		.form = arena_strdup(arena, db_column(q, 4)),
		.inserted = db_column_int(q, 5) != 0,
		.options = arena_strdup(arena, db_column(q, 6)),
		.written = db_column_int(q, 7),
	};
}

/* The rows of a statement that is bound; there are never more than targets in all. */
static bool read_targets(struct query *q, struct arena *arena, struct target **targets,
			 size_t *count, struct err *err)
{
	struct query counting = db_query(q->store, SQL_TARGET_COUNT);
	int64_t room = 0;
	int rc = 1;

	*count = 0;
	if (db_value(&counting, 0, &room, err)) {
		*targets = arena_array(arena, (size_t)room, sizeof(**targets));
		while (*count < (size_t)room && (rc = db_step(q, err)) > 0)
			(*targets)[(*count)++] = read_target(q, arena);
	} else {
		rc = -1;
	}
	db_end(q);
	return rc >= 0;
}

bool store_targets(struct store *store, int64_t thread, struct arena *arena,
		   struct target **targets, size_t *count, struct err *err)
{
	struct query q = db_query(store, SQL_TARGETS);

	db_id(&q, thread);
	return read_targets(&q, arena, targets, count, err);
}

bool store_targets_of(struct store *store, const int64_t *posts, size_t post_count,
		      struct arena *arena, struct target **targets, size_t *count, struct err *err)
{
	struct query q = db_query(store, SQL_TARGETS_OF);
	struct str ids = STR_INIT;
	bool ok;

	write_ids(&ids, posts, post_count);
	db_text_n(&q, ids.buf, ids.len);
	ok = read_targets(&q, arena, targets, count, err);
	str_release(&ids);
	return ok;
}
