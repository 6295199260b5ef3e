/*
 * How many posts there are, asked before they are read, where a network sells them by the piece:
 * pure, as all of an adapter is. The question itself costs, too.
 */
#ifndef ARCHIVE_SOURCE_COUNTS_H
#define ARCHIVE_SOURCE_COUNTS_H

#include "archive/base/arena.h"
#include "archive/http/message.h"
#include "archive/model/query.h"
#include "archive/source/source.h"

struct tally {
	int64_t posts;	  /* of this answer */
	const char *next; /* the token of the next one, in the arena; NULL = that was all */
};

struct count_ops {
	/* The posts of the query's window, as far as the network reaches back. */
	void (*request)(const struct source *source, const struct query *query, const char *token,
			struct http_request *out);
	/* Errors as of source_ops.parse. */
	bool (*parse)(const struct source *source, const struct http_answer *answer,
		      struct arena *arena, struct tally *out, struct err *err);
};

#endif
