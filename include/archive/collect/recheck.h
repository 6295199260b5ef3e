/*
 * Looks the posts of a thread up again, each where it was seen, in the cheapest bulk way of its
 * network. What is gone or not public any more is marked gone, what was edited is stored as it is
 * now (the former answer stays in the evidence), what opted out is emptied, what came back is
 * unmarked. A server that only passed a post on may have dropped it for reasons of its own: then
 * the post's home is asked. Who cannot be asked leaves the post as it is. Prints nothing.
 */
#ifndef ARCHIVE_COLLECT_RECHECK_H
#define ARCHIVE_COLLECT_RECHECK_H

#include "archive/collect/lookup.h"
#include "archive/store/targets.h"

enum recheck_change {
	RECHECK_SAME,
	RECHECK_EDITED,
	RECHECK_GONE,
	RECHECK_HIDDEN, /* not public any more */
	RECHECK_OPTED_OUT,
	RECHECK_BACK,
	RECHECK_UNTOLD, /* left as it is */
};

struct recheck_row {
	int64_t id;
	char short_id[9];
	const char *url;
	enum recheck_change change;
	const char *why; /* of one that was left; NULL */
};

struct recheck_options {
	lookup_source_fn *source;
	lookup_watch_fn *watch; /* NULL allowed */
	void *owner;		/* of both */
	page_judge_fn *judge;	/* NULL = all is wanted */
	void *judge_owner;
	struct price price;
};

struct recheck_result {
	const struct recheck_row *rows; /* in the thread's order; valid until recheck_free() */
	size_t count;
	const struct target *targets; /* files that have to be exported anew */
	size_t target_count;
	int64_t spent;	 /* millionths of a USD */
	int exit_status; /* 0, 1 or 3 */
};

struct recheck;

/* Options must outlive it. Posts of those who asked not to be archived are left alone. */
MUST_CHECK struct recheck *recheck_new(struct store *store, struct http_loop *loop,
				       const struct recheck_options *options, int64_t thread,
				       struct err *err);
/* How many posts of networks that sell by the piece will be asked for. */
size_t recheck_paid(const struct recheck *recheck);
MUST_CHECK bool recheck_run(struct recheck *recheck, int64_t budget_micros,
			    struct recheck_result *result, struct err *err);
void recheck_free(struct recheck *recheck);

#endif
