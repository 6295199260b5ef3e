/*
 * A thread as the page that "archive export --as page" writes, in a file that is nobody else's: to
 * be looked at in a browser.
 */
#ifndef ARCHIVE_CLI_PAGE_FILE_H
#define ARCHIVE_CLI_PAGE_FILE_H

#include "archive/cli/cli.h"

MUST_CHECK bool page_write_file(struct cli *cli, int64_t thread, const char *path, struct err *err);
/* Adds the path of the page that "archive preview" writes of that thread. */
MUST_CHECK bool page_preview_path(const char *slug, struct str *out, struct err *err);
/* Takes all of those pages away, as far as they can be: the store forgot what may be in them. */
void page_drop_previews(void);

#endif
