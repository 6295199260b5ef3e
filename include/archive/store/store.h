/*
 * The store: one SQLite file, the only thing that outlives the program. This room alone knows
 * sqlite3 and zstd and holds every INSERT, UPDATE and DELETE. WAL, foreign keys, secure_delete; a
 * busy file is waited for (10 s), then said. A store that is newer than the program, damaged, or
 * not a store is refused with a sentence; nothing is changed then.
 */
#ifndef ARCHIVE_STORE_STORE_H
#define ARCHIVE_STORE_STORE_H

#include "archive/curate/search.h"
#include "archive/model/page.h"
#include "archive/model/thread.h"

struct store;

enum store_mode {
	STORE_READ,  /* must be there; nothing is written (search, export, status) */
	STORE_WRITE, /* made when it is not there, folders too */
	STORE_COPY,  /* as STORE_READ, but of an older version, too: for who looks at that itself */
};

MUST_CHECK struct store *store_open(const char *path, enum store_mode mode, struct err *err);
void store_close(struct store *store);
const char *store_path(const struct store *store);

/* One transaction; nesting is a mistake. Whatever is put outside of one is one by itself. */
MUST_CHECK bool store_begin(struct store *store, struct err *err);
MUST_CHECK bool store_commit(struct store *store, struct err *err);
void store_rollback(struct store *store);
/* What is asked in between is asked of one moment, and costs less: the file is locked once. Not
 * within a transaction; nothing is put. */
MUST_CHECK bool store_look(struct store *store, struct err *err);
void store_looked(struct store *store);

/* ---- evidence and posts ---- */

struct evidence {
	const char *source; /* name of the source, or "file:SHA256" */
	const char *url;    /* without secrets; NULL for files */
	int status;
	int64_t fetched;
	bool redacted; /* something was cut out before */
	const char *bytes;
	size_t len;
	const struct page_cut
		*cuts; /* cut out before it is kept; the answer is then marked redacted */
	size_t cut_count;
};

/* Keeps the answer, compressed, once by content. */
MUST_CHECK bool store_put_answer(struct store *store, const struct evidence *evidence, int64_t *id,
				 struct err *err);

/* Posts that came along with another one are not counted. */
struct put_report {
	size_t fresh;	/* posts the store did not have, or not as an answer to a query */
	size_t known;	/* it had them; a newer reading wins */
	size_t optouts; /* kept as uri and time only */
};

/* Stores a page's posts, oldest first, with authors, media, tags, links, polls and search, and one
 * sighting each (source saw it, found by tag; context posts have no tag). The one function that
 * stores a post. A post that tells when it was read (fetched) was read then, any other at fetched;
 * one that was taken from a page changes nothing of one that is stored, and any other reading takes
 * its place. A post without uri or time, and one that was forgotten (forget.h), is left out.
 * Adds to the report. */
MUST_CHECK bool store_put_page(struct store *store, const struct page *page, const char *source,
			       const char *tag, int64_t answer_id, int64_t fetched,
			       struct put_report *report, struct err *err);

/* ---- posts, read ---- */

struct post_filter {
	const struct search_query *query; /* NULL = any */
	const char *const *tags;	  /* folded; any of them; none = any */
	size_t tag_count;
	int64_t since, until;
	int64_t limit; /* 0 = all */
	bool oldest_first;
	bool unlisted; /* unlisted ones too */
	bool gone;     /* gone ones too; opted-out ones never */
};

/* So many of the newest posts that are found are compared for sort:relevance. */
#define STORE_COMPARED 10000

struct post_cursor;

/* Rows come one by one; strings hold until the next step. What the filter says holds beside the
 * query. ERR_USAGE for words that cannot be looked for, for relevance without words, and for a
 * thread that is not there. */
MUST_CHECK bool store_posts(struct store *store, const struct post_filter *filter,
			    struct post_cursor **cursor, struct err *err);
/* 1 = a post, 0 = the end, -1 = failed. */
int post_cursor_next(struct post_cursor *cursor, struct post *out, struct err *err);
void post_cursor_free(struct post_cursor *cursor);

/* The first whom the query wants posts from and whom nobody here is; NULL when there is none. near
 * becomes the handle that was nearly typed, empty when none was. */
MUST_CHECK bool store_unknown_author(struct store *store, const struct search_query *query,
				     const char **who, struct str *near, struct err *err);

/* A post by any of its names: uri, url in any spelling of its network (x.com, twitter.com, mobile.,
 * /i/web/status/…, a query behind it), short id of four or more characters. ERR_NOT_FOUND, or
 * ERR_USAGE when a short id is ambiguous (says how many). */
MUST_CHECK bool store_find_post(struct store *store, const char *name, int64_t *id,
				struct err *err);

#endif
