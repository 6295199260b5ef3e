/*
 * The picker without its terminal: a thread's candidates and the thread, a cursor in each, prompts,
 * and what the keys do to them. Every change is one step at the store at once (store/ops.h): there
 * is nothing to save. The terminal program (tui.h) hands in presses and draws frames; what only a
 * program around it can do (an editor, a browser) is asked for as a want.
 */
#ifndef ARCHIVE_PICKER_PICKER_H
#define ARCHIVE_PICKER_PICKER_H

#include "archive/picker/frame.h"
#include "archive/picker/press.h"
#include "archive/store/store.h"

struct picker;

struct picker_options {
	const char *zone;    /* of the user; times are shown in the thread's own when it has one */
	bool wide_ambiguous; /* the terminal gives characters of ambiguous width two columns */
};

/* Opens the thread for picking; the store must outlive it. */
MUST_CHECK struct picker *picker_new(struct store *store, int64_t thread,
				     const struct picker_options *options, struct err *err);
void picker_free(struct picker *picker);

enum want_kind {
	WANT_NOTHING,
	WANT_QUIT,
	WANT_EDIT_TEXT,	  /* text in the editor; then picker_edited() */
	WANT_EDIT_THREAD, /* the whole thread as text (archive edit); then picker_reload() */
	WANT_OPEN,	  /* url in the browser */
	WANT_COPY,	  /* url to the terminal's clipboard (OSC 52) */
	WANT_PAGE,	  /* the thread as a page in the browser */
	WANT_SUSPEND,	  /* Ctrl-Z */
	WANT_REDRAW,	  /* Ctrl-L: everything anew */
};

struct want {
	enum want_kind kind;
	const char *text; /* until the next call of the picker */
};

/* What a press does. A failure of the store (locked, full) is a message on the screen, and nothing
 * is lost: it never ends the picker. */
struct want picker_press(struct picker *picker, const struct press *press);
/* The editor gave this back; NULL = it failed or nothing changed. */
void picker_edited(struct picker *picker, const char *text);
/* Somebody else changed the thread or the store: everything shown is read again, cursors stay on
 * what they stood on. */
void picker_reload(struct picker *picker);
/* Nobody is there any more, whether the terminal vanished or a signal ended the program: what was
 * typed of a heading, note or link is taken, and can be undone like all else. */
void picker_end(struct picker *picker);
/* A sentence for the status line: what a want came to. */
void picker_say(struct picker *picker, const char *sentence);

/* A bounded piece of work while no key is waiting (counting, the histogram, reading on under a
 * filter, looking whether another program wrote); now is clock_steady(). true: there is more to do
 * at once; changed: the screen is to be drawn. */
bool picker_idle(struct picker *picker, int64_t now, bool *changed);
/* The screen as it stands, 40x12 at least; below that a sentence that says so. */
void picker_draw(struct picker *picker, struct frame *frame, int columns, int lines);

#endif
