/*
 * Work that takes long, seen from the terminal: a line on standard error that says how far it has
 * come (after a second; nothing of it in a pipe), and Ctrl-C, which ends it in good order.
 */
#ifndef ARCHIVE_CLI_TASK_H
#define ARCHIVE_CLI_TASK_H

#include "archive/base/watch.h"
#include "archive/cli/cli.h"

struct task {
	struct watch watch; /* for whoever does the work */
	const char *doing;
	bool shown, drawn;
	int64_t started, drawn_at; /* steady ms */
};

/* The task must not be moved from then on. A second Ctrl-C ends the program at once. */
void task_begin(struct task *task, const struct cli *cli);
/* Takes the line away for a moment: something else is written. */
void task_hide(struct task *task);
/* Takes the line away. Returns the exit status: 128 and the signal's number when one ended the task
 * before it was done, else status. */
int task_end(struct task *task, int status);

#endif
