#include "archive/store/threads.h"

#include <stdlib.h>

#include "archive/base/clock.h"
#include "archive/base/mem.h"
#include "archive/store/row.h"

#define POSITION_GAP (INT64_C(1) << 20)
#define POSITION_MAX (INT64_C(1) << 60) /* what lies beyond is damage */

/* One operation under way: its step of the journal. */
struct doing {
	struct store *store;
	int64_t thread, step, now;
	const char *name;
};

/* ---- the journal ---- */

static bool begin_step(struct doing *doing, struct err *err)
{
	struct query q = db_query(doing->store, SQL_STEP_NEXT);

	db_int(&q, doing->thread);
	doing->now = clock_now();
	return db_value(&q, 0, &doing->step, err);
}

static bool touch(const struct doing *doing, struct err *err)
{
	struct query q = db_query(doing->store, SQL_THREAD_TOUCH);

	db_int(&q, doing->thread);
	db_int(&q, doing->now);
	return db_done(&q, err);
}

static bool journal_new(const struct doing *doing, int64_t item, struct err *err)
{
	struct query q = db_query(doing->store, SQL_EDIT_ADD_NEW);

	db_int(&q, doing->thread);
	db_int(&q, doing->step);
	db_int(&q, doing->now);
	db_text(&q, doing->name);
	db_int(&q, item);
	return db_done(&q, err);
}

static bool journal_former(const struct doing *doing, int64_t item, struct err *err)
{
	struct query q = db_query(doing->store, SQL_EDIT_ADD_FORMER);

	db_int(&q, item);
	db_int(&q, doing->step);
	db_int(&q, doing->now);
	db_text(&q, doing->name);
	return db_done(&q, err);
}

/* ---- places ---- */

static int64_t bounded(int64_t position)
{
	if (position > POSITION_MAX)
		return POSITION_MAX;
	return position < -POSITION_MAX ? -POSITION_MAX : position;
}

static bool position_by(const struct doing *doing, enum sql sql, int64_t by, int64_t fallback,
			int64_t *out, struct err *err)
{
	struct query q = db_query(doing->store, sql);
	int rc;

	db_int(&q, doing->thread);
	db_int(&q, by);
	rc = db_step(&q, err);
	*out = rc > 0 && db_column(&q, 0) ? bounded(db_column_int(&q, 0)) : fallback;
	db_end(&q);
	return rc >= 0;
}

/* The two places between which a post belongs by its time: behind the last earlier post, else
 * before the first later. */
static bool neighbours(const struct doing *doing, int64_t post, int64_t *above, int64_t *below,
		       struct err *err)
{
	if (!position_by(doing, SQL_ITEM_BEFORE, post, INT64_MIN, above, err))
		return false;
	if (*above != INT64_MIN)
		return position_by(doing, SQL_POSITION_BELOW, *above, *above + 2 * POSITION_GAP,
				   below, err);
	if (!position_by(doing, SQL_ITEM_BEHIND, post, INT64_MAX, below, err))
		return false;
	if (*below != INT64_MAX)
		return position_by(doing, SQL_POSITION_ABOVE, *below, *below - 2 * POSITION_GAP,
				   above, err);
	/* no post yet: behind whatever else is there */
	if (!position_by(doing, SQL_POSITION_ABOVE, INT64_MAX, 0, above, err))
		return false;
	*below = *above + 2 * POSITION_GAP;
	return true;
}

static bool run_on_thread(const struct doing *doing, enum sql sql, struct err *err)
{
	struct query q = db_query(doing->store, sql);

	db_int(&q, doing->thread);
	return db_done(&q, err);
}

static bool place_by_time(const struct doing *doing, int64_t post, int64_t *position,
			  struct err *err)
{
	int64_t above, below;

	if (!neighbours(doing, post, &above, &below, err))
		return false;
	if (below - above < 2) {
		if (!run_on_thread(doing, SQL_POSITIONS_AWAY, err) ||
		    !run_on_thread(doing, SQL_POSITIONS_ANEW, err) ||
		    !neighbours(doing, post, &above, &below, err))
			return false;
	}
	*position = above + (below - above) / 2;
	return true;
}

/* ---- the operations ---- */

static bool find_item(const struct doing *doing, int64_t post, int64_t *item, struct err *err)
{
	struct query q = db_query(doing->store, SQL_ITEM_OF_POST);

	db_int(&q, doing->thread);
	db_int(&q, post);
	return db_value(&q, 0, item, err);
}

static bool may_be_chosen(const struct doing *doing, int64_t post, struct err *err)
{
	struct query q = db_query(doing->store, SQL_POST_MAY_BE_CHOSEN);
	int64_t may;

	db_int(&q, post);
	if (!db_value(&q, 0, &may, err))
		return false;
	return may || err_set(err, ERR_USAGE,
			      "that post's author asked not to be archived: it cannot be chosen");
}

static bool choose(const struct doing *doing, const struct op *op, bool *changed, struct err *err)
{
	int64_t item, position;
	struct query q;

	if (!find_item(doing, op->post, &item, err))
		return false;
	*changed = item == 0;
	if (item != 0)
		return true;
	if (!may_be_chosen(doing, op->post, err) || !place_by_time(doing, op->post, &position, err))
		return false;
	q = db_query(doing->store, SQL_ITEM_ADD_POST);
	db_int(&q, doing->thread);
	db_int(&q, position);
	db_int(&q, op->post);
	return db_value(&q, 0, &item, err) && journal_new(doing, item, err);
}

static bool take_away(const struct doing *doing, const struct op *op, bool *changed,
		      struct err *err)
{
	struct query q;
	int64_t item;

	if (!find_item(doing, op->post, &item, err))
		return false;
	*changed = item != 0;
	if (item == 0)
		return true;
	if (!journal_former(doing, item, err))
		return false;
	q = db_query(doing->store, SQL_ITEM_REMOVE);
	db_int(&q, item);
	return db_done(&q, err);
}

/* Every way to change a thread. */
static bool (*const operations[OP_COUNT])(const struct doing *doing, const struct op *op,
					  bool *changed, struct err *err) = {
	[OP_CHOOSE] = choose,
	[OP_UNDECIDE] = take_away,
};

static bool run_each(struct doing *doing, const struct op *ops, size_t count,
		     struct op_report *report, struct err *err)
{
	bool changed = false;

	if (!begin_step(doing, err))
		return false;
	for (size_t i = 0; i < count; i++) {
		if (!operations[ops[i].kind])
			return err_set(err, ERR_USAGE, "cannot %s yet", op_kind_name(ops[i].kind));
		if (!operations[ops[i].kind](doing, &ops[i], &changed, err))
			return false;
		report->changed += changed;
	}
	return report->changed == 0 || touch(doing, err);
}

bool store_do(struct store *store, int64_t thread, const char *name, const struct op *ops,
	      size_t count, struct op_report *report, struct err *err)
{
	struct doing doing = { .store = store,
			       .thread = thread,
			       .name = name ? name : op_kind_name(ops[0].kind) };
	struct op_report found = { 0 };
	struct db_scope scope;

	if (!db_enter(store, &scope, err) ||
	    !db_leave(store, &scope, run_each(&doing, ops, count, &found, err), err))
		return false;
	*report = found;
	return true;
}

/* ---- all candidates ---- */

struct ids {
	int64_t *items;
	size_t count, room;
};

static bool candidates_left(struct store *store, const struct thread *thread, bool unlisted,
			    struct ids *ids, struct err *err)
{
	struct query q = db_query(store, SQL_CANDIDATES_LEFT);
	int rc;

	db_int(&q, thread->id);
	db_int(&q, row_first_id(thread->since));
	db_int(&q, row_end_id(thread->until));
	db_int(&q, unlisted);
	while ((rc = db_step(&q, err)) > 0) {
		if (ids->count == ids->room) {
			ids->room = ids->room ? ids->room * 2 : 256;
			ids->items = xreallocarray(ids->items, ids->room, sizeof(*ids->items));
		}
		ids->items[ids->count++] = db_column_int(&q, 0);
	}
	db_end(&q);
	return rc == 0;
}

static bool choose_each(struct doing *doing, const struct ids *ids, struct err *err)
{
	bool changed;

	if (!begin_step(doing, err))
		return false;
	for (size_t i = 0; i < ids->count; i++) {
		const struct op op = { .kind = OP_CHOOSE, .post = ids->items[i] };

		if (!choose(doing, &op, &changed, err))
			return false;
	}
	return ids->count == 0 || touch(doing, err);
}

bool thread_choose_all(struct store *store, const struct thread *thread, bool unlisted,
		       int64_t *count, struct err *err)
{
	struct doing doing = { .store = store, .thread = thread->id, .name = "choose-all" };
	struct ids ids = { 0 };
	struct db_scope scope;
	bool ok;

	ok = db_enter(store, &scope, err) &&
	     db_leave(store, &scope,
		      candidates_left(store, thread, unlisted, &ids, err) &&
			      choose_each(&doing, &ids, err),
		      err);
	*count = ok ? (int64_t)ids.count : 0;
	free(ids.items);
	return ok;
}
