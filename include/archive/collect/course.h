/*
 * Where a walk from the newest post to older ones stands, and where it goes next: the ledger's rules, pure. It knows
 * spans and pages, no store and no network.
 *
 * The walk begins at the newest post. When it comes down to the top of a span that is in the ledger already (a goal), that span is
 * absorbed: the walk is done if the span is complete, else it goes on below the span's bottom. Whatever is cut off, the
 * span that is written with each page says exactly what was read.
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
	COURSE_AGAIN, /* drop the page, ask the same once more */
	COURSE_LOOP,  /* drop the page and leave: the server goes in circles */
};

struct course {
	struct arena *arena;	 /* the caller's: the walk's strings */
	const struct span *spans; /* what the ledger held at the start, newest first */
	size_t span_count;
	size_t goal;	    /* the next span to meet; those before it are absorbed */
	struct span current; /* what this walk has read; top_id NULL: nothing yet */
	struct position position;
	unsigned flags; /* enum source_flags of the network */
	int64_t since;	/* 0 = to the server's end */
	int64_t overlap; /* ms above a span's last reading that are read again */
	bool whole;	/* goals are passed by: a cursor that the server had forgotten made an end look near */
	bool resumed;	/* the next page is the first below an absorbed span */
	int repeats;
	uint64_t *seen; /* hashes of the cursors of this segment */
	size_t seen_count, seen_room;
};

/* spans are borrowed until course_release(). now is the time of the run's start. */
void course_begin(struct course *course, struct arena *arena, const struct span *spans, size_t count, unsigned flags,
		  int64_t since, int64_t overlap, int64_t now);
/* Takes a page and says what to do with it; position and current are those after it. */
enum course_next course_step(struct course *course, const struct page *page);
void course_release(struct course *course);

#endif
