/*
 * What a dry run and a test of the sources say: a line a source, or one JSON object.
 */
#ifndef ARCHIVE_CLI_PROBE_REPORT_H
#define ARCHIVE_CLI_PROBE_REPORT_H

#include "archive/cli/cli.h"
#include "archive/collect/probe.h"

/* Asks and reports; the exit status. The servers are given ten seconds each. */
int probe_and_report(const struct cli *cli, const struct probe_options *options, struct err *err);

#endif
