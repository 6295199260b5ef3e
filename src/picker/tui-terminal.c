#include "tui-parts.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "archive/base/mem.h"

#define ESCAPE_WAIT_MS 25 /* in which the rest of a key's sequence follows its ESC */
#define PASTE_ON       "\033[?2004h"
#define PASTE_OFF      "\033[?2004l"

void terminal_size(int *columns, int *lines)
{
	struct winsize size = { 0 };

	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0 || size.ws_row == 0)
		size = (struct winsize){ .ws_col = 80, .ws_row = 24 };
	*columns = size.ws_col;
	*lines = size.ws_row;
}

void terminal_send(struct terminal *terminal, const struct str *bytes)
{
	size_t sent = 0;

	while (!terminal->gone && sent < bytes->len) {
		ssize_t n = write(STDOUT_FILENO, bytes->buf + sent, bytes->len - sent);

		if (n > 0)
			sent += (size_t)n;
		else if (n < 0 && errno != EINTR && errno != EAGAIN)
			terminal->gone = true;
	}
}

static void send(struct terminal *terminal, const char *text)
{
	struct str bytes = STR_INIT;

	str_add(&bytes, text);
	terminal_send(terminal, &bytes);
	str_release(&bytes);
}

/* The modes that curses does not see to. */
static void begin(struct terminal *terminal)
{
	refresh(); /* its other screen, its keys, its mouse */
	if (terminal->ansi)
		send(terminal, PASTE_ON);
	terminal->drawn.valid = false;
	terminal->pasting = false;
}

static void end(struct terminal *terminal)
{
	static const struct look_of_ink plain;
	struct str out = STR_INIT;

	sequence_add_look(&out, &plain);
	sequence_add_capability(&out, "cnorm");
	if (terminal->ansi)
		str_add(&out, PASTE_OFF);
	terminal_send(terminal, &out);
	str_release(&out);
	endwin();
}

static bool refuse(const char *why, struct err *err)
{
	const char *name = getenv("TERM");

	return err_set(err, ERR_IO,
		       "the terminal '%s' %s: set TERM to what it is, such as "
		       "xterm-256color or screen",
		       name ? name : "", why);
}

static bool open_screen(struct terminal *terminal, struct err *err)
{
	set_escdelay(ESCAPE_WAIT_MS);
	if (terminal_is_known())
		terminal->screen = newterm(NULL, stdout, stdin);
	if (!terminal->screen)
		return refuse("is not known on this machine", err);
	if (!tigetstr("cup") || !tigetstr("el") || !tigetstr("clear")) {
		endwin();
		return refuse("cannot put text at a place", err);
	}
	raw();
	noecho();
	nonl();
	terminal->keys = newpad(1, 1);
	return true;
}

bool terminal_take(struct terminal *terminal, const struct tui_options *options, struct err *err)
{
	signals_catch(&terminal->signals);
	if (!open_screen(terminal, err)) {
		signals_leave(&terminal->signals);
		return false;
	}
	terminal->mouse = options->mouse;
	terminal->ansi = str_starts(tigetstr("cup"), "\033[");
	inks_prepare(terminal, options->colour);
	presses_prepare(terminal);
	begin(terminal);
	return true;
}

void terminal_release(struct terminal *terminal)
{
	if (terminal->keys) {
		end(terminal);
		delwin(terminal->keys);
		signals_leave(&terminal->signals);
	}
	if (terminal->screen)
		delscreen(terminal->screen);
	*terminal = (struct terminal){ 0 };
}

void terminal_lend(struct terminal *terminal)
{
	end(terminal);
	signals_leave(&terminal->signals);
}

void terminal_restore(struct terminal *terminal)
{
	endwin();
	begin(terminal);
}

void terminal_retake(struct terminal *terminal)
{
	signals_catch(&terminal->signals);
	begin(terminal);
}

/* All of the job stops, as if the terminal had been asked for it. */
void terminal_stop(struct terminal *terminal)
{
	terminal_lend(terminal);
	kill(0, SIGTSTP);
	terminal_retake(terminal);
}
