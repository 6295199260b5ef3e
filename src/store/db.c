#include "archive/store/db.h"

#include <sqlite3.h>
#include <string.h>

#include "archive/base/mem.h"

#define INSTRUCTIONS_A_LOOK 100000 /* of SQLite's machine: some milliseconds */

static struct sqlite3_stmt *prepare(struct store *store, enum sql sql, unsigned flags)
{
	struct sqlite3_stmt *stmt = NULL;

	if (sqlite3_prepare_v3(store->db, sql_text[sql], -1, flags, &stmt, NULL) != SQLITE_OK)
		return NULL;
	return stmt;
}

struct query db_query(struct store *store, enum sql sql)
{
	if (!store->kept[sql])
		store->kept[sql] = prepare(store, sql, SQLITE_PREPARE_PERSISTENT);
	return (struct query){ .store = store, .stmt = store->kept[sql] };
}

void db_forget(struct store *store, enum sql sql)
{
	sqlite3_finalize(store->kept[sql]);
	store->kept[sql] = NULL;
}

struct query db_query_own(struct store *store, enum sql sql)
{
	return (struct query){ .store = store, .stmt = prepare(store, sql, 0) };
}

void db_text_n(struct query *q, const char *text, size_t len)
{
	q->next++;
	if (q->stmt && text)
		sqlite3_bind_text64(q->stmt, q->next, text, len, SQLITE_STATIC, SQLITE_UTF8);
	else if (q->stmt)
		sqlite3_bind_null(q->stmt, q->next);
}

void db_text(struct query *q, const char *text)
{
	db_text_n(q, text, text ? strlen(text) : 0);
}

void db_blob(struct query *q, const void *bytes, size_t len)
{
	q->next++;
	if (q->stmt)
		sqlite3_bind_blob64(q->stmt, q->next, bytes, len, SQLITE_STATIC);
}

void db_int(struct query *q, int64_t value)
{
	q->next++;
	if (q->stmt)
		sqlite3_bind_int64(q->stmt, q->next, value);
}

static void int_or_null(struct query *q, int64_t value, int64_t null)
{
	if (value == null)
		db_text(q, NULL);
	else
		db_int(q, value);
}

void db_count(struct query *q, int64_t value)
{
	int_or_null(q, value, -1);
}

void db_id(struct query *q, int64_t id)
{
	int_or_null(q, id, 0);
}

void db_pointer(struct query *q, const void *given, const char *kind)
{
	union {
		const void *given;
		void *taken;
	} address = { .given = given };

	q->next++;
	if (q->stmt)
		sqlite3_bind_pointer(q->stmt, q->next, address.taken, kind, NULL);
}

int db_step(struct query *q, struct err *err)
{
	int rc = q->stmt ? sqlite3_step(q->stmt) : SQLITE_ERROR;

	if (rc == SQLITE_ROW)
		return 1;
	if (rc == SQLITE_DONE)
		return 0;
	db_failed(q->store, err);
	return -1;
}

void db_end(struct query *q)
{
	if (q->stmt)
		sqlite3_reset(q->stmt);
}

void db_finish(struct query *q)
{
	sqlite3_finalize(q->stmt);
	q->stmt = NULL;
}

bool db_done(struct query *q, struct err *err)
{
	int rc;

	while ((rc = db_step(q, err)) > 0)
		;
	db_end(q);
	return rc == 0;
}

bool db_value(struct query *q, int64_t fallback, int64_t *value, struct err *err)
{
	int rc = db_step(q, err);

	*value = rc > 0 ? db_column_int(q, 0) : fallback;
	while (rc > 0)
		rc = db_step(q, err);
	db_end(q);
	return rc >= 0;
}

const char *db_column(const struct query *q, int column)
{
	return (const char *)sqlite3_column_text(q->stmt, column);
}

int64_t db_column_int(const struct query *q, int column)
{
	return sqlite3_column_int64(q->stmt, column);
}

const void *db_column_blob(const struct query *q, int column, size_t *len)
{
	const void *bytes = sqlite3_column_blob(q->stmt, column);

	*len = (size_t)sqlite3_column_bytes(q->stmt, column);
	return bytes;
}

int64_t db_column_count(const struct query *q, int column)
{
	return sqlite3_column_type(q->stmt, column) == SQLITE_NULL ? -1 : db_column_int(q, column);
}

int64_t db_last_id(const struct store *store)
{
	return sqlite3_last_insert_rowid(store->db);
}

int64_t db_changes(const struct store *store)
{
	return sqlite3_total_changes64(store->db);
}

static int look(void *owner)
{
	const struct store *store = owner;

	return !watch_tell(store->watch, NULL, 0, 0);
}

void db_watch(struct store *store, const struct watch *watch)
{
	store->watch = watch;
	sqlite3_progress_handler(store->db, watch ? INSTRUCTIONS_A_LOOK : 0, watch ? look : NULL,
				 store);
}

void db_wait(struct store *store, bool wait)
{
	sqlite3_busy_timeout(store->db, wait ? STORE_BUSY_MS : 0);
}

/* What each failure means and what helps; the rest is SQLite's own sentence. */
static const struct {
	int code;
	enum err_code means;
	const char *sentence;
} failures[] = {
	{ SQLITE_FULL, ERR_IO,
	  "the disk is full: make room and run the same command again; nothing of this step was "
	  "kept" },
	{ SQLITE_BUSY, ERR_IO,
	  "another program has kept it locked for 10 seconds: let that one end, then run the same "
	  "command again" },
	{ SQLITE_CORRUPT, ERR_MALFORMED,
	  "the store is damaged: bring back a backup, or keep a copy and save what can be read "
	  "with "
	  "sqlite3 and \".recover\"" },
	{ SQLITE_NOTADB, ERR_MALFORMED,
	  "not an archive store, nor any SQLite file: name another file" },
	{ SQLITE_READONLY, ERR_IO,
	  "may not be written: change its permissions and its folder's, or name another file with "
	  "--store" },
	{ SQLITE_CANTOPEN, ERR_IO,
	  "cannot be opened: look at its permissions and its folder's, and whether it is a file at "
	  "all" },
	{ SQLITE_TOOBIG, ERR_MALFORMED,
	  "it holds a value that is longer than any that this program keeps: it is damaged, bring "
	  "back a backup" },
	{ SQLITE_INTERRUPT, ERR_IO, "ended before it was done; nothing of this step was kept" },
	{ SQLITE_IOERR, ERR_IO,
	  "reading or writing failed: look whether the disk is full, over its quota or gone; "
	  "nothing of "
	  "this step was kept" },
};

bool db_failed(struct store *store, struct err *err)
{
	int code = sqlite3_errcode(store->db);

	for (size_t i = 0; i < ARRAY_LEN(failures); i++)
		if (failures[i].code == code)
			return err_set(err, failures[i].means, "%s: %s", store->path,
				       failures[i].sentence);
	return err_set(err, ERR_IO, "%s: %s", store->path, sqlite3_errmsg(store->db));
}

bool db_enter(struct store *store, struct db_scope *scope, struct err *err)
{
	scope->own = !store->begun;
	return !scope->own || store_begin(store, err);
}

bool db_leave(struct store *store, const struct db_scope *scope, bool ok, struct err *err)
{
	if (!scope->own)
		return ok;
	if (ok && store_commit(store, err))
		return true;
	store_rollback(store);
	return false;
}
