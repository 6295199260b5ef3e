/*
 * A search made ready for statements: this room's own header, for no other room. Every statement
 * that gives posts to somebody who searched holds the conditions SIFT() (sql-search.h) and has a
 * sift bound to it, so that a filter means the same everywhere.
 */
#ifndef ARCHIVE_STORE_SIFT_H
#define ARCHIVE_STORE_SIFT_H

#include "archive/curate/search.h"
#include "archive/store/db.h"

struct sift {
	const struct search_query *query; /* borrowed */
	struct str networks[2], langs[2]; /* of those that are wanted, and that are not */
	struct str tags[2], threads[2];
	struct str said; /* what a post must say by itself, as search_holds() has it */
	struct db_set authors[2];
	int64_t first, end; /* ids that can be found, end exclusive */
	int64_t thread;	    /* is:chosen means this one; 0 = any */
	int64_t found;	    /* the last one that in: names */
};

/* ERR_USAGE for a thread that is not there. sift_release() it, whatever becomes of it. */
MUST_CHECK bool sift_begin(struct sift *sift, struct store *store, const struct search_query *query,
			   struct err *err);
void sift_release(struct sift *sift);
/* Adds all whom from: means by that. */
MUST_CHECK bool sift_find_author(struct store *store, const char *who, struct db_set *set,
				 struct err *err);
/* Binds what SIFT() asks for. */
void sift_bind(const struct sift *sift, struct query *q);

#endif
