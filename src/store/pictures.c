#include "archive/store/pictures.h"

#include <sqlite3.h>
#include <string.h>

#include "archive/store/put.h"
#include "archive/store/search.h"

#define CHUNK 65536 /* bytes that are read at once */

/* ---- taking away ---- */

static bool run(struct store *store, enum sql sql, struct err *err)
{
	struct query q = db_query(store, sql);

	return db_done(&q, err);
}

/* No address is an index of its own in the tables of posts, so all are looked through: but only
 * where a picture was ever kept, and only once in a transaction. */
bool pictures_sweep(struct store *store, struct err *err)
{
	struct query q = db_query(store, SQL_PICTURE_ANY);
	int64_t any = 0, before;

	if (!db_value(&q, 0, &any, err))
		return false;
	store->pictures_stale = false;
	if (!any)
		return true;
	before = db_changes(store);
	return run(store, SQL_PICTURES_SWEEP, err) && run(store, SQL_BYTES_SWEEP, err) &&
	       (db_changes(store) == before || search_mark(store, false, err));
}

bool store_sweep_pictures(struct store *store, struct err *err)
{
	struct db_scope scope = { 0 };

	return db_enter(store, &scope, err) &&
	       db_leave(store, &scope, pictures_sweep(store, err), err);
}

/* ---- keeping ---- */

static bool write_bytes(struct store *store, const struct str *bytes, struct err *err)
{
	int64_t row = sqlite3_last_insert_rowid(store->db);
	sqlite3_blob *blob = NULL;
	bool ok = sqlite3_blob_open(store->db, "main", "sqlar", "data", row, 1, &blob) ==
			  SQLITE_OK &&
		  sqlite3_blob_write(blob, bytes->buf, (int)bytes->len, 0) == SQLITE_OK;

	if (!ok)
		db_failed(store, err);
	sqlite3_blob_close(blob);
	return ok;
}

/* Written into a row that was made large enough: a bound value would be copied as a whole. */
static bool keep_bytes(struct store *store, const char *name, const struct str *bytes, int64_t now,
		       struct err *err)
{
	struct query q = db_query(store, SQL_BYTES_ADD);
	int64_t before = db_changes(store);

	db_text(&q, name);
	db_int(&q, now);
	db_int(&q, (int64_t)bytes->len);
	return db_done(&q, err) && (db_changes(store) == before || write_bytes(store, bytes, err));
}

static bool keep_address(struct store *store, const char *url, enum picture_size size,
			 const struct picture *picture, const char *name, int64_t now,
			 struct err *err)
{
	struct query q = db_query(store, SQL_PICTURE_PUT);

	db_text(&q, url);
	db_text(&q, name);
	db_int(&q, picture->width);
	db_int(&q, picture->height);
	db_text(&q, picture_size_name(size));
	db_int(&q, now);
	return db_done(&q, err);
}

/* The name that the address is kept by until now, or empty. */
static bool find_kept(struct store *store, const char *url, struct str *name, struct err *err)
{
	struct query q = db_query(store, SQL_PICTURE_KEPT);
	int rc;

	db_text(&q, url);
	rc = db_step(&q, err);
	if (rc > 0 && db_column(&q, 0))
		str_add(name, db_column(&q, 0));
	db_end(&q);
	return rc >= 0;
}

static bool drop_bytes(struct store *store, const char *name, struct err *err)
{
	struct query q = db_query(store, SQL_BYTES_DROP);

	db_text(&q, name);
	return db_done(&q, err);
}

bool store_put_picture(struct store *store, const char *url, enum picture_size size,
		       const struct picture *picture, const struct str *bytes, int64_t now,
		       struct err *err)
{
	char name[PICTURE_NAME_SIZE];
	struct str former = STR_INIT;
	struct db_scope scope = { 0 };
	bool ok = db_enter(store, &scope, err);

	picture_set_name(name, picture->type, bytes->buf, bytes->len);
	if (ok) {
		ok = find_kept(store, url, &former, err) &&
		     keep_bytes(store, name, bytes, now, err) &&
		     keep_address(store, url, size, picture, name, now, err) &&
		     (former.len == 0 || drop_bytes(store, former.buf, err));
		ok = db_leave(store, &scope, ok, err);
	}
	str_release(&former);
	return ok;
}

/* ---- what is known of an address ---- */

static bool find_shown(struct query *q, struct picture_standing *out, struct err *err)
{
	int rc = db_step(q, err);

	if (rc > 0) {
		out->known = true;
		out->alive = db_column_int(q, 0) != 0;
		out->shown = db_column_int(q, 1) != 0;
	}
	db_end(q);
	return rc >= 0;
}

static bool find_size(struct store *store, const char *url, enum picture_size size,
		      struct picture_standing *out, struct err *err)
{
	struct query q = db_query(store, SQL_PICTURE_SIZE);
	enum picture_size kept;
	const char *name;
	int rc;

	db_text(&q, url);
	rc = db_step(&q, err);
	name = rc > 0 ? db_column(&q, 0) : NULL;
	out->kept = name && picture_size_parse(name, &kept) && kept >= size;
	db_end(&q);
	return rc >= 0;
}

bool store_picture_standing(struct store *store, const char *post, const char *author,
			    const char *url, enum picture_size size, struct picture_standing *out,
			    struct err *err)
{
	char short_id[HASH_SHORT_LEN + 1];
	struct query q = db_query(store, post ? SQL_PICTURE_OF_POST : SQL_PICTURE_OF_AUTHOR);

	*out = (struct picture_standing){ 0 };
	if (post) {
		hash_short_id(post, short_id);
		db_text(&q, short_id);
	}
	db_text(&q, post ? post : author);
	db_text(&q, url);
	return find_shown(&q, out, err) && find_size(store, url, size, out, err);
}

bool store_miss_picture(struct store *store, const char *url, enum picture_size size,
			const char *why, bool lasting, int64_t now, struct err *err)
{
	struct query q = db_query(store, SQL_PICTURE_MISS);

	db_text(&q, url);
	db_text(&q, picture_size_name(size));
	db_int(&q, now);
	db_text(&q, why);
	db_int(&q, lasting);
	return db_done(&q, err);
}

/* ---- the shelf ---- */

static bool find(void *owner, const char *url, struct picture *out)
{
	struct query q = db_query(owner, SQL_PICTURE_FIND);
	struct err ignored = { 0 };
	const char *name = NULL;
	bool found = false;

	if (!url)
		return false;
	db_text(&q, url);
	if (db_step(&q, &ignored) > 0)
		name = db_column(&q, 0);
	if (name && strlen(name) < PICTURE_NAME_SIZE && picture_type_of_name(name, &out->type)) {
		snprintf(out->name, sizeof(out->name), "%s", name);
		out->width = (int)db_column_int(&q, 1);
		out->height = (int)db_column_int(&q, 2);
		out->bytes = db_column_int(&q, 3);
		found = true;
	}
	db_end(&q);
	return found;
}

static bool copy(sqlite3_blob *blob, struct str *out)
{
	char chunk[CHUNK];
	int left = sqlite3_blob_bytes(blob), at = 0;

	str_reserve(out, (size_t)left);
	while (left > 0) {
		int some = left < CHUNK ? left : CHUNK;

		if (sqlite3_blob_read(blob, chunk, some, at) != SQLITE_OK)
			return false;
		str_add_n(out, chunk, (size_t)some);
		at += some;
		left -= some;
	}
	return true;
}

static bool read(void *owner, const char *name, struct str *out, struct err *err)
{
	struct store *store = owner;
	struct query q = db_query(store, SQL_BYTES_FIND);
	sqlite3_blob *blob = NULL;
	int64_t row = 0;
	bool ok;

	db_text(&q, name);
	if (!db_value(&q, 0, &row, err))
		return false;
	if (!row)
		return err_set(err, ERR_NOT_FOUND,
			       "%s: the picture %s is not there any more: run the same command "
			       "again",
			       store->path, name);
	ok = sqlite3_blob_open(store->db, "main", "sqlar", "data", row, 0, &blob) == SQLITE_OK &&
	     copy(blob, out);
	if (!ok)
		db_failed(store, err);
	sqlite3_blob_close(blob);
	return ok;
}

struct picture_shelf store_shelf(struct store *store)
{
	return (struct picture_shelf){ .find = find, .read = read, .owner = store };
}
