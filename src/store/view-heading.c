#include "archive/store/view.h"

#include "archive/store/view-row.h"

static bool number_of(struct store *store, int64_t thread, int64_t position, int64_t *number,
		      struct err *err)
{
	struct query q = db_query(store, SQL_VIEW_SECTION_NUMBER);

	db_int(&q, thread);
	db_int(&q, position);
	return db_value(&q, 0, number, err);
}

bool view_section(struct store *store, int64_t thread, int64_t position, struct arena *arena,
		  struct row *out, int64_t *number, struct err *err)
{
	struct query q = db_query(store, SQL_VIEW_SECTION);
	bool ok = true;
	int rc;

	*number = 0;
	db_int(&q, thread);
	db_int(&q, position);
	rc = db_step(&q, err);
	if (rc > 0)
		ok = view_read_row(&q, arena, out, err);
	db_end(&q);
	if (!ok || rc <= 0)
		return ok && rc == 0;
	return number_of(store, thread, out->position, number, err);
}

bool view_headings(struct store *store, int64_t thread, struct arena *arena, struct row **rows,
		   size_t *count, struct err *err)
{
	struct query q;
	int64_t room;
	size_t n = 0;
	int rc = 1;

	if (!number_of(store, thread, INT64_MAX, &room, err))
		return false;
	*rows = arena_array(arena, (size_t)room, sizeof(**rows));
	q = db_query(store, SQL_VIEW_HEADINGS);
	db_int(&q, thread);
	while ((int64_t)n < room && (rc = db_step(&q, err)) > 0)
		if (!view_read_row(&q, arena, &(*rows)[n++], err)) {
			rc = -1;
			break;
		}
	db_end(&q);
	*count = n;
	return rc >= 0;
}
