#include <string.h>

#include "archive/store/row.h"
#include "archive/store/threads.h"

#define MAX_NUMBER 100000

void row_bind_section(struct query *q, const struct item_range *section)
{
	db_int(q, section ? section->from : INT64_MIN);
	db_int(q, section ? section->until : INT64_MAX);
}

static bool say_what_there_is(struct store *store, int64_t thread, const char *name,
			      struct err *err)
{
	struct query q = db_query(store, SQL_SECTION_KEYS);
	int rc;

	db_int(&q, thread);
	rc = db_step(&q, err);
	if (rc > 0 && db_column(&q, 0))
		err_set(err, ERR_NOT_FOUND, "the thread has no section '%s': there are %s", name,
			db_column(&q, 0));
	else if (rc >= 0)
		err_set(err, ERR_NOT_FOUND, "the thread has no section '%s', nor any other", name);
	db_end(&q);
	return false;
}

/* Its heading: 1, 0 when there is none, or -1. position is the heading's own. */
static int find_heading(struct query *q, struct arena *arena, struct item_range *out,
			struct err *err)
{
	int rc = db_step(q, err);

	if (rc > 0)
		*out = (struct item_range){
			.key = arena_strdup(arena, db_column(q, 0)),
			.title = arena_strdup(arena, db_column(q, 1)),
			.from = db_column_int(q, 2) + 1,
		};
	db_end(q);
	return rc;
}

bool thread_section(struct store *store, int64_t thread, const char *name, struct arena *arena,
		    struct item_range *out, struct err *err)
{
	int64_t number = 0;
	bool numbered = str_to_int(name, 1, MAX_NUMBER, &number);
	struct query q = db_query(store, numbered ? SQL_SECTION_BY_NUMBER : SQL_SECTION_BY_KEY);
	int rc;

	db_int(&q, thread);
	if (numbered)
		db_int(&q, number - 1);
	else
		db_text(&q, name);
	rc = find_heading(&q, arena, out, err);
	if (rc <= 0)
		return rc == 0 && say_what_there_is(store, thread, name, err);
	q = db_query(store, SQL_SECTION_END);
	db_int(&q, thread);
	db_int(&q, out->from - 1);
	rc = db_step(&q, err);
	if (rc > 0)
		out->until = db_column(&q, 0) ? db_column_int(&q, 0) : INT64_MAX;
	db_end(&q);
	return rc > 0;
}
