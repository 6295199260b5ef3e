/*
 * Reads the conversations that posts stand in, once each: what they answer and what answers them,
 * as far as each network shows it. What is found is stored with its evidence. Bounded: in requests
 * for one conversation, in conversations of one source, in money. Prints nothing.
 */
#ifndef ARCHIVE_COLLECT_TALK_H
#define ARCHIVE_COLLECT_TALK_H

#include <signal.h>

#include "archive/collect/price.h"
#include "archive/http/loop.h"
#include "archive/source/lookup.h"
#include "archive/store/store.h"

#define TALK_MAX_REQUESTS      100 /* of one conversation */
#define TALK_MAX_CONVERSATIONS 200 /* of one source in one run */

enum talk_state { TALK_WAITS, TALK_ASKED, TALK_READ, TALK_LEFT, TALK_FAILED };

struct talk_item {
	/* The caller's: */
	const struct source *source;
	const char *uri;
	const char *id;	  /* at the source */
	const char *root; /* what the network calls the conversation; NULL = not told */
	/* What became of it: */
	enum talk_state state; /* read also when it stood in another one's */
	const char *why;       /* left or failed: the sentence */
};

struct talk_options {
	/* Called after each answer; until when something waits (UTC ms, 0 = nothing does). */
	void (*watch)(void *owner, size_t over, size_t count, int64_t wait_until);
	void *owner;
	page_judge_fn *judge; /* NULL = all is wanted */
	void *judge_owner;
	const char *const *tags; /* folded: what is found becomes candidates of these hashtags */
	size_t tag_count;
	int64_t budget_micros; /* most that all paid requests together may cost */
	struct price price;
	const volatile sig_atomic_t *stop; /* not 0 ends it behind the request under way; NULL */
};

struct talk_result {
	size_t read, left, failed; /* conversations */
	struct put_report put;
	int64_t spent;	 /* millionths of a USD */
	const char *why; /* the first sentence of one that was left or failed; NULL */
};

struct talk;

/* Options and items are the caller's and must outlive it. */
struct talk *talk_new(struct store *store, struct http_loop *loop,
		      const struct talk_options *options, struct talk_item *items, size_t count);
/* Runs to the end. false only for what ends everything. Strings hold until talk_free(). */
MUST_CHECK bool talk_run(struct talk *talk, struct talk_result *result, struct err *err);
void talk_free(struct talk *talk);

#endif
