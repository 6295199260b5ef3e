/*
 * Tells by its keys alone what a JSON object is, without parsing it.
 */
#ifndef ARCHIVE_IMPORT_KIND_H
#define ARCHIVE_IMPORT_KIND_H

#include <stddef.h>

#include "archive/model/page.h"

enum import_kind {
	IMPORT_UNKNOWN,
	IMPORT_STATUS,	       /* Mastodon: one Status */
	IMPORT_CONVERSATION,   /* Mastodon: ancestors and descendants */
	IMPORT_NOTE,	       /* Misskey: one Note */
	IMPORT_BLUESKY_POST,   /* Bluesky: one postView */
	IMPORT_BLUESKY_PAGE,   /* Bluesky: posts, as the search and a look-up give them */
	IMPORT_BLUESKY_THREAD, /* Bluesky: a conversation */
	IMPORT_X_POST,	       /* X: one post, alone or flattened (twarc) */
	IMPORT_X_PAGE,	       /* X: data, includes, meta */
	IMPORT_X_OLD,	       /* X: one post in the shape of v1.1 and of the archives */
	IMPORT_X_PROBLEM,      /* X: errors alone, without posts */
	IMPORT_ACTIVITY,       /* Mastodon's archive: one activity, with its actor inside */
};

enum import_kind import_kind_of(const char *bytes, size_t len);
/* One element, of which many make an array; else it is an answer with all that came along. */
bool import_kind_is_single(enum import_kind kind);
/* Reads bytes that are one element, an array of elements, or an answer, of that kind. */
MUST_CHECK bool import_kind_read(enum import_kind kind, const char *bytes, size_t len,
				 struct page *page, struct err *err);
/* The network whose adapter reads it; false when none does. */
bool import_kind_network(enum import_kind kind, enum network *out);

#endif
