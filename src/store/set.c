#include <sqlite3.h>
#include <stdlib.h>

#include "archive/base/mem.h"
#include "archive/store/db.h"

#define KIND "set"

void db_set_add(struct db_set *set, int64_t id)
{
	if (set->count == set->room) {
		set->room = set->room * 2 + 16;
		set->ids = xreallocarray(set->ids, set->room, sizeof(*set->ids));
	}
	set->ids[set->count++] = id;
}

static int compare(const void *a, const void *b)
{
	int64_t left = *(const int64_t *)a, right = *(const int64_t *)b;

	return (left > right) - (left < right);
}

void db_set_sort(struct db_set *set)
{
	if (set->count > 1)
		qsort(set->ids, set->count, sizeof(*set->ids), compare);
}

void db_set_release(struct db_set *set)
{
	free(set->ids);
	*set = (struct db_set){ 0 };
}

void db_set(struct query *q, const struct db_set *set)
{
	db_pointer(q, set, KIND);
}

static void among(sqlite3_context *context, int count, sqlite3_value **values)
{
	const struct db_set *set = sqlite3_value_pointer(values[0], KIND);
	const int64_t id = sqlite3_value_int64(values[1]);
	bool found = sqlite3_value_int(values[2]) != 0;

	(void)count;
	if (set)
		found = set->count > 0 && bsearch(&id, set->ids, set->count, sizeof(id), compare);
	sqlite3_result_int(context, found);
}

bool db_know_sets(struct sqlite3 *db)
{
	return sqlite3_create_function(db, "among", 3, SQLITE_UTF8 | SQLITE_DETERMINISTIC, NULL,
				       among, NULL, NULL) == SQLITE_OK;
}
