/*
 * The sections and keys of a configuration, and what their values mean; the lines come from
 * config.c.
 */
#ifndef ARCHIVE_CLI_CONFIG_KEYS_H
#define ARCHIVE_CLI_CONFIG_KEYS_H

#include "archive/cli/config.h"

/* Takes one "key = value" of a section. ERR_USAGE; the sentence names the key, and the value only
 * where it cannot be a secret. */
MUST_CHECK bool config_take(struct config *config, const char *section, const char *key,
			    const char *value, int line, struct err *err);
/* Is there such a section? ERR_USAGE names the nearest one. A source is entered as named. */
MUST_CHECK bool config_enter(struct config *config, const char *section, int line, struct err *err);
/* "wide" or "narrow"; ERR_USAGE names the key or option. */
MUST_CHECK bool config_take_width(const char *name, const char *value, bool *wide, struct err *err);

#endif
