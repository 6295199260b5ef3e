/*
 * The slides of a thread's talks: what the posts of each section name is offered as the link of its
 * heading, where that has none yet.
 */
#ifndef ARCHIVE_CLI_SECTION_SLIDES_H
#define ARCHIVE_CLI_SECTION_SLIDES_H

#include "archive/cli/cli.h"
#include "archive/curate/slides.h"
#include "archive/json/write.h"

struct section_slides {
	struct item heading;
	struct slides found; /* ranked */
	size_t taken;	     /* which of them; found.count = none */
};

struct slide_offers {
	struct arena arena;
	struct section_slides *sections; /* those where something was found */
	size_t count, room;
	int64_t step; /* the links were set as this one; 0 = none was */
};

/* What there is, nothing of it taken yet. */
MUST_CHECK bool slide_offers_find(struct cli *cli, const struct thread *thread,
				  struct slide_offers *out, struct err *err);
void slide_offers_release(struct slide_offers *offers);
/* Prints them, or asks for each on a terminal; best: the first of each is taken unasked. */
void slide_offers_choose(const struct cli *cli, struct slide_offers *offers, bool best);
/* Sets what was taken, as one step. */
MUST_CHECK bool slide_offers_set(struct cli *cli, const struct thread *thread,
				 struct slide_offers *offers, struct err *err);
/* The array "slides" of an object that is open. */
void slide_offers_json(struct jwrite *w, const struct slide_offers *offers);

#endif
