/*
 * Authors that are looked up by themselves, where a network bills those that come along with posts:
 * an author is asked for once, and then known for good. Pure, as all of an adapter is.
 *
 * Posts of such a network name their author by uri and network_id alone. Whose author is not known
 * yet, has a handle of NULL; the caller collects those of a page, asks for them, and reads the page
 * again with a judge that knows what became of each.
 */
#ifndef ARCHIVE_SOURCE_AUTHORS_H
#define ARCHIVE_SOURCE_AUTHORS_H

#include "archive/http/message.h"
#include "archive/model/page.h"
#include "archive/source/source.h"

/* What an answer says of one that was asked for. */
struct author_found {
	/* FATE_KEPT: the author is whole.
	 * FATE_OPTED_OUT: asked not to be archived; author has network, uri and optout alone. Posts
	 * are kept as uri and time.
	 * FATE_DROPPED: protected, suspended or gone; author has network and uri. Posts may not be
	 * kept.
	 * FATE_MALFORMED: the answer says nothing of this one, or that it cannot say it now; author
	 * as before. Posts may not be kept on its word: ask again. */
	enum fate fate;
	struct author author; /* strings are the page's */
};

struct author_ops {
	size_t most; /* ids that one request may ask for */
	/* ids are the network's own (author.network_id); in any order, which is not that of the
	 * request: the same ids make the same request. ERR_USAGE when they are none, or too many.
	 */
	bool (*request)(const struct source *source, const char *const *ids, size_t count,
			struct http_request *out, struct err *err);
	/* The answer of a request for these ids: found[i] is of ids[i]. The page gets the cuts (who
	 * opted out or may not be kept), the limits and billed_authors: those that the answer
	 * really brought. Errors as of source_ops.parse. */
	bool (*parse)(const struct source *source, const struct http_answer *answer,
		      const char *const *ids, size_t count, struct page *page,
		      struct author_found *found, struct err *err);
};

#endif
