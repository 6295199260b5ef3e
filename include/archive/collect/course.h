/*
 * Where a walk from the newest post down to older ones stands, and where it goes next: the ledger's
 * rules, pure. It knows spans and pages, no store and no network.
 *
 * The walk begins at the newest post. When it comes down to the top of a span that is in the ledger
 * already (a goal), that span is absorbed: the walk is done if the span is complete, else it goes
 * on below the span's bottom. Where a network can be asked for what is next above an id, the gap
 * between the newest page and a complete goal is closed by a climb from the goal's anchor (climb.h)
 * instead. Whatever is cut off, the span that is written with each page says exactly what was read.
 *
 * What is not believed:
 * - a single time, because posts say it of themselves. A page has come below a moment when it holds
 * two or more posts and all of them say so; since is passed by the overlap too, because late posts
 * may stand above it where a server orders by arrival.
 * - an empty page behind an id. The server may have forgotten the post that the id names (snac
 * meets a cursor by walking and finds nothing when that post was deleted). So the page before is
 * asked for again: if it still ends with that id, the end is the end. Where there is no page before
 * (an id out of the ledger), or it has gone too, the walk begins again at the newest post. Where
 * ids compare, or a walk goes on by time, the same is asked for twice instead.
 * - an empty first page: it says nothing of what the ledger holds, and changes nothing in it.
 * - an end above a goal where the server was told to stop at since: what lies between since and the
 * goal was not read.
 */
#ifndef ARCHIVE_COLLECT_COURSE_H
#define ARCHIVE_COLLECT_COURSE_H

#include "archive/base/arena.h"
#include "archive/model/page.h"
#include "archive/model/query.h"
#include "archive/store/ledger.h"

enum course_next {
	COURSE_GO_ON, /* keep the page, ask for the position */
	COURSE_DONE,  /* keep the page; nothing is left to read */
	COURSE_AGAIN, /* drop the page, ask for the position: the same, or another one */
	COURSE_LOOP,  /* drop the page and leave: the server goes in circles */
};

struct course {
	struct arena *arena;	  /* the caller's: the walk's strings */
	const struct span *spans; /* what the ledger held at the start, newest first */
	size_t span_count;
	size_t goal; /* the next span to meet; those that a step passes are part of current: drop
			them */
	struct span current; /* what this walk has read; top_id NULL: nothing yet */
	struct span lower;   /* the goal, as far as a climb has brought it; id 0: there was none */
	struct position position;
	unsigned flags;		/* enum source_flags of the network */
	int64_t since;		/* 0 = to the server's end */
	int64_t overlap;	/* ms before a span's last reading that are read again */
	const char *reaches_to; /* the server can be asked for no older posts than this one */
	bool stepped; /* the position follows a page of this segment, which was asked for by before
		       */
	const char *before;  /* NULL = from the newest */
	bool asked_twice;    /* an empty page was */
	const char *doubted; /* the page before was asked for again, to see whether it still ends
				with this id */
	bool from_top_again; /* nothing was found below where a former run had stopped */
	bool never_climbs;   /* a climb was tried, and this server does not */
	const char *odd;     /* the end of the page by which a climb was given up */
	int64_t climb_to;    /* the newest time of the page that the climb is to reach */
	int repeats, doubts;
	uint64_t *seen; /* hashes of the cursors of this segment */
	size_t seen_count, seen_room;
};

/* spans are borrowed until course_release(); the query's since, until and now count (now is the
 * time of the run's start). Where the server honours until (SOURCE_IDS_BY_SIZE,
 * SOURCE_GOES_BY_TIME), spans that lie wholly above it are left alone, and one that holds it is
 * gone on with below its bottom: nothing above until is read, so nothing there may be called read.
 * When that one is deep enough already, current.closed is true at once and nothing is to be asked
 * for. */
void course_begin(struct course *course, struct arena *arena, const struct span *spans,
		  size_t count, unsigned flags, const struct query *query, int64_t overlap);
/* Takes a page and says what to do with it; position and current are those after it. */
enum course_next course_step(struct course *course, const struct page *page);
/* The span that a page which is kept has lengthened: the goal by a climb, else the current one.
 * climbing is what the position said before the step. top_id NULL: nothing was read yet. */
struct span *course_written(struct course *course, bool climbing);
void course_release(struct course *course);

#endif
