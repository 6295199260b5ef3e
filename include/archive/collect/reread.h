/*
 * The kept answers, read again: each by the adapter of the network that it came from, a file's by
 * the reader that took it in.
 */
#ifndef ARCHIVE_COLLECT_REREAD_H
#define ARCHIVE_COLLECT_REREAD_H

#include "archive/model/page.h"
#include "archive/store/answers.h"

/* Called for every stretch of an answer that holds posts; false ends the reading with that error.
 */
typedef bool reread_fn(void *owner, struct page *page, struct err *err);

/* Sets understood when somebody could read it; what nobody can (an answer without posts, an object
 * of the Fediverse without its author) is no error. Posts that are forgotten are left out, and
 * counted in forgotten. */
MUST_CHECK bool reread_answer(struct store *store, const struct kept_answer *answer,
			      reread_fn *take, void *owner, bool *understood, size_t *forgotten,
			      struct err *err);

#endif
