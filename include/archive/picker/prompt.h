/*
 * One line that is typed: text and a cursor that stands between characters as people see them
 * (grapheme clusters). This room's own header, for no other room.
 */
#ifndef ARCHIVE_PICKER_PROMPT_H
#define ARCHIVE_PICKER_PROMPT_H

#include "archive/base/str.h"
#include "archive/picker/key.h"

#define PROMPT_MAX_BYTES 2048

struct prompt {
	struct str text;
	size_t at; /* byte of the cursor */
};

#define PROMPT_INIT              \
	{                        \
		.text = STR_INIT \
	}

void prompt_release(struct prompt *prompt);
/* The cursor stands behind the text. */
void prompt_begin(struct prompt *prompt, const char *text);
/* Edits by a command of enum command, COMMAND_TYPE to COMMAND_TYPE_WORD; true when the text is
 * another one now. c is the code point of COMMAND_TYPE. */
bool prompt_edit(struct prompt *prompt, enum command command, uint32_t c);

#endif
