/*
 * Activities as a server gives them to who takes an archive away (Mastodon's outbox.json): each
 * with who did it inside, as an object under "actor". A Create becomes a post, when it was for
 * everyone to read. Nobody is asked, so nothing is read again elsewhere.
 */
#ifndef ARCHIVE_SOURCE_ACTIVITY_KEPT_H
#define ARCHIVE_SOURCE_ACTIVITY_KEPT_H

#include "archive/source/reading.h"

extern const struct reading_ops activity_kept_ops;

/* Reads one activity or an array of them. */
MUST_CHECK bool activity_kept_read(const char *bytes, size_t len, struct page *page,
				   struct err *err);

#endif
