#include "archive/store/doing.h"

static bool on_post(const struct doing *doing, enum sql sql, int64_t post, struct err *err)
{
	struct query q = db_query(doing->store, sql);

	db_int(&q, doing->thread);
	db_int(&q, post);
	return db_done(&q, err);
}

static bool is_dropped(const struct doing *doing, int64_t post, bool *dropped, struct err *err)
{
	struct query q = db_query(doing->store, SQL_VERDICT_FIND);
	int64_t found;

	db_int(&q, doing->thread);
	db_int(&q, post);
	if (!db_value(&q, 0, &found, err))
		return false;
	*dropped = found != 0;
	return true;
}

/* Is the post dropped, and should it be? */
static bool set_dropped(struct doing *doing, int64_t post, bool drop, struct err *err)
{
	bool dropped = false;

	if (!is_dropped(doing, post, &dropped, err))
		return false;
	if (dropped == drop)
		return true;
	if (!journal_verdict(doing, post, err) ||
	    !on_post(doing, drop ? SQL_VERDICT_ADD : SQL_VERDICT_REMOVE, post, err))
		return false;
	if (!doing->changed)
		doing_changed(doing, 0, post, 1);
	return true;
}

/* 0 and 1 as the post's author wishes; -1 when the store has no such post (any more). */
static bool ask_optout(const struct doing *doing, int64_t post, int64_t *optout, struct err *err)
{
	struct query q = db_query(doing->store, SQL_POST_OPTOUT);

	db_int(&q, post);
	return db_value(&q, -1, optout, err);
}

bool do_choose(struct doing *doing, const struct op *op, struct err *err)
{
	struct placed there;
	int64_t optout, item = 0;

	if (!placed_one(doing, SQL_ITEM_OF_POST, op->post, &there, err))
		return false;
	if (there.id) {
		doing->last = there.id;
		return true;
	}
	if (!ask_optout(doing, op->post, &optout, err))
		return false;
	if (optout > 0 && !op->again)
		return err_set(err, ERR_USAGE,
			       "that post's author asked not to be archived: it cannot be chosen");
	if (optout < 0)
		return true;
	if (!item_add(doing, op, NULL, &item, err))
		return false;
	return item == 0 || set_dropped(doing, op->post, false, err);
}

static bool take_away(struct doing *doing, int64_t post, struct err *err)
{
	struct placed there;

	return placed_one(doing, SQL_ITEM_OF_POST, post, &there, err) &&
	       (there.id == 0 || item_take_away(doing, &there, err));
}

bool do_drop(struct doing *doing, const struct op *op, struct err *err)
{
	int64_t optout;

	if (!ask_optout(doing, op->post, &optout, err))
		return false;
	return optout < 0 ||
	       (take_away(doing, op->post, err) && set_dropped(doing, op->post, true, err));
}

bool do_undecide(struct doing *doing, const struct op *op, struct err *err)
{
	return take_away(doing, op->post, err) && set_dropped(doing, op->post, false, err);
}
