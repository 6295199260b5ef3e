#include <sqlite3.h>

#include "archive/store/row.h"
#include "archive/store/search.h"

#define KIND "says"

void db_says(struct query *q, const char *expression)
{
	db_pointer(q, expression, KIND);
}

/* says(expression, id, text, spoiler, media, options, card): the columns of a post that its words
 * are made of. */
static void says(sqlite3_context *context, int count, sqlite3_value **values)
{
	struct store *store = sqlite3_user_data(context);
	const char *expression = sqlite3_value_pointer(values[0], KIND);
	struct post post = { .id = sqlite3_value_int64(values[1]),
			     .text = (const char *)sqlite3_value_text(values[2]),
			     .spoiler = (const char *)sqlite3_value_text(values[3]) };
	const struct parts parts = { .media = sqlite3_value_int64(values[4]),
				     .options = sqlite3_value_int64(values[5]),
				     .card = sqlite3_value_int64(values[6]) };
	struct arena arena = ARENA_INIT;
	struct err err = { 0 };

	(void)count;
	if (!parts_read(store, &arena, &parts, &post, &err))
		sqlite3_result_error(context, err.msg, -1);
	else
		sqlite3_result_int(context, !expression || search_holds(expression, &post));
	arena_release(&arena);
}

bool db_know_says(struct store *store)
{
	return sqlite3_create_function(store->db, "says", 7, SQLITE_UTF8, store, says, NULL,
				       NULL) == SQLITE_OK;
}
