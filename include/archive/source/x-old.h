/*
 * A post of X in its older shape: API v1.1 ("created_at": "Wed Oct 10 20:19:24 +0000 2018"), which
 * the personal archives have kept, numbers as strings and all. It is written in the shape of v2,
 * with its author inside, and read by the adapter for that.
 */
#ifndef ARCHIVE_SOURCE_X_OLD_H
#define ARCHIVE_SOURCE_X_OLD_H

#include "archive/base/str.h"
#include "archive/source/reading.h"

/* Of a v1.1 post; noteTweet, where an archive has one, is its long text (core of noteTweet in
 * note-tweet.js). */
extern const struct reading_ops x_old_ops;

/* "Wed Oct 10 20:19:24 +0000 2018", or "2012-01-31 12:00:00 +0000" of the first archives, as RFC
 * 3339; adds nothing and returns false when it is neither. */
bool x_old_time(struct str *out, const char *text);
/* Reads one post or an array of them. */
MUST_CHECK bool x_old_read(const char *bytes, size_t len, struct page *page, struct err *err);

#endif
