/*
 * Finds URLs, hashtags and mentions in plain text, by the rules of twitter-text, as far as they can
 * be told without a network: a URL followed by Japanese without a space ends where it should;
 * closing brackets and full stops, ASCII and Japanese, are not part of it (a balanced pair of
 * brackets is); a domain without a scheme counts only for a dozen common top-level domains. Knows
 * also which URL may become a link at all.
 */
#ifndef ARCHIVE_TEXT_LINK_H
#define ARCHIVE_TEXT_LINK_H

#include <stddef.h>

#include "archive/base/str.h"

enum link_kind { LINK_URL, LINK_TAG, LINK_MENTION };

struct link_span {
	enum link_kind kind;
	size_t start, end; /* bytes, end exclusive; a tag includes its '#', a mention its '@' */
	bool bare;	   /* a URL without scheme: its target is "https://" and the text */
};

/* The next span at or behind byte from; false when there is none. Linear over a whole text. A
 * mention is "@name" or "@name@host". */
bool link_next(const char *text, size_t len, size_t from, struct link_span *out);

/* May it stand in an href? Absolute http, https with a host, or mailto; no control byte, space,
 * quote or angle bracket unencoded; at most 4,096 bytes. */
bool link_safe(const char *url);
/* link_safe and http or https: what may name a page, a picture, an avatar. */
bool link_safe_web(const char *url);
/* Adds url with everything that may not stand in a URL percent-encoded (spaces, quotes, angle
 * brackets, control bytes, non-ASCII as UTF-8, '[' ']' '{' '}' '|' '\\' '^' '`'); existing escapes
 * stay; the scheme becomes lower-case. Returns false, adding nothing, when the result would not be
 * link_safe. */
bool link_add_clean(struct str *out, const char *url);
/* Adds bytes percent-encoded for a path part or a query value (RFC 3986 unreserved stay). */
void link_add_escaped(struct str *out, const char *text);
/* The host of an http(s) URL, without user, with port when there is one, lower-case. false when
 * there is none. */
bool link_host(const char *url, struct str *out);

#endif
