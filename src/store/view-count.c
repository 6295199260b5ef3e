#include "archive/store/view.h"

#include "archive/store/row.h"
#include "archive/store/view-scan.h"

static bool find_end(struct store *store, const struct thread *thread, bool back, int64_t *time,
		     struct err *err)
{
	struct scan scan;
	int64_t id = 0;
	bool ok;

	scan_begin(&scan, store, thread, SCAN_MATCHING, back);
	ok = scan_reach(&scan, back ? INT64_MAX : 0, err);
	*time = ok && scan_head(&scan, &id) ? id >> 20 : 0;
	scan_release(&scan);
	return ok;
}

bool view_range(struct store *store, const struct thread *thread, int64_t *first, int64_t *last,
		struct err *err)
{
	return find_end(store, thread, false, first, err) &&
	       find_end(store, thread, true, last, err);
}

static bool count_ids(struct scan *scan, int64_t from, int64_t end, int64_t cap, int64_t *count,
		      struct err *err)
{
	int64_t id;

	*count = 0;
	if (!scan_reach(scan, from, err))
		return false;
	while (*count < cap && scan_head(scan, &id) && id < end) {
		++*count;
		if (!scan_reach(scan, scan_beyond(scan, id), err))
			return false;
	}
	return true;
}

bool view_count(struct store *store, const struct thread *thread, int64_t since, int64_t until,
		int64_t cap, int64_t *count, struct err *err)
{
	struct scan scan;
	bool ok;

	scan_begin(&scan, store, thread, SCAN_MATCHING, false);
	ok = count_ids(&scan, row_first_id(since), row_end_id(until), cap, count, err);
	scan_release(&scan);
	return ok;
}

bool view_totals(struct store *store, int64_t thread, struct view_totals *out, struct err *err)
{
	struct query chosen = db_query(store, SQL_VIEW_CHOSEN_COUNT);
	struct query dropped = db_query(store, SQL_VIEW_DROPPED_COUNT);

	db_int(&chosen, thread);
	db_int(&dropped, thread);
	return db_value(&chosen, 0, &out->chosen, err) && db_value(&dropped, 0, &out->dropped, err);
}

bool view_version(struct store *store, int64_t *version, struct err *err)
{
	struct query q = db_query(store, SQL_DATA_VERSION);

	return db_value(&q, 0, version, err);
}
