/*
 * The key table: every key of the picker, what it does and in which words that is told. Presses are
 * given their meaning by it, and the help screen, the bottom line and the manual page are made of
 * it or compared with it.
 */
#ifndef ARCHIVE_PICKER_KEY_H
#define ARCHIVE_PICKER_KEY_H

#include <stddef.h>

#include "archive/base/str.h"
#include "archive/picker/press.h"

enum command {
	COMMAND_NONE,
	/* in the lists */
	COMMAND_DOWN,
	COMMAND_UP,
	COMMAND_HALF_DOWN,
	COMMAND_HALF_UP,
	COMMAND_PAGE_DOWN,
	COMMAND_PAGE_UP,
	COMMAND_TOP,
	COMMAND_END,
	COMMAND_SECTION,
	COMMAND_PEAK_BACK,
	COMMAND_PEAK_NEXT,
	COMMAND_OTHER_PANE,
	COMMAND_LEFT_PANE,
	COMMAND_RIGHT_PANE,
	COMMAND_CLICK,
	COMMAND_DOUBLE_CLICK,
	COMMAND_WHEEL_DOWN,
	COMMAND_WHEEL_UP,
	COMMAND_CHOOSE,
	COMMAND_DROP,
	COMMAND_UNDECIDE,
	COMMAND_AUTHOR,
	COMMAND_RANGE,
	COMMAND_UNDO,
	COMMAND_REDO,
	COMMAND_SEARCH,
	COMMAND_FILTER,
	COMMAND_FOLD,
	COMMAND_NEW,
	COMMAND_LEAVE,
	COMMAND_MOVE_DOWN,
	COMMAND_MOVE_UP,
	COMMAND_PUSH_BACK,
	COMMAND_PUSH_NEXT,
	COMMAND_SORT,
	COMMAND_HEADING,
	COMMAND_NOTE,
	COMMAND_LINK,
	COMMAND_EDIT,
	COMMAND_EDIT_THREAD,
	COMMAND_COLOUR,
	COMMAND_LARGER,
	COMMAND_SMALLER,
	COMMAND_PREVIEW,
	COMMAND_OPEN,
	COMMAND_COPY,
	COMMAND_PAGE,
	COMMAND_HELP,
	COMMAND_QUIT,
	COMMAND_SUSPEND,
	COMMAND_REDRAW,
	/* in the help and the open preview */
	COMMAND_READ_DOWN,
	COMMAND_READ_UP,
	COMMAND_READ_PAGE_DOWN,
	COMMAND_READ_PAGE_UP,
	COMMAND_READ_TOP,
	COMMAND_READ_END,
	COMMAND_CLOSE,
	/* in a prompt */
	COMMAND_TYPE,
	COMMAND_TYPE_ACCEPT,
	COMMAND_TYPE_LEAVE,
	COMMAND_TYPE_BACKSPACE,
	COMMAND_TYPE_DELETE,
	COMMAND_TYPE_LEFT,
	COMMAND_TYPE_RIGHT,
	COMMAND_TYPE_HOME,
	COMMAND_TYPE_END,
	COMMAND_TYPE_CLEAR,
	COMMAND_TYPE_CUT,
	COMMAND_TYPE_WORD,
	COMMAND_TYPE_DOWN,
	COMMAND_TYPE_UP,
	/* behind f */
	COMMAND_FILTER_X,
	COMMAND_FILTER_MASTODON,
	COMMAND_FILTER_BLUESKY,
	COMMAND_FILTER_MISSKEY,
	COMMAND_FILTER_AUTHOR,
	COMMAND_FILTER_MEDIA,
	COMMAND_FILTER_UNDECIDED,
	COMMAND_FILTER_DROPPED,
	COMMAND_FILTER_QUESTIONS,
	COMMAND_FILTER_LIKED,
	COMMAND_FILTER_ALL,
	/* behind c */
	COMMAND_COLOUR_RED,
	COMMAND_COLOUR_ORANGE,
	COMMAND_COLOUR_GREEN,
	COMMAND_COLOUR_BLUE,
	COMMAND_COLOUR_PURPLE,
	COMMAND_COLOUR_GREY,
	COMMAND_COLOUR_NONE,
	/* behind a */
	COMMAND_AUTHOR_CHOOSE,
	COMMAND_AUTHOR_DROP,
	COMMAND_AUTHOR_UNDECIDE,
	COMMAND_MENU_LEAVE, /* behind any of these */
	COMMAND_COUNT
};

/* Where a press is made. */
enum key_mode {
	KEYS_LISTS = 1,
	KEYS_READING = 2, /* the help or the open preview */
	KEYS_PROMPT = 4,
	KEYS_FILTER = 8,
	KEYS_COLOUR = 16,
	KEYS_AUTHOR = 32,
};

#define KEY_PRESSES 5

struct key {
	enum command command;
	unsigned modes;			   /* of enum key_mode */
	struct press presses[KEY_PRESSES]; /* those behind the last are zero */
	const char *words;		   /* what it does, for the help */
	const char *hint; /* the same in a word or two, for the bottom line; NULL = not there */
	const char *thread_hint; /* in the lists, when the thread has the keys */
};

/* In the order in which they are told. */
const struct key *key_table(size_t *count);
/* What the press does in this mode; COMMAND_NONE. A character without a row of its own is
 * COMMAND_TYPE in a prompt. */
enum command key_command(enum key_mode mode, const struct press *press);
/* Adds the press as it is written: "j", "Ctrl-D", "Space", "Page Up". */
void key_add_press(struct str *out, const struct press *press);
/* All of a row's, separated by ", ". */
void key_add_presses(struct str *out, const struct key *key);
/* What stands above the rows of a mode: "In the lists". */
const char *key_mode_title(enum key_mode mode);

#endif
