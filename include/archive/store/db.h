/*
 * The store's connection: this room's own header, for no other room. A statement is named by its
 *number in one table of const SQL (sql.c), prepared when first used and kept. How it goes:
 *
 *	struct query q = db_query(store, SQL_X);
 *	db_text(&q, name);              the parameters in their order
 *	if (!db_done(&q, err)) …        runs it; or db_step() for rows, then db_end()
 *
 * What is bound must stay until db_done() or db_end(); column texts hold until the next step or
 *db_end().
 */
#ifndef ARCHIVE_STORE_DB_H
#define ARCHIVE_STORE_DB_H

#include "archive/base/arena.h"
#include "archive/base/str.h"
#include "archive/base/watch.h"
#include "archive/store/store.h"

enum sql {
#define SQL(name, text) SQL_##name,
#include "archive/store/sql.h"
#undef SQL
	SQL_COUNT
};

extern const char *const sql_text[SQL_COUNT];
extern const char data_schema_sql[];   /* data/schema.sql */
extern const char data_schema_2_sql[]; /* data/schema-2.sql */
extern const char data_schema_3_sql[]; /* data/schema-3.sql */
extern const char data_schema_4_sql[]; /* data/schema-4.sql */
extern const char data_schema_5_sql[]; /* data/schema-5.sql */

#define STORE_APPLICATION_ID 1634886504 /* "arch", as in data/schema.sql */
#define STORE_BUSY_MS	     10000

struct sqlite3;
struct sqlite3_stmt;
struct ZSTD_CCtx_s;

/* Is there anything in the table of what was forgotten? */
enum forgotten { FORGOTTEN_UNKNOWN, FORGOTTEN_NONE, FORGOTTEN_SOME };

struct store {
	char *path;
	struct sqlite3 *db;
	struct sqlite3_stmt *kept[SQL_COUNT];
	struct ZSTD_CCtx_s *zstd;  /* made when the first answer is kept */
	struct str words, former;  /* scratch: text on its way into a statement */
	struct arena arena;	   /* scratch: a post as it is stored */
	bool writes;		   /* opened with STORE_WRITE */
	bool copies;		   /* opened with STORE_COPY */
	bool begun;		   /* a transaction is open */
	const struct watch *watch; /* of db_watch() */
	bool words_stale;	   /* another version prepared the index */
	bool unindexed;		   /* the search index is left alone until it is made anew */
	int64_t added;		   /* posts that came into the search index */
	enum forgotten forgotten;  /* as of this transaction, or since the last one */
	bool pictures_stale;	   /* there may be some that no post shows any more */
	int64_t answer_max;	   /* bytes; what claims to be longer is damage; 0 = the usual */
};

struct query {
	struct store *store;
	struct sqlite3_stmt *stmt; /* NULL when it could not be prepared: the step says why */
	int next;		   /* number of the next parameter */
};

struct query db_query(struct store *store, enum sql sql);
/* It is not kept any longer: what it reads is about to be dropped. */
void db_forget(struct store *store, enum sql sql);
/* One that is not kept, so that several may be open at once; db_finish() it. */
struct query db_query_own(struct store *store, enum sql sql);
void db_text(struct query *q, const char *text); /* NULL allowed */
void db_text_n(struct query *q, const char *text, size_t len);
void db_blob(struct query *q, const void *bytes, size_t len);
void db_int(struct query *q, int64_t value);
void db_count(struct query *q, int64_t value); /* -1 = not told: NULL */
void db_id(struct query *q, int64_t id);       /* 0 = none: NULL */
/* For a function of ours, which asks for the kind. SQLite keeps no more than the address, which
 * must stay, and nothing is written there. */
void db_pointer(struct query *q, const void *given, const char *kind);

/* Numbers that a statement asks for by among(?, value, otherwise). The set must stay, too. */
struct db_set {
	int64_t *ids;
	size_t count, room;
};
void db_set_add(struct db_set *set, int64_t id);
void db_set_sort(struct db_set *set); /* when all are there */
void db_set_release(struct db_set *set);
void db_set(struct query *q, const struct db_set *set); /* NULL: among() gives otherwise */
/* Makes among() known to the connection. */
bool db_know_sets(struct sqlite3 *db);

/* What a post must say, asked by says(): an expression of search_holds(), which must stay; NULL:
 * anything. */
void db_says(struct query *q, const char *expression);
/* Makes says() known to the store's connection. */
bool db_know_says(struct store *store);

/* 1 = a row, 0 = the end, -1 = failed. */
int db_step(struct query *q, struct err *err);
void db_end(struct query *q);
void db_finish(struct query *q);
/* Runs a statement to its end and ends it. */
MUST_CHECK bool db_done(struct query *q, struct err *err);
/* The first column of its first row, or fallback without a row; runs it to its end and ends it. */
MUST_CHECK bool db_value(struct query *q, int64_t fallback, int64_t *value, struct err *err);

const char *db_column(const struct query *q, int column); /* NULL for NULL */
int64_t db_column_int(const struct query *q, int column);
const void *db_column_blob(const struct query *q, int column, size_t *len);
int64_t db_column_count(const struct query *q, int column); /* NULL is -1 */

/* The id of the row that was inserted last. RETURNING would tell it, too, but makes SQLite open a
 * savepoint, before which FTS5 writes the words that it holds: what is done once a post, an author
 * or a page asks here. */
int64_t db_last_id(const struct store *store);

/* Rows that this connection has changed so far. */
int64_t db_changes(const struct store *store);

/* While statements run the watcher is asked now and then whether they may go on; NULL = they may.
 * What is ended so fails with ERR_IO. It must stay until it is taken away. */
void db_watch(struct store *store, const struct watch *watch);

/* Does a locked file make a statement wait (as it does at first), or fail? */
void db_wait(struct store *store, bool wait);

/* Says what the connection's last failure means and what helps. Returns false. */
bool db_failed(struct store *store, struct err *err);

/* For a function that is a transaction by itself when none is open: */
struct db_scope {
	bool own;
};
MUST_CHECK bool db_enter(struct store *store, struct db_scope *scope, struct err *err);
/* Commits when ok, else rolls back; returns whether all is done. */
MUST_CHECK bool db_leave(struct store *store, const struct db_scope *scope, bool ok,
			 struct err *err);

#endif
