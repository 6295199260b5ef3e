/*
 * How often a source may be asked while an event is followed: a pace, stretched so that the
 * server's limit is never reached, and slowed down while it fails. Pure; times are given.
 */
#ifndef ARCHIVE_COLLECT_PACE_H
#define ARCHIVE_COLLECT_PACE_H

#include "archive/model/page.h"
#include "archive/source/source.h"

#define PACE_USUAL_MS	INT64_C(30000)
#define PACE_SLOW_MS	INT64_C(60000)	/* of X, and of Bluesky for a stranger */
#define PACE_SLOWEST_MS INT64_C(600000) /* of a server that fails again and again */

struct pace {
	int64_t usual; /* ms from the end of a look to the next */
	int failures;  /* looks in a row that failed */
	int64_t asked; /* requests of the look under way */
	/* As the last page told: requests left (-1 = not told), when the limit begins anew, and
	 * until when to wait (UTC ms, 0 = not told) */
	int64_t remaining, limit_ends, wait_until;
};

void pace_init(struct pace *pace, const struct source *source);
/* An answer has come, and with it this page: an empty one when it could not be read. */
void pace_note(struct pace *pace, const struct page *page);
/* A look is over: how long to rest, ms. now is UTC ms. */
int64_t pace_rest(struct pace *pace, bool failed, int64_t now);

/* What the server told is void: returns how long to rest then, ms. */
int64_t pace_forget(struct pace *pace);

/* Has the wall clock been set between two moments? Both are told in ms by either clock. */
bool pace_clock_jumped(int64_t wall, int64_t steady);

#endif
