/*
 * A thread's text from a file into the store (archive edit --load).
 */
#ifndef ARCHIVE_CLI_EDIT_LOAD_H
#define ARCHIVE_CLI_EDIT_LOAD_H

#include "archive/cli/cli.h"

struct edit_load_options {
	const char *slug; /* the thread that is expected; NULL = whichever the file names */
	const char *path; /* "-" is standard input */
	bool fetch;	  /* look for posts that the store lacks */
	int64_t budget;	  /* millionths of a USD; -1 = not told */
};

/* Makes the thread when it is not there. An exit status: CLI_PART when posts stay missing; they are
 * named. */
int edit_load(struct cli *cli, const struct edit_load_options *options, struct err *err);

#endif
