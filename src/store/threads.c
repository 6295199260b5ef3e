#include "archive/store/threads.h"

#include "archive/base/clock.h"
#include "archive/store/row.h"

#define NAMED_THREADS 5 /* in a sentence that says what there is */

static bool add_tags(struct store *store, int64_t id, const struct thread *thread, struct err *err)
{
	for (size_t i = 0; i < thread->tag_count; i++) {
		struct query q = db_query(store, SQL_THREAD_TAG_ADD);

		db_int(&q, id);
		db_int(&q, (int64_t)i);
		db_text(&q, thread->tags[i]);
		if (!db_done(&q, err))
			return false;
	}
	return true;
}

static bool add_thread(struct store *store, const char *slug, const struct thread *thread,
		       int64_t *id, struct err *err)
{
	struct query q = db_query(store, SQL_THREAD_ADD);

	db_text(&q, slug);
	db_text(&q, thread->title);
	db_text(&q, thread->lang);
	db_text(&q, thread->zone);
	db_int(&q, thread->since);
	db_int(&q, thread->until);
	db_int(&q, clock_now());
	db_int(&q, thread->lag);
	db_text(&q, thread->curator);
	db_text(&q, thread->description);
	if (!db_value(&q, 0, id, err))
		return false;
	if (*id == 0)
		return err_set(err, ERR_USAGE,
			       "there is a thread '%s' already: choose another name", slug);
	return add_tags(store, *id, thread, err);
}

bool thread_create(struct store *store, const struct thread *thread, int64_t *id, struct err *err)
{
	struct str slug = STR_INIT;
	struct db_scope scope;
	bool ok = false;

	if (!slug_fold(&slug, thread->slug, err))
		goto out;
	if (thread->tag_count == 0 && thread->since == 0 && thread->until == 0) {
		err_set(err, ERR_USAGE,
			"a thread needs a hashtag or a window: --tag TAG, or --since TIME and "
			"--until TIME");
		goto out;
	}
	ok = db_enter(store, &scope, err) &&
	     db_leave(store, &scope, add_thread(store, slug.buf, thread, id, err), err);
out:
	str_release(&slug);
	return ok;
}

static void read_columns(struct query *q, struct arena *arena, struct thread *out, int64_t *changed)
{
	*out = (struct thread){
		.id = db_column_int(q, 0),
		.slug = arena_strdup(arena, db_column(q, 1)),
		.title = arena_strdup(arena, db_column(q, 2)),
		.lang = arena_strdup(arena, db_column(q, 3)),
		.zone = arena_strdup(arena, db_column(q, 4)),
		.since = db_column_int(q, 5),
		.until = db_column_int(q, 6),
		.lag = db_column_int(q, 8),
		.curator = arena_strdup(arena, db_column(q, 9)),
		.description = arena_strdup(arena, db_column(q, 10)),
	};
	*changed = db_column_int(q, 7);
}

static bool count_of(struct store *store, enum sql sql, int64_t thread, int64_t *count,
		     struct err *err)
{
	struct query q = db_query(store, sql);

	db_int(&q, thread);
	return db_value(&q, 0, count, err);
}

static bool read_tags(struct store *store, struct arena *arena, struct thread *thread,
		      struct err *err)
{
	const char **tags;
	int64_t count = 0;
	struct query q;
	int rc = 1;

	if (!count_of(store, SQL_THREAD_TAG_COUNT, thread->id, &count, err))
		return false;
	tags = arena_array(arena, (size_t)count, sizeof(*tags));
	thread->tags = tags;
	q = db_query(store, SQL_THREAD_TAGS);
	db_int(&q, thread->id);
	while ((int64_t)thread->tag_count < count && (rc = db_step(&q, err)) > 0)
		tags[thread->tag_count++] = arena_strdup(arena, db_column(&q, 0));
	db_end(&q);
	return rc >= 0;
}

/* "there are a, b, c": what may be meant instead. */
static bool say_what_there_is(struct store *store, const char *slug, struct err *err)
{
	struct query q = db_query(store, SQL_THREADS);
	struct str names = STR_INIT;
	int count = 0;

	while (count < NAMED_THREADS && db_step(&q, err) > 0)
		str_addf(&names, "%s%s", count++ > 0 ? ", " : "", db_column(&q, 1));
	db_end(&q);
	if (count == 0)
		err_set(err, ERR_NOT_FOUND,
			"there is no thread yet: archive thread new SLUG --tag TAG makes one");
	else if (slug)
		err_set(err, ERR_NOT_FOUND, "there is no thread '%s': there is %s", slug,
			names.buf);
	else
		err_set(err, ERR_USAGE, "which thread? There are %s", names.buf);
	str_release(&names);
	return false;
}

static bool load(struct store *store, struct query *q, const char *slug, struct arena *arena,
		 struct thread *out, struct err *err)
{
	int64_t changed;
	int rc = db_step(q, err);

	if (rc > 0)
		read_columns(q, arena, out, &changed);
	db_end(q);
	if (rc == 0)
		return say_what_there_is(store, slug, err);
	return rc > 0 && read_tags(store, arena, out, err);
}

static bool load_only(struct store *store, struct arena *arena, struct thread *out, struct err *err)
{
	struct query q = db_query(store, SQL_THREAD_COUNT);
	int64_t count;

	if (!db_value(&q, 0, &count, err))
		return false;
	if (count != 1)
		return say_what_there_is(store, NULL, err);
	q = db_query(store, SQL_THREADS);
	return load(store, &q, NULL, arena, out, err);
}

bool thread_load(struct store *store, const char *slug, struct arena *arena, struct thread *out,
		 struct err *err)
{
	struct str folded = STR_INIT;
	struct query q;
	bool ok = false;

	if (!slug)
		return load_only(store, arena, out, err);
	if (!slug_fold(&folded, slug, err))
		goto out;
	q = db_query(store, SQL_THREAD_FIND);
	db_text(&q, folded.buf);
	ok = load(store, &q, slug, arena, out, err);
out:
	str_release(&folded);
	return ok;
}

bool thread_load_id(struct store *store, int64_t id, struct arena *arena, struct thread *out,
		    struct err *err)
{
	struct query q = db_query(store, SQL_THREAD_FIND_ID);
	int64_t changed;
	int rc;

	db_int(&q, id);
	rc = db_step(&q, err);
	if (rc > 0)
		read_columns(&q, arena, out, &changed);
	db_end(&q);
	if (rc == 0)
		return err_set(err, ERR_NOT_FOUND, "the thread is not there any more");
	return rc > 0 && read_tags(store, arena, out, err);
}

bool thread_load_newest(struct store *store, struct arena *arena, struct thread *out, bool *found,
			struct err *err)
{
	struct query q = db_query(store, SQL_THREAD_NEWEST);
	int64_t id;

	if (!db_value(&q, 0, &id, err))
		return false;
	*found = id != 0;
	return !*found || thread_load_id(store, id, arena, out, err);
}

static bool count_candidates(struct store *store, enum sql sql, const struct thread *thread,
			     int64_t *count, struct err *err)
{
	struct query q = db_query(store, sql);

	db_int(&q, thread->id);
	db_int(&q, row_first_id(thread->since));
	db_int(&q, row_end_id(thread->until));
	db_int(&q, 1);
	return db_value(&q, 0, count, err);
}

bool thread_left(struct store *store, const struct thread *thread, int64_t *count, struct err *err)
{
	return count_candidates(store, SQL_CANDIDATES_LEFT_COUNT, thread, count, err);
}

static bool count_row(struct store *store, struct arena *arena, struct thread_row *row,
		      struct err *err)
{
	return read_tags(store, arena, &row->thread, err) &&
	       count_of(store, SQL_ITEM_COUNT, row->thread.id, &row->items, err) &&
	       count_candidates(store, SQL_CANDIDATE_COUNT, &row->thread, &row->candidates, err);
}

bool thread_list(struct store *store, struct arena *arena, struct thread_row **rows, size_t *count,
		 struct err *err)
{
	struct query q = db_query(store, SQL_THREAD_COUNT);
	int64_t room;
	size_t n = 0;
	int rc = 1;

	if (!db_value(&q, 0, &room, err))
		return false;
	*rows = arena_array(arena, (size_t)room, sizeof(**rows));
	q = db_query(store, SQL_THREADS);
	while ((int64_t)n < room && (rc = db_step(&q, err)) > 0) {
		read_columns(&q, arena, &(*rows)[n].thread, &(*rows)[n].changed);
		n++;
	}
	db_end(&q);
	for (size_t i = 0; rc >= 0 && i < n; i++)
		if (!count_row(store, arena, &(*rows)[i], err))
			return false;
	*count = n;
	return rc >= 0;
}
