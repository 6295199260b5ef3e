/*
 * Posts with certain words, from any id on: this room's own header, for no other room. Where
 * several words have to meet, or none may be there, a match may be far away although each word is
 * everywhere: then the index is asked slice by slice, each no longer than a certain number of posts
 * with the rarest of the words, so that whoever waits can stop in between.
 */
#ifndef ARCHIVE_STORE_VIEW_WORDS_H
#define ARCHIVE_STORE_VIEW_WORDS_H

#include "archive/store/view-scan.h"

#define VIEW_WORDS_MAX 8 /* words of a query that bound its slices */

struct words {
	struct str typed; /* the match expression, as the query has it */
	struct str query; /* the same for the index: beginnings are words */
	struct str terms; /* one for each word that has to be there */
	size_t terms_at[VIEW_WORDS_MAX];
	size_t count, rarest;
	bool lazy;	      /* the index gives the next match without looking further */
	bool reads;	      /* beginnings of words: the index would gather all of them first */
	struct stream stream; /* within the slice */
	bool sliced;
	int64_t slice_end; /* its last id */
	int64_t head;	   /* no match before this one */
	bool hit, ended;   /* head is a match; there is none any more */
};

#define WORDS_INIT                                                      \
	{                                                               \
		.typed = STR_INIT, .query = STR_INIT, .terms = STR_INIT \
	}

/* Of a match expression. words_release() it, whatever becomes of it. */
MUST_CHECK bool words_begin(struct words *words, struct store *store, const char *match,
			    struct err *err);
void words_release(struct words *words);
/* To the first match at or beyond id, or as far as the scan may spend. Not where they are read. */
MUST_CHECK bool words_reach(struct words *words, struct scan *scan, int64_t id, size_t budget,
			    struct err *err);
/* Has the post these words? Reads it. */
MUST_CHECK bool words_hold(const struct words *words, struct store *store, int64_t id, bool *hold,
			   struct err *err);

#endif
