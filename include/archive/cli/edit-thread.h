/*
 * A whole thread as text in the user's editor (archive edit, and E of archive pick).
 */
#ifndef ARCHIVE_CLI_EDIT_THREAD_H
#define ARCHIVE_CLI_EDIT_THREAD_H

#include "archive/cli/cli.h"
#include "archive/cli/thread-sheet.h"

/* Opens the thread (NULL = the only one) with its undecided candidates, again as long as there is
 * a mistake in it, and does what was changed as one step. said is added what came of it, a
 * sentence without a full stop, also when nothing was changed; what was typed and cannot be used
 * is kept in a file that the sentence, or that of err, names. The store is open for writing. */
MUST_CHECK bool edit_thread(struct cli *cli, const char *slug, struct str *said, struct err *err);
/* Adds "8 changes, step 12; …", or "nothing was changed". */
void edit_say_result(struct str *said, const struct thread_sheet_result *result);

#endif
