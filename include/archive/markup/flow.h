/*
 * Text into the two outputs: which bytes stand as they are, which are escaped, which are left out.
 * Only for this room.
 */
#ifndef ARCHIVE_MARKUP_FLOW_H
#define ARCHIVE_MARKUP_FLOW_H

#include <stddef.h>

#include "archive/base/str.h"

enum flow {
	FLOW_PLAIN,  /* stands as it is */
	FLOW_ESCAPE, /* & < > " */
	FLOW_BLANK,  /* ASCII white space, and the ends of lines beyond ASCII */
	FLOW_DROP,   /* control characters, bidi controls, U+FEFF, what XML cannot hold */
};

/* The class of the bytes at p (p < end), which are UTF-8, and in *len how many there are of it: a
 * whole stretch when it is FLOW_PLAIN, one character otherwise. */
enum flow flow_next(const char *p, const char *end, size_t *len);
/* The reference for a FLOW_ESCAPE character: "&amp;". */
const char *flow_reference(char c);
/* Adds an attribute's value, escaped. */
void flow_add_value(struct str *out, const char *text);

#endif
