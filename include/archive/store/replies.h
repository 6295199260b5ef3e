/*
 * Posts without a hashtag that belong to it: what the conversations of its posts brought, and what
 * was added by hand. They are candidates like those with the hashtag, and never chosen by
 * themselves.
 */
#ifndef ARCHIVE_STORE_REPLIES_H
#define ARCHIVE_STORE_REPLIES_H

#include "archive/base/arena.h"
#include "archive/store/store.h"

/* Enters the page's posts that are stored and have not the tag (folded) themselves; those that only
 * came along with another one are left out. */
MUST_CHECK bool store_put_replies(struct store *store, const struct page *page, const char *tag,
				  struct err *err);
/* The same for one post by its uri; nothing happens when it is not stored. */
MUST_CHECK bool store_put_reply(struct store *store, const char *uri, const char *tag,
				struct err *err);

#endif
