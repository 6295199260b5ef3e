/*
 * One source and one tag on their way through a run: the request under way, the page it gave, its
 * place in the ledger, and what a person is told of it. Internal to collect; fetch.h is the door.
 */
#ifndef ARCHIVE_COLLECT_WALK_H
#define ARCHIVE_COLLECT_WALK_H

#include "archive/collect/batch.h"
#include "archive/collect/course.h"
#include "archive/collect/fetch.h"

struct walk {
	struct walk_view *view;
	const struct fetch_options *options;
	const struct source *source;
	struct walk
		*after; /* the same source's walk for another tag, which goes first; NULL = none */
	struct query query;
	struct ledger_key key;
	struct arena arena; /* lives as long as the walk: spans, cursors, sentences */
	struct course course;
	const struct span *replaced; /* what a tape's reading takes the place of, dropped with its
					first page */
	size_t replaced_count;
	struct page page;
	struct http_request request;
	struct http_exchange exchange;
	int64_t cost; /* of what was read in this run, millionths of a USD */
	bool begun, worked_before;
	bool out_of_reach; /* older posts are wanted than the network can be asked for */
	int64_t gone_on;   /* posts that count for --max: new ones, and known ones where nothing was
			      read before */
	int failures;	   /* in a row, of answers that came but could not be read */
	int waits;	   /* in a row, for a limit of the server */
};

void walk_init(struct walk *walk, const struct fetch_options *options, const struct source *source,
	       const char *tag, struct walk_view *view);
void walk_release(struct walk *walk);
bool walk_is_over(const struct walk *walk);

/* Reads the ledger, opens the run in it and asks for the first page. spent is what the source's
 * other walks have cost in this run. */
MUST_CHECK bool walk_begin(struct walk *walk, struct batch *batch, struct http_loop *loop,
			   int64_t spent, struct err *err);
/* Takes the finished exchange: reads the answer, stores the page and its place in one transaction,
 * goes on or ends. false: the store could not be written. */
MUST_CHECK bool walk_take(struct walk *walk, struct batch *batch, struct http_loop *loop,
			  int64_t spent, struct err *err);
/* Ends it in this state, with a sentence (NULL = none), and writes the run's last line. */
MUST_CHECK bool walk_end(struct walk *walk, struct batch *batch, enum walk_state state,
			 const char *why, struct err *err);

#endif
