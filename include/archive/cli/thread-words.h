/*
 * What the parts of "archive thread" share: its words, the row of a subcommand, and the thread that
 * is meant.
 */
#ifndef ARCHIVE_CLI_THREAD_WORDS_H
#define ARCHIVE_CLI_THREAD_WORDS_H

#include "archive/cli/args.h"

struct thread_words {
	struct arg_list operands; /* the subcommand, then what stands behind it */
	struct arg_list tags;
	const char *title, *since, *until, *zone, *lang;
	bool all, unlisted;
};

typedef int thread_fn(struct cli *cli, const struct thread_words *words, struct err *err);

struct thread_command {
	const char *name;
	thread_fn *run;
	const char *options; /* the names of those that it takes, a space between */
	size_t most;	     /* operands */
};

/* The operand behind the subcommand; NULL when there is none. */
const char *thread_operand(const struct thread_words *words, size_t index);

/* thread-new.c */
thread_fn thread_new;
/* thread-posts.c */
thread_fn thread_add, thread_remove;

#endif
