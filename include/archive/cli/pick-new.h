/*
 * Asking on the ordinary terminal for what a new thread is to be: hashtags, name, title, window.
 * What stands in brackets is taken from the newest evening of the store, and Enter takes it.
 */
#ifndef ARCHIVE_CLI_PICK_NEW_H
#define ARCHIVE_CLI_PICK_NEW_H

#include "archive/cli/cli.h"

/* slug: as typed, NULL = asked for. Fills the thread, its strings in the arena; makes nothing. The
 * store is open to be read. ERR_NOT_FOUND when there is no post to choose from, ERR_USAGE when the
 * answers end. */
MUST_CHECK bool pick_ask_new(struct cli *cli, const char *slug, struct arena *arena,
			     struct thread *thread, struct err *err);

#endif
