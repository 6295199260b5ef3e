/*
 * Asking a person for a line: the question on standard error, the answer from standard input. A
 * secret is not shown while it is typed; the terminal is as it was before at whatever end, Ctrl-C
 * too.
 */
#ifndef ARCHIVE_CLI_PROMPT_H
#define ARCHIVE_CLI_PROMPT_H

#include "archive/base/str.h"

#define PROMPT_MAX_BYTES 8192

/* Adds the line without blanks at its ends. ERR_USAGE when there is none, or it is too long or
 * holds control characters; no sentence repeats it. */
MUST_CHECK bool prompt_line(const char *question, struct str *out, struct err *err);
/* The same with an answer that Enter alone gives, shown in brackets. ERR_USAGE for the end of the
 * input (Ctrl-D): nobody answers any more, so *ended is set. */
MUST_CHECK bool prompt_default(const char *question, const char *usual, struct str *out,
			       bool *ended, struct err *err);
/* As prompt_line(), unseen. */
MUST_CHECK bool prompt_secret(const char *question, struct str *out, struct err *err);

#endif
