/*
 * Pictures in the store: their bytes once by content (table sqlar, which sqlite3 -A lists and
 * extracts), and what became of each address (table picture). A picture is kept under the address
 * that the post, the author or the emoji gives, in whatever size and from wherever it was had. What
 * no stored post shows any more goes when posts are forgotten or opt out, in the same transaction.
 */
#ifndef ARCHIVE_STORE_PICTURES_H
#define ARCHIVE_STORE_PICTURES_H

#include "archive/base/arena.h"
#include "archive/model/picture.h"
#include "archive/store/store.h"

/* What an address is to the posts that show it: a picture, the still of a film, the author's
 * portrait, an emoji of the text or of the author's name, the picture of a page that is linked to.
 * An image that has no address of its own goes by its preview. Sound has no picture. */
enum picture_use {
	PICTURE_OF_POST,
	PICTURE_STILL,
	PICTURE_AVATAR,
	PICTURE_EMOJI,
	PICTURE_OF_CARD,
	PICTURE_USE_COUNT
};

/* Which posts, with those that they quote; gone and opted-out ones never. */
struct picture_scope {
	int64_t thread;		 /* what is chosen there; 0 = */
	const char *const *tags; /* folded: posts of any of them, and what conversations brought; */
	size_t tag_count;	 /* none = all posts */
	bool avatars;
};

struct picture_wanted {
	const char *url;
	const char *preview; /* a smaller one of the same picture; NULL = none */
	enum picture_use use;
	enum network network;	/* of the first post that shows it */
	const char *host;	/* the server that it lives on */
	const char *short_id;	/* its */
	enum picture_size kept; /* it is there in this size; PICTURE_SIZE_COUNT = it is not */
};

struct picture_ask {
	struct picture_scope scope;
	enum picture_size size;
	/* What could not be had, and lastingly so, is wanted again when it was asked for before
	 * that (UTC ms); 0 = not again. */
	int64_t asked_before;
	size_t limit;
};

struct picture_list {
	struct picture_wanted *items; /* the arena's, and their strings */
	size_t count, room;
	bool more; /* than limit */
};

/* Addresses that are not kept yet, or in a smaller size: each once, in the order of time. list
 * must be zeroed. */
MUST_CHECK bool store_pictures_wanted(struct store *store, const struct picture_ask *ask,
				      struct arena *arena, struct picture_list *list,
				      struct err *err);

/* What the store tells of an address that somebody has the bytes of. */
struct picture_standing {
	bool known; /* the post, or the author, is stored */
	bool alive; /* and neither gone nor opted out; of an author: has such a post */
	bool shown; /* and gives that address for a picture, a still, or the portrait */
	bool kept;  /* the address is kept, in that size or a larger one */
};

/* post is the uri of one, or NULL: then author is that of one. */
MUST_CHECK bool store_picture_standing(struct store *store, const char *post, const char *author,
				       const char *url, enum picture_size size,
				       struct picture_standing *out, struct err *err);

struct picture_counts {
	int64_t addresses, kept, missed; /* missed: asked for, and not kept */
	int64_t bytes;			 /* each picture once */
};

MUST_CHECK bool store_count_pictures(struct store *store, const struct picture_scope *scope,
				     struct picture_counts *out, struct err *err);

/* Keeps the bytes under the name that they and the type give, and notes the address, in one
 * transaction. What was kept of the address before goes, unless another address shows it. */
MUST_CHECK bool store_put_picture(struct store *store, const char *url, enum picture_size size,
				  const struct picture *picture, const struct str *bytes,
				  int64_t now, struct err *err);
/* Notes that it could not be had. What was kept of the address before stays. lasting: asking again
 * soon would not help. */
MUST_CHECK bool store_miss_picture(struct store *store, const char *url, enum picture_size size,
				   const char *why, bool lasting, int64_t now, struct err *err);
/* Takes away what no stored post shows: for the end of a run, while which somebody may have
 * forgotten a post. */
MUST_CHECK bool store_sweep_pictures(struct store *store, struct err *err);

/* The shelf of a store, for model/picture.h; holds while the store is open. */
struct picture_shelf store_shelf(struct store *store);

#endif
