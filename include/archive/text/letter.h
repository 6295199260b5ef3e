/*
 * What the characters of a folded text are to the search index: this room's own header, for no
 * other room.
 */
#ifndef ARCHIVE_TEXT_LETTER_H
#define ARCHIVE_TEXT_LETTER_H

#include <stddef.h>

enum letter_kind {
	LETTER_GAP,	/* ends a word */
	LETTER_NOTHING, /* as if it were not there */
	LETTER_CJK,	/* runs become bigrams */
	LETTER_SINGLE,	/* a word of its own: emoji and symbols */
	LETTER_WORD,
};

/* A character of the folded text, or several letters and digits of ASCII. */
struct letter {
	const char *bytes;
	size_t len;
	enum letter_kind kind;
};

/* The one at *p (p < end), which is moved behind it. */
struct letter letter_next(const char **p, const char *end);

#endif
