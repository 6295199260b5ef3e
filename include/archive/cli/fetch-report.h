/*
 * What a fetch says: the window that it understood before it begins, and at its end what is new,
 * from when to when, what is missing and why, and what to type next.
 */
#ifndef ARCHIVE_CLI_FETCH_REPORT_H
#define ARCHIVE_CLI_FETCH_REPORT_H

#include "archive/cli/cli.h"
#include "archive/collect/fetch.h"

void fetch_report_begin(const struct cli *cli, const struct fetch_options *options);
void fetch_report(const struct cli *cli, const struct fetch_options *options,
		  const struct fetch_result *result);
/* The view's sentence for a line that begins with the source's name: it does not say that again.
 * NULL when there is none. */
const char *fetch_report_why(const struct walk_view *view);
void fetch_report_json(const struct fetch_options *options, const struct fetch_result *result);

#endif
