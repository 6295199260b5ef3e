#include "archive/store/seen.h"

#include "archive/store/db.h"
#include "archive/store/row.h"

bool store_seen(struct store *store, const char *source, const char *tag, int64_t since,
		int64_t until, int64_t *count, struct err *err)
{
	struct query q = db_query(store, SQL_SEEN);

	db_text(&q, source);
	db_text(&q, tag);
	db_int(&q, row_first_id(since));
	db_int(&q, row_end_id(until));
	return db_value(&q, 0, count, err);
}

bool store_past(struct store *store, const char *source, int64_t *shown, int64_t *posts,
		int64_t *authors, struct err *err)
{
	struct query q = db_query(store, SQL_PAST);
	int rc;

	db_text(&q, source);
	rc = db_step(&q, err);
	if (rc > 0) {
		*shown = db_column_int(&q, 0);
		*posts = db_column_int(&q, 1);
		*authors = db_column_int(&q, 2);
	}
	db_end(&q);
	return rc > 0;
}
