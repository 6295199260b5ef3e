/*
 * What a fetch would take, before it is made: at a network that sells by the piece the posts are
 * counted (which costs, too, and is kept in the ledger), elsewhere the first page tells how dense
 * the posts are. What the store has is not read again. All but the counts are estimates.
 */
#ifndef ARCHIVE_COLLECT_PLAN_H
#define ARCHIVE_COLLECT_PLAN_H

#include "archive/collect/price.h"
#include "archive/collect/probe.h"
#include "archive/store/store.h"

enum plan_state {
	PLAN_COUNTED,
	PLAN_GUESSED, /* from the first page */
	PLAN_ENDLESS, /* that page is full, and nobody said how far back: posts are those of a run's
			 bound */
	PLAN_UNPAID,  /* its posts may not be counted: that costs, and nobody allowed it */
	PLAN_REFUSED, /* for want of a credential, at a source that nobody named */
	PLAN_FAILED,
};

struct plan_view {
	const struct source *source;
	const char *tag;
	enum plan_state state;
	const char *why;	/* what is wrong and what helps; NULL */
	int64_t posts;		/* in the window; -1 = not known */
	int64_t there;		/* of them in the store already */
	int64_t pages, wait_ms; /* to read, and for how long at least; -1 = not known */
	int64_t authors;	/* not looked up yet, about */
	int64_t about, most;	/* millionths of a USD, where it is paid */
};

struct plan_options {
	const char *const *tags; /* folded */
	size_t tag_count;
	struct source *sources; /* as of probe_options */
	size_t source_count;
	int64_t since, until;
	struct price price; /* what is 0 is as usual */
	bool pay;	    /* counting is allowed */
	const char *state;  /* as of probe_options */
};

struct plan_result {
	struct arena arena;
	struct plan_view *views; /* a tag's sources behind one another */
	size_t count;
	int64_t spent; /* by counting */
	int exit_status;
};

/* What counting would cost, at least. */
int64_t plan_cost(const struct plan_options *options);
/* false only when the store cannot be read or written; a source's failure stands in its view. */
MUST_CHECK bool plan_make(struct store *store, struct http_loop *loop,
			  const struct plan_options *options, struct plan_result *result,
			  struct err *err);
void plan_result_release(struct plan_result *result);

/* ---- the arithmetic, pure ---- */

/* What former runs of a source tell: elements shown, and what was billed for them. */
struct plan_past {
	int64_t shown, posts, authors;
};

/* Fills authors, about and most for what is left to read. Without a past every post is taken to be
 * by somebody new and to bring nobody along. */
void plan_price(struct plan_view *view, const struct price *price, const struct plan_past *past);
/* Fills state, posts, pages and wait_ms from the source's first page. now: UTC ms. */
void plan_guess(struct plan_view *view, const struct probe_view *page, int64_t since, int64_t until,
		int64_t now);

#endif
