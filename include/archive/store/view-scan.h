/*
 * Ids in their order, from several indexes at once: this room's own header, for no other room. A
 * scan is the union of its streams, each a range of one index; nothing is read but what is asked
 * for, and nothing twice.
 */
#ifndef ARCHIVE_STORE_VIEW_SCAN_H
#define ARCHIVE_STORE_VIEW_SCAN_H

#include "archive/store/db.h"

struct stream {
	struct query q;
	enum sql sql;	   /* of the two, the one that goes up */
	const char *text;  /* what it is bound to: a tag or words, borrowed; NULL = thread */
	int64_t thread;	   /* 0 = NULL */
	int64_t low, high; /* ids, both inclusive */
	int64_t head;	   /* where it stands */
	bool begun, ended;
};

struct scan {
	struct store *store;
	bool back; /* downwards */
	struct stream *streams;
	size_t count;
	size_t spent; /* rows of indexes that were read, about */
};

#define SCAN_SEEK_COST 8 /* rows that could be read instead */

/* Which posts may be candidates of a thread (design section 5). */
enum scan_of {
	SCAN_MATCHING = 1, /* by tag and window */
	SCAN_CHOSEN = 2,
	SCAN_DROPPED = 4,
};

/* scan_release() it, whatever becomes of it. */
void scan_begin(struct scan *scan, struct store *store, const struct thread *thread, unsigned of,
		bool back);
void scan_release(struct scan *scan);
/* Moves every stream that has not come so far to the first of its ids at or beyond. */
MUST_CHECK bool scan_reach(struct scan *scan, int64_t id, struct err *err);
/* false when all have ended. */
bool scan_head(const struct scan *scan, int64_t *id);

/* One alone. */
void stream_release(struct stream *stream);
MUST_CHECK bool stream_reach(struct scan *scan, struct stream *stream, int64_t id, struct err *err);
/* Another range, to be reached anew. */
void stream_set_range(struct stream *stream, int64_t low, int64_t high);
/* Is a to be given before b? */
bool scan_before(const struct scan *scan, int64_t a, int64_t b);
/* The id next to this one; an id has both. */
int64_t scan_beyond(const struct scan *scan, int64_t id);

#endif
