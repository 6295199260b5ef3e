/*
 * What is a hashtag, and when are two the same. Sources: twitter-text's hashtag rules
 * (conformance/extract.yml) and Mastodon's (a tag is letters, marks, digits, underscore and some
 * joiners, not digits alone); apis.md 1.2 and 2.1.
 */
#ifndef ARCHIVE_TEXT_TAG_H
#define ARCHIVE_TEXT_TAG_H

#include <stddef.h>
#include <stdint.h>

#include "archive/base/str.h"

#define TAG_MAX_BYTES 512

/* Folds a tag as typed or as a network names it: blanks at both ends and one leading '#' or U+FF03
 * taken off, NFKC, case folded, selectors dropped, U+FF5E as U+301C. ERR_USAGE with a sentence when
 * what is left is empty, longer than TAG_MAX_BYTES, holds a character that no hashtag can hold, or
 * is digits or joiners alone. out is added to. Folding a folded tag changes nothing. */
MUST_CHECK bool tag_fold(struct str *out, const char *tag, struct err *err);
/* The same for tags out of an answer: false, without a sentence and adding nothing, when it is not
 * a hashtag. */
bool tag_fold_quiet(struct str *out, const char *tag, size_t len);
/* May this character stand in a hashtag? (letters and marks of any script, digits, '_', U+00B7,
 * U+3005, U+3006, U+3007, U+301C, U+30FB, U+30FC, U+FF5E, U+200C, U+200D and the like) */
bool tag_may_hold(uint32_t code_point);
/* '#' or the full-width U+FF03. */
bool tag_sign(uint32_t code_point);

#endif
