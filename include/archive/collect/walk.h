/*
 * One source and one tag on their way through a run: the request under way, the page it gave, its
 * place in the ledger, and what a person is told of it. Internal to collect; fetch.h is the door.
 */
#ifndef ARCHIVE_COLLECT_WALK_H
#define ARCHIVE_COLLECT_WALK_H

#include "archive/collect/batch.h"
#include "archive/collect/course.h"
#include "archive/collect/fetch.h"
#include "archive/collect/people.h"
#include "archive/collect/signin.h"

/* What a page is for the walk: a stretch that was not read before, one above a span that is read
 * again on the way to it, or one asked for again to see whether it is the last one, whose posts
 * were counted the first time. */
enum stretch { STRETCH_NEW, STRETCH_ABOVE, STRETCH_AGAIN };

/* Where the walk stood before the page that it takes. */
struct step {
	size_t goal;
	bool climbing;
	enum stretch stretch;
};

/* What the request under way is for. */
enum errand { ERRAND_PAGE, ERRAND_SIGN_IN, ERRAND_PEOPLE };

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
	struct http_answer answer; /* the page's, while others are asked for */
	struct str answer_url;
	struct step step;
	enum course_next next; /* what comes behind the page */
	struct signin *signin; /* the source's */
	struct people people;
	struct store *store; /* for the judge */
	enum errand errand;
	struct http_request request;
	struct http_exchange exchange;
	int64_t cost; /* of what was read in this run, millionths of a USD */
	bool begun, worked_before;
	bool out_of_reach; /* older posts are wanted than the network can be asked for */
	int64_t gone_on;   /* posts that count for --max: new ones, and known ones where nothing was
			      read before */
	int failures;	   /* in a row, of answers that came but could not be read */
	int waits;	   /* in a row, for a limit of the server */
	int renewals;	   /* in a row, of the session */
	bool final;	   /* it is over for good: asking again would not help */
	bool again;	   /* this is not its first look */
	bool anew;	   /* the next request trusts no connection of before */
	int64_t look_pages;	    /* kept in this look */
	enum walk_state rests_from; /* how the look before the rest has ended */
};

void walk_init(struct walk *walk, const struct fetch_options *options, const struct source *source,
	       struct signin *signin, const char *tag, struct walk_view *view);
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

/* ---- while an event is followed ---- */

/* Its look is over: it rests until that time (UTC ms). */
void walk_rest(struct walk *walk, int64_t until);
/* The rest ends with the run, not with another look. */
void walk_end_rest(struct walk *walk);
/* Ready for walk_begin() again: nothing is left of the look before but what it counted. */
void walk_wake(struct walk *walk);
/* What waits for a time of the wall clock, which was set, is asked now. */
void walk_ask_now(struct walk *walk, struct http_loop *loop);

/* ---- for walk-take.c ---- */

#define WALK_MAX_FAILURES    3
#define WALK_MAX_WAITS	     3
#define WALK_FIRST_PAUSE_MS  1000
#define WALK_LIMIT_PAUSE_MS  60000 /* where a server limits without saying until when */
#define WALK_LONGEST_WAIT_MS (INT64_C(20) * 60000) /* X's windows are 15 minutes */

/* Sends the walk's request; one that could not be made is an exchange that failed. */
void walk_send(struct walk *walk, struct http_loop *loop, int64_t not_before, bool made,
	       struct err *err);
/* Asks for the next page, or for what has to come before it. */
void walk_ask(struct walk *walk, struct http_loop *loop, int64_t not_before);
void walk_wait_then_ask(struct walk *walk, struct http_loop *loop, int64_t until, const char *why);
/* When a request that failed so is to be sent once more (UTC ms); 0 = not again. */
int64_t walk_next_try(struct walk *walk, const struct err *failure);
/* Ends the walk by this failure. */
MUST_CHECK bool walk_give_up(struct walk *walk, struct batch *batch, const struct err *failure,
			     struct err *err);
/* What an answer that is not a page means: asks for the page again, or gives up. */
MUST_CHECK bool walk_fail(struct walk *walk, struct batch *batch, struct http_loop *loop,
			  const struct err *failure, struct err *err);
/* Does it cost? A tape does not. */
bool walk_is_paid(const struct walk *walk);
/* The bound of this run, as a sentence; NULL when it may go on. Sets the page size for what is
 * paid. */
const char *walk_bound(struct walk *walk, int64_t spent);
/* Asks for the next page, unless a bound is reached. */
MUST_CHECK bool walk_go_on(struct walk *walk, struct batch *batch, struct http_loop *loop,
			   int64_t spent, struct err *err);

/* ---- walk-keep.c ---- */

/* An answer is paid for when it comes, whatever becomes of it. spent is by the source's other
 * walks.
 */
void walk_count_cost(struct walk *walk, const struct page *page, int64_t spent);
/* Before the course takes a page. */
struct step walk_note_step(const struct walk *walk);
/* The page, its evidence and its place in the ledger: all or nothing. */
MUST_CHECK bool walk_keep(struct walk *walk, struct batch *batch, struct err *err);
/* The people who were looked up. */
MUST_CHECK bool walk_keep_people(struct walk *walk, struct batch *batch, struct err *err);

#endif
