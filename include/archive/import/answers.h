/*
 * Files that hold API answers, however they were got: one JSON value, an array of statuses or
 * notes, X pages or flattened posts, or one of these a line. Told apart by content, streamed: the
 * file is never in memory as a whole unless it is one line.
 */
#ifndef ARCHIVE_IMPORT_ANSWERS_H
#define ARCHIVE_IMPORT_ANSWERS_H

#include <stdio.h>

#include "archive/model/page.h"

/* Called for every stretch that was read; the page's posts are ready to store, network set, and
 * bytes is the evidence (the element as it stood in the file). false stops the import with that
 * error. */
typedef bool import_page_fn(void *owner, struct page *page, const char *bytes, size_t len,
			    struct err *err);

/* Whom an import works for. */
struct import_client {
	import_page_fn *take;
	page_judge_fn *judge; /* what is known against a post; NULL = nothing */
	void *owner;	      /* of both */
};

struct import_report {
	size_t elements, posts, dropped, malformed;
	size_t unknown; /* values that are no network's */
};

/* Reads the stream to its end. name is for sentences. ERR_MALFORMED when nothing in it could be
 * read, naming the first line that was not understood. */
MUST_CHECK bool import_answers(FILE *in, const char *name, int64_t now,
			       const struct import_client *client, struct import_report *report,
			       struct err *err);

#endif
