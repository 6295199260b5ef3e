/*
 * What the parts of a merge share: only for this room.
 */
#ifndef ARCHIVE_COLLECT_MERGE_PARTS_H
#define ARCHIVE_COLLECT_MERGE_PARTS_H

#include "archive/base/hash.h"
#include "archive/collect/merge.h"
#include "archive/store/merge.h"
#include "archive/store/threads.h"

struct merge {
	struct store *into, *from;
	const struct watch *watch;
	struct arena *arena; /* of the report */
	struct merge_report *report;
	int64_t now;
	struct idset idle;			    /* people of whom a post was forgotten */
	int64_t people, posts, sightings, pictures; /* looked at so far */
};

/* ---- how long it may go on, and what it believes ---- */

/* May it go on? Else ERR_IO. */
MUST_CHECK bool merge_goes_on(const struct merge *merge, const char *doing, int64_t done,
			      struct err *err);
/* Another clock may go wrong; beyond a day nobody is believed. */
int64_t merge_latest(const struct merge *merge);

/* ---- merge-clean.c: what may come in, in the arena; false = nothing of it ---- */

bool clean_post(struct arena *arena, const struct post *post, int64_t latest, struct post *out);
bool clean_author(struct arena *arena, const struct author *author, struct author *out);
/* Without controls and what is not UTF-8: the same pointer when it is so already. NULL stays. */
const char *clean_text(struct arena *arena, const char *text);
const char *clean_line(struct arena *arena, const char *text);
/* NULL when it is no web address. */
const char *clean_url(const char *url);
/* "mastodon:social.example", "file:SHA256". */
bool clean_source(const char *source);
bool clean_tag(const char *tag);

/* ---- the parts ---- */

MUST_CHECK bool merge_answers(struct merge *merge, struct err *err);

MUST_CHECK bool merge_threads(struct merge *merge, struct err *err);

/* ---- a thread of either store, as far as it can stand in this one (merge-version.c) ---- */

struct version_item {
	struct op op;	    /* that makes it, at the end */
	const char *origin; /* of a saved thread; NULL = of none */
	int64_t part;
};
struct version_drop {
	const char *uri;
	int64_t post;
};
struct version {
	bool fit; /* it can be a thread */
	struct thread settings;
	int64_t changed;
	const char *origin;
	struct version_item *items;
	size_t item_count;
	struct version_drop *dropped; /* by their uris */
	size_t dropped_count;
	uint8_t hash[HASH_SIZE]; /* of all but the time */
};

/* In the arena. */
MUST_CHECK bool version_read(struct merge *merge, struct store *store,
			     const struct merge_thread *thread, struct arena *arena,
			     struct version *out, struct err *err);
/* That which was changed last; of the same moment that with the greater hash. */
bool version_wins(const struct version *a, const struct version *b);

#endif
