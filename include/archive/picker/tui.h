/*
 * The picker on a terminal: the only place that knows curses. Takes the terminal, draws frames,
 * reads presses, gives the terminal back whatever happens: leaving, Ctrl-Z, a signal, a terminal
 * that vanishes.
 */
#ifndef ARCHIVE_PICKER_TUI_H
#define ARCHIVE_PICKER_TUI_H

#include "archive/picker/picker.h"

/* What the program around the picker does for it, with the terminal in its ordinary state. A
 * failure is shown in the status line. */
struct tui_helpers {
	/* Gives back what the editor made of text; false and no error when nothing changed. */
	bool (*edit_text)(void *owner, const char *text, struct str *out, struct err *err);
	/* Adds to said what came of it. */
	bool (*edit_thread)(void *owner, struct str *said, struct err *err);
	bool (*open_url)(void *owner, const char *url, struct err *err);
	bool (*open_page)(void *owner, struct err *err);
	void *owner;
};

struct tui_options {
	bool colour; /* false under NO_COLOR */
	bool mouse;
};

/* Runs until q (true), or SIGTERM, SIGHUP (true: all is saved), or the terminal cannot be had
 * (ERR_IO). */
MUST_CHECK bool tui_run(struct picker *picker, const struct tui_options *options,
			const struct tui_helpers *helpers, struct err *err);

#endif
