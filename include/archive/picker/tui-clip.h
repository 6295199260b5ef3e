/*
 * What is sent to a terminal that is to keep a text for pasting (OSC 52 of xterm's control
 * sequences). Pure. A terminal that does not know it shows nothing.
 */
#ifndef ARCHIVE_PICKER_TUI_CLIP_H
#define ARCHIVE_PICKER_TUI_CLIP_H

#include "archive/base/str.h"

/* in_tmux: sent to tmux itself, and once more for it to pass on to the terminal around it, as one
 * of the two is allowed. */
void clip_add(struct str *out, const char *text, bool in_tmux);

#endif
