/*
 * How things stand with each source, found out within seconds: all are asked at once, one request
 * each (and one more where the first leaves a question), and nothing is stored or spent but a
 * session, which is kept as a fetch keeps it. What the loop allows (tries, time) is how long it
 * takes.
 */
#ifndef ARCHIVE_COLLECT_PROBE_H
#define ARCHIVE_COLLECT_PROBE_H

#include "archive/base/arena.h"
#include "archive/http/loop.h"
#include "archive/source/source.h"

enum probe_state {
	PROBE_ASKING,
	PROBE_FINE,    /* a fetch would be answered */
	PROBE_REFUSED, /* for want of a credential, at a source that nobody named: not a failure */
	PROBE_FAILED,
};

enum probe_word { PROBE_UNTOLD, PROBE_YES, PROBE_NO };

struct probe_view {
	const struct source *source;
	enum probe_state state;
	bool signed_in;		   /* asked with a credential */
	bool paid;		   /* every post read costs */
	enum probe_word reached;   /* did the server answer at all? */
	enum probe_word token;	   /* is the credential accepted? */
	enum probe_word anonymous; /* does it show hashtags without one? */
	const char *account;	   /* whose the credential is; NULL when not told */
	const char *why;	   /* what is wrong and what helps; NULL */
	int64_t posts;		   /* that the first page held; -1 = it was not asked for */
	int64_t newest, oldest;	   /* of that page, UTC ms; 0 = none */
	int64_t remaining;	   /* requests left within the server's limit; -1 = not told */
	int64_t limit_ends;	   /* when that limit begins anew, or, where it is used up, until
				      when to wait (UTC ms); 0 = not told */
	bool balance_told;
	int64_t balance_micros; /* what is left at a paid source, millionths of a USD */
};

struct probe_options {
	const char *tag;	/* folded */
	struct source *sources; /* given the token of their session, where they want one */
	size_t source_count;
	const char *state; /* the folder in which sessions are kept; NULL = nowhere */
	bool thorough;	   /* also: is the token good, and whose; would it go without one? */
};

struct probe_result {
	struct arena arena;	  /* of the sentences */
	struct probe_view *views; /* one a source, in their order */
	size_t count;
};

/* Asks them and waits for the last one. Whatever fails stands in its view. */
void probe_ask(struct http_loop *loop, const struct probe_options *options,
	       struct probe_result *result);
/* 0: all that counts is fine; 3: some is; 1: none is. */
int probe_exit_status(const struct probe_result *result);
void probe_result_release(struct probe_result *result);

#endif
