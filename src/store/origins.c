#include "archive/store/origins.h"

#include "archive/store/db.h"

bool origin_thread(struct store *store, const char *origin, int64_t *thread, struct err *err)
{
	struct query q = db_query(store, SQL_THREAD_OF_ORIGIN);

	db_text(&q, origin);
	return db_value(&q, 0, thread, err);
}

bool origin_set_thread(struct store *store, int64_t thread, const char *origin, struct err *err)
{
	struct query q = db_query(store, SQL_THREAD_ORIGIN);

	db_int(&q, thread);
	db_text(&q, origin);
	return db_done(&q, err);
}

static bool find(struct store *store, enum sql sql, int64_t thread, const struct origin_part *part,
		 int64_t *item, struct err *err)
{
	struct query q = db_query(store, sql);

	db_int(&q, thread);
	db_text(&q, part->origin);
	db_int(&q, part->part);
	return db_value(&q, 0, item, err);
}

bool origin_find(struct store *store, int64_t thread, const struct origin_part *part,
		 struct origin_place *out, struct err *err)
{
	return find(store, SQL_ORIGIN_PART, thread, part, &out->there, err) &&
	       find(store, SQL_ORIGIN_BEFORE, thread, part, &out->before, err) &&
	       find(store, SQL_ORIGIN_BEHIND, thread, part, &out->behind, err);
}

bool origin_note(struct store *store, int64_t thread, int64_t step, const struct origin_part *part,
		 struct err *err)
{
	struct query q = db_query(store, SQL_ORIGINS_ADD);

	db_int(&q, thread);
	db_int(&q, step);
	db_text(&q, part->origin);
	db_int(&q, part->part);
	return db_done(&q, err);
}
