/*
 * UTF-8 as bytes from outside, as code points, as user-perceived characters and as columns of a
 * terminal. The only room that knows utf8proc. Nothing here depends on the locale.
 */
#ifndef ARCHIVE_TEXT_UTF8_H
#define ARCHIVE_TEXT_UTF8_H

#include <stddef.h>
#include <stdint.h>

#include "archive/base/str.h"

#define UTF8_REPLACEMENT 0xFFFD

/* The code point at *p (p < end), *p moved behind it. What is not UTF-8 gives U+FFFD a maximal
 * subpart at a time (Unicode 15, section 3.9, best practice) and always moves on. */
uint32_t utf8_next(const char **p, const char *end);
void utf8_put(struct str *out, uint32_t code_point);
/* Adds the bytes with everything that is not UTF-8 replaced by U+FFFD. */
void utf8_add_clean(struct str *out, const char *bytes, size_t len);
bool utf8_valid(const char *bytes, size_t len);
/* The byte where code point number index begins, len when there are fewer. */
size_t utf8_offset(const char *bytes, size_t len, size_t index);

/* Adds text without C0 and C1 controls and bidi controls; what is not UTF-8 becomes U+FFFD. A
 * run of tabs and line ends becomes one space when one_line; else tabs stay and every line end
 * (LF, CR, CR LF, NEL, U+2028/9) becomes LF. For what is stored: joiners and variation selectors
 * are kept. */
void utf8_add_plain(struct str *out, const char *text, size_t len, bool one_line);

/* Adds the text as a sentence shows it: in single quotes, one line, cut after 60 code points with
 * '…'. */
void utf8_add_quoted(struct str *out, const char *text);

/* Adds what a terminal may be given (design section 9): one line, NFC, no control and no invisible
 * format character, a cluster of disputed width (ZWJ sequence, skin tone, keycap, variation
 * selector) reduced to its undisputed first part, a flag as its two letters ("JP"), a character
 * whose wcwidth and utf8proc width differ as '?' over its utf8proc width (at least one), at most
 * two combining marks a cell. Stops before max_columns would be passed. Returns the columns that
 * were used. wcwidth needs a UTF-8 LC_CTYPE. */
int utf8_add_terminal(struct str *out, const char *text, int max_columns);
/* Columns that the text takes after that treatment. */
int utf8_columns(const char *text);
/* The same for a terminal that gives characters of ambiguous width (UAX #11) two columns. */
int utf8_add_terminal_wide(struct str *out, const char *text, int max_columns);
int utf8_columns_wide(const char *text);

/* NFKC and full case folding (Unicode; utf8proc NFKC_Casefold without stripping ignorables):
 * half-width kana become full-width, full-width letters ASCII. */
void utf8_add_folded(struct str *out, const char *text, size_t len);
/* Bytes of the user-perceived character (grapheme cluster, UAX #29) at the start of text; 0 at its
 * end. */
size_t utf8_cluster(const char *text, size_t len);
/* Columns of such a character by Unicode alone (utf8proc's widths): 0 of a control, 2 of a flag, of
 * a character in its emoji form, and of what is wide. */
int utf8_cluster_columns(const char *text, size_t len);

/* Classes by Unicode general category, for whoever scans text. */
bool utf8_is_letter(uint32_t c);    /* L* */
bool utf8_is_mark(uint32_t c);	    /* M* */
bool utf8_is_digit(uint32_t c);	    /* Nd */
bool utf8_is_word(uint32_t c);	    /* L* N* M* Co S*: what the search index keeps */
bool utf8_is_symbol(uint32_t c);    /* S* */
bool utf8_is_format(uint32_t c);    /* Cf: joiners, bidi controls, soft hyphen, byte order mark */
bool utf8_is_cjk(uint32_t c);	    /* Han, kana (with the long vowel mark), Hangul */
bool utf8_is_variation(uint32_t c); /* variation selectors */
bool utf8_is_ambiguous(uint32_t c); /* East Asian width "A", Unicode 14 */

#endif
