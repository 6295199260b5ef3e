/*
 * The picture of an evening that a status shows: how many posts came when, and below it for each
 * source and hashtag of the ledger what was read of that time.
 */
#ifndef ARCHIVE_CLI_COVERAGE_H
#define ARCHIVE_CLI_COVERAGE_H

#include "archive/cli/cli.h"
#include "archive/store/ledger.h"

struct coverage {
	const struct ledger_row *rows;
	size_t count;
	int64_t since, until; /* UTC ms; 0: those of the newest evening that has posts */
};

/* Prints nothing when no post of these hashtags is there, or nothing was asked for. */
MUST_CHECK bool coverage_print(const struct cli *cli, const struct coverage *coverage,
			       struct err *err);

#endif
