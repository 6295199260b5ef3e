/*
 * Finds where JSON values end by their quotes and brackets alone, in one pass and without
 * recursion: what a parser should then see is cut out by it, and how deep it would have to go is
 * known before it goes. What nobody is going to read is left out on the way: a profile comes along
 * with each post of its owner, and is a third of its bytes.
 */
#ifndef ARCHIVE_JSON_SCAN_H
#define ARCHIVE_JSON_SCAN_H

#include <stdbool.h>
#include <stddef.h>

#include "archive/base/str.h"

/* The levels of arrays and objects that a parser is let into. */
#define JSON_MAX_DEPTH 512
/* The values that may become nodes at once, each of which takes some 140 bytes. */
#define JSON_MAX_VALUES 150000

struct scan {
	const char *bytes;
	size_t len;
	size_t pos;
	size_t depth;  /* the deepest level that was met */
	size_t values; /* in arrays and objects, about: commas and opening brackets */
	/* Keys, up to NULL, whose texts, arrays and objects are left out of thin; neither depth nor
	 * values count them. NULL = nothing is left out. */
	const char *const *unread;
	struct str thin; /* the bytes before kept, with null for what was left out */
	size_t kept;
};

/* Moves over white space. */
void scan_blank(struct scan *s);
/* The byte at pos; 0 at the end. */
char scan_peek(const struct scan *s);
/* Behind the string whose opening quote is at pos; false when it has no end (pos is then len). */
bool scan_string(struct scan *s);
/* From behind an object's key to its value; false when there is none. */
bool scan_enter_value(struct scan *s);
/* Behind the value at pos; false when the bytes end first. A bracket that closes the wrong thing
 * ends what it can end; one that closes something around the value ends the value before it. Always
 * moves on. */
bool scan_value(struct scan *s);

#endif
