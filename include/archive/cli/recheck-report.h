/*
 * What a recheck found changed, one line each, and what has to be exported anew.
 */
#ifndef ARCHIVE_CLI_RECHECK_REPORT_H
#define ARCHIVE_CLI_RECHECK_REPORT_H

#include "archive/cli/cli.h"
#include "archive/collect/recheck.h"

void recheck_report(const struct cli *cli, const struct recheck_result *result);
void recheck_report_json(const char *slug, const struct recheck_result *result);

#endif
