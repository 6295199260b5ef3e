/*
 * Credentials from where the configuration says that they are. A secret goes nowhere but into the
 * string that it is asked for; no sentence holds one, nor the command that prints one.
 */
#ifndef ARCHIVE_CLI_SECRET_H
#define ARCHIVE_CLI_SECRET_H

#include "archive/cli/config.h"

#define SECRET_MAX_BYTES 8192

/* Adds the secret. A command is run by /bin/sh, without the credentials that stand in the
 * environment, and its first line of output counts; what it asks or complains of goes to the
 * terminal. ERR_AUTH names whose secret it is and what is wrong. */
MUST_CHECK bool secret_get(const struct secret *secret, const char *whose, struct str *out,
			   struct err *err);

#endif
