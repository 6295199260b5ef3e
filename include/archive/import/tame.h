/*
 * Takes out of HTML what would keep a parser busy without end or fill the memory: attributes beyond
 * the 60th of a tag, the rest of a name or a value beyond a few thousand bytes (pictures that a
 * browser wrote into the page), of a comment beyond 64 KB, of a script or a style sheet beyond
 * 8 MB. A parser keeps text until a tag comes: a long one is cut into pieces by empty comments. A
 * filter over a stream, between the file and the parser.
 */
#ifndef ARCHIVE_IMPORT_TAME_H
#define ARCHIVE_IMPORT_TAME_H

#include "archive/base/str.h"

#define TAME_MAX_VALUE	    8192 /* bytes of an attribute's value */
#define TAME_MAX_NAME	    64	 /* of an element's or attribute's name */
#define TAME_MAX_ATTRIBUTES 60
#define TAME_MAX_TEXT	    ((size_t)4096) /* bytes without a tag */
#define TAME_MAX_COMMENT    65536
#define TAME_MAX_RAW	    ((size_t)8 << 20) /* of a script or a style sheet */

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
	TAME_RAW,     /* in a script or a style sheet */
};

struct tame {
	enum tame_state state;
	char quote;
	char name[TAME_MAX_NAME + 1]; /* of the element */
	size_t name_len, value_len, attributes;
	bool ends;     /* it is an end tag */
	size_t dashes; /* that were read of a comment's beginning or end */
	size_t mark;   /* bytes of the end tag, "</script", that were read */
	bool is_comment;
	bool full;	    /* the rest of it does not pass */
	size_t cut;	    /* where in what was added last a piece ends; 0 = nowhere */
	const char *before; /* stands in for what was left out before this byte; NULL = nothing */
};

/* Adds to out, which is empty, what may pass. Of what it cuts the parser lets go only when the
 * piece is the end of what it is given. */
void tame_add(struct tame *t, const char *bytes, size_t len, struct str *out);

#endif
