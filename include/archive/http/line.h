/*
 * The lines that HTTP/1.1 is made of (RFC 9112) and the percent-encoding of URLs (RFC 3986 section
 * 2.1), on borrowed bytes. Owns nothing, allocates nothing but what is added to a str.
 */
#ifndef ARCHIVE_HTTP_LINE_H
#define ARCHIVE_HTTP_LINE_H

#include <stddef.h>

#include "archive/base/str.h"

/* Bytes that are someone else's and hold as long as those do. */
struct span {
	const char *at;
	size_t len;
};

/* The next line up to an LF or the end, without CRLF or LF; false when nothing is left. */
bool line_next(const char **rest, const char *end, struct span *line);
/* Is the line this header? Then value is what follows the colon, blanks trimmed. */
bool line_is_header(struct span line, const char *name, struct span *value);
/* Reads "HTTP/1.1 200 OK", "HTTP/2 200": a status from 100 to 999. */
bool line_status(struct span line, int *status);

/* Adds the bytes, all but the unreserved characters percent-encoded. */
void line_percent(struct str *out, const char *bytes, size_t len);
/* The same for a piece of a URL that is encoded already, in the one spelling that all equal
 * pieces share: a percent-encoded byte stays one unless it is unreserved, a raw byte becomes one
 * unless it is unreserved or in keep. */
void line_respell(struct str *out, const char *bytes, size_t len, const char *keep);
/* The same for the one character at this place; says how many bytes it was (1, or 3 for "%XX").
 * left is at least 1. */
size_t line_respell_one(struct str *out, const char *at, size_t left, const char *keep);

#endif
