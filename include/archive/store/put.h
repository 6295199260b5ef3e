/*
 * Storing posts: this room's own header, for no other room. store_put_page() is the one function that stores a post; it
 * puts its author first. A newer reading wins over an older one, whatever the order in which they come. Of each
 * reading a fingerprint is kept, so that the same content seen again costs a look and a date.
 */
#ifndef ARCHIVE_STORE_PUT_H
#define ARCHIVE_STORE_PUT_H

#include "archive/store/row.h"

int64_t fingerprint_of_author(const struct author *author);
int64_t fingerprint_of_post(const struct post *post);

struct put_author {
	int64_t id;  /* 0: the author is not stored */
	bool optout; /* by the newest reading of the author */
};

/* Writes the author when this reading is the newest and says something new. All posts of an author that opts out are emptied. */
MUST_CHECK bool author_put(struct store *store, const struct author *author, int64_t fetched, struct put_author *out,
			   struct err *err);
/* Leaves uri, time, network and the time of reading of a stored post, and takes everything else away. */
MUST_CHECK bool post_empty(struct store *store, int64_t id, int64_t fetched, struct err *err);

#endif
