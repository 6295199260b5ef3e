/*
 * What a run may cost at the sources that sell by the post: what the command line says, else the
 * configuration, else what the person at the terminal says when asked. In a pipe nobody is asked,
 * and such a source has no budget then: it is left out with a sentence (collect/budget.h).
 */
#ifndef ARCHIVE_CLI_ALLOWANCE_H
#define ARCHIVE_CLI_ALLOWANCE_H

#include "archive/cli/sources.h"
#include "archive/collect/price.h"

struct cli;

/* Puts a budget into each source that sells by the post; told is the word of --budget, NULL =
 * none. From a tape nothing is bought, and nobody is asked. ERR_USAGE for a word that is no amount.
 */
MUST_CHECK bool allowance_settle(const struct cli *cli, struct source_list *sources,
				 const char *told, bool taped, struct err *err);
/* Asks on a terminal whether counting posts for so many millionths of a USD is wanted; in a pipe,
 * and where only JSON is read, it is not. */
bool allowance_for_counting(const struct cli *cli, int64_t micros);
/* The prices of the configuration, else the usual ones. */
struct price allowance_price(const struct cli *cli);

#endif
