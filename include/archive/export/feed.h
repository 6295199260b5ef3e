/*
 * A thread as an Atom feed (RFC 4287): an entry a post, in the thread's order, each with its
 * author, its page and its content. Pictures are links; where files have an address of the web,
 * kept ones are shown, and enclosed. Bytes as fragment.h promises; the feed's id is made of the
 * slug and the tags, an entry's is the post's own uri.
 */
#ifndef ARCHIVE_EXPORT_FEED_H
#define ARCHIVE_EXPORT_FEED_H

#include "archive/export/fragment.h"

MUST_CHECK bool feed_write(FILE *out, const struct thread *thread,
			   const struct fragment_facts *facts, struct item_iter *items,
			   const struct fragment_options *options, struct err *err);

#endif
