/*
 * Prepares text for the search index and queries for it (design section 3, "search"): everything NFKC-casefolded; a run
 * of Han, kana or Hangul becomes its overlapping bigrams followed by its last character alone; an emoji is a word; any
 * other run of word characters is a word. The same preparation serves both sides, so the meaning is: a CJK word matches
 * as a substring, any other word as a whole word, word* its beginning.
 */
#ifndef ARCHIVE_TEXT_WORDS_H
#define ARCHIVE_TEXT_WORDS_H

#include "archive/base/str.h"

/* Changes whenever words_prepare() would give other words for the same text; stands in the store. */
#define WORDS_VERSION 1

/* Adds the words, separated by single spaces. */
void words_prepare(struct str *out, const char *text, size_t len);
/* Adds an FTS5 match expression: the query's parts, separated by blanks, all have to match; a part in double quotes is
 * one phrase; -part must not match; part* is a beginning. ERR_USAGE when there is nothing to look for (only punctuation,
 * or only exclusions). Nothing in the query can be FTS5 syntax: every word leaves quoted. */
MUST_CHECK bool words_query(struct str *out, const char *query, struct err *err);

#endif
