/*
 * A climb: the gap above a complete span is closed from below, page by page from the span's anchor,
 * so that what was read is complete at every moment. Part of the course, pure; course.h is the
 * door.
 *
 * A server's word that it climbs is not enough. The answer has to have the shape of one (page.h,
 * climbed), and the first page has to begin with the post that is known to stand next above the
 * anchor: snac and others that pass over the question, or that meet no deleted post's id, give the
 * newest posts or none. Nor is an empty page the end, unless the newest post is reached: a cursor
 * may have been forgotten. In doubt the walk goes down instead, to where the climb came.
 */
#ifndef ARCHIVE_COLLECT_CLIMB_H
#define ARCHIVE_COLLECT_CLIMB_H

#include "archive/collect/course.h"

/* May the gap between this goal and the page, the last one read from above, be closed by one? */
bool climb_is_open(const struct course *course, const struct span *goal, const struct page *page);
void climb_begin(struct course *course, const struct span *goal, const struct page *page);

enum climb_end {
	CLIMB_HIGHER, /* keep the page, ask for the position */
	CLIMB_AGAIN,  /* drop the page, ask the same once more */
	CLIMB_MET,    /* keep the page: what was read from above is reached */
	CLIMB_ODD,    /* drop the page: not what was asked for, of a server that does climb */
	CLIMB_OFF,    /* drop the page: go down */
};
enum climb_end climb_step(struct course *course, const struct page *page);

/* Notes a page of a walk down that holds nothing younger than the moment by which late posts have
 * come: a climb may begin at its newest. Called before the page lengthens the current span; the
 * first such page of a walk counts. */
void climb_note_anchor(struct course *course, const struct page *page);

#endif
