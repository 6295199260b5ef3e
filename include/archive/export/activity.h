/*
 * How the evening went, at a glance: the shown posts in equal stretches of time as a line of bars
 * made of text, the talks marked. It is read aloud as a sentence. At most ACTIVITY_BARS bars, so
 * that the line fits a phone, whatever the length of the thread.
 */
#ifndef ARCHIVE_EXPORT_ACTIVITY_H
#define ARCHIVE_EXPORT_ACTIVITY_H

#include <stddef.h>
#include <stdint.h>

#include "archive/base/str.h"
#include "archive/export/language.h"

#define ACTIVITY_BARS  30
#define ACTIVITY_TALKS 16

struct activity {
	int64_t start, width; /* of the first bar, UTC ms; of each, ms */
	size_t count;	      /* of bars; 0 = no line */
	int64_t posts[ACTIVITY_BARS];
	int64_t talks[ACTIVITY_TALKS]; /* when they began, UTC ms, ascending */
	size_t talk_count;
};

/* Chooses bars for posts from first to last: whole minutes, hours or days by the zone's clock. No
 * line for a thread that is too short to have a shape. What the bars hold is the caller's to fill
 * in. */
void activity_plan(struct activity *activity, const char *zone, int64_t first, int64_t last);
/* Is there anything to be seen? */
bool activity_has_shape(const struct activity *activity);
/* Adds the bars, a '|' before that in which a talk began. */
void activity_add_bars(struct str *out, const struct activity *activity);
/* Adds the same in words: posts by the hour, day, month or year, and when the talks began. */
void activity_add_words(struct str *out, const struct activity *activity, const char *zone,
			const struct language *language);

#endif
