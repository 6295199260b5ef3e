/*
 * What "archive plan" prints: a table that fits into 80 columns, or JSON.
 */
#ifndef ARCHIVE_CLI_PLAN_REPORT_H
#define ARCHIVE_CLI_PLAN_REPORT_H

#include "archive/cli/cli.h"
#include "archive/collect/plan.h"

void plan_report(const struct cli *cli, const struct plan_options *options,
		 const struct plan_result *result);
void plan_report_json(const struct plan_options *options, const struct plan_result *result);

#endif
