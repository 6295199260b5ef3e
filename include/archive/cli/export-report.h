/*
 * What is said of one writing of a thread.
 */
#ifndef ARCHIVE_CLI_EXPORT_REPORT_H
#define ARCHIVE_CLI_EXPORT_REPORT_H

#include "archive/cli/export-order.h"

/* To a person, or with --json an object a line; of a check only what would change. */
void export_tell(const struct cli *cli, const struct export_order *order,
		 const struct export_result *result, bool check);

#endif
