/*
 * fetch --replies: the step behind the walks, with what it says.
 */
#ifndef ARCHIVE_CLI_REPLIES_H
#define ARCHIVE_CLI_REPLIES_H

#include <signal.h>

#include "archive/cli/cli.h"
#include "archive/collect/fetch.h"
#include "archive/http/loop.h"

/* Reads the conversations of what the fetch has read, within what is left of its budget, and
 * reports. stop: not 0 ends it. CLI_DONE, CLI_PART when some were left or could not be read;
 * CLI_FAILED and err when the store could not be written. */
int replies_step(struct cli *cli, struct http_loop *loop, const struct fetch_options *options,
		 const struct fetch_result *fetched, const volatile sig_atomic_t *stop,
		 struct err *err);

#endif
