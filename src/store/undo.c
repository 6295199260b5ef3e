#include <string.h>

#include "archive/base/clock.h"
#include "archive/base/mem.h"
#include "archive/store/db.h"
#include "archive/store/ops.h"

#define ABOUT_MAX 120 /* bytes of a post's text */

static struct query on_step(struct store *store, enum sql sql, int64_t thread, int64_t number)
{
	struct query q = db_query(store, sql);

	db_int(&q, thread);
	db_int(&q, number);
	return q;
}

/* ---- reading steps ---- */

/* Up to a whole character. */
static size_t beginning(const char *text)
{
	size_t len = strlen(text);

	if (len <= ABOUT_MAX)
		return len;
	len = ABOUT_MAX;
	while (len > 0 && ((unsigned char)text[len] & 0xc0) == 0x80)
		len--;
	return len;
}

static const char *read_about(const struct query *q, struct arena *arena)
{
	bool post = db_column_int(q, 5) != 0;
	const char *name = db_column(q, 6), *text = db_column(q, 7);

	if (!post)
		return arena_strdup(arena, db_column(q, 8));
	if (!text)
		return arena_strdup(arena, name);
	text = arena_strndup(arena, text, beginning(text));
	return name ? arena_printf(arena, "%s: %s", name, text) : text;
}

static struct step read_step(const struct query *q, struct arena *arena)
{
	return (struct step){
		.number = db_column_int(q, 0),
		.at = db_column_int(q, 1),
		.op = arena_strdup(arena, db_column(q, 2)),
		.changes = db_column_int(q, 3),
		.undone = db_column_int(q, 4) != 0,
		.about = read_about(q, arena),
	};
}

static bool get_step(struct store *store, int64_t thread, int64_t number, struct arena *arena,
		     struct step *out, struct err *err)
{
	struct query q = on_step(store, SQL_STEP_GET, thread, number);
	int rc = db_step(&q, err);

	*out = rc > 0 ? read_step(&q, arena) : (struct step){ 0 };
	db_end(&q);
	return rc >= 0;
}

bool thread_log(struct store *store, int64_t thread, int64_t limit, struct arena *arena,
		struct step **steps, size_t *count, struct err *err)
{
	struct query q = on_step(store, SQL_STEPS, thread, limit > 0 ? limit : -1);
	struct step *list = NULL;
	size_t n = 0, room = 0;
	int rc;

	while ((rc = db_step(&q, err)) > 0) {
		if (n == room) {
			struct step *longer;

			room = room ? room * 2 : 32;
			longer = arena_array(arena, room, sizeof(*longer));
			for (size_t i = 0; i < n; i++)
				longer[i] = list[i];
			list = longer;
		}
		list[n++] = read_step(&q, arena);
	}
	db_end(&q);
	*steps = list;
	*count = n;
	return rc == 0;
}

/* ---- undoing and redoing ---- */

/* The names of other threads may have changed since. */
static bool slug_is_free(struct store *store, int64_t thread, int64_t number, struct err *err)
{
	struct query q = on_step(store, SQL_SWAP_SLUG_TAKEN, thread, number);
	int rc = db_step(&q, err);

	if (rc > 0)
		err_set(err, ERR_USAGE,
			"another thread is called '%s' by now: give that one another name first",
			db_column(&q, 0));
	db_end(&q);
	return rc == 0;
}

/* A step's rows for what is there. */
static bool swap(struct store *store, int64_t thread, int64_t number, struct err *err)
{
	static const enum sql swaps[] = {
		SQL_SWAP_ITEMS_KEEP,	SQL_SWAP_ITEMS_OUT,   SQL_SWAP_ITEMS_IN,
		SQL_SWAP_ITEMS_DROP,	SQL_SWAP_ITEMS_TURN,  SQL_SWAP_VERDICTS_KEEP,
		SQL_SWAP_VERDICTS_OUT,	SQL_SWAP_VERDICTS_IN, SQL_SWAP_VERDICTS_DROP,
		SQL_SWAP_VERDICTS_TURN, SQL_SWAP_THREAD_KEEP, SQL_SWAP_THREAD_OUT,
		SQL_SWAP_THREAD_IN,	SQL_SWAP_TAGS_IN,     SQL_SWAP_THREAD_DROP,
		SQL_SWAP_THREAD_TURN,
	};

	for (size_t i = 0; i < ARRAY_LEN(swaps); i++) {
		struct query q = on_step(store, swaps[i], thread, number);

		if (!db_done(&q, err))
			return false;
	}
	return true;
}

static bool set_done(struct store *store, int64_t thread, int64_t done, struct err *err)
{
	struct query q = on_step(store, SQL_THREAD_DONE, thread, done);

	db_int(&q, clock_now());
	return db_done(&q, err);
}

/* Undoes the last step in effect, or does the next one again. */
static bool go(struct store *store, int64_t thread, bool undo, struct arena *arena,
	       struct step *step, struct err *err)
{
	struct query q = db_query(store, SQL_STEP_BEGIN);
	int64_t next, number;

	db_int(&q, thread);
	if (!db_value(&q, 0, &next, err))
		return false;
	number = undo ? next - 1 : next;
	if (!get_step(store, thread, number, arena, step, err))
		return false;
	if (!step->number)
		return true;
	step->undone = undo;
	return slug_is_free(store, thread, number, err) && swap(store, thread, number, err) &&
	       set_done(store, thread, undo ? number - 1 : number, err);
}

static bool go_in_scope(struct store *store, int64_t thread, bool undo, struct arena *arena,
			struct step *step, struct err *err)
{
	struct step found = { 0 };
	struct db_scope scope;

	if (!db_enter(store, &scope, err) ||
	    !db_leave(store, &scope, go(store, thread, undo, arena, &found, err), err))
		return false;
	*step = found;
	return true;
}

bool thread_undo(struct store *store, int64_t thread, struct arena *arena, struct step *step,
		 struct err *err)
{
	return go_in_scope(store, thread, true, arena, step, err);
}

bool thread_redo(struct store *store, int64_t thread, struct arena *arena, struct step *step,
		 struct err *err)
{
	return go_in_scope(store, thread, false, arena, step, err);
}
