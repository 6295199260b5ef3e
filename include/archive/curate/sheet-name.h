/*
 * How the curation file names a post: this room's own header.
 */
#ifndef ARCHIVE_CURATE_SHEET_NAME_H
#define ARCHIVE_CURATE_SHEET_NAME_H

#include "archive/base/arena.h"
#include "archive/model/post.h"

/* May it stand in a line as one word? */
bool sheet_name_valid(const char *name);
/* A name that stays, whatever its author is called later: the page's address on Mastodon and
 * Misskey, elsewhere the uri; the short id where these are none that a line can hold. */
const char *sheet_name(struct arena *arena, const struct post *post);

#endif
