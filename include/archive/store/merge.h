/*
 * Another store, taken into this one.
 *
 * A store is a set of maps: a post by its uri, an author by the uri, an answer and a file by their
 * hash, a sighting by post, source and hashtag, a picture by its address, a thread by its slug,
 * what was forgotten by its hash. Where both stores have a key, the greater value is taken, under
 * one total order that depends on nothing but the two values: the time comes first, then the
 * content. What was forgotten in either is taken out of the union; whatever else there is (the
 * search index, hashtags, what leads to a post, whether it is gone) follows from what is joined,
 * never from the order of arrival and never from now. So A+B is B+A, (A+B)+C is A+(B+C), and A+A
 * is A. Three things are not remembered by a store and so cannot be joined: that somebody who asks
 * not to be archived any more had asked so for a while (a post of that time stays as it is where
 * the stores met), the bytes of a picture that no post showed while something was forgotten, and
 * what somebody was called of whom no post was left then.
 *
 * What is each machine's own is no part of it: what was read of which source and what it cost (what
 * somebody else has read must never hide a hole here), the journals, the files that threads are
 * written to.
 *
 * The other store is read only, and only tables that are as ours. What it holds has to be made fit
 * by whoever hands it on (collect/merge.h). Everything is done within the transaction that is open.
 */
#ifndef ARCHIVE_STORE_MERGE_H
#define ARCHIVE_STORE_MERGE_H

#include "archive/base/arena.h"
#include "archive/base/idset.h"
#include "archive/store/answers.h"
#include "archive/store/files.h"
#include "archive/store/forget.h"

/* As it is at this moment, until it is closed. ERR_MALFORMED, ERR_USAGE (it is the very same file),
 * ERR_NOT_FOUND name it and say what helps. */
MUST_CHECK struct store *merge_open(struct store *into, const char *path, struct err *err);

/* ---- what was forgotten ---- */

/* Takes the hashes over; fresh is set when there is one that was not known. latest is the latest
 * time that is believed. */
MUST_CHECK bool merge_forgotten(struct store *into, struct store *from, int64_t latest, bool *fresh,
				struct err *err);
/* What is in the store and was forgotten, at most so much of it: in the arena. */
MUST_CHECK bool merge_find_forgotten(struct store *store, size_t most, struct arena *arena,
				     struct forget_item **items, size_t *count, struct err *err);

/* ---- what there is, one by one; strings hold during the call ---- */

typedef bool merge_author_fn(void *owner, const struct author *author, int64_t fetched,
			     struct err *err);
typedef bool merge_post_fn(void *owner, const struct post *post, struct err *err);
struct merge_sighting {
	const char *source, *tag, *place; /* place NULL allowed */
	int64_t first, last;
	int64_t answer; /* in the other store; 0 = none */
};
/* post is the one in this store */
typedef bool merge_sighting_fn(void *owner, int64_t post, const struct merge_sighting *sighting,
			       struct err *err);
typedef bool merge_reply_fn(void *owner, const char *tag, const char *uri, struct err *err);
typedef bool merge_file_fn(void *owner, const struct kept_file *file, struct err *err);
typedef bool merge_bytes_fn(void *owner, const char *name, const void *bytes, size_t len,
			    int64_t mtime, struct err *err);
struct merge_picture {
	const char *url, *name, *size, *why; /* name and why NULL allowed */
	int64_t width, height, at;
	bool lasting;
};
typedef bool merge_picture_fn(void *owner, const struct merge_picture *picture, struct err *err);

MUST_CHECK bool merge_each_author(struct store *from, merge_author_fn *take, void *owner,
				  struct err *err);
MUST_CHECK bool merge_each_post(struct store *from, merge_post_fn *take, void *owner,
				struct err *err);
/* Of the posts that are in this store, too. */
MUST_CHECK bool merge_each_sighting(struct store *into, struct store *from, merge_sighting_fn *take,
				    void *owner, struct err *err);
MUST_CHECK bool merge_each_reply(struct store *from, merge_reply_fn *take, void *owner,
				 struct err *err);
MUST_CHECK bool merge_each_file(struct store *from, merge_file_fn *take, void *owner,
				struct err *err);
MUST_CHECK bool merge_each_bytes(struct store *from, merge_bytes_fn *take, void *owner,
				 struct err *err);
MUST_CHECK bool merge_each_picture(struct store *from, merge_picture_fn *take, void *owner,
				   struct err *err);

/* ---- taken in ---- */

enum merged { MERGED_NEW, MERGED_CHANGED, MERGED_KNOWN, MERGED_LEFT_OUT };

/* The newer reading wins. */
MUST_CHECK bool merge_author(struct store *into, const struct author *author, int64_t fetched,
			     struct err *err);
/* The newer reading wins, first hand over what a page showed; of what pages showed the earlier.
 * idle gets the authors of those that were forgotten. */
MUST_CHECK bool merge_post(struct store *into, const struct post *post, enum merged *merged,
			   struct idset *idle, struct err *err);
/* Behind the last post, for each of them: who has no post here is nobody here any more. */
MUST_CHECK bool merge_idle_author(struct store *into, int64_t author, struct err *err);
MUST_CHECK bool merge_has_post(struct store *into, const char *uri, bool *has, struct err *err);
/* Before the first answer. */
MUST_CHECK bool merge_answers_begin(struct store *into, struct err *err);
/* By its hash; of the same bytes the first coming counts. theirs is its id in the other store. */
MUST_CHECK bool merge_answer(struct store *into, const struct evidence *evidence, int64_t theirs,
			     bool *fresh, struct err *err);
MUST_CHECK bool merge_sighting(struct store *into, int64_t post,
			       const struct merge_sighting *sighting, struct err *err);
MUST_CHECK bool merge_file(struct store *into, const struct kept_file *file, struct err *err);
MUST_CHECK bool merge_bytes(struct store *into, const char *name, const void *bytes, size_t len,
			    int64_t mtime, struct err *err);
/* How many are there. */
MUST_CHECK bool merge_count_bytes(struct store *store, int64_t *count, struct err *err);
/* Left out when the bytes are not there. The rank stands in sql-merge.h. */
MUST_CHECK bool merge_picture(struct store *into, const struct merge_picture *picture,
			      struct err *err);
/* Behind the last one: bytes that no address is kept by go. */
MUST_CHECK bool merge_tidy_pictures(struct store *into, struct err *err);
/* Posts that have the hashtag themselves by now are no replies of it any more. */
MUST_CHECK bool merge_tidy(struct store *into, struct err *err);

/* ---- threads ---- */

struct merge_thread {
	int64_t id, changed;
	const char *slug;
	const char *origin; /* the saved thread that it came from; NULL = none */
};
/* The first thread whose slug is greater than behind; id 0 when there is none. In the arena. */
MUST_CHECK bool merge_next_thread(struct store *from, const char *behind, struct arena *arena,
				  struct merge_thread *out, struct err *err);
/* By its slug; id 0 when there is none. */
MUST_CHECK bool merge_find_thread(struct store *into, const char *slug, struct arena *arena,
				  struct merge_thread *out, struct err *err);
MUST_CHECK bool merge_date_thread(struct store *into, int64_t thread, int64_t changed,
				  const char *origin, struct err *err);
/* The part of a saved thread that an item came from; origin NULL when it came from none. */
MUST_CHECK bool merge_item_part(struct store *store, int64_t item, struct arena *arena,
				const char **origin, int64_t *part, struct err *err);
MUST_CHECK bool merge_set_item_part(struct store *into, int64_t item, const char *origin,
				    int64_t part, struct err *err);

#endif
