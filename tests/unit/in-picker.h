/*
 * For tests of the picker: presses written as text, screens read as text.
 */
#ifndef ARCHIVE_TESTS_IN_PICKER_H
#define ARCHIVE_TESTS_IN_PICKER_H

#include "in-thread.h"

#include <locale.h>

#include "archive/base/mem.h"
#include "archive/picker/state.h"
#include "archive/text/utf8.h"

#define ENTER	  "\r"
#define TAB	  "\t"
#define ESCAPE	  "\033"
#define BACKSPACE "\177"
#define DOWN	  "\001" /* Ctrl-A to Ctrl-E are no keys of the lists but Ctrl-B and Ctrl-D */
#define UP	  "\003"
#define LEFT	  "\005"
#define RIGHT	  "\007"

static inline struct press press_of(uint32_t c)
{
	static const struct {
		char c;
		enum press_kind kind;
	} names[] = {
		{ '\r', PRESS_ENTER },	     { '\t', PRESS_TAB },	{ '\033', PRESS_ESCAPE },
		{ '\177', PRESS_BACKSPACE }, { DOWN[0], PRESS_DOWN },	{ UP[0], PRESS_UP },
		{ LEFT[0], PRESS_LEFT },     { RIGHT[0], PRESS_RIGHT },
	};

	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		if (c == (uint32_t)names[i].c)
			return (struct press){ .kind = names[i].kind };
	return (struct press){ .kind = PRESS_CHAR, .c = c };
}

static inline struct want pressed(struct picker *picker, const char *keys)
{
	const char *end = keys + strlen(keys);
	struct want want = { 0 };

	while (keys < end) {
		const struct press press = press_of(utf8_next(&keys, end));

		want = picker_press(picker, &press);
	}
	return want;
}

/* A second passes in which nobody does anything. */
static inline void idle(struct picker *picker)
{
	static int64_t now;
	bool changed;

	now += 1000;
	while (picker_idle(picker, now, &changed))
		;
}

static inline struct picker *picking(struct store *store, int64_t thread)
{
	const struct picker_options options = { .zone = "Asia/Tokyo" };
	struct picker *picker = NULL;

	assert_done((picker = picker_new(store, thread, &options, why)) != NULL);
	idle(picker);
	return picker;
}

/* Valid until the next call. */
static inline const char *screen(struct picker *picker, int columns, int lines)
{
	static struct frame frame;
	static struct str text = STR_INIT;

	str_clear(&text);
	picker_draw(picker, &frame, columns, lines);
	frame_add_text(&text, &frame);
	frame_release(&frame);
	return text.buf;
}

#define assert_shows(picker, text)                                                    \
	do {                                                                          \
		if (!strstr(screen(picker, 120, 40), text))                           \
			fail_msg("no \"%s\" in:\n%s", text, screen(picker, 120, 40)); \
	} while (0)
#define assert_hides(picker, text)                                                 \
	do {                                                                       \
		if (strstr(screen(picker, 120, 40), text))                         \
			fail_msg("\"%s\" in:\n%s", text, screen(picker, 120, 40)); \
	} while (0)

/* The post at the cursor of a pane by its number; 0 when it is none. */
static inline int under_cursor(struct picker *picker, enum pane pane)
{
	const struct list_row *row = list_at(&picker->lists[pane]);

	return row && row->row.post ? (int)(((row->row.post >> 20) - NOON) / 1000) : 0;
}

#endif
