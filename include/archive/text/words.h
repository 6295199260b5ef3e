/*
 * Prepares text for the search index and queries for it (design section 3, "search"): everything
 * NFKC-casefolded; a run of Han, kana or Hangul becomes its overlapping bigrams followed by its
 * last character alone; an emoji or any other symbol is a word; any other run of word characters is
 * a word. Joiners, variation selectors and other format characters are left out as if they were not
 * there; punctuation and blanks end a word and mean nothing else. The same preparation serves both
 * sides, so the meaning is: a CJK word matches as a substring, any other word as a whole word,
 * word* its beginning. "勉強会k8s" is a phrase: 勉強会 at the end of a run, directly followed by
 * the word k8s.
 *
 * Made for FTS5's tokenizer "unicode61 remove_diacritics 0 categories 'L* N* Co M* S*'": each word
 * is one token of it.
 */
#ifndef ARCHIVE_TEXT_WORDS_H
#define ARCHIVE_TEXT_WORDS_H

#include "archive/base/str.h"

/* Changes whenever words_prepare() would give other words for the same text; stands in the
 * store. */
#define WORDS_VERSION 1

/* Adds the words, separated by single spaces. */
void words_prepare(struct str *out, const char *text, size_t len);
/* Adds one phrase of an FTS5 match expression, quoted, with '*' behind it when its last word is
 * only a beginning (asked for, or a single CJK character). false, adding nothing, when the text
 * holds no word. */
bool words_add_phrase(struct str *out, const char *text, size_t len, bool beginning);

#endif
