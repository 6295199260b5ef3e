/*
 * Feeds: the hashtag feeds of Mastodon (apis.md 5: no title, no author), those of Misskey, Bluesky
 * and anything else in RSS 2.0, RSS 1.0 or Atom whose entries lead to posts. By libxml2's SAX
 * parser, without any entity of the document's own and without a request to anyone.
 */
#ifndef ARCHIVE_IMPORT_FEED_H
#define ARCHIVE_IMPORT_FEED_H

#include "archive/import/import.h"

/* An import_read_fn: the evidence of a post is its own entry, in a feed of nothing else. Posts are
 * taken at second hand: a feed tells less than the network's own answers. */
MUST_CHECK bool import_feed(FILE *in, const char *name, int64_t now,
			    const struct import_client *client, struct import_report *report,
			    struct err *err);

#endif
