/*
 * A thread as the page that "archive export --as page" writes, in a file that is nobody else's: to
 * be looked at in a browser.
 */
#ifndef ARCHIVE_CLI_PAGE_FILE_H
#define ARCHIVE_CLI_PAGE_FILE_H

#include "archive/cli/cli.h"

MUST_CHECK bool page_write_file(struct cli *cli, int64_t thread, const char *path, struct err *err);

#endif
