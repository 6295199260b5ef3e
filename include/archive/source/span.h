/*
 * Where things stand in the bytes of a JSON value, without parsing it: what is cut out of an answer
 * is cut by bytes, and a file is taken apart by bytes before any of it is parsed. Trusts nothing: a
 * value that is broken ends where the bytes end.
 */
#ifndef ARCHIVE_SOURCE_SPAN_H
#define ARCHIVE_SOURCE_SPAN_H

#include <stdbool.h>
#include <stddef.h>

struct span_range {
	size_t from, to; /* bytes, to exclusive */
};

struct span_member {
	struct span_range whole; /* key, value and one comma: without them an object is left */
	struct span_range value;
};

/* The first byte at or behind from that is not JSON's blank; len when there is none. */
size_t span_blank(const char *bytes, size_t len, size_t from);
/* The end of the value that begins at from. */
size_t span_value(const char *bytes, size_t len, size_t from);
/* Is the object or array that begins at from there up to its last bracket? */
bool span_is_whole(const char *bytes, size_t len, size_t from);
/* The member of the object that begins at from, by a key without escapes; false when it is not
 * there. */
bool span_find(const char *bytes, size_t len, size_t from, const char *key, struct span_member *m);
/* The same down a path of keys, or of places in an array: "pleroma.quote", "embeds.0.record". */
bool span_path(const char *bytes, size_t len, size_t from, const char *path, struct span_member *m);

#endif
