/*
 * Threads as people and scripts read them on standard output.
 */
#ifndef ARCHIVE_CLI_THREAD_PRINT_H
#define ARCHIVE_CLI_THREAD_PRINT_H

#include "archive/cli/cli.h"
#include "archive/store/threads.h"

/* What a change did, as JSON: {"slug": …, what: count}. */
void thread_print_change(const char *slug, const char *what, int64_t count);
void thread_print_list(const struct cli *cli, const struct thread_row *rows, size_t count);
/* The thread and its items in order; with --json one object. */
MUST_CHECK bool thread_print(const struct cli *cli, const struct thread *thread,
			     struct item_iter *iter, struct err *err);

#endif
