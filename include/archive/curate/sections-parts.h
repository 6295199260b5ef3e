/*
 * What the steps of cutting a thread into sections share: this room's own header, for no other
 * room.
 */
#ifndef ARCHIVE_CURATE_SECTIONS_PARTS_H
#define ARCHIVE_CURATE_SECTIONS_PARTS_H

#include "archive/curate/sections.h"

#define NONE SIZE_MAX

/* A section that will be, in the thread's order. */
struct place {
	struct section section;
	size_t heading; /* its index among the items; NONE */
	int64_t starts;
};

/* What goes together: notes and links, then the post (with those joined to it), the note moved by
 * hand or the heading that they stand before. */
struct unit {
	size_t from, to; /* items, to exclusive */
	size_t place;	 /* where it will be */
	size_t follower; /* the anchored unit that stays behind it; NONE */
	int64_t time, post;
	bool anchored; /* stays in its section, behind what it stood behind */
};

struct cutting {
	struct arena *arena;
	const struct thread *thread;
	const struct item *items;
	size_t count;
	const struct talk *talks;
	size_t talk_count;
	int64_t lag;
	size_t *of_heading; /* per item: of a heading its place; NONE = of no talk */
	bool *goes;	    /* per item: a heading that goes */
	struct place *places;
	size_t place_count;
	struct unit *units;
	size_t unit_count;
	size_t *first; /* per place: the anchored unit right behind its heading; NONE */
	size_t *order; /* units as they will stand */
	size_t *begin; /* per place: where its units begin in order; one more than there are places
			*/
};

/* Which heading is which talk's, and the places in their order. */
void sections_match(struct cutting *c);
/* The ops that bring the items into the order of the places and units. */
void sections_make_ops(const struct cutting *c, struct sections *out);

#endif
