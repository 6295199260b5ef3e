/*
 * A thread cut into sections by the talks of an evening. Pure: from the thread as it is, a
 * timetable and a lag (posts about a talk come so much later than it begins) it makes the list of
 * ops that brings the one to the other, and tells what will be where. What there is already counts:
 *
 * - A heading is a talk's when its title is the same, else its start, else when the titles are
 *   nearly the same. It keeps its key; title, start and speaker are corrected.
 * - A post goes under the talk that was on, in order of time; above the first one's heading when
 *   none was. Notes and links go along with the post that they stand before.
 * - What was moved by hand (item.fixed) stays in its section, behind what it stood behind, and so
 *   does a heading that is no talk's.
 * - A heading whose talk is not in the timetable any more goes, but not when a post under it was
 *   moved by hand, when notes or links stand under it or when it has a link itself: then those
 *   stay, and the posts without goes by time.
 *
 * What has been done once needs nothing a second time.
 */
#ifndef ARCHIVE_CURATE_SECTIONS_H
#define ARCHIVE_CURATE_SECTIONS_H

#include "archive/curate/timetable.h"
#include "archive/model/op.h"

/* So near to a talk's start, with the lag, a post may belong to either side. */
#define SECTION_BORDER_MS (INT64_C(3) * 60 * 1000)

enum section_fate {
	SECTION_TOP,	 /* no heading: what stands above the first talk's */
	SECTION_NEW,	 /* its heading will be made */
	SECTION_SAME,	 /* it is there as it should be */
	SECTION_CHANGED, /* title, start or speaker will be corrected */
	SECTION_KEPT,	 /* in no timetable any more, but something of its own stands there */
	SECTION_GONE,	 /* in no timetable any more: the heading goes */
};

struct section {
	enum section_fate fate;
	const struct talk *talk;    /* NULL of TOP, KEPT and GONE */
	const struct item *heading; /* as it stands; NULL of TOP and NEW */
	size_t posts;		    /* that will stand under it */
};

/* A post that somebody may want to look at. */
struct section_post {
	const struct item *item;
	const struct section *section; /* where it will stand */
	const struct section *other;   /* where else it may belong */
};

struct sections {
	struct section *sections; /* in the thread's order, the first is TOP; then those GONE */
	size_t count;
	struct op *ops;
	size_t op_count;
	size_t moved;		     /* posts that change their place */
	struct section_post *border; /* placed by time, near to a talk's start */
	size_t border_count;
	struct section_post *by_hand; /* stay where their time would not put them */
	size_t by_hand_count;
};

/* items is the thread's outline (store/ops.h), talks are by start. All that out points to is in the
 * arena, or is thread, items and talks. thread's lag becomes lag. */
void sections_plan(struct sections *out, struct arena *arena, const struct thread *thread,
		   const struct item *items, size_t count, const struct talk *talks,
		   size_t talk_count, int64_t lag);

/* ---- borders ---- */

enum section_side { SECTION_HERE, SECTION_PREVIOUS, SECTION_NEXT };

#define SECTION_ABOVE SIZE_MAX /* above the first talk */

/* Does a post of that time stand at a border, and to which side could it go? starts ascend; 0 among
 * them are headings that tell none. neighbour becomes the index of the talk on that side, or
 * SECTION_ABOVE. */
enum section_side section_border(int64_t time, const int64_t *starts, size_t count, int64_t lag,
				 size_t *neighbour);

struct section_heading {
	int64_t item, starts; /* starts 0: of no talk */
};

/* The op that moves a post's item by hand to the end of the previous talk, or to the beginning of
 * the next. headings are the thread's, in its order; at is the index of the one that the post
 * stands under, SECTION_ABOVE = none. false: there is no talk on that side. */
bool section_push(const struct section_heading *headings, size_t count, size_t at,
		  enum section_side side, int64_t item, struct op *out);

#endif
