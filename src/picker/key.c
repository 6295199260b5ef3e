#include "archive/picker/key.h"

#include "archive/base/mem.h"
#include "archive/text/utf8.h"

#define CHAR(x)                        \
	{                              \
		PRESS_CHAR, (x), 0, 0, \
	}
#define CTRL(x) CHAR((x) - 'A' + 1)
#define PRESS(x)              \
	{                     \
		(x), 0, 0, 0, \
	}

#define MENUS (KEYS_FILTER | KEYS_COLOUR | KEYS_AUTHOR)
#define KEEPS (KEYS_LISTS | KEYS_READING | KEYS_PROMPT | MENUS)

/* clang-format off */
static const struct key table[] = {
	{ COMMAND_CHOOSE, KEYS_LISTS, { CHAR(' ') }, "choose the post and step on",
	  "choose", NULL },
	{ COMMAND_DROP, KEYS_LISTS, { CHAR('x'), PRESS(PRESS_DELETE) },
	  "drop the post, or take a heading, note or link away, and step on",
	  "drop", "take away" },
	{ COMMAND_UNDECIDE, KEYS_LISTS, { CHAR('U') },
	  "make the post undecided again and step on", NULL, NULL },
	{ COMMAND_UNDO, KEYS_LISTS, { CHAR('u') }, "undo the last step", "undo", "undo" },
	{ COMMAND_REDO, KEYS_LISTS, { CTRL('R') }, "do again what was undone", NULL, NULL },
	{ COMMAND_RANGE, KEYS_LISTS, { CHAR('v') },
	  "begin a range, or end it: Space, x, U, J, K, c, + and - then act on all of it",
	  NULL, NULL },
	{ COMMAND_AUTHOR, KEYS_LISTS, { CHAR('a') },
	  "all candidates of this author: tells how many, then Space, x or U", NULL, NULL },
	{ COMMAND_SEARCH, KEYS_LISTS, { CHAR('/') },
	  "search the candidates while typing", "search", NULL },
	{ COMMAND_FILTER, KEYS_LISTS, { CHAR('f') },
	  "show only some of the candidates: one more key says which", "filter", NULL },
	{ COMMAND_HEADING, KEYS_LISTS, { CHAR('h') },
	  "a heading above the thread's cursor, or edit this one: title / speaker",
	  "heading", "heading" },
	{ COMMAND_NOTE, KEYS_LISTS, { CHAR('n') },
	  "a note below the thread's cursor, or edit this one", "note", "note" },
	{ COMMAND_LINK, KEYS_LISTS, { CHAR('l') },
	  "a link below the thread's cursor, or edit this one: address and words; on a heading its "
	  "slides", NULL, "link" },
	{ COMMAND_DOWN, KEYS_LISTS, { CHAR('j'), PRESS(PRESS_DOWN), CTRL('N') }, "down",
	  NULL, NULL },
	{ COMMAND_UP, KEYS_LISTS, { CHAR('k'), PRESS(PRESS_UP), CTRL('P') }, "up", NULL, NULL },
	{ COMMAND_HALF_DOWN, KEYS_LISTS, { CTRL('D') }, "half a page down", NULL, NULL },
	{ COMMAND_HALF_UP, KEYS_LISTS, { CTRL('U') }, "half a page up", NULL, NULL },
	{ COMMAND_PAGE_DOWN, KEYS_LISTS, { PRESS(PRESS_PAGE_DOWN), CTRL('F') },
	  "a page down", NULL, NULL },
	{ COMMAND_PAGE_UP, KEYS_LISTS, { PRESS(PRESS_PAGE_UP), CTRL('B') }, "a page up",
	  NULL, NULL },
	{ COMMAND_TOP, KEYS_LISTS, { CHAR('g'), PRESS(PRESS_HOME) }, "to the top", NULL, NULL },
	{ COMMAND_END, KEYS_LISTS, { CHAR('G'), PRESS(PRESS_END) }, "to the end", NULL, NULL },
	{ COMMAND_SECTION, KEYS_LISTS, { CHAR('s') },
	  "to the next section; among the candidates to where its talk begins", NULL, NULL },
	{ COMMAND_PEAK_BACK, KEYS_LISTS, { CHAR('(') },
	  "to the candidates of the peak before", NULL, NULL },
	{ COMMAND_PEAK_NEXT, KEYS_LISTS, { CHAR(')') },
	  "to the candidates of the next peak", NULL, NULL },
	{ COMMAND_OTHER_PANE, KEYS_LISTS, { PRESS(PRESS_TAB) }, "to the other pane",
	  "pane", "pane" },
	{ COMMAND_LEFT_PANE, KEYS_LISTS, { PRESS(PRESS_LEFT) }, "to the candidates", NULL, NULL },
	{ COMMAND_RIGHT_PANE, KEYS_LISTS, { PRESS(PRESS_RIGHT) }, "to the thread", NULL, NULL },
	{ COMMAND_FOLD, KEYS_LISTS, { CHAR('t') },
	  "fold the conversation of this post into one row, or unfold it", NULL, NULL },
	{ COMMAND_NEW, KEYS_LISTS, { CHAR('R') }, "show the posts that came meanwhile",
	  NULL, NULL },
	{ COMMAND_MOVE_DOWN, KEYS_LISTS, { CHAR('J') }, "move the item down", NULL, "down" },
	{ COMMAND_MOVE_UP, KEYS_LISTS, { CHAR('K') }, "move the item up", NULL, "up" },
	{ COMMAND_PUSH_BACK, KEYS_LISTS, { CHAR('[') },
	  "push the item to the end of the section before", NULL, "back" },
	{ COMMAND_PUSH_NEXT, KEYS_LISTS, { CHAR(']') },
	  "push the item to the beginning of the next section", NULL, "on" },
	{ COMMAND_SORT, KEYS_LISTS, { CHAR('S') }, "put the section in order of time",
	  NULL, NULL },
	{ COMMAND_COLOUR, KEYS_LISTS, { CHAR('c') },
	  "colour the item: one more key says how", NULL, NULL },
	{ COMMAND_LARGER, KEYS_LISTS, { CHAR('+') }, "make the item larger", NULL, NULL },
	{ COMMAND_SMALLER, KEYS_LISTS, { CHAR('-') }, "make the item smaller", NULL, NULL },
	{ COMMAND_EDIT, KEYS_LISTS, { CHAR('e') },
	  "edit the item's words in the editor; of a post those for its pictures", NULL, NULL },
	{ COMMAND_EDIT_THREAD, KEYS_LISTS, { CHAR('E') },
	  "edit the whole thread as text in the editor", NULL, NULL },
	{ COMMAND_PREVIEW, KEYS_LISTS, { PRESS(PRESS_ENTER) }, "open the whole preview",
	  NULL, NULL },
	{ COMMAND_OPEN, KEYS_LISTS | KEYS_READING, { CHAR('o') },
	  "open the post's page in the browser", NULL, NULL },
	{ COMMAND_COPY, KEYS_LISTS | KEYS_READING, { CHAR('y') },
	  "copy the address of the post's page", NULL, NULL },
	{ COMMAND_PAGE, KEYS_LISTS, { CHAR('p') },
	  "show the thread as a page in the browser", NULL, NULL },
	{ COMMAND_CLICK, KEYS_LISTS, { PRESS(PRESS_CLICK) },
	  "put the cursor there; in the chart go to that time", NULL, NULL },
	{ COMMAND_DOUBLE_CLICK, KEYS_LISTS, { PRESS(PRESS_DOUBLE_CLICK) },
	  "open the whole preview", NULL, NULL },
	{ COMMAND_WHEEL_DOWN, KEYS_LISTS, { PRESS(PRESS_WHEEL_DOWN) }, "three rows down",
	  NULL, NULL },
	{ COMMAND_WHEEL_UP, KEYS_LISTS, { PRESS(PRESS_WHEEL_UP) }, "three rows up", NULL, NULL },
	{ COMMAND_LEAVE, KEYS_LISTS, { PRESS(PRESS_ESCAPE) },
	  "leave the range, then the search, then the filter; never the program", NULL, NULL },
	{ COMMAND_HELP, KEYS_LISTS, { CHAR('?') }, "all keys", "all keys", "all keys" },
	{ COMMAND_QUIT, KEYS_LISTS, { CHAR('q'), CTRL('C') },
	  "leave; everything is saved already",
	  NULL, NULL },
	{ COMMAND_SUSPEND, KEEPS, { CTRL('Z') }, "back to the shell; fg goes on", NULL, NULL },
	{ COMMAND_REDRAW, KEEPS, { CTRL('L') }, "draw the screen anew", NULL, NULL },

	{ COMMAND_READ_DOWN, KEYS_READING,
	  { CHAR('j'), PRESS(PRESS_DOWN), PRESS(PRESS_WHEEL_DOWN) }, "down", "down", NULL },
	{ COMMAND_READ_UP, KEYS_READING,
	  { CHAR('k'), PRESS(PRESS_UP), PRESS(PRESS_WHEEL_UP) }, "up", "up", NULL },
	{ COMMAND_READ_PAGE_DOWN, KEYS_READING,
	  { CHAR(' '), PRESS(PRESS_PAGE_DOWN), CTRL('F'), CTRL('D') }, "a page down", NULL, NULL },
	{ COMMAND_READ_PAGE_UP, KEYS_READING,
	  { CHAR('b'), PRESS(PRESS_PAGE_UP), CTRL('B'), CTRL('U') }, "a page up", NULL, NULL },
	{ COMMAND_READ_TOP, KEYS_READING, { CHAR('g'), PRESS(PRESS_HOME) }, "to the top",
	  NULL, NULL },
	{ COMMAND_READ_END, KEYS_READING, { CHAR('G'), PRESS(PRESS_END) }, "to the end",
	  NULL, NULL },
	{ COMMAND_CLOSE, KEYS_READING,
	  { CHAR('q'), PRESS(PRESS_ESCAPE), PRESS(PRESS_ENTER), CHAR('?'), CTRL('C') },
	  "close",
	  "close", NULL },

	{ COMMAND_TYPE_ACCEPT, KEYS_PROMPT, { PRESS(PRESS_ENTER) },
	  "take what was typed", "take it", NULL },
	{ COMMAND_TYPE_LEAVE, KEYS_PROMPT, { PRESS(PRESS_ESCAPE), CTRL('G'), CTRL('C') },
	  "leave the prompt, everything as before", "leave", NULL },
	{ COMMAND_TYPE_LEFT, KEYS_PROMPT, { PRESS(PRESS_LEFT), CTRL('B') },
	  "a character to the left", NULL, NULL },
	{ COMMAND_TYPE_RIGHT, KEYS_PROMPT, { PRESS(PRESS_RIGHT), CTRL('F') },
	  "a character to the right", NULL, NULL },
	{ COMMAND_TYPE_HOME, KEYS_PROMPT, { PRESS(PRESS_HOME), CTRL('A') },
	  "to the beginning", NULL, NULL },
	{ COMMAND_TYPE_END, KEYS_PROMPT, { PRESS(PRESS_END), CTRL('E') }, "to the end",
	  NULL, NULL },
	{ COMMAND_TYPE_BACKSPACE, KEYS_PROMPT, { PRESS(PRESS_BACKSPACE) },
	  "take the character before the cursor away", NULL, NULL },
	{ COMMAND_TYPE_DELETE, KEYS_PROMPT, { PRESS(PRESS_DELETE), CTRL('D') },
	  "take the character at the cursor away", NULL, NULL },
	{ COMMAND_TYPE_WORD, KEYS_PROMPT, { CTRL('W') },
	  "take the word before the cursor away", NULL, NULL },
	{ COMMAND_TYPE_CLEAR, KEYS_PROMPT, { CTRL('U') },
	  "take everything before the cursor away", NULL, NULL },
	{ COMMAND_TYPE_CUT, KEYS_PROMPT, { CTRL('K') },
	  "take everything behind the cursor away", NULL, NULL },
	{ COMMAND_TYPE_DOWN, KEYS_PROMPT,
	  { PRESS(PRESS_DOWN), CTRL('N'), PRESS(PRESS_WHEEL_DOWN) },
	  "in a search: down among what was found", NULL, NULL },
	{ COMMAND_TYPE_UP, KEYS_PROMPT, { PRESS(PRESS_UP), CTRL('P'), PRESS(PRESS_WHEEL_UP) },
	  "in a search: up among what was found", NULL, NULL },

	{ COMMAND_FILTER_UNDECIDED, KEYS_FILTER, { CHAR('u') }, "undecided only",
	  "undecided", NULL },
	{ COMMAND_FILTER_MEDIA, KEYS_FILTER, { CHAR('p') },
	  "only with pictures or films", "pictures", NULL },
	{ COMMAND_FILTER_QUESTIONS, KEYS_FILTER, { CHAR('q') }, "only questions",
	  "questions", NULL },
	{ COMMAND_FILTER_LIKED, KEYS_FILTER, { CHAR('l') },
	  "only the most liked; again: more likes", "liked", NULL },
	{ COMMAND_FILTER_AUTHOR, KEYS_FILTER, { CHAR('a') },
	  "only the author of the post at the cursor", "author", NULL },
	{ COMMAND_FILTER_X, KEYS_FILTER, { CHAR('x') }, "only X", "X", NULL },
	{ COMMAND_FILTER_MASTODON, KEYS_FILTER, { CHAR('m') }, "only Mastodon", "Mastodon", NULL },
	{ COMMAND_FILTER_BLUESKY, KEYS_FILTER, { CHAR('b') }, "only Bluesky", "Bluesky", NULL },
	{ COMMAND_FILTER_MISSKEY, KEYS_FILTER, { CHAR('k') }, "only Misskey", "Misskey", NULL },
	{ COMMAND_FILTER_DROPPED, KEYS_FILTER, { CHAR('d') },
	  "only what was dropped", "dropped", NULL },
	{ COMMAND_FILTER_ALL, KEYS_FILTER, { CHAR('f'), CHAR('0') }, "no filter", "none", NULL },

	{ COMMAND_COLOUR_RED, KEYS_COLOUR, { CHAR('r') }, "red", "red", NULL },
	{ COMMAND_COLOUR_ORANGE, KEYS_COLOUR, { CHAR('o') }, "orange", "orange", NULL },
	{ COMMAND_COLOUR_GREEN, KEYS_COLOUR, { CHAR('g') }, "green", "green", NULL },
	{ COMMAND_COLOUR_BLUE, KEYS_COLOUR, { CHAR('b') }, "blue", "blue", NULL },
	{ COMMAND_COLOUR_PURPLE, KEYS_COLOUR, { CHAR('p') }, "purple", "purple", NULL },
	{ COMMAND_COLOUR_GREY, KEYS_COLOUR, { CHAR('y') }, "grey", "grey", NULL },
	{ COMMAND_COLOUR_NONE, KEYS_COLOUR, { CHAR('0'), CHAR('c') }, "no colour", "none", NULL },

	{ COMMAND_AUTHOR_CHOOSE, KEYS_AUTHOR, { CHAR(' ') }, "choose all of them",
	  "choose all", NULL },
	{ COMMAND_AUTHOR_DROP, KEYS_AUTHOR, { CHAR('x') }, "drop all of them", "drop all", NULL },
	{ COMMAND_AUTHOR_UNDECIDE, KEYS_AUTHOR, { CHAR('U') },
	  "make all of them undecided again", NULL, NULL },

	{ COMMAND_MENU_LEAVE, MENUS, { PRESS(PRESS_ESCAPE), CTRL('C') },
	  "leave it as it is", "leave", NULL },
};
/* clang-format on */

static const char *const press_names[] = {
	[PRESS_ENTER] = "Enter",
	[PRESS_TAB] = "Tab",
	[PRESS_ESCAPE] = "Esc",
	[PRESS_BACKSPACE] = "Backspace",
	[PRESS_DELETE] = "Delete",
	[PRESS_UP] = "Up",
	[PRESS_DOWN] = "Down",
	[PRESS_LEFT] = "Left",
	[PRESS_RIGHT] = "Right",
	[PRESS_PAGE_UP] = "Page Up",
	[PRESS_PAGE_DOWN] = "Page Down",
	[PRESS_HOME] = "Home",
	[PRESS_END] = "End",
	[PRESS_CLICK] = "Click",
	[PRESS_DOUBLE_CLICK] = "Double click",
	[PRESS_WHEEL_UP] = "Wheel up",
	[PRESS_WHEEL_DOWN] = "Wheel down",
};

const struct key *key_table(size_t *count)
{
	*count = ARRAY_LEN(table);
	return table;
}

static bool is_none(const struct press *press)
{
	return press->kind == PRESS_CHAR && press->c == 0;
}

static bool is_pressed(const struct key *key, const struct press *press)
{
	for (size_t i = 0; i < KEY_PRESSES && !is_none(&key->presses[i]); i++)
		if (key->presses[i].kind == press->kind &&
		    (press->kind != PRESS_CHAR || key->presses[i].c == press->c))
			return true;
	return false;
}

enum command key_command(enum key_mode mode, const struct press *press)
{
	for (size_t i = 0; i < ARRAY_LEN(table); i++)
		if ((table[i].modes & mode) && is_pressed(&table[i], press))
			return table[i].command;
	if (mode == KEYS_PROMPT && press->kind == PRESS_CHAR && press->c >= 0x20 &&
	    press->c != 0x7F)
		return COMMAND_TYPE;
	return COMMAND_NONE;
}

void key_add_press(struct str *out, const struct press *press)
{
	if (press->kind != PRESS_CHAR)
		str_add(out, press_names[press->kind]);
	else if (press->c < 0x20)
		str_addf(out, "Ctrl-%c", (char)('A' + press->c - 1));
	else if (press->c == ' ')
		str_add(out, "Space");
	else
		utf8_put(out, press->c);
}

void key_add_presses(struct str *out, const struct key *key)
{
	for (size_t i = 0; i < KEY_PRESSES && !is_none(&key->presses[i]); i++) {
		str_add(out, i > 0 ? ", " : "");
		key_add_press(out, &key->presses[i]);
	}
}

const char *key_mode_title(enum key_mode mode)
{
	switch (mode) {
	case KEYS_LISTS:
		return "In the lists";
	case KEYS_READING:
		return "In the help and the open preview";
	case KEYS_PROMPT:
		return "In a prompt";
	case KEYS_FILTER:
		return "Behind f";
	case KEYS_COLOUR:
		return "Behind c";
	case KEYS_AUTHOR:
		return "Behind a";
	}
	return "";
}
