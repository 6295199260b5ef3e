/*
 * Takes out of HTML what would keep a parser busy without end or fill the memory: attributes beyond
 * the 60th of a tag, the rest of a name or a value beyond a few thousand bytes (pictures that a
 * browser wrote into the page). A filter over a stream, between the file and the parser. Scripts
 * and comments pass as they are.
 */
#ifndef ARCHIVE_IMPORT_TAME_H
#define ARCHIVE_IMPORT_TAME_H

#include "archive/base/str.h"

#define TAME_MAX_VALUE	    8192 /* bytes of an attribute's value */
#define TAME_MAX_NAME	    64	 /* of an element's or attribute's name */
#define TAME_MAX_ATTRIBUTES 60

enum tame_state {
	TAME_TEXT,
	TAME_OPEN,    /* behind '<' */
	TAME_NAME,    /* of the element */
	TAME_BETWEEN, /* in a tag, outside of attributes */
	TAME_ATTRIBUTE,
	TAME_EQUALS, /* behind '=' */
	TAME_BARE,   /* a value without quotes */
	TAME_QUOTED,
	TAME_COMMENT, /* also doctype and the like */
	TAME_SCRIPT,
};

struct tame {
	enum tame_state state;
	char quote;
	char name[TAME_MAX_NAME + 1]; /* of the element */
	size_t name_len, value_len, attributes;
	bool ends;     /* it is an end tag */
	size_t dashes; /* that were read of a comment's beginning or end */
	size_t mark;   /* letters of "</script" that were read */
	bool is_comment;
};

/* Adds to out what may pass. */
void tame_add(struct tame *t, const char *bytes, size_t len, struct str *out);

#endif
