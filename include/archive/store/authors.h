/*
 * Authors by themselves, without a post: where a network sells them by the piece, each is looked up
 * once and known from then on.
 */
#ifndef ARCHIVE_STORE_AUTHORS_H
#define ARCHIVE_STORE_AUTHORS_H

#include "archive/base/arena.h"
#include "archive/store/store.h"

/* Fills unknown, which has room for count: is nothing but the uri known of that author? One who
 * asked not to be archived needs no looking up. */
MUST_CHECK bool store_authors_unknown(struct store *store, const char *const *uris, size_t count,
				      bool *unknown, struct err *err);
/* Stores the authors as they were read at that time; the newer reading wins. All posts of one who
 * asks not to be archived are emptied. Forgotten ones are left out. */
MUST_CHECK bool store_put_authors(struct store *store, const struct author *authors, size_t count,
				  int64_t fetched, struct err *err);

struct found_author {
	int64_t id;
	const char *uri;
	const char *handle; /* NULL when the uri is all that is known */
	int64_t posts;
};

#define FOUND_AUTHORS_MAX 6

/* An author by handle (as printed, the first '@' may be left out where another is in it, the host
 * where one alone has that name), by uri, or by profile page in any spelling of its network. It may
 * be several rows: networks know one person by several uris, but by the same handle. In the arena,
 * at most FOUND_AUTHORS_MAX. ERR_NOT_FOUND; ERR_USAGE when several people are meant, naming them.
 */
MUST_CHECK bool store_find_author(struct store *store, const char *name, struct arena *arena,
				  struct found_author *out, size_t *count, struct err *err);

#endif
