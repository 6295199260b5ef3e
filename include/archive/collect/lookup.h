/*
 * Looks up many single posts at once, each where its name says, through the one http loop: as many
 * ids a request as a network takes, one request at a time to each source. What is found is stored
 * with its evidence; what became of each post is told. Ways are tried in the order of the place: a
 * server that does not show a post to whoever asks may still show it in another way. Prints
 * nothing.
 */
#ifndef ARCHIVE_COLLECT_LOOKUP_H
#define ARCHIVE_COLLECT_LOOKUP_H

#include "archive/collect/price.h"
#include "archive/http/loop.h"
#include "archive/source/lookup.h"
#include "archive/source/place.h"
#include "archive/store/store.h"

struct way;

/* Where a post stands on its way; the caller leaves it zeroed. */
enum lookup_stage { LOOKUP_WAITS, LOOKUP_ASKED, LOOKUP_OVER };

struct lookup_item {
	/* The caller's: */
	struct place place;
	void *owner;
	bool doubted; /* what the first way says is gone or not public the others are asked for */
	/* What became of it: */
	enum lookup_state state;
	const char *why; /* a sentence where the state does not say all; NULL */
	const char *uri; /* as it is stored, or would be; NULL = not known */
	const char *id;	 /* where it was found, at: */
	const struct source *source;
	bool fresh;	/* the store did not have it */
	bool forgotten; /* it was forgotten, and is not taken again */
	/* The lookup's own: */
	enum lookup_stage stage;
	size_t way;
	struct way *asks; /* who is asked, once that is known */
	bool alone;	  /* not together with others */
	bool renewed;	  /* a newer version of it is asked for */
	bool moved;	  /* its object lives elsewhere, and is asked for there */
};

/* A source by its name, ready to be asked; it must live until lookup_free(). NULL and err. */
typedef const struct source *lookup_source_fn(void *owner, const char *spec, struct err *err);
/* Called when it is known what became of a post; false ends everything. */
typedef bool lookup_over_fn(void *owner, struct lookup_item *item, struct err *err);
/* Called after each answer and while something waits: until when (UTC ms, 0 = nothing waits). */
typedef void lookup_watch_fn(void *owner, size_t over, size_t count, int64_t wait_until);

struct lookup_options {
	lookup_source_fn *source;
	lookup_over_fn *over;	/* NULL allowed */
	lookup_watch_fn *watch; /* NULL allowed */
	void *owner;		/* of these three */
	page_judge_fn *judge;	/* NULL = all is wanted */
	void *judge_owner;
	int64_t budget_micros; /* most that all paid requests together may cost */
	struct price price;
};

struct lookup;

/* Options and items are the caller's and must outlive it. */
struct lookup *lookup_new(struct store *store, struct http_loop *loop,
			  const struct lookup_options *options, struct lookup_item *items,
			  size_t count);
/* Runs to the end. false only for what ends everything (the store cannot be written). Strings of
 * the items hold until lookup_free(). */
MUST_CHECK bool lookup_run(struct lookup *lookup, struct err *err);
int64_t lookup_spent(const struct lookup *lookup); /* millionths of a USD */
void lookup_free(struct lookup *lookup);

#endif
