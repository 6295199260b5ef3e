#include "archive/base/clock.h"
#include "archive/base/mem.h"
#include "archive/store/doing.h"

bool journal_begin(struct doing *doing, struct err *err)
{
	struct query q = db_query(doing->store, SQL_STEP_BEGIN);
	int rc;

	db_int(&q, doing->thread);
	rc = db_step(&q, err);
	if (rc > 0) {
		doing->step = db_column_int(&q, 0);
		doing->lag = db_column_int(&q, 1);
	}
	db_end(&q);
	doing->now = clock_now();
	if (rc == 0)
		return err_set(err, ERR_NOT_FOUND,
			       "that thread is not in the store any more: archive thread list "
			       "tells which are");
	return rc > 0;
}

static bool run(const struct doing *doing, enum sql sql, struct err *err)
{
	struct query q = db_query(doing->store, sql);

	db_int(&q, doing->thread);
	db_int(&q, doing->step);
	return db_done(&q, err);
}

/* Steps that were undone cannot be redone behind a new one. */
static bool cut(struct doing *doing, struct err *err)
{
	static const enum sql cuts[] = { SQL_STEPS_CUT, SQL_EDITS_CUT, SQL_EDIT_VERDICTS_CUT,
					 SQL_EDIT_THREADS_CUT };

	for (size_t i = 0; !doing->begun && i < ARRAY_LEN(cuts); i++)
		if (!run(doing, cuts[i], err))
			return false;
	doing->begun = true;
	return true;
}

static bool keep(struct doing *doing, enum sql sql, int64_t what, struct err *err)
{
	struct query q;

	if (!cut(doing, err))
		return false;
	q = db_query(doing->store, sql);
	db_int(&q, doing->thread);
	db_int(&q, doing->step);
	db_int(&q, what);
	return db_done(&q, err);
}

bool journal_item(struct doing *doing, int64_t item, struct err *err)
{
	return keep(doing, SQL_EDIT_ADD_FORMER, item, err);
}

bool journal_new(struct doing *doing, int64_t item, struct err *err)
{
	return keep(doing, SQL_EDIT_ADD_NEW, item, err);
}

bool journal_verdict(struct doing *doing, int64_t post, struct err *err)
{
	return keep(doing, SQL_EDIT_VERDICT_ADD, post, err);
}

bool journal_settings(struct doing *doing, struct err *err)
{
	return cut(doing, err) && run(doing, SQL_EDIT_THREAD_ADD, err);
}

bool journal_end(struct doing *doing, struct err *err)
{
	struct query q;

	if (doing->changes == 0)
		return true;
	q = db_query(doing->store, SQL_STEP_ADD);
	db_int(&q, doing->thread);
	db_int(&q, doing->step);
	db_int(&q, doing->now);
	db_text(&q, doing->name);
	db_int(&q, doing->changes);
	db_id(&q, doing->first_item);
	db_id(&q, doing->first_post);
	if (!db_done(&q, err))
		return false;
	q = db_query(doing->store, SQL_THREAD_DONE);
	db_int(&q, doing->thread);
	db_int(&q, doing->step);
	db_int(&q, doing->now);
	return db_done(&q, err);
}

void doing_changed(struct doing *doing, int64_t item, int64_t post, int64_t count)
{
	if (doing->changes == 0) {
		doing->first_item = item;
		doing->first_post = post;
	}
	doing->changed = true;
	doing->changes += count;
	if (item)
		doing->item = item;
}
