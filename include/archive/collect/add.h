/*
 * Single posts by their addresses into the store, with the conversations that they stand in when
 * these are wanted. What is there already is not asked for again. Prints nothing.
 */
#ifndef ARCHIVE_COLLECT_ADD_H
#define ARCHIVE_COLLECT_ADD_H

#include "archive/collect/lookup.h"
#include "archive/collect/talk.h"

enum add_state {
	ADD_NEW,
	ADD_KNOWN,     /* it was there already */
	ADD_OPTED_OUT, /* its author asked not to be archived */
	ADD_FORGOTTEN, /* it was forgotten, and is not taken again */
	ADD_GONE,
	ADD_HIDDEN,  /* not public */
	ADD_REFUSED, /* not shown to whoever asks */
	ADD_FAILED,  /* not an address, no answer, or none that could be read */
};

struct add_row {
	const char *name; /* as it was typed */
	enum add_state state;
	char short_id[9]; /* "" when it is not stored */
	const char *uri;  /* NULL = not known */
	const char *why;  /* a sentence; NULL */
};

struct add_options {
	lookup_source_fn *source;
	lookup_watch_fn *watch; /* NULL allowed */
	void *owner;		/* of both */
	page_judge_fn *judge;	/* NULL = all is wanted */
	void *judge_owner;
	struct price price;
	const char *tag; /* folded: they become candidates of this hashtag; NULL */
	bool conversation;
};

struct add_result {
	struct add_row *rows; /* in the order of the names; valid until add_free() */
	size_t count;
	size_t stored; /* of them: new or there already */
	struct talk_result talk;
	int64_t spent;	 /* millionths of a USD */
	int exit_status; /* 0, 1 or 3 */
};

struct add;

/* Reads the names and looks which are there already. Names and options must outlive it. */
MUST_CHECK struct add *add_new(struct store *store, struct http_loop *loop,
			       const struct add_options *options, const char *const *names,
			       size_t count, struct err *err);
/* How many posts of networks that sell by the piece will be asked for. */
size_t add_paid(const struct add *add);
/* The sentence of a name that is no address; NULL when all are. */
const char *add_misnamed(const struct add *add);
MUST_CHECK bool add_run(struct add *add, int64_t budget_micros, struct add_result *result,
			struct err *err);
void add_free(struct add *add);

#endif
