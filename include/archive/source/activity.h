/*
 * A post as an ActivityPub object (W3C Recommendation, January 2018; FEP-e232 and FEP-044f for
 * quotes): the way to one post of any server of the Fediverse, whatever its own API is. Pure. A
 * Note, a Question or an Article becomes a post; who wrote it stands in a second object. A server
 * speaks only for what is its own: an object that says it lives elsewhere has to be asked for
 * there.
 */
#ifndef ARCHIVE_SOURCE_ACTIVITY_H
#define ARCHIVE_SOURCE_ACTIVITY_H

#include "archive/source/lookup.h"

#define ACTIVITY_MAX_BYTES ((size_t)1 << 20)

/* The request for an object at its address. */
void activity_request(const char *url, struct http_request *out);

struct activity {
	enum lookup_state state; /* LOOKUP_FOUND: the page has one post, still without its author */
	const char *elsewhere;	 /* it has to be asked for at this address; NULL = no */
	const char *author;	 /* the address of who wrote it */
};

/* Strings are the page's arena's. network is what the post is stored as. ERR_MALFORMED for an
 * answer that is no such object, and what any answer may be. */
MUST_CHECK bool activity_read(enum network network, const char *asked,
			      const struct http_answer *answer, struct activity *out,
			      struct page *page, struct err *err);
/* Puts the author in, by the answer for activity.author (NULL: none came), and asks the page's
 * judge; the state says what became of the post. Of whom nothing can be read, nobody knows whether
 * they want to be archived: the post is left out, LOOKUP_NOT_TOLD. */
void activity_sign(const struct http_answer *answer, struct activity *activity, struct page *page);

#endif
