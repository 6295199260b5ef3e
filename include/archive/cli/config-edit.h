/*
 * Changing a configuration as a person would: one line is set or taken away, and every other one,
 * remarks and order too, stays as it is. Pure: text in, text out; and the text into its file.
 */
#ifndef ARCHIVE_CLI_CONFIG_EDIT_H
#define ARCHIVE_CLI_CONFIG_EDIT_H

#include "archive/base/str.h"

/* The section of a source that is so named is found in any spelling of the name. */

/* Sets the key's line, or adds it behind the section's last one, or adds the section at the end. A
 * NULL key only sees to it that the section is there. */
void config_edit_set(struct str *text, const char *section, const char *key, const char *value);
/* Takes the key's line away; false when there was none. */
bool config_edit_unset(struct str *text, const char *section, const char *key);
/* Takes the section away, from its head to its last key; false when there was none. */
bool config_edit_drop(struct str *text, const char *section);
/* Takes a source out of a list of instances ("mastodon", "misskey"); false when it is in none. The
 * name is canonical. */
bool config_edit_drop_instance(struct str *text, const char *network, const char *name);

/* Reads the file's text; one that is not there is empty. */
MUST_CHECK bool config_edit_read(const char *path, struct str *text, struct err *err);
/* Puts the text in its place, in one step, if it can be read as a configuration. The file keeps its
 * mode, unless it holds a secret: that, like a new one, is nobody else's (0600). */
MUST_CHECK bool config_edit_write(const char *path, const struct str *text, struct err *err);

#endif
