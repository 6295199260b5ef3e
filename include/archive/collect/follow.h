/*
 * The looks of one source while an event is followed: when its walks are over they rest, as long as
 * its pace says (pace.h), and begin anew. Rests go by the clock that never jumps. Internal to
 * collect; fetch.h is the door.
 */
#ifndef ARCHIVE_COLLECT_FOLLOW_H
#define ARCHIVE_COLLECT_FOLLOW_H

#include "archive/collect/pace.h"
#include "archive/collect/walk.h"

struct follow {
	struct walk *walks; /* one a hashtag */
	size_t count;
	struct pace pace;
	int64_t began; /* the look under way, or the last one; UTC ms */
	int64_t due;   /* when the next one begins, clock_steady(); 0 = one is under way, or none
			  follows */
};

/* The first look is under way; walks is borrowed. */
void follow_init(struct follow *follow, struct walk *walks, size_t count);
/* Once the walks have moved: begins a rest, or ends one, and says whether it did. until (UTC ms, 0
 * = never): a last look begins then, and when it is over the walks are final. */
bool follow_step(struct follow *follow, int64_t until);
/* ms until the next look is due; INT64_MAX when none is. */
int64_t follow_left(const struct follow *follow);
/* The wall clock was set: what was told in its times is void. */
void follow_set_clock(struct follow *follow, int64_t until);

#endif
