/*
 * Which posts a search walks along, its driver: this room's own header, for no other room. A search
 * wants words, tags and authors; the posts with one of them are walked in the order of time, and
 * each is asked for all the rest. The walk ends when enough are found, so that it is as long as the
 * posts with all the rest are far apart: the best driver has the fewest where the walk begins.
 */
#ifndef ARCHIVE_STORE_DRIVER_H
#define ARCHIVE_STORE_DRIVER_H

#include "archive/store/sift.h"

enum driver {
	DRIVER_POSTS, /* all of them */
	DRIVER_TAG,
	DRIVER_TAGS, /* those of several, where they are few */
	DRIVER_AUTHOR,
	DRIVER_AUTHORS, /* the same */
	DRIVER_WORDS,
};

/* What there is to choose from. */
struct drivers {
	const char *tag;	      /* NULL = none, or several */
	const char *tag_list;	      /* of several, as JSON; NULL = none, or one */
	const struct db_set *authors; /* none = not asked for, or nobody */
	const char *author_list;      /* the same as JSON */
	const char *words;	      /* a match expression for the index; NULL = none */
	int64_t first, end;	      /* ids, end exclusive */
	bool oldest;		      /* the walk begins at the first */
};

MUST_CHECK bool driver_choose(struct store *store, const struct drivers *drivers, enum driver *out,
			      struct err *err);

#endif
