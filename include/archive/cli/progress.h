/*
 * What a fetch is doing, on a terminal: a line a source and tag, drawn over itself on standard
 * error; nothing in a pipe.
 */
#ifndef ARCHIVE_CLI_PROGRESS_H
#define ARCHIVE_CLI_PROGRESS_H

#include "archive/cli/cli.h"
#include "archive/collect/fetch.h"

struct progress {
	bool shown;	 /* a terminal, and not --quiet */
	int lines;	 /* drawn now */
	int64_t started; /* steady ms: nothing is shown in the first second */
	int64_t drawn;
};

void progress_begin(struct progress *progress, const struct cli *cli);
/* A fetch_watch_fn; owner is the progress. */
void progress_watch(void *owner, const struct walk_view *views, size_t count);
/* Takes the lines away. */
void progress_end(struct progress *progress);

#endif
