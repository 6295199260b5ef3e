/*
 * What the commands that look up single posts share: the http loop, the sources that addresses
 * name, what may be spent, and the line that says how far it is.
 */
#ifndef ARCHIVE_CLI_LOOK_H
#define ARCHIVE_CLI_LOOK_H

#include "archive/cli/cli.h"
#include "archive/cli/shelf.h"
#include "archive/http/loop.h"

struct look {
	const struct cli *cli;
	struct shelf shelf;
	struct http_loop *loop;
	int64_t started, drawn; /* steady ms: nothing is shown in the first second */
	bool shown;
};

/* sources are those that the user named. */
MUST_CHECK bool look_open(struct look *look, const struct cli *cli, const char *const *sources,
			  size_t count, struct err *err);
void look_release(struct look *look);
/* A lookup_source_fn and a lookup_watch_fn; owner is the look. */
const struct source *look_source(void *owner, const char *spec, struct err *err);
void look_watch(void *owner, size_t over, size_t count, int64_t wait_until);
/* Takes the line away. */
void look_end(struct look *look);

/* "--budget": USD as millionths; NULL leaves out at -1. */
MUST_CHECK bool look_budget(const char *typed, int64_t *micros, struct err *err);
/* What may be spent: told, else what the configuration says of X, else what is allowed on a
 * terminal when asked; 0 in a pipe. What it costs at most (micros) is said in any case; what is "40
 * posts".
 */
int64_t look_settle(struct look *look, int64_t told, const char *what, int64_t micros);

#endif
