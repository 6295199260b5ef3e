#include "archive/store/db.h"

#include <errno.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <zstd.h>

#include "archive/base/io.h"
#include "archive/base/mem.h"
#include "archive/store/put.h"
#include "archive/store/search.h"

/* Each brings a store from the version before it (its index) and ends by setting its own
 * user_version. */
static const char *const migrations[] = {
	data_schema_sql, data_schema_2_sql, data_schema_3_sql, data_schema_4_sql, data_schema_5_sql,
};

/* At most about 4 MB of pages, so that the whole program stays small on a large store. The log
 * grows to 64 MB before it is copied: pages of indexes, which each post touches, are copied once
 * then. */
static const char pragmas[] = "PRAGMA cache_size = -4000;"
			      "PRAGMA foreign_keys = ON;"
			      "PRAGMA secure_delete = ON;"
			      "PRAGMA synchronous = NORMAL;"
			      "PRAGMA trusted_schema = OFF;"
			      "PRAGMA cell_size_check = ON;"
			      "PRAGMA wal_autocheckpoint = 16000;"
			      "PRAGMA mmap_size = 0;";

static int exec(struct store *store, const char *sql)
{
	return sqlite3_exec(store->db, sql, NULL, NULL, NULL);
}

/* Two programs that make the same store at once: the change to WAL does not wait by itself. */
static bool use_wal(struct store *store, struct err *err)
{
	int rc = SQLITE_BUSY;

	for (int waited = 0; rc == SQLITE_BUSY && waited < STORE_BUSY_MS; waited += 10) {
		rc = exec(store, "PRAGMA journal_mode = WAL");
		if (rc == SQLITE_BUSY)
			sqlite3_sleep(10);
	}
	return rc == SQLITE_OK || db_failed(store, err);
}

struct header {
	int64_t application, version, objects;
};

static bool read_header(struct store *store, struct header *header, struct err *err)
{
	struct query application = db_query_own(store, SQL_APPLICATION_ID);
	struct query version = db_query_own(store, SQL_USER_VERSION);
	struct query objects = db_query_own(store, SQL_OBJECTS);
	bool ok = db_value(&application, 0, &header->application, err) &&
		  db_value(&version, 0, &header->version, err) &&
		  db_value(&objects, 0, &header->objects, err);

	db_finish(&application);
	db_finish(&version);
	db_finish(&objects);
	return ok;
}

/* Nothing has been changed when this refuses. */
static bool check_header(struct store *store, const struct header *header, struct err *err)
{
	int known = (int)ARRAY_LEN(migrations);
	int version = (int)header->version;
	bool empty = header->application == 0 && header->version == 0 && header->objects == 0;

	if (empty && store->writes)
		return true;
	if (empty)
		return err_set(err, ERR_NOT_FOUND,
			       "no store at %s yet, the file is empty: archive fetch makes it",
			       store->path);
	if (header->application != STORE_APPLICATION_ID)
		return err_set(err, ERR_MALFORMED,
			       "%s belongs to another program, it is not an archive store: name "
			       "another file",
			       store->path);
	if (header->version < 0 || header->version > known)
		return err_set(err, ERR_MALFORMED,
			       "%s was made by a newer archive (store version %d, this program "
			       "knows %d): install the newer one",
			       store->path, version, known);
	if (header->version < known && !store->writes && !store->copies)
		return err_set(err, ERR_MALFORMED,
			       "%s is of an older version (%d, this program's is %d): archive "
			       "fetch brings it up to date",
			       store->path, version, known);
	return true;
}

static bool migrate_one(struct store *store, int from, struct err *err)
{
	struct header header = { 0 };
	bool ok = false;

	if (!store_begin(store, err))
		return false;
	if (!read_header(store, &header, err) || !check_header(store, &header, err))
		goto out;
	if (header.version == from && exec(store, migrations[from]) != SQLITE_OK) {
		db_failed(store, err);
		goto out;
	}
	ok = store_commit(store, err);
out:
	store_rollback(store);
	return ok;
}

static bool migrate(struct store *store, struct err *err)
{
	struct header header = { 0 };

	if (!read_header(store, &header, err) || !check_header(store, &header, err))
		return false;
	if (store->writes && !use_wal(store, err))
		return false;
	for (int version = (int)header.version;
	     store->writes && version < (int)ARRAY_LEN(migrations); version++)
		if (!migrate_one(store, version, err))
			return false;
	return true;
}

static bool connect_to(struct store *store, const char *name, int flags, struct err *err)
{
	if (sqlite3_open_v2(name, &store->db, flags | SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK)
		return db_failed(store, err);
	sqlite3_busy_timeout(store->db, STORE_BUSY_MS);
	sqlite3_db_config(store->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	if (exec(store, pragmas) != SQLITE_OK || !db_know_sets(store->db) || !db_know_says(store))
		return db_failed(store, err);
	return true;
}

/* A relative path is never taken for one of SQLite's own names (":memory:", "file:…"). */
static bool connect_plain(struct store *store, int flags, struct err *err)
{
	struct str name = STR_INIT;
	bool ok;

	str_addf(&name, "%s%s", store->path[0] == '/' ? "" : "./", store->path);
	ok = connect_to(store, name.buf, flags, err);
	str_release(&name);
	return ok;
}

static bool is_folder(const struct store *store, struct err *err)
{
	struct stat st;

	if (stat(store->path, &st) != 0 || !S_ISDIR(st.st_mode))
		return false;
	err_set(err, ERR_IO, "%s is a folder: --store names the file itself", store->path);
	return true;
}

static bool open_writing(struct store *store, struct err *err)
{
	if (is_folder(store, err) || !io_make_parent(store->path, err))
		return false;
	if (!connect_plain(store, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, err))
		return false;
	if (sqlite3_db_readonly(store->db, "main") == 1)
		return err_set(err, ERR_IO,
			       "%s: may not be written: change its permissions, or name another "
			       "file with --store",
			       store->path);
	return migrate(store, err) && search_renew(store, err);
}

/* A store on a read-only disk or in a folder that is not ours has no place for SQLite's shared
 * memory. When nothing waits in a -wal file it can be read as it is. */
static bool open_immutable(struct store *store, struct err *err)
{
	struct str name = STR_INIT;
	struct stat st;
	bool ok = false;

	str_addf(&name, "%s-wal", store->path);
	if (stat(name.buf, &st) == 0 && st.st_size > 0) {
		err_set(err, ERR_IO,
			"%s: a part of the store is still in %s, which cannot be read where "
			"nothing "
			"may be written: copy both into a folder of yours",
			store->path, name.buf);
		goto out;
	}
	str_clear(&name);
	str_addf(&name, "file:%s", store->path[0] == '/' ? "" : "./");
	for (const char *c = store->path; *c; c++)
		str_addf(&name, strchr("%?#", *c) ? "%%%02X" : "%c", (unsigned char)*c);
	str_add(&name, "?immutable=1");
	sqlite3_close(store->db);
	store->db = NULL;
	ok = connect_to(store, name.buf, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, err) &&
	     migrate(store, err);
out:
	str_release(&name);
	return ok;
}

static bool open_reading(struct store *store, struct err *err)
{
	struct stat st;

	if (is_folder(store, err))
		return false;
	if (stat(store->path, &st) != 0 && (errno == ENOENT || errno == ENOTDIR))
		return err_set(err, ERR_NOT_FOUND, "no store at %s: archive fetch makes it",
			       store->path);
	if (connect_plain(store, SQLITE_OPEN_READONLY, err) && migrate(store, err))
		return search_check(store, err);
	switch (sqlite3_errcode(store->db)) {
	case SQLITE_CANTOPEN:
	case SQLITE_READONLY:
		*err = (struct err){ 0 };
		return open_immutable(store, err) && search_check(store, err);
	default:
		return false;
	}
}

struct store *store_open(const char *path, enum store_mode mode, struct err *err)
{
	struct store *store = xcalloc(1, sizeof(*store));

	/* before the library's first use, without effect later: no locks, no book of every
	 * allocation */
	sqlite3_config(SQLITE_CONFIG_SINGLETHREAD);
	sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
	store->path = xstrdup(path);
	store->words = store->former = (struct str)STR_INIT;
	store->writes = mode == STORE_WRITE;
	store->copies = mode == STORE_COPY;
	if (store->writes ? open_writing(store, err) : open_reading(store, err))
		return store;
	store->writes = false;
	store_close(store);
	return NULL;
}

void store_close(struct store *store)
{
	struct err ignored = { 0 };
	bool clean;

	if (!store)
		return;
	store_rollback(store);
	if (store->added > 0)
		search_settle(store, store->added);
	if (store->writes && !search_scrub(store, false, &clean, &ignored))
		store_rollback(store); /* the mark stays: the next one to write does it */
	for (size_t i = 0; i < SQL_COUNT; i++)
		sqlite3_finalize(store->kept[i]);
	sqlite3_close(store->db);
	ZSTD_freeCCtx(store->zstd);
	str_release(&store->words);
	str_release(&store->former);
	arena_release(&store->arena);
	free(store->path);
	free(store);
}

const char *store_path(const struct store *store)
{
	return store->path;
}

bool store_begin(struct store *store, struct err *err)
{
	struct query q = db_query(store, SQL_BEGIN);

	store->forgotten = FORGOTTEN_UNKNOWN;
	store->pictures_stale = false;
	store->begun = db_done(&q, err);
	return store->begun;
}

bool store_commit(struct store *store, struct err *err)
{
	struct query q = db_query(store, SQL_COMMIT);

	if (store->pictures_stale && !pictures_sweep(store, err))
		return false;
	if (!db_done(&q, err))
		return false;
	store->begun = false;
	store->forgotten = FORGOTTEN_UNKNOWN;
	return true;
}

bool store_look(struct store *store, struct err *err)
{
	struct query q = db_query(store, SQL_BEGIN_READING);

	return db_done(&q, err);
}

void store_looked(struct store *store)
{
	struct query q = db_query(store, SQL_ROLLBACK);
	struct err ignored = { 0 };

	if (!db_done(&q, &ignored))
		store_rollback(store);
}

void store_rollback(struct store *store)
{
	struct err ignored = { 0 };
	struct query q;

	store->unindexed = false;
	if (!store->begun)
		return;
	store->begun = false;
	store->forgotten = FORGOTTEN_UNKNOWN;
	if (sqlite3_get_autocommit(store->db))
		return; /* SQLite has done it already, as it does when the disk is full */
	q = db_query(store, SQL_ROLLBACK);
	if (!db_done(&q, &ignored))
		store->begun = false;
}
