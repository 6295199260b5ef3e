/*
 * A question on the terminal before something that cannot be taken back.
 */
#ifndef ARCHIVE_CLI_ASK_H
#define ARCHIVE_CLI_ASK_H

#include <stdbool.h>

/* Is there somebody who can be asked: does standard input come from a terminal? */
bool ask_possible(void);
/* Prints the question and " [y/N] " on standard error, safe for the terminal, and reads a line:
 * true for y and yes. */
bool ask_yes(const char *question);

#endif
