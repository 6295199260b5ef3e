/*
 * The search index: this room's own header, for no other room. The index holds no text: a row is
 * taken out with exactly the words that were put in, so both are made of the post as it is stored.
 */
#ifndef ARCHIVE_STORE_SEARCH_H
#define ARCHIVE_STORE_SEARCH_H

#include "archive/store/db.h"

/* Replaces what out holds by the post's words: of its text, content warning, picture texts, poll
 * and card. */
void search_words(struct str *out, const struct post *post);
MUST_CHECK bool search_add(struct store *store, int64_t post, const struct str *words,
			   struct err *err);
MUST_CHECK bool search_remove(struct store *store, int64_t post, const struct str *words,
			      struct err *err);

/* Makes the index anew, within the transaction that is open. */
MUST_CHECK bool search_make(struct store *store, struct err *err);

/* Joins small parts of the index, as many as belong to so many posts that were added: each part is
 * one more place that a search looks in. Work of a few microseconds a post; where it fails, or
 * somebody else writes, it is left to the next one. */
void search_settle(struct store *store, int64_t posts);
/* Notes that words of a post that was emptied are still in the index's older parts, or that what
 * was forgotten may still stand anywhere in the file, until search_scrub(). */
MUST_CHECK bool search_mark(struct store *store, bool whole_file, struct err *err);
/* If that was noted: rewrites the index, or the whole file, and empties the -wal file. clean is
 * false when somebody still reads what is in that, for whom it waits if wanted; it stays noted
 * then. */
MUST_CHECK bool search_scrub(struct store *store, bool wait, bool *clean, struct err *err);

/* ---- what is looked for ---- */

/* A match expression of curate/search.h can be looked for: ERR_USAGE when another version of
 * words.h made the index. */
MUST_CHECK bool search_usable(struct store *store, struct err *err);
/* One phrase of such an expression. */
struct search_phrase {
	const char *text; /* words, separated by single blanks */
	size_t len;
	const char *last; /* of them */
	bool beginning;	  /* of the last word only the beginning is told */
	bool gathered;	  /* and that is what the index has to gather from many words */
	bool unwanted;
};
/* The next one from *p on, which is moved behind it. */
bool search_next_phrase(const char *expression, const char **p, struct search_phrase *out);
/* Does the post say what the expression wants, and nothing that it does not? The same posts as the
 * index finds. */
bool search_holds(const char *expression, const struct post *post);
/* Adds the expression with the words themselves where only their beginning is told and the index
 * would gather them first, however many posts that are. whole is false when these are too many
 * words: they stay as they are then. */
MUST_CHECK bool search_expand(struct store *store, const char *expression, struct str *out,
			      bool *whole, struct err *err);

/* Builds the index anew when another version of words.h made it (writing), or notes it (reading).
 */
MUST_CHECK bool search_renew(struct store *store, struct err *err);
MUST_CHECK bool search_check(struct store *store, struct err *err);

#endif
