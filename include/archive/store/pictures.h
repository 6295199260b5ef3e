/*
 * Pictures and films in the store: their bytes once by content (table sqlar), and what became of
 * each address (table picture).
 */
#ifndef ARCHIVE_STORE_PICTURES_H
#define ARCHIVE_STORE_PICTURES_H

#include "archive/base/arena.h"
#include "archive/model/picture.h"
#include "archive/store/store.h"

/* What posts of a thread (0 = all posts) show, each address once, in the order of the posts. */
enum picture_use { PICTURE_OF_POST, PICTURE_STILL, PICTURE_AVATAR, PICTURE_EMOJI, PICTURE_OF_CARD };

struct picture_wanted {
	const char *url;
	enum picture_use use;
	enum network network; /* of the post */
	const char *host;     /* the server that it lives on */
	/* of what is there already: NULL = it was never asked for */
	const char *name; /* NULL = not kept */
	const char *size; /* that it was had in */
	const char *why;  /* it could not be had */
	int64_t at;
};

/* Adds the name by which the bytes are kept from now on, and notes the address. In one transaction.
 */
MUST_CHECK bool store_put_picture(struct store *store, const char *url, const char *size,
				  const struct picture *picture, const struct str *bytes,
				  int64_t now, struct err *err);
/* Notes that it could not be had. What was kept of the address before stays. */
MUST_CHECK bool store_miss_picture(struct store *store, const char *url, const char *size,
				   const char *why, int64_t now, struct err *err);
/* The shelf of a store, for model/picture.h; holds while the store is open. */
struct picture_shelf store_shelf(struct store *store);

#endif
