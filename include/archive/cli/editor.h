/*
 * A text in the user's editor: $VISUAL, else $EDITOR, else editor, else vi.
 */
#ifndef ARCHIVE_CLI_EDITOR_H
#define ARCHIVE_CLI_EDITOR_H

#include "archive/base/str.h"

#define EDITOR_MAX_BYTES ((size_t)16 << 20)

/* Lets the text be edited in a private file of that name (its ending tells the editor what it is)
 * and puts what became of it into out, which is empty, byte for byte. ERR_IO when the editor is not
 * there, or ended with another status than 0: then out only serves to keep what was typed. */
MUST_CHECK bool editor_edit(const char *name, const char *text, struct str *out, struct err *err);

#endif
