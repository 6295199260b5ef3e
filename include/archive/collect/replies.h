/*
 * After a fetch: the conversations of the posts that it showed, once each. What has not the hashtag
 * is stored, and is a candidate of it from then on. Several hashtags of one fetch are one evening:
 * what the conversations bring belongs to each of them. Prints nothing.
 */
#ifndef ARCHIVE_COLLECT_REPLIES_H
#define ARCHIVE_COLLECT_REPLIES_H

#include "archive/collect/fetch.h"
#include "archive/collect/talk.h"

struct replies;

/* Finds the conversations of what the fetch has read: options and result are those of fetch_run().
 */
MUST_CHECK struct replies *replies_new(struct store *store, const struct fetch_options *options,
				       const struct fetch_result *result, struct err *err);
size_t replies_count(const struct replies *replies);
/* Reads them: as talk_run(), whose options but for the tags are given. Strings of the result hold
 * until replies_free(). */
MUST_CHECK bool replies_run(struct replies *replies, struct http_loop *loop,
			    const struct talk_options *options, struct talk_result *result,
			    struct err *err);
void replies_free(struct replies *replies);

#endif
