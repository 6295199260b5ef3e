/*
 * Which posts a search walks along: this room's own header, for no other room. A search wants
 * words, tags and authors; the posts with one of them are walked in the order of time, and each is
 * asked for all the rest. The walk ends when enough are found, so that it is as long as the posts
 * with all the rest are far apart: those that lead best are the fewest where the walk begins.
 */
#ifndef ARCHIVE_STORE_LEAD_H
#define ARCHIVE_STORE_LEAD_H

#include "archive/store/sift.h"

enum lead {
	LEAD_POSTS, /* all of them */
	LEAD_TAG,
	LEAD_TAGS, /* those of several, where they are few */
	LEAD_AUTHOR,
	LEAD_AUTHORS, /* the same */
	LEAD_WORDS,
};

/* What there is to choose from. */
struct leads {
	const char *tag;	      /* NULL = none, or several */
	const char *tag_list;	      /* of several, as JSON; NULL = none, or one */
	const struct db_set *authors; /* none = not asked for, or nobody */
	const char *author_list;      /* the same as JSON */
	const char *words;	      /* a match expression for the index; NULL = none */
	int64_t first, end;	      /* ids, end exclusive */
	bool oldest;		      /* the walk begins at the first */
};

MUST_CHECK bool lead_choose(struct store *store, const struct leads *leads, enum lead *out,
			    struct err *err);

#endif
