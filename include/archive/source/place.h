/*
 * Where a post can be looked up, by any of its names: the address of its page in any spelling, an
 * at-uri, an ActivityPub uri. Pure. Nothing in an address says what software its server runs, so
 * there may be several ways: they are tried in their order.
 */
#ifndef ARCHIVE_SOURCE_PLACE_H
#define ARCHIVE_SOURCE_PLACE_H

#include "archive/base/arena.h"
#include "archive/model/post.h"

#define PLACE_MAX_BYTES 4096 /* of a name */
#define PLACE_MAX_WAYS	3

enum place_kind {
	PLACE_LOOKUP, /* by its id at a source (lookup.h) */
	PLACE_OBJECT, /* by the ActivityPub object at its address (activity.h) */
};

struct place_way {
	enum place_kind kind;
	const char *source; /* "mastodon:social.example", for source_parse(), which takes it */
	const char *id;	    /* PLACE_LOOKUP: the post's id there; PLACE_OBJECT: its address */
};

struct place {
	enum network network; /* as far as the name tells */
	struct place_way ways[PLACE_MAX_WAYS];
	size_t way_count;
	const char *handle; /* Bluesky: a handle stands where a DID has to, resolve it first, then
			       place_resolve(); NULL = nothing to resolve */
	const char *key;    /* the post's own part of the at-uri */
};

/* Strings are the arena's. ERR_USAGE says what is wrong with the name and what would be right. */
MUST_CHECK bool place_of(struct arena *arena, const char *name, struct place *out, struct err *err);
/* Puts the handle's DID into the place. ERR_MALFORMED when it is none. */
MUST_CHECK bool place_resolve(struct arena *arena, struct place *place, const char *did,
			      struct err *err);

#endif
