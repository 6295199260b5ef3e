/*
 * What a fetch is about, and where it stands. Values; strings belong to the caller.
 */
#ifndef ARCHIVE_MODEL_QUERY_H
#define ARCHIVE_MODEL_QUERY_H

#include <stddef.h>
#include <stdint.h>

#include "archive/base/err.h"

struct query {
	const char *tag;      /* folded */
	int64_t since, until; /* UTC ms, since inclusive, until exclusive; 0 = open */
	int64_t now;	      /* the time of asking: some networks reach only so far back */
};

/* Where a walk from the newest post to older ones stands. All of it is durable but the token. */
struct position {
	const char *below; /* only posts below this id (exclusive); NULL = from the newest */
	const char *above; /* only posts above this id (exclusive); NULL = to the end */
	const char *token; /* the page token of this run; NULL at its start */
	int page_size;	   /* how many posts to ask for at most; 0 = the network's maximum */
};

#endif
