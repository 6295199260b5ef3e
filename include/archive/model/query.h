/*
 * What a fetch is about, and where it stands. Values; strings belong to the caller.
 */
#ifndef ARCHIVE_MODEL_QUERY_H
#define ARCHIVE_MODEL_QUERY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "archive/base/err.h"

struct query {
	const char *tag;      /* folded */
	int64_t since, until; /* UTC ms, since inclusive, until exclusive; 0 = open */
	int64_t now;	      /* the time of asking: some networks reach only so far back */
};

/* Where a walk from the newest post to older ones, or a climb, stands. All of it is durable but the
 * token. */
struct position {
	const char *below; /* only posts below this id (exclusive); NULL = from the newest */
	const char *above; /* only posts above this id (exclusive); NULL = to the end */
	const char *token; /* the page token of this run; NULL at its start */
	int64_t before; /* only posts of before this time (UTC ms, exclusive), where a network goes
			   on by time; 0 = from the newest */
	bool climbing;	/* upwards: the posts next above 'above', where a network can */
	int page_size;	/* how many posts to ask for at most; 0 = the network's maximum */
};

#endif
