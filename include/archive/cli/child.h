/*
 * Programs of the user's choice, as the environment names them: an editor, a browser. The shell
 * reads the command, as it does everywhere; what it is to work on goes behind it as a word by
 * itself and is never read by the shell. They are not given the credentials of the environment.
 */
#ifndef ARCHIVE_CLI_CHILD_H
#define ARCHIVE_CLI_CHILD_H

#include "archive/base/err.h"

/* "%s" in the command is the operand; without one it stands at the end. The terminal is the
 * program's until it ends; Ctrl-C is for it and not for us. Its exit status, 128 and more for a
 * signal, 127 when there is no such program; -1 and err when it could not be started at all. */
int child_run(const char *command, const char *operand, struct err *err);
/* The same for one that has a window of its own: it is not waited for, and nothing that it says
 * comes to the terminal. 0 when it was started. */
int child_start(const char *command, const char *operand, struct err *err);
/* The environment without credentials; the list is freed, the entries are the environment's. */
char **child_environment(void);

#endif
