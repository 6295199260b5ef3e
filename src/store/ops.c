#include <stdlib.h>

#include "archive/base/mem.h"
#include "archive/store/doing.h"
#include "archive/store/row.h"
#include "archive/store/threads.h"

/* Every way to change a thread. */
static doing_fn *const operations[OP_COUNT] = {
	[OP_CHOOSE] = do_choose, [OP_DROP] = do_drop,	  [OP_UNDECIDE] = do_undecide,
	[OP_MOVE] = do_move,	 [OP_INSERT] = do_insert, [OP_EDIT] = do_edit,
	[OP_STYLE] = do_style,	 [OP_JOIN] = do_join,	  [OP_FIX] = do_fix,
	[OP_REMOVE] = do_remove, [OP_SORT] = do_sort,	  [OP_SETTINGS] = do_settings,
};

static bool run_one(struct doing *doing, const struct op *op, size_t *changed, struct err *err)
{
	doing->changed = false;
	if (!operations[op->kind](doing, op, err))
		return false;
	*changed += doing->changed;
	return true;
}

static bool run_each(struct doing *doing, const struct op *ops, size_t count,
		     struct op_report *report, struct err *err)
{
	if (!journal_begin(doing, err))
		return false;
	for (size_t i = 0; i < count; i++)
		if (!run_one(doing, &ops[i], &report->changed, err))
			return false;
	report->item = doing->item;
	report->step = doing->changes ? doing->step : 0;
	return journal_end(doing, err);
}

bool store_do(struct store *store, int64_t thread, const char *name, const struct op *ops,
	      size_t count, struct op_report *report, struct err *err)
{
	struct doing doing = { .store = store, .thread = thread, .name = name };
	struct op_report found = { 0 };
	struct db_scope scope;

	if (!name && count > 0)
		doing.name = op_kind_name(ops[0].kind);
	if (!db_enter(store, &scope, err) ||
	    !db_leave(store, &scope, run_each(&doing, ops, count, &found, err), err))
		return false;
	*report = found;
	return true;
}

/* ---- all candidates ---- */

struct op_list {
	struct op *ops;
	size_t count, room;
};

static void add_op(struct op_list *list, int64_t post)
{
	if (list->count == list->room) {
		list->room = list->room ? list->room * 2 : 256;
		list->ops = xreallocarray(list->ops, list->room, sizeof(*list->ops));
	}
	list->ops[list->count++] = (struct op){ .kind = OP_CHOOSE, .post = post };
}

static bool candidates_left(struct store *store, const struct thread *thread, bool unlisted,
			    struct op_list *list, struct err *err)
{
	struct query q = db_query(store, SQL_CANDIDATES_LEFT);
	int rc;

	db_int(&q, thread->id);
	db_int(&q, row_first_id(thread->since));
	db_int(&q, row_end_id(thread->until));
	db_int(&q, unlisted);
	while ((rc = db_step(&q, err)) > 0)
		add_op(list, db_column_int(&q, 0));
	db_end(&q);
	return rc == 0;
}

bool thread_choose_all(struct store *store, const struct thread *thread, bool unlisted,
		       int64_t *count, struct err *err)
{
	struct op_report report = { 0 };
	struct op_list list = { 0 };
	struct db_scope scope;
	bool ok;

	ok = db_enter(store, &scope, err) &&
	     db_leave(store, &scope,
		      candidates_left(store, thread, unlisted, &list, err) &&
			      store_do(store, thread->id, "choose-all", list.ops, list.count,
				       &report, err),
		      err);
	*count = ok ? (int64_t)report.changed : 0;
	free(list.ops);
	return ok;
}
