/*
 * The fetch: all sources and tags of one call at once, each walked from its newest post down to
 * what is already known (design section 4). A page and its place in the ledger are one transaction,
 * so that a run may be cut off anywhere. Policy lives here: bounds, overlap, budget, what a failure
 * means for the exit status. Prints nothing: what happens is told through a callback.
 */
#ifndef ARCHIVE_COLLECT_FETCH_H
#define ARCHIVE_COLLECT_FETCH_H

#include "archive/collect/price.h"
#include "archive/http/loop.h"
#include "archive/source/source.h"
#include "archive/store/ledger.h"

#define FETCH_MAX_POSTS                                                           \
	10000 /* of a source in one run, when neither --since nor --max bounds it \
	       */
#define FETCH_OVERLAP_MS                                                        \
	(INT64_C(30) * 60000) /* read again each time: federation delivers late \
			       */

struct fetch_options {
	const char *const *tags; /* folded */
	size_t tag_count;
	struct source *sources;
	size_t source_count;
	int64_t since, until; /* UTC ms, 0 = open */
	int64_t max;	      /* posts a source and run, 0 = FETCH_MAX_POSTS unless since */
	bool offline;	      /* a tape answers: no credential is needed, nothing is paid */
	struct price price;   /* what is 0 is as usual */
	bool follow;	      /* look again and again, until until or for ever; posts of later than
				 that come along */
	const char *state;    /* the folder in which sessions are kept; NULL = nowhere */
};

enum walk_state {
	WALK_READING,
	WALK_WAITING, /* for the server, until wait_until */
	WALK_RESTING, /* until the next look at wait_until; why tells of the last one */
	WALK_DONE,
	WALK_STOPPED,
	WALK_FAILED,
};

/* One source and tag on its way: what a progress line or a report says of it. */
struct walk_view {
	const struct source *source;
	const char *tag;
	enum walk_state state;
	struct run run;
	int64_t oldest, newest; /* of the posts read in this run, 0 = none */
	int64_t wait_until;
	const char *why; /* waiting, stopped or failed: the sentence; NULL */
	bool refused; /* failed for want of a credential at a source that nobody named: a line, not
			 a failure */
	bool incomplete;  /* the same command goes on */
	bool near_budget; /* four fifths of the source's budget are spent */
};

/* Called after each page, at each change of state and about every second while something waits. */
typedef void fetch_watch_fn(void *owner, const struct walk_view *views, size_t count);

struct fetch_result {
	struct walk_view *views; /* a source and tag each; valid until fetch_free() */
	size_t count;
	bool cancelled;
	int exit_status; /* 0, 1 or 3 (design section 4) */
};

struct fetch;

struct fetch *fetch_new(struct store *store, struct http_loop *loop,
			const struct fetch_options *options);
/* Runs to the end. false only for what ends everything (the store cannot be written); a source's
 * failure stands in its view. */
MUST_CHECK bool fetch_run(struct fetch *fetch, fetch_watch_fn *watch, void *owner,
			  struct fetch_result *result, struct err *err);
/* Async-signal-safe: the run ends after the page under way. */
void fetch_stop(struct fetch *fetch);
void fetch_free(struct fetch *fetch);

#endif
