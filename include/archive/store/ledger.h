/*
 * The ledger: what was read when, so that no hole stays. Its key is (source, how one was signed in,
 * tag).
 *
 * A span is a stretch of a source's ids, from top (the newest post) down to bottom. A walk opens a
 * span and pushes its bottom down page by page, in the page's own transaction; it is closed when it
 * reached the top of the closed span below it (the two become one), or the end of what the server
 * has, or the bound that was asked for. An open span says that what is below its bottom, down to
 * the next span's top, was not read: the next run goes on there.
 */
#ifndef ARCHIVE_STORE_LEDGER_H
#define ARCHIVE_STORE_LEDGER_H

#include "archive/base/arena.h"
#include "archive/store/store.h"

struct ledger_key {
	const char *source;
	const char *auth; /* "anonymous" or "token": what one sees depends on it */
	const char *tag;
};

struct span {
	int64_t id; /* 0 = not in the store yet */
	const char *top_id, *bottom_id;
	/* Where the next climb begins (exclusive): a post that was old enough when it was read for
	 * all late ones to have come; and the post next above it, by which the climb's first page
	 * is known. NULL = none. */
	const char *anchor_id, *above_id;
	/* UTC ms of those posts; bottom_time also the bound that a walk was asked for */
	int64_t top_time, bottom_time;
	bool closed; /* nothing is missing between top and bottom and, when floor is 0, below it */
	int64_t floor; /* it was read down to this time because no more was asked for; 0 = to the
			  server's end */
	int64_t updated;
};

/* Spans of the key, newest top first, in the arena. */
MUST_CHECK bool ledger_spans(struct store *store, const struct ledger_key *key, struct arena *arena,
			     struct span **spans, size_t *count, struct err *err);
/* Writes one (id 0: a new one, whose id is set). */
MUST_CHECK bool ledger_put_span(struct store *store, const struct ledger_key *key,
				struct span *span, struct err *err);
MUST_CHECK bool ledger_drop_span(struct store *store, int64_t id, struct err *err);

enum run_outcome { RUN_UNDER_WAY, RUN_DONE, RUN_PART, RUN_FAILED };

/* One source's part of one run. */
struct run {
	int64_t id;
	int64_t started, ended;
	enum run_outcome outcome;
	int64_t pages, fresh, known, dropped;
	int64_t billed_posts, billed_authors; /* pieces */
	int64_t spent_micros;		      /* millionths of a USD */
	const char *why; /* the sentence of what went wrong or why it stopped; NULL */
};

MUST_CHECK bool ledger_run_begin(struct store *store, const struct ledger_key *key, int64_t now,
				 int64_t *id, struct err *err);
/* Writes the run's figures; called in each page's transaction and at the end. */
MUST_CHECK bool ledger_run_put(struct store *store, const struct run *run, struct err *err);
/* A run in a row's columns from this one on: id, started, ended, outcome, pages, fresh, known,
 * dropped, billed posts and authors, spent, why. For this room. */
struct query;
struct run ledger_read_run(const struct query *q, int column, struct arena *arena);

/* ---- status ---- */

struct ledger_row {
	const char *source, *auth, *tag;
	struct run last;	  /* the last run of it */
	const struct span *spans; /* newest top first */
	size_t span_count;
	bool whole;			  /* no hole from the newest top to the server's end */
	int64_t oldest, newest;		  /* of all spans */
	int64_t missing_from, missing_to; /* the newest hole, 0 = none */
};

struct store_row {
	enum network network;
	const char *tag; /* NULL: posts without any tag, opted-out ones left out */
	int64_t posts, authors;
	int64_t oldest, newest;
};

MUST_CHECK bool store_status_ledger(struct store *store, struct arena *arena,
				    struct ledger_row **rows, size_t *count, struct err *err);
MUST_CHECK bool store_status_posts(struct store *store, struct arena *arena,
				   struct store_row **rows, size_t *count, struct err *err);
struct store_totals {
	int64_t posts, authors; /* without those of whom an address is all that is kept */
	int64_t optouts;	/* posts of which that is all */
	int64_t answers, threads, bytes;
};
MUST_CHECK bool store_status_totals(struct store *store, struct store_totals *totals,
				    struct err *err);

#endif
