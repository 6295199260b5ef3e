/*
 * Takes a stream of JSON apart into values, by bytes, in flat memory: values one behind the other
 * or one a line, and the elements of arrays at the top. A value that is broken costs itself and at
 * most the one behind it: a raw line end in a string, or an opening bracket where none can stand,
 * ends it.
 */
#ifndef ARCHIVE_IMPORT_SPLIT_H
#define ARCHIVE_IMPORT_SPLIT_H

#include <stdio.h>

#include "archive/base/str.h"
#include "archive/json/read.h"

#define SPLIT_BUFFER 65536
/* Bytes of a value: of an element of an array, and of one by itself, which may be a page of many.
 */
#define SPLIT_MAX_ELEMENT JSON_MAX_TREE
#define SPLIT_MAX_VALUE	  ((size_t)16 << 20)

enum split_found {
	SPLIT_END,
	SPLIT_VALUE,	/* an object: value holds it */
	SPLIT_OTHER,	/* JSON that is no object */
	SPLIT_BROKEN,	/* not JSON, or cut off */
	SPLIT_TOO_LONG, /* a value of more bytes than above, which was passed over */
};

struct split {
	FILE *in;
	char buffer[SPLIT_BUFFER];
	size_t pos, len;
	bool begun, in_array;
	bool one_array;	   /* the end of the array is the end: what follows is left in the buffer */
	bool seen;	   /* anything but blanks */
	bool closed;	   /* an array came to its end */
	int64_t next_line; /* of the next byte */
	int64_t line;	   /* where the value that was found last begins, from 1 */
	struct str value;
};

void split_begin(struct split *split, FILE *in);
enum split_found split_next(struct split *split);
void split_release(struct split *split);

#endif
