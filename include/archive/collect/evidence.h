/*
 * The kept answers, gone over for what was forgotten: each that may hold it is read by its
 * network's adapter, and what the store's judge refuses is cut out of it.
 */
#ifndef ARCHIVE_COLLECT_EVIDENCE_H
#define ARCHIVE_COLLECT_EVIDENCE_H

#include "archive/store/answers.h"
#include "archive/store/forget.h"

/* Inside of the transaction in which they were forgotten. An answer that no adapter can read but
 * that names one of them is emptied as a whole. Sets the number of answers that were cut. */
MUST_CHECK bool evidence_cut(struct store *store, const struct forget_item *items, size_t count,
			     size_t *answers, struct err *err);

/* Reads an answer of any source by its network's adapter: the page, which has its judge set, gets
 * what has to be cut out. false: no adapter can read it. */
bool evidence_read(const struct kept_answer *answer, struct page *page);

#endif
