/*
 * Authors by themselves, without a post: where a network sells them by the piece, each is looked up
 * once and known from then on.
 */
#ifndef ARCHIVE_STORE_AUTHORS_H
#define ARCHIVE_STORE_AUTHORS_H

#include "archive/store/store.h"

/* Fills unknown, which has room for count: is nothing but the uri known of that author? One who
 * asked not to be archived needs no looking up. */
MUST_CHECK bool store_authors_unknown(struct store *store, const char *const *uris, size_t count,
				      bool *unknown, struct err *err);
/* Stores the authors as they were read at that time; the newer reading wins. All posts of one who
 * asks not to be archived are emptied. Forgotten ones are left out. */
MUST_CHECK bool store_put_authors(struct store *store, const struct author *authors, size_t count,
				  int64_t fetched, struct err *err);

#endif
