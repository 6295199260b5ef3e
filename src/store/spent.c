#include "archive/store/spent.h"

#include "archive/store/db.h"

bool store_spent(struct store *store, struct arena *arena, struct spent_row **rows, size_t *count,
		 struct err *err)
{
	struct query q = db_query(store, SQL_SPENT_COUNT);
	int64_t room = 0;
	int rc = 0;

	*count = 0;
	if (!db_value(&q, 0, &room, err))
		return false;
	*rows = arena_array(arena, (size_t)room, sizeof(**rows));
	q = db_query(store, SQL_SPENT);
	while (*count < (size_t)room && (rc = db_step(&q, err)) > 0)
		(*rows)[(*count)++] = (struct spent_row){
			.day = db_column_int(&q, 0),
			.source = arena_strdup(arena, db_column(&q, 1)),
			.posts = db_column_int(&q, 2),
			.authors = db_column_int(&q, 3),
			.micros = db_column_int(&q, 4),
		};
	db_end(&q);
	return rc >= 0;
}
