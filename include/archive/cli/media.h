/*
 * Pictures for the posts of a thread or of hashtags: what archive media and fetch --media share,
 * with what they say.
 */
#ifndef ARCHIVE_CLI_MEDIA_H
#define ARCHIVE_CLI_MEDIA_H

#include "archive/cli/cli.h"
#include "archive/cli/sources.h"
#include "archive/collect/pictures.h"

struct tape;

struct media_order {
	struct pictures_options options; /* watched by the step */
	const char *thread;		 /* slug, for --json; NULL = none */
	const struct source_list *named; /* whose servers are asked as they are; NULL = none */
	struct tape *record, *replay;	 /* NULL = none */
};

/* Fetches and reports; Ctrl-C and SIGTERM end it with what was had. The exit status: CLI_PART when
 * some could not be had, 130 or 143 when it was ended; CLI_FAILED and err. */
int media_step(struct cli *cli, const struct media_order *order, struct err *err);

#endif
