#include "archive/store/backup.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "archive/base/mem.h"
#include "archive/store/db.h"

#define PAGES_A_STEP	   256
#define HEADER_BYTES	   72
#define HEADER_APPLICATION 68 /* SQLite's file format, section 1.3 */

struct backup {
	struct store *from;
	struct store to;      /* its path is that of the file it becomes */
	struct str temporary; /* what is written to; empty = there is none */
	mode_t mode;
	const struct watch *watch;
};

static bool failed(struct err *err, const char *path)
{
	return err_set(err, ERR_IO, "%s: %s", path, strerror(errno));
}

/* ---- what may be replaced ---- */

static bool is_store(const char *path)
{
	static const char magic[] = "SQLite format 3";
	unsigned char header[HEADER_BYTES] = { 0 };
	FILE *in = fopen(path, "rb");
	size_t got = in ? fread(header, 1, sizeof(header), in) : 0;
	uint32_t application = 0;

	if (in)
		fclose(in);
	for (size_t i = HEADER_APPLICATION; i < HEADER_BYTES; i++)
		application = application << 8 | header[i];
	return got == sizeof(header) && memcmp(header, magic, sizeof(magic)) == 0 &&
	       application == STORE_APPLICATION_ID;
}

/* Somebody works with it: what waits in such a file would be taken for a part of the new one. */
static bool is_in_use(const char *path)
{
	static const char *const endings[] = { "-wal", "-journal" };
	bool used = false;

	for (size_t i = 0; i < ARRAY_LEN(endings); i++) {
		struct str name = STR_INIT;
		struct stat st;

		str_addf(&name, "%s%s", path, endings[i]);
		used = used || (stat(name.buf, &st) == 0 && st.st_size > 0);
		str_release(&name);
	}
	return used;
}

static bool may_replace(const struct backup *backup, const struct stat *store, struct err *err)
{
	const char *path = backup->to.path;
	struct stat st;

	if (stat(path, &st) != 0)
		return errno == ENOENT || failed(err, path);
	if (S_ISDIR(st.st_mode))
		return err_set(err, ERR_USAGE, "%s is a folder: name the file itself", path);
	if (st.st_dev == store->st_dev && st.st_ino == store->st_ino)
		return err_set(err, ERR_USAGE, "%s is the store itself: name another file", path);
	if (!S_ISREG(st.st_mode) || !is_store(path))
		return err_set(err, ERR_USAGE,
			       "%s is there and is no store, so it is not replaced: name another "
			       "file",
			       path);
	return !is_in_use(path) ||
	       err_set(err, ERR_USAGE,
		       "%s is a store that is in use, so it is not replaced: name another file",
		       path);
}

/* ---- copying ---- */

static bool open_copy(struct backup *backup, struct err *err)
{
	int fd;

	str_addf(&backup->temporary, "%s%s.XXXXXX", backup->to.path[0] == '/' ? "" : "./",
		 backup->to.path);
	fd = mkstemp(backup->temporary.buf);
	if (fd < 0) {
		str_clear(&backup->temporary);
		return failed(err, backup->to.path);
	}
	close(fd);
	if (sqlite3_open_v2(backup->temporary.buf, &backup->to.db,
			    SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK ||
	    sqlite3_exec(backup->to.db,
			 "PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = OFF; "
			 "PRAGMA synchronous = OFF",
			 NULL, NULL, NULL) != SQLITE_OK)
		return db_failed(&backup->to, err);
	return true;
}

static bool ended(struct err *err, const struct backup *backup)
{
	return err_set(err, ERR_IO, "ended before it was done: %s is as it was", backup->to.path);
}

/* A page that cannot be read is the store's failure, not that of the copy. */
static bool copy_failed(struct backup *backup, int rc, struct err *err)
{
	if (rc == SQLITE_CORRUPT || rc == SQLITE_NOTADB)
		return err_set(err, ERR_MALFORMED,
			       "%s is damaged and cannot be copied: archive status --check says "
			       "more",
			       backup->from->path);
	return db_failed(&backup->to, err);
}

static bool copy_pages(struct backup *backup, struct err *err)
{
	sqlite3_backup *copy = sqlite3_backup_init(backup->to.db, "main", backup->from->db, "main");
	bool goes_on = true;
	int rc = SQLITE_OK;

	if (!copy)
		return db_failed(&backup->to, err);
	while (rc == SQLITE_OK && goes_on) {
		int64_t whole, left;

		rc = sqlite3_backup_step(copy, PAGES_A_STEP);
		whole = sqlite3_backup_pagecount(copy);
		left = sqlite3_backup_remaining(copy);
		goes_on = watch_tell(backup->watch, "copying", whole - left, whole);
	}
	sqlite3_backup_finish(copy);
	if (rc == SQLITE_DONE)
		return true;
	return goes_on ? copy_failed(backup, rc & 0xff, err) : ended(err, backup);
}

/* One moment of the store is copied, whatever is written to it meanwhile: its readers block no
 * writer, and nothing is begun again. */
static bool copy_moment(struct backup *backup, struct err *err)
{
	struct query begin = db_query(backup->from, SQL_BEGIN_READING);
	struct query look = db_query(backup->from, SQL_OBJECTS);
	struct query end = db_query(backup->from, SQL_ROLLBACK);
	struct err ignored = { 0 };
	int64_t objects;
	bool ok;

	if (!db_done(&begin, err))
		return false;
	ok = db_value(&look, 0, &objects, err) && copy_pages(backup, err);
	if (!db_done(&end, &ignored))
		return ok ? db_failed(backup->from, err) : false;
	return ok;
}

static bool look_over(struct backup *backup, struct err *err)
{
	struct query q = db_query_own(&backup->to, SQL_QUICK_CHECK);
	const char *found;
	bool ok = false;
	int rc;

	if (!watch_tell(backup->watch, "looking the copy over", 0, 0))
		goto out;
	db_watch(&backup->to, backup->watch);
	rc = db_step(&q, err);
	found = rc > 0 ? db_column(&q, 0) : NULL;
	ok = str_same(found, "ok");
	if (rc > 0 && !ok)
		err_set(err, ERR_MALFORMED,
			"%s is damaged (%s): no backup was made; archive status --check says more",
			backup->from->path, found ? found : "");
	db_watch(&backup->to, NULL);
out:
	db_finish(&q);
	return ok || (err->code == ERR_NONE ? ended(err, backup) : false);
}

/* ---- in its place ---- */

static void flush_folder(const char *path)
{
	char *copy = xstrdup(path);
	int fd = open(dirname(copy), O_RDONLY | O_DIRECTORY);

	if (fd >= 0) {
		fsync(fd);
		close(fd);
	}
	free(copy);
}

static bool put_in_place(struct backup *backup, int64_t *bytes, struct err *err)
{
	int fd = open(backup->temporary.buf, O_RDONLY);
	struct stat st;
	bool ok;

	if (fd < 0)
		return failed(err, backup->to.path);
	ok = fsync(fd) == 0 && fchmod(fd, backup->mode) == 0 && fstat(fd, &st) == 0 &&
	     rename(backup->temporary.buf, backup->to.path) == 0;
	close(fd);
	if (!ok)
		return failed(err, backup->to.path);
	str_clear(&backup->temporary);
	flush_folder(backup->to.path);
	*bytes = st.st_size;
	return true;
}

/* Of what did not become the file nothing is left. */
static void clear_up(struct backup *backup)
{
	static const char *const endings[] = { "", "-wal", "-shm", "-journal" };

	for (size_t i = 0; backup->temporary.len > 0 && i < ARRAY_LEN(endings); i++) {
		struct str name = STR_INIT;

		str_addf(&name, "%s%s", backup->temporary.buf, endings[i]);
		unlink(name.buf);
		str_release(&name);
	}
}

bool store_backup(struct store *store, const char *path, const struct watch *watch, int64_t *bytes,
		  struct err *err)
{
	struct backup backup = { .from = store, .temporary = STR_INIT, .watch = watch };
	char *real = realpath(path, NULL);
	struct stat st;
	bool ok = false;

	backup.to.path = real ? real : xstrdup(path);
	if (stat(store->path, &st) != 0) {
		failed(err, store->path);
		goto out;
	}
	backup.mode = st.st_mode & 0777;
	if (!may_replace(&backup, &st, err))
		goto out;
	ok = open_copy(&backup, err) && copy_moment(&backup, err) && look_over(&backup, err);
	sqlite3_close(backup.to.db);
	ok = ok && put_in_place(&backup, bytes, err);
	clear_up(&backup);
out:
	free(backup.to.path);
	str_release(&backup.temporary);
	return ok;
}
