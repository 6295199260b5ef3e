/*
 * The addresses of posts: this room's own header, for no other room. Of most posts the page tells
 * the uri, so that only the others need an index of their pages.
 */
#ifndef ARCHIVE_STORE_FIND_H
#define ARCHIVE_STORE_FIND_H

#include "archive/store/db.h"

/* The uri that a post with this page has by its network's custom: X in any spelling, "/@name/1" of
 * Mastodon, a page of Bluesky that names the author by the DID, else the page's own address without
 * query, fragment and slash at the end. Replaces what out holds; false when it is no web address.
 */
bool find_uri_of(const char *url, struct str *out);
/* Host, in lower case and without "www.", and path, without a slash at the end: all that tells
 * pages apart. Replaces what out holds; false when it is no web address. */
bool find_plain_address(const char *url, struct str *out);
/* What stands behind the host of a plain address of X, under any of its names; else NULL. */
const char *find_x_path(const char *address);
/* 0 when there is none. */
MUST_CHECK bool find_by_uri(struct store *store, const char *uri, int64_t *id, struct err *err);

#endif
