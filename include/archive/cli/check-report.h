/*
 * archive status --check: the whole store looked over, what is wrong in a line each, and what to do
 * about it.
 */
#ifndef ARCHIVE_CLI_CHECK_REPORT_H
#define ARCHIVE_CLI_CHECK_REPORT_H

#include "archive/cli/cli.h"

/* The exit status: CLI_DONE when nothing is wrong. */
int check_report(struct cli *cli, struct err *err);

#endif
