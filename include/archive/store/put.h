/*
 * Storing posts: this room's own header, for no other room. store_put_page() is the one function
 * that stores a post; it puts the author first. A newer reading wins over an older one, whatever
 * the order in which they come; what a page showed of a post (post.taken) wins over nothing. Of
 * each reading a fingerprint is kept, so that the same content seen again costs a look and a date.
 */
#ifndef ARCHIVE_STORE_PUT_H
#define ARCHIVE_STORE_PUT_H

#include "archive/base/hash.h"
#include "archive/store/row.h"

int64_t fingerprint_of_author(const struct author *author);
int64_t fingerprint_of_post(const struct post *post);
/* The same however it was come by: of a reading, or of what the store gives back of it. */
int64_t content_of_post(struct arena *arena, const struct post *post);
int64_t content_of_author(struct arena *arena, const struct author *author);

/* ---- authors ---- */

struct put_author {
	int64_t id;  /* 0: the author is not stored */
	bool optout; /* by the newest reading of the author */
};

/* Writes the author when this reading is the newest and says something new. All posts of one who
 * opts out are emptied; one who was not known is not stored. A reading without a handle tells only
 * that there is such an author: it changes nothing of one who is stored. */
MUST_CHECK bool author_put(struct store *store, const struct author *author, int64_t fetched,
			   struct put_author *out, struct err *err);
/* Who wrote a post; 0 when that is not known. */
MUST_CHECK bool author_of_post(struct store *store, int64_t post, int64_t *author, struct err *err);
/* Whose last post went is nobody here any more; that one asked not to be archived stays known. */
MUST_CHECK bool author_remove_idle(struct store *store, int64_t author, struct err *err);
/* Writes over an author who is stored, whatever is stored. */
MUST_CHECK bool author_renew(struct store *store, const struct author *author, int64_t fetched,
			     struct err *err);
/* What a page tells of an author: it changes nothing of one who is stored, under the uri or under
 * the page of X, and whatever else is read wins over it. */
MUST_CHECK bool author_put_taken(struct store *store, const struct author *author,
				 struct put_author *out, struct err *err);

/* ---- what was forgotten ---- */

/* The handle as it is noted, when it holds a host; else empty. Replaces what out holds. */
void forgotten_handle(const struct author *author, struct str *out);
/* The author's posts, too, are forgotten then. */
MUST_CHECK bool forgotten_author(struct store *store, const struct author *author, bool *forgotten,
				 struct err *err);
MUST_CHECK bool forgotten_post(struct store *store, const struct post *post, bool *forgotten,
			       struct err *err);

/* The same of a post of which the uri is all that is known: those of some networks begin with their
 * authors'. */
MUST_CHECK bool forgotten_prefix(struct store *store, const char *uri, bool *forgotten,
				 struct err *err);

/* Takes the answer away whose evidence nobody could cut; its sightings tell of none any more. */
MUST_CHECK bool answer_drop(struct store *store, int64_t id, struct err *err);

/* ---- what leads to a post: its tags and the pages that it links to ---- */

MUST_CHECK bool leads_add(struct store *store, int64_t id, const struct post *post,
			  struct err *err);
/* post as it is stored. */
MUST_CHECK bool leads_remove(struct store *store, const struct post *post, struct err *err);

/* ---- a post's row and all that hangs on it ---- */

/* A reading on its way into the store. */
struct reading {
	const struct post *post;
	char short_id[HASH_SHORT_LEN + 1];
	int64_t author; /* 0 = not stored */
	int64_t fetched;
	int64_t fingerprint;
};

/* The id stays 0 when so many posts are of the very same millisecond that no id is left: it is left
 * out. */
MUST_CHECK bool post_add(struct store *store, const struct reading *reading, int64_t *id,
			 struct err *err);
/* Writes over a stored post. */
MUST_CHECK bool post_change(struct store *store, const struct reading *reading, int64_t id,
			    struct err *err);
/* The same without looking at what is stored, which may be damaged; neither the search index nor
 * hashtags that it had are looked at. */
MUST_CHECK bool post_renew(struct store *store, const struct reading *reading, int64_t id,
			   struct err *err);
/* Seen again as it is stored: the date alone. */
MUST_CHECK bool post_touch(struct store *store, int64_t id, int64_t fetched, struct err *err);
/* As store_put_page() stores one, but it wins over what is stored, whichever is newer; it was seen
 * by nobody. fetched has to be set. */
MUST_CHECK bool post_put_forced(struct store *store, const struct post *post,
				struct put_report *report, struct err *err);
/* Stores uri, time, network and the time of reading of a post that is not in the store. */
MUST_CHECK bool post_add_empty(struct store *store, const struct reading *reading, struct err *err);
/* Takes a stored post away with all that hangs on it; threads are not looked at. */
MUST_CHECK bool post_remove(struct store *store, int64_t id, struct err *err);
/* Leaves the same of a stored post, and takes everything else away. */
MUST_CHECK bool post_empty(struct store *store, int64_t id, int64_t fetched, struct err *err);

/* ---- pictures ---- */

/* Takes away those that no stored post shows. store_commit() does it where pictures_stale says that
 * there may be some. */
MUST_CHECK bool pictures_sweep(struct store *store, struct err *err);

#endif
