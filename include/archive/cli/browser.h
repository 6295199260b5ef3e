/*
 * An address in the user's browser: the first of the commands in $BROWSER that is there, else
 * xdg-open. One that draws on the terminal has it until it ends; any other is not waited for, and
 * what it says comes nowhere.
 */
#ifndef ARCHIVE_CLI_BROWSER_H
#define ARCHIVE_CLI_BROWSER_H

#include "archive/base/err.h"

/* url: http, https or a file's path. ERR_IO names what to set when there is no browser. */
MUST_CHECK bool browser_open(const char *url, struct err *err);

#endif
