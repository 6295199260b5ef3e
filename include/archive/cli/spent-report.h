/*
 * What "status --spent" prints: what was spent, by day and source and in all.
 */
#ifndef ARCHIVE_CLI_SPENT_REPORT_H
#define ARCHIVE_CLI_SPENT_REPORT_H

#include "archive/cli/cli.h"

/* The store is open. */
MUST_CHECK bool spent_report(const struct cli *cli, struct err *err);

#endif
