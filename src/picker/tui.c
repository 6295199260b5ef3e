#include "archive/picker/tui.h"

#include <stdlib.h>

#include "archive/base/clock.h"
#include "archive/base/mem.h"
#include "archive/picker/tui-clip.h"
#include "tui-parts.h"

#define LOOK_MS INT64_C(250) /* how often it is looked whether another program wrote */

struct tui {
	struct picker *picker;
	const struct tui_helpers *helpers;
	struct terminal terminal;
	struct frame frame;
	bool dirty, over;
};

/* ---- what the picker wants ---- */

/* The sentence of a failure, else the other one; NULL = none. */
static void say(struct tui *tui, const struct err *err, const char *done)
{
	const char *sentence = err->code != ERR_NONE ? err->msg : done;

	if (sentence)
		picker_say(tui->picker, sentence);
}

static void edit_text(struct tui *tui, const char *text)
{
	const struct tui_helpers *helpers = tui->helpers;
	struct str edited = STR_INIT;
	struct err err = { 0 };
	bool ok;

	terminal_lend(&tui->terminal);
	ok = helpers->edit_text(helpers->owner, text, &edited, &err);
	terminal_retake(&tui->terminal);
	picker_edited(tui->picker, ok ? edited.buf : NULL);
	say(tui, &err, NULL);
	str_release(&edited);
}

static void edit_thread(struct tui *tui, const char *text)
{
	struct str said = STR_INIT;
	struct err err = { 0 };
	bool ok;

	(void)text;
	terminal_lend(&tui->terminal);
	ok = tui->helpers->edit_thread(tui->helpers->owner, &said, &err);
	terminal_retake(&tui->terminal);
	picker_reload(tui->picker);
	say(tui, &err, ok ? said.buf : NULL);
	str_release(&said);
}

static void open_url(struct tui *tui, const char *url)
{
	struct err err = { 0 };

	terminal_lend(&tui->terminal);
	if (!tui->helpers->open_url(tui->helpers->owner, url, &err) && err.code == ERR_NONE)
		err_set(&err, ERR_IO, "no browser could be started");
	terminal_retake(&tui->terminal);
	say(tui, &err, url);
}

static void open_page(struct tui *tui, const char *text)
{
	struct err err = { 0 };

	(void)text;
	terminal_lend(&tui->terminal);
	if (!tui->helpers->open_page(tui->helpers->owner, &err) && err.code == ERR_NONE)
		err_set(&err, ERR_IO, "no browser could be started");
	terminal_retake(&tui->terminal);
	say(tui, &err, "the page is in the browser");
}

/* The address stands in the status line, too: not every terminal takes it. */
static void copy(struct tui *tui, const char *url)
{
	const char *tmux = getenv("TMUX");
	struct str out = STR_INIT;

	clip_add(&out, url, tmux && *tmux);
	terminal_send(&tui->terminal, &out);
	picker_say(tui->picker, url);
	str_release(&out);
}

static void suspend(struct tui *tui, const char *text)
{
	(void)text;
	terminal_stop(&tui->terminal);
}

static void redraw(struct tui *tui, const char *text)
{
	(void)text;
	tui->terminal.drawn.valid = false;
}

static void quit(struct tui *tui, const char *text)
{
	(void)text;
	tui->over = true;
}

static void fulfil(struct tui *tui, const struct want *want)
{
	static void (*const ways[])(struct tui * tui, const char *text) = {
		[WANT_QUIT] = quit,
		[WANT_EDIT_TEXT] = edit_text,
		[WANT_EDIT_THREAD] = edit_thread,
		[WANT_OPEN] = open_url,
		[WANT_COPY] = copy,
		[WANT_PAGE] = open_page,
		[WANT_SUSPEND] = suspend,
		[WANT_REDRAW] = redraw,
	};
	char *text;

	if (want->kind == WANT_NOTHING)
		return;
	text = xstrdup(want->text ? want->text : "");
	ways[want->kind](tui, text);
	free(text);
}

/* ---- the loop ---- */

static bool in_prompt(const struct tui *tui)
{
	return tui->frame.cursor_line >= 0;
}

static void compose(struct tui *tui)
{
	int columns, lines;

	terminal_size(&columns, &lines);
	frame_begin(&tui->frame, columns, lines);
	picker_draw(tui->picker, &tui->frame, columns, lines);
}

static void draw(struct tui *tui)
{
	compose(tui);
	draw_frame(&tui->terminal, &tui->frame);
	tui->dirty = false;
}

/* All that were made meanwhile, before the next drawing. What each did is laid out at once: whether
 * there is a prompt says what a paste means. */
static void take_presses(struct tui *tui)
{
	struct press press;

	while (!tui->over && presses_next(&tui->terminal, in_prompt(tui), &press)) {
		const struct want want = picker_press(tui->picker, &press);

		fulfil(tui, &want);
		compose(tui);
		tui->dirty = true;
	}
}

static void take_signals(struct tui *tui)
{
	if (signals_take(CATCH_END))
		tui->over = true;
	if (signals_take(CATCH_STOP))
		terminal_stop(&tui->terminal);
	/* who was stopped without being asked finds the terminal as the shell left it */
	if (signals_take(CATCH_CONTINUE))
		terminal_restore(&tui->terminal);
	signals_take(CATCH_SIZE); /* asked for at each drawing */
	tui->dirty = true;
}

/* A frozen clock goes on by as long as was waited: what looks for something now and then does. */
static void pass_time(int64_t ms)
{
	if (clock_is_frozen())
		clock_sleep(ms);
}

static void wait_for_something(struct tui *tui, bool busy)
{
	const int64_t ms = busy ? 0 : LOOK_MS;

	switch (signals_wait(&tui->terminal.signals, ms)) {
	case WOKEN_TIME:
		pass_time(ms);
		break;
	case WOKEN_SIGNAL:
		take_signals(tui);
		break;
	case WOKEN_GONE:
		tui->over = true;
		break;
	case WOKEN_INPUT:
		break;
	}
}

static void run(struct tui *tui)
{
	bool busy = true; /* at first there is always something to be counted */

	tui->dirty = true;
	while (!tui->over && !tui->terminal.gone) {
		bool changed = false;

		if (tui->dirty)
			draw(tui);
		wait_for_something(tui, busy);
		take_presses(tui);
		if (tui->dirty)
			draw(tui);
		if (!tui->over)
			busy = picker_idle(tui->picker, clock_steady(), &changed);
		tui->dirty = tui->dirty || changed;
	}
	picker_end(tui->picker);
}

bool tui_run(struct picker *picker, const struct tui_options *options,
	     const struct tui_helpers *helpers, struct err *err)
{
	struct tui tui = { .picker = picker, .helpers = helpers };

	if (!terminal_take(&tui.terminal, options, err))
		return false;
	run(&tui);
	draw_release(&tui.terminal);
	terminal_release(&tui.terminal);
	frame_release(&tui.frame);
	return true;
}
