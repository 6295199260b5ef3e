/*
 * What the head and the foot of an export say of a thread as a whole, asked of the store.
 */
#ifndef ARCHIVE_CLI_FACTS_H
#define ARCHIVE_CLI_FACTS_H

#include "archive/export/fragment.h"
#include "archive/store/threads.h"

/* shown: as the items are asked for. The candidates are counted only with counts; neither they nor
 * the activity are told of one section. */
MUST_CHECK bool facts_read(struct store *store, const struct thread *thread,
			   const struct thread_summary *summary, const struct items_options *shown,
			   bool counts, struct fragment_facts *facts, struct err *err);

#endif
