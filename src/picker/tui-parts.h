/*
 * The parts of the program on the terminal (tui.h), each in a file of its own: the terminal itself,
 * what inks look like, drawing, presses, signals. curses is met here and nowhere else.
 *
 * curses is asked for the terminal's modes, keys, mouse and attributes. The screen is not drawn
 * through its windows: it would write a line in one go, and where a terminal gives a character
 * other columns than we do, all behind it would be pushed aside. Here every piece is sent to its
 * own place.
 */
#ifndef ARCHIVE_PICKER_TUI_PARTS_H
#define ARCHIVE_PICKER_TUI_PARTS_H

#define NCURSES_NOMACROS
#include <curses.h>
#include <poll.h>
#include <signal.h>

#include "archive/picker/tui.h"

/* ---- signals ---- */

/* Held back but while input is waited for, so that none comes in between. */
enum catch { CATCH_END, CATCH_SIZE, CATCH_STOP, CATCH_CONTINUE, CATCH_COUNT };
#define CATCHES 6 /* signals */

struct signals {
	struct sigaction before[CATCHES];
	sigset_t mask_before, mask_waiting;
};

void signals_catch(struct signals *signals);
/* As it was before: for the end, and for another program. */
void signals_leave(const struct signals *signals);
/* Whether one came since it was last asked for. */
bool signals_take(enum catch which);

enum woken { WOKEN_INPUT, WOKEN_TIME, WOKEN_SIGNAL, WOKEN_GONE };
/* Waits for standard input, at most so long (ms). */
enum woken signals_wait(const struct signals *signals, int64_t ms);

/* ---- the terminal ---- */

struct look_of_ink {
	attr_t attributes;
	short pair;
};

struct drawn {
	struct str *lines; /* the bytes that each line was made with */
	int line_count, columns;
	int cursor_line, cursor_column; /* -1 = hidden */
	bool valid;			/* false: nothing of it stands on the screen */
};

struct terminal {
	SCREEN *screen;
	WINDOW *keys; /* a pad: reading from it draws nothing */
	struct signals signals;
	struct look_of_ink inks[INK_COUNT];
	struct drawn drawn;
	bool colour, mouse, ansi, gone, pasting;
	struct press clicked; /* the last one, for telling a double one */
	int64_t clicked_at;
};

/* ERR_IO when it is none that can be drawn on. */
MUST_CHECK bool terminal_take(struct terminal *terminal, const struct tui_options *options,
			      struct err *err);
void terminal_release(struct terminal *terminal);
/* Its ordinary state, and back. */
void terminal_lend(struct terminal *terminal);
void terminal_retake(struct terminal *terminal);
/* Ctrl-Z: until it is continued. */
void terminal_stop(struct terminal *terminal);
/* Its modes and the screen anew, after something else had them. */
void terminal_restore(struct terminal *terminal);
/* Does this machine know what TERM names? */
bool terminal_is_known(void);
void terminal_size(int *columns, int *lines);
/* Sends bytes as they are; gone when nobody is there to take them. */
void terminal_send(struct terminal *terminal, const struct str *bytes);

/* ---- looks ---- */

/* Colours for the inks when the terminal has them and they are wanted. */
void inks_prepare(struct terminal *terminal, bool wanted);
struct look_of_ink inks_look(const struct terminal *terminal, const struct piece *piece);

/* ---- drawing ---- */

void draw_frame(struct terminal *terminal, const struct frame *frame);
/* What it remembers of the screen. */
void draw_release(struct terminal *terminal);

/* ---- sequences of bytes that the terminal understands ---- */

/* Adds what makes text look so from here on. */
void sequence_add_look(struct str *out, const struct look_of_ink *look);
/* Adds a capability of the terminal, without padding; nothing where it has none. */
void sequence_add_capability(struct str *out, const char *name);
/* The same of a sequence that is made already. */
void sequence_add(struct str *out, const char *sequence);

/* ---- presses ---- */

void presses_prepare(struct terminal *terminal);
/* The next press; false when none is there. prompt: a paste is typed, else it is passed over. */
bool presses_next(struct terminal *terminal, bool prompt, struct press *press);

#endif
