#include <errno.h>
#include <sqlite3.h>
#include <sys/stat.h>

#include "archive/model/picture.h"
#include "archive/store/merge.h"
#include "archive/store/put.h"
#include "archive/store/stored.h"

/* Bytes; what this program stores is not longer. */
#define LONGEST_VALUE  (PICTURE_MAX_BYTES + (1 << 20))
#define LONGEST_ANSWER (INT64_C(32) << 20)

/* ---- is it a store like ours? ---- */

/* Is there such a file, and is it another one? */
static bool is_other_file(const struct store *into, const char *path, struct err *err)
{
	struct stat ours, theirs;

	if (stat(path, &theirs) != 0 && (errno == ENOENT || errno == ENOTDIR))
		return err_set(err, ERR_NOT_FOUND,
			       "there is no %s: name the file that the other store is", path);
	if (stat(store_path(into), &ours) != 0 || stat(path, &theirs) != 0 ||
	    ours.st_dev != theirs.st_dev || ours.st_ino != theirs.st_ino)
		return true;
	return err_set(err, ERR_USAGE, "%s is the store itself: name another one", path);
}

static bool has_table(struct store *from, const char *name, const char *sql, struct err *err)
{
	struct query q = db_query(from, SQL_SCHEMA_HAS);
	int64_t found = 0;

	db_text(&q, name);
	db_text(&q, sql);
	if (!db_value(&q, 0, &found, err))
		return false;
	return found != 0 ||
	       err_set(err, ERR_MALFORMED,
		       "%s: its table %s is not as this program makes it: what archive export --as "
		       "json writes there can be taken in with archive import",
		       from->path, name);
}

/* A view or a trigger is what no store of ours has, and what a table of ours may have been made
 * into. */
static bool is_like(struct store *into, struct store *from, struct err *err)
{
	struct query odd = db_query(from, SQL_SCHEMA_ODD);
	struct query ours = db_query(into, SQL_SCHEMA_TABLES);
	bool ok = true;
	int rc = db_step(&odd, err);

	db_end(&odd);
	if (rc != 0)
		return rc > 0 && err_set(err, ERR_MALFORMED,
					 "%s holds a view or a trigger, which this program never "
					 "makes: take it out, or ask for a store without it",
					 from->path);
	while (ok && (rc = db_step(&ours, err)) > 0)
		ok = has_table(from, db_column(&ours, 0), db_column(&ours, 1), err);
	db_end(&ours);
	return ok && rc == 0;
}

static bool is_of_our_version(struct store *into, struct store *from, struct err *err)
{
	struct query q = db_query(into, SQL_USER_VERSION);
	int64_t ours = 0, theirs = 0;

	if (!db_value(&q, 0, &ours, err))
		return false;
	q = db_query(from, SQL_USER_VERSION);
	if (!db_value(&q, 0, &theirs, err))
		return false;
	return theirs == ours ||
	       err_set(err, ERR_MALFORMED,
		       "%s is of an older version (%d, this program's is %d): archive --store %s "
		       "rebuild brings it up to date",
		       from->path, (int)theirs, (int)ours, from->path);
}

struct store *merge_open(struct store *into, const char *path, struct err *err)
{
	struct store *from;
	struct query q;

	if (!is_other_file(into, path, err))
		return NULL;
	from = store_open(path, STORE_COPY, err);
	if (!from)
		return NULL;
	from->answer_max = LONGEST_ANSWER;
	sqlite3_limit(from->db, SQLITE_LIMIT_LENGTH, LONGEST_VALUE);
	q = db_query(from, SQL_BEGIN_READING);
	if (db_done(&q, err) && is_of_our_version(into, from, err) && is_like(into, from, err))
		return from;
	store_close(from);
	return NULL;
}

/* ---- what there is ---- */

bool merge_each_author(struct store *from, merge_author_fn *take, void *owner, struct err *err)
{
	struct query q = db_query(from, SQL_AUTHORS_ALL);
	struct arena arena = ARENA_INIT;
	bool ok = true;
	int rc = 0;

	while (ok && (rc = db_step(&q, err)) > 0) {
		struct err why = { 0 };
		struct author author;

		arena_clear(&arena);
		if (row_read_author(&q, &arena, &author, &why))
			ok = take(owner, &author, db_column_int(&q, 12), err);
	}
	db_end(&q);
	arena_release(&arena);
	return ok && rc == 0;
}

bool merge_each_post(struct store *from, merge_post_fn *take, void *owner, struct err *err)
{
	struct query q = db_query(from, SQL_AUDIT_POSTS);
	struct arena arena = ARENA_INIT;
	bool ok = true;
	int rc = 0;

	while (ok && (rc = db_step(&q, err)) > 0) {
		struct err why = { 0 };
		struct post post;

		arena_clear(&arena);
		if (row_read_post(&q, 0, &arena, &post, &why))
			ok = take(owner, &post, err);
	}
	db_end(&q);
	arena_release(&arena);
	return ok && rc == 0;
}

static bool each_of_post(struct store *from, int64_t theirs, int64_t ours, merge_sighting_fn *take,
			 void *owner, struct err *err)
{
	struct query q = db_query(from, SQL_SIGHTINGS_OF);
	bool ok = true;
	int rc = 0;

	db_int(&q, theirs);
	while (ok && (rc = db_step(&q, err)) > 0) {
		const struct merge_sighting sighting = {
			.source = db_column(&q, 0),
			.tag = db_column(&q, 1),
			.first = db_column_int(&q, 2),
			.last = db_column_int(&q, 3),
			.answer = db_column_int(&q, 4),
			.place = db_column(&q, 5),
		};

		ok = take(owner, ours, &sighting, err);
	}
	db_end(&q);
	return ok && rc == 0;
}

/* 0 when it is not here, or may not be known of. */
static bool find_here(struct store *into, const struct query *row, int64_t *id, struct err *err)
{
	struct stored_post stored;

	if (!stored_post_at(into, db_column(row, 2), db_column(row, 1), &stored, err))
		return false;
	*id = stored.optout ? 0 : stored.id;
	return true;
}

static bool is_gone(struct store *into, int64_t post, struct err *err)
{
	struct query q = db_query(into, SQL_GONE_MERGE);

	db_int(&q, post);
	return db_done(&q, err);
}

bool merge_each_sighting(struct store *into, struct store *from, merge_sighting_fn *take,
			 void *owner, struct err *err)
{
	struct query q = db_query(from, SQL_SEEN_POSTS);
	int64_t post = 0;
	bool ok = true;
	int rc = 0;

	while (ok && (rc = db_step(&q, err)) > 0) {
		ok = find_here(into, &q, &post, err);
		if (ok && post)
			ok = each_of_post(from, db_column_int(&q, 0), post, take, owner, err) &&
			     is_gone(into, post, err);
	}
	db_end(&q);
	return ok && rc == 0;
}

bool merge_each_reply(struct store *from, merge_reply_fn *take, void *owner, struct err *err)
{
	struct query q = db_query(from, SQL_REPLIES_ALL);
	bool ok = true;
	int rc = 0;

	while (ok && (rc = db_step(&q, err)) > 0)
		ok = take(owner, db_column(&q, 0), db_column(&q, 1), err);
	db_end(&q);
	return ok && rc == 0;
}

bool merge_each_file(struct store *from, merge_file_fn *take, void *owner, struct err *err)
{
	struct query q = db_query(from, SQL_FILES_ALL);
	bool ok = true;
	int rc = 0;

	while (ok && (rc = db_step(&q, err)) > 0) {
		const struct kept_file file = {
			.source = db_column(&q, 0),
			.name = db_column(&q, 1),
			.form = db_column(&q, 2),
			.bytes = db_column_int(&q, 3),
			.began = db_column_int(&q, 4),
		};

		ok = take(owner, &file, err);
	}
	db_end(&q);
	return ok && rc == 0;
}

bool merge_each_bytes(struct store *from, merge_bytes_fn *take, void *owner, struct err *err)
{
	struct query q = db_query(from, SQL_BYTES_ALL);
	bool ok = true;
	int rc = 0;

	while (ok && (rc = db_step(&q, err)) > 0) {
		size_t len = 0;
		const void *bytes = db_column_blob(&q, 1, &len);

		ok = take(owner, db_column(&q, 0), bytes, len, db_column_int(&q, 2), err);
	}
	db_end(&q);
	return ok && rc == 0;
}

bool merge_each_picture(struct store *from, merge_picture_fn *take, void *owner, struct err *err)
{
	struct query q = db_query(from, SQL_PICTURES_ALL);
	bool ok = true;
	int rc = 0;

	while (ok && (rc = db_step(&q, err)) > 0) {
		const struct merge_picture picture = {
			.url = db_column(&q, 0),
			.name = db_column(&q, 1),
			.size = db_column(&q, 2),
			.why = db_column(&q, 3),
			.width = db_column_int(&q, 4),
			.height = db_column_int(&q, 5),
			.at = db_column_int(&q, 6),
			.lasting = db_column_int(&q, 7) != 0,
		};

		ok = take(owner, &picture, err);
	}
	db_end(&q);
	return ok && rc == 0;
}
