#include "archive/store/db.h"
#include "archive/store/merge.h"

/* ---- answers ---- */

static bool run(struct store *store, enum sql sql, struct err *err)
{
	struct query q = db_query(store, sql);

	return db_done(&q, err);
}

bool merge_answers_begin(struct store *into, struct err *err)
{
	return run(into, SQL_PAIRS_MAKE, err) && run(into, SQL_PAIRS_EMPTY, err);
}

static bool add_pair(struct store *into, int64_t theirs, int64_t ours, struct err *err)
{
	struct query q = db_query(into, SQL_PAIR_ADD);

	db_int(&q, theirs);
	db_int(&q, ours);
	return db_done(&q, err);
}

static bool note_redacted(struct store *into, int64_t id, struct err *err)
{
	struct query q = db_query(into, SQL_ANSWER_MERGE_REDACTED);

	db_int(&q, id);
	return db_done(&q, err);
}

bool merge_answer(struct store *into, const struct evidence *evidence, int64_t theirs, bool *fresh,
		  struct err *err)
{
	int64_t before = db_changes(into), id = 0;
	struct query q;

	if (!store_put_answer(into, evidence, &id, err))
		return false;
	*fresh = db_changes(into) != before;
	q = db_query(into, SQL_ANSWER_MERGE);
	db_int(&q, id);
	db_text(&q, evidence->source);
	db_text(&q, evidence->url);
	db_int(&q, evidence->status);
	db_int(&q, evidence->fetched);
	if (!db_done(&q, err))
		return false;
	if ((evidence->redacted || evidence->cut_count > 0) && !note_redacted(into, id, err))
		return false;
	return add_pair(into, theirs, id, err);
}

/* ---- sightings ---- */

bool merge_sighting(struct store *into, int64_t post, const struct merge_sighting *sighting,
		    struct err *err)
{
	struct query q = db_query(into, SQL_SIGHTING_MERGE);

	db_int(&q, post);
	db_text(&q, sighting->source);
	db_text(&q, sighting->tag);
	db_int(&q, sighting->first);
	db_int(&q, sighting->last);
	db_int(&q, sighting->answer);
	db_text(&q, sighting->place);
	return db_done(&q, err);
}

bool merge_tidy(struct store *into, struct err *err)
{
	return run(into, SQL_REPLIES_TIDY, err);
}

/* ---- files and pictures ---- */

bool merge_file(struct store *into, const struct kept_file *file, struct err *err)
{
	struct query q = db_query(into, SQL_FILE_MERGE);

	db_text(&q, file->source);
	db_text(&q, file->name);
	db_text(&q, file->form);
	db_int(&q, file->bytes);
	db_int(&q, file->began);
	return db_done(&q, err);
}

static bool bytes_are_there(struct store *into, const char *name, bool *there, struct err *err)
{
	struct query q = db_query(into, SQL_BYTES_ARE_THERE);
	int64_t found = 0;

	db_text(&q, name);
	if (!db_value(&q, 0, &found, err))
		return false;
	*there = found != 0;
	return true;
}

bool merge_bytes(struct store *into, const char *name, const void *bytes, size_t len, int64_t mtime,
		 struct err *err)
{
	struct query q = db_query(into, SQL_BYTES_MERGE);

	db_text(&q, name);
	db_int(&q, mtime);
	db_int(&q, (int64_t)len);
	db_blob(&q, bytes, len);
	return db_done(&q, err);
}

bool merge_count_bytes(struct store *store, int64_t *count, struct err *err)
{
	struct query q = db_query(store, SQL_BYTES_COUNT);

	return db_value(&q, 0, count, err);
}

bool merge_picture(struct store *into, const struct merge_picture *picture, struct err *err)
{
	struct query q;
	bool there = true;

	if (picture->name && !bytes_are_there(into, picture->name, &there, err))
		return false;
	if (!there)
		return true;
	q = db_query(into, SQL_PICTURE_MERGE);
	db_text(&q, picture->url);
	db_text(&q, picture->name);
	db_text(&q, picture->size);
	db_text(&q, picture->why);
	db_int(&q, picture->width);
	db_int(&q, picture->height);
	db_int(&q, picture->at);
	db_int(&q, picture->lasting);
	return db_done(&q, err);
}

bool merge_tidy_pictures(struct store *into, struct err *err)
{
	return run(into, SQL_BYTES_SWEEP, err);
}

/* ---- threads ---- */

static bool read_thread(struct query *q, struct arena *arena, struct merge_thread *out,
			struct err *err)
{
	int rc = db_step(q, err);

	*out = (struct merge_thread){ 0 };
	if (rc > 0)
		*out = (struct merge_thread){
			.id = db_column_int(q, 0),
			.slug = arena_strdup(arena, db_column(q, 1)),
			.changed = db_column_int(q, 2),
			.origin = arena_strdup(arena, db_column(q, 3)),
		};
	db_end(q);
	return rc >= 0;
}

bool merge_next_thread(struct store *from, const char *behind, struct arena *arena,
		       struct merge_thread *out, struct err *err)
{
	struct query q = db_query(from, SQL_THREAD_BEHIND);

	db_text(&q, behind);
	return read_thread(&q, arena, out, err);
}

bool merge_find_thread(struct store *into, const char *slug, struct arena *arena,
		       struct merge_thread *out, struct err *err)
{
	struct query q = db_query(into, SQL_THREAD_CALLED);

	db_text(&q, slug);
	return read_thread(&q, arena, out, err);
}

bool merge_date_thread(struct store *into, int64_t thread, int64_t changed, const char *origin,
		       struct err *err)
{
	struct query q = db_query(into, SQL_THREAD_DATE);

	db_int(&q, thread);
	db_int(&q, changed);
	db_text(&q, origin);
	return db_done(&q, err);
}

bool merge_item_part(struct store *store, int64_t item, struct arena *arena, const char **origin,
		     int64_t *part, struct err *err)
{
	struct query q = db_query(store, SQL_ITEM_PART);
	int rc;

	*origin = NULL;
	*part = 0;
	db_int(&q, item);
	rc = db_step(&q, err);
	if (rc > 0) {
		*origin = arena_strdup(arena, db_column(&q, 0));
		*part = db_column_int(&q, 1);
	}
	db_end(&q);
	return rc >= 0;
}

bool merge_set_item_part(struct store *into, int64_t item, const char *origin, int64_t part,
			 struct err *err)
{
	struct query q = db_query(into, SQL_ITEM_PART_SET);

	db_int(&q, item);
	db_text(&q, origin);
	db_int(&q, part);
	return db_done(&q, err);
}
