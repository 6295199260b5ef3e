#include "tui-parts.h"

#include "archive/base/clock.h"
#include "archive/base/mem.h"

#define DOUBLE_MS    INT64_C(400)
#define ESC	     0x1B
#define RUBOUT	     0x7F
#define FIRST_OF_OUR (KEY_MAX + 4000) /* curses numbers its own from KEY_MAX on */

enum { KEY_PASTE_BEGINS = FIRST_OF_OUR, KEY_PASTE_ENDS };

static const struct {
	int key;
	enum press_kind kind;
} keys[] = {
	{ KEY_ENTER, PRESS_ENTER },
	{ KEY_BTAB, PRESS_TAB },
	{ KEY_BACKSPACE, PRESS_BACKSPACE },
	{ KEY_DC, PRESS_DELETE },
	{ KEY_UP, PRESS_UP },
	{ KEY_DOWN, PRESS_DOWN },
	{ KEY_SR, PRESS_UP },
	{ KEY_SF, PRESS_DOWN },
	{ KEY_LEFT, PRESS_LEFT },
	{ KEY_RIGHT, PRESS_RIGHT },
	{ KEY_SLEFT, PRESS_LEFT },
	{ KEY_SRIGHT, PRESS_RIGHT },
	{ KEY_PPAGE, PRESS_PAGE_UP },
	{ KEY_NPAGE, PRESS_PAGE_DOWN },
	{ KEY_A3, PRESS_PAGE_UP },
	{ KEY_C3, PRESS_PAGE_DOWN },
	{ KEY_HOME, PRESS_HOME },
	{ KEY_END, PRESS_END },
	{ KEY_FIND, PRESS_HOME },
	{ KEY_SELECT, PRESS_END },
	{ KEY_A1, PRESS_HOME },
	{ KEY_C1, PRESS_END },
};

static const struct {
	wint_t c;
	enum press_kind kind;
} controls[] = {
	{ '\r', PRESS_ENTER },	   { '\n', PRESS_ENTER },	{ '\t', PRESS_TAB },
	{ '\b', PRESS_BACKSPACE }, { RUBOUT, PRESS_BACKSPACE },
};

/* What terminals send whatever TERM says of them: it is often not quite what they are. */
static const struct {
	const char *sequence;
	int key;
} usual[] = {
	{ "\033[A", KEY_UP },	  { "\033OA", KEY_UP },	   { "\033[B", KEY_DOWN },
	{ "\033OB", KEY_DOWN },	  { "\033[C", KEY_RIGHT }, { "\033OC", KEY_RIGHT },
	{ "\033[D", KEY_LEFT },	  { "\033OD", KEY_LEFT },  { "\033[H", KEY_HOME },
	{ "\033OH", KEY_HOME },	  { "\033[1~", KEY_HOME }, { "\033[7~", KEY_HOME },
	{ "\033[F", KEY_END },	  { "\033OF", KEY_END },   { "\033[4~", KEY_END },
	{ "\033[8~", KEY_END },	  { "\033[3~", KEY_DC },   { "\033[5~", KEY_PPAGE },
	{ "\033[6~", KEY_NPAGE },
};

static void define_usual(void)
{
	for (size_t i = 0; i < ARRAY_LEN(usual); i++)
		if (key_defined(usual[i].sequence) == 0)
			define_key(usual[i].sequence, usual[i].key);
}

void presses_prepare(struct terminal *terminal)
{
	keypad(terminal->keys, TRUE);
	wtimeout(terminal->keys, 0);
	define_usual();
	define_key("\033[200~", KEY_PASTE_BEGINS);
	define_key("\033[201~", KEY_PASTE_ENDS);
	if (!terminal->mouse)
		return;
	mousemask(BUTTON1_PRESSED | BUTTON4_PRESSED | BUTTON5_PRESSED, NULL);
	mouseinterval(0); /* a click is there at once; a double one is told apart here */
}

static bool is_near(const struct press *a, const struct press *b)
{
	return a->line == b->line && a->column - b->column <= 1 && b->column - a->column <= 1;
}

static void take_click(struct terminal *terminal, struct press *press)
{
	int64_t now = clock_steady();
	bool again = terminal->clicked.kind == PRESS_CLICK && is_near(&terminal->clicked, press) &&
		     now - terminal->clicked_at <= DOUBLE_MS;

	press->kind = again ? PRESS_DOUBLE_CLICK : PRESS_CLICK;
	terminal->clicked = *press;
	terminal->clicked_at = now;
}

static bool take_mouse(struct terminal *terminal, struct press *press)
{
	MEVENT event;

	if (getmouse(&event) != OK)
		return false;
	*press = (struct press){ .line = event.y, .column = event.x };
	if (event.bstate & BUTTON1_PRESSED)
		take_click(terminal, press);
	else if (event.bstate & BUTTON4_PRESSED)
		press->kind = PRESS_WHEEL_UP;
	else if (event.bstate & BUTTON5_PRESSED)
		press->kind = PRESS_WHEEL_DOWN;
	else
		return false;
	return true;
}

static bool take_key(struct terminal *terminal, wint_t key, struct press *press)
{
	if (key == KEY_MOUSE)
		return take_mouse(terminal, press);
	for (size_t i = 0; i < ARRAY_LEN(keys); i++) {
		if ((wint_t)keys[i].key != key)
			continue;
		*press = (struct press){ .kind = keys[i].kind };
		return true;
	}
	return false;
}

/* What stands behind an ESC at once belongs to it: a key with Alt, or one that nobody knows, of
 * which no part may be taken for a command. */
static bool take_escape(const struct terminal *terminal, struct press *press)
{
	wint_t c = 0;
	int got = wget_wch(terminal->keys, &c);

	*press = (struct press){ .kind = PRESS_ESCAPE };
	if (got == ERR)
		return true;
	if (got == OK && (c == '[' || c == 'O'))
		do {
			got = wget_wch(terminal->keys, &c);
		} while (got == OK && (c < '@' || c > '~'));
	return false;
}

static bool take_char(const struct terminal *terminal, wint_t c, struct press *press)
{
	if (c == ESC)
		return take_escape(terminal, press);
	*press = (struct press){ .kind = PRESS_CHAR, .c = (uint32_t)c };
	for (size_t i = 0; i < ARRAY_LEN(controls); i++)
		if (controls[i].c == c)
			press->kind = controls[i].kind;
	return c != 0;
}

/* Pasted text is text: its line ends are blanks, and nothing in it is a key. */
static bool take_pasted(bool prompt, int got, wint_t c, struct press *press)
{
	bool blank = c == '\r' || c == '\n' || c == '\t';

	*press = (struct press){ .kind = PRESS_CHAR, .c = blank ? ' ' : (uint32_t)c };
	return prompt && got == OK && (blank || (c >= ' ' && c != RUBOUT));
}

static bool take(struct terminal *terminal, bool prompt, int got, wint_t c, struct press *press)
{
	if (got == KEY_CODE_YES && (c == KEY_PASTE_BEGINS || c == KEY_PASTE_ENDS)) {
		terminal->pasting = c == KEY_PASTE_BEGINS;
		return false;
	}
	if (terminal->pasting)
		return take_pasted(prompt, got, c, press);
	return got == KEY_CODE_YES ? take_key(terminal, c, press) : take_char(terminal, c, press);
}

bool presses_next(struct terminal *terminal, bool prompt, struct press *press)
{
	wint_t c = 0;
	int got;

	while ((got = wget_wch(terminal->keys, &c)) != ERR)
		if (take(terminal, prompt, got, c, press))
			return true;
	return false;
}
