/*
 * The cap on what a run may cost at a source that sells by the piece. It is looked at before each
 * request that is paid for, by the worst that the answer can come to. Pure.
 */
#ifndef ARCHIVE_COLLECT_BUDGET_H
#define ARCHIVE_COLLECT_BUDGET_H

#include "archive/base/arena.h"
#include "archive/collect/price.h"
#include "archive/source/source.h"

/* Why a source without a budget is not asked. */
#define BUDGET_UNTOLD                                                        \
	"costs by the post, and no budget was told: --budget 1.00 allows 1 " \
	"USD (archive plan says what it would take)"

/* Sets how many posts may be asked for now that so much was spent; when none may, returns the
 * sentence that says so, in the arena; else NULL. */
const char *budget_ends(struct arena *arena, const struct source *source, const struct price *price,
			int64_t spent, int *page_size);

#endif
