/*
 * What an answer tells of a post, against what is stored of it; and the stored made what the
 * answer tells. Which answers those are, and how they are read, is collect's (collect/rebuild.h).
 */
#ifndef ARCHIVE_STORE_DERIVE_H
#define ARCHIVE_STORE_DERIVE_H

#include "archive/base/str.h"
#include "archive/base/watch.h"
#include "archive/store/store.h"

enum derived {
	DERIVED_PASSED,	 /* not by this answer: another one is newer, or it opted out */
	DERIVED_SAME,	 /* it is stored as this answer tells */
	DERIVED_OTHER,	 /* this answer is (one of) the newest, and tells something else */
	DERIVED_MISSING, /* the post is not in the store */
};

struct derivation {
	enum derived post, author;
	int64_t id, author_id; /* 0 = not stored */
	int64_t read;	       /* when it was read so, UTC ms */
};

MUST_CHECK bool store_derive(struct store *store, const struct post *post, int64_t answer,
			     struct derivation *out, struct err *err);
/* Stores post, or author, or both again, where OTHER was found; the post's id, and that it is gone,
 * stay. The words of the search are left to store_reindex(). */
MUST_CHECK bool store_put_again(struct store *store, const struct post *post,
				const struct derivation *derivation, struct err *err);
/* The form of the file that a source "file:…" names (import.h); replaces what out holds, which is
 * empty when it is not known. */
MUST_CHECK bool store_file_form(struct store *store, const char *source, struct str *out,
				struct err *err);
/* By which tag the answer's posts were found; replaces what out holds, empty when by none. */
MUST_CHECK bool store_answer_tag(struct store *store, int64_t answer, struct str *out,
				 struct err *err);

/* Makes the index of the words anew, and that of the hashtags right. */
MUST_CHECK bool store_reindex(struct store *store, const struct watch *watch, struct err *err);
/* Until store_reindex() words are not kept up to date. */
void store_hold_index(struct store *store);
/* A number that is the same as long as nothing but posts and their authors changes. */
MUST_CHECK bool store_rest_digest(struct store *store, uint64_t *digest, struct err *err);

struct post_counts {
	int64_t posts; /* without those of which an address is all that is kept */
	int64_t all;
	int64_t answers;
};
MUST_CHECK bool store_count_posts(struct store *store, struct post_counts *out, struct err *err);

#endif
