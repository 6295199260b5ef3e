/*
 * What is stored under a uri, at a glance: as much as decides whether a reading changes it. This
 * room's own header.
 */
#ifndef ARCHIVE_STORE_STORED_H
#define ARCHIVE_STORE_STORED_H

#include "archive/store/db.h"

struct stored_post {
	int64_t id; /* 0: there is none, and all else is 0 */
	int64_t fingerprint, fetched, gone, edited;
	bool optout;
	bool taken; /* second hand */
};

struct stored_author {
	int64_t id; /* as above */
	int64_t fingerprint, fetched;
	bool optout;
	bool bare; /* the uri is all that is known */
};

MUST_CHECK bool stored_post(struct store *store, const char *uri, struct stored_post *out,
			    struct err *err);
/* The same where the hash of the uri is known. */
MUST_CHECK bool stored_post_at(struct store *store, const char *short_id, const char *uri,
			       struct stored_post *out, struct err *err);
/* By the uri, or what stands in its place (author_identity() of model/post.h). */
MUST_CHECK bool stored_author(struct store *store, const char *identity, struct stored_author *out,
			      struct err *err);
/* Of X, by the page. */
MUST_CHECK bool stored_author_of_page(struct store *store, const char *url,
				      struct stored_author *out, struct err *err);

#endif
