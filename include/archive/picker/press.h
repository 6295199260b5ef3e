/*
 * What a person did at the terminal, before any mode gives it a meaning: the terminal program makes
 * these, the picker reads them by its key table.
 */
#ifndef ARCHIVE_PICKER_PRESS_H
#define ARCHIVE_PICKER_PRESS_H

#include <stdint.h>

enum press_kind {
	PRESS_CHAR, /* a code point; Ctrl-A to Ctrl-Z are 1 to 26, but for those that follow */
	PRESS_ENTER,
	PRESS_TAB,
	PRESS_ESCAPE,
	PRESS_BACKSPACE,
	PRESS_DELETE,
	PRESS_UP,
	PRESS_DOWN,
	PRESS_LEFT,
	PRESS_RIGHT,
	PRESS_PAGE_UP,
	PRESS_PAGE_DOWN,
	PRESS_HOME,
	PRESS_END,
	PRESS_CLICK, /* at line and column, from 0 */
	PRESS_DOUBLE_CLICK,
	PRESS_WHEEL_UP,
	PRESS_WHEEL_DOWN,
};

struct press {
	enum press_kind kind;
	uint32_t c;
	int line, column;
};

#endif
