#include "archive/picker/state.h"

#include <string.h>

#include "archive/text/utf8.h"

#define GAP "   "

static int columns_of(const struct picker *picker, const char *text)
{
	return picker->wide_ambiguous ? utf8_columns_wide(text) : utf8_columns(text);
}

/* ---- what the keys do here ---- */

static enum key_mode keys_of(enum mode mode)
{
	static const enum key_mode modes[] = {
		[MODE_LISTS] = KEYS_LISTS,     [MODE_PROMPT] = KEYS_PROMPT,
		[MODE_FILTER] = KEYS_FILTER,   [MODE_COLOUR] = KEYS_COLOUR,
		[MODE_AUTHOR] = KEYS_AUTHOR,   [MODE_HELP] = KEYS_READING,
		[MODE_PREVIEW] = KEYS_READING,
	};

	return modes[mode];
}

static const char *hint_of(const struct picker *picker, const struct key *key)
{
	if (picker->mode == MODE_LISTS && picker->pane == PANE_THREAD)
		return key->thread_hint;
	return key->hint;
}

/* The hints of a mode, as many lines as they take; in the lists one line, and the last of them is
 * always there. */
static void add_hints(const struct picker *picker, struct str *out, int columns)
{
	enum key_mode mode = keys_of(picker->mode);
	int used = 1, spare = mode == KEYS_LISTS ? 10 + 3 : 0;
	struct str hint = STR_INIT;
	size_t count;
	const struct key *keys = key_table(&count);

	str_add_char(out, ' ');
	for (size_t i = 0; i < count; i++) {
		bool last = keys[i].command == COMMAND_HELP;
		int wide;

		if (!(keys[i].modes & mode) || !hint_of(picker, &keys[i]))
			continue;
		str_clear(&hint);
		key_add_press(&hint, &keys[i].presses[0]);
		str_addf(&hint, " %s", hint_of(picker, &keys[i]));
		wide = (int)hint.len + (int)strlen(GAP);
		if (used + wide + (last ? 0 : spare) > columns && mode == KEYS_LISTS && !last)
			continue;
		if (used + wide > columns + (int)strlen(GAP) && used > 1) {
			str_add(out, "\n ");
			used = 1;
		}
		str_addf(out, "%s%s", hint.buf, GAP);
		used += wide;
	}
	str_release(&hint);
}

/* ---- the prompt ---- */

static const char *const labels[] = {
	[ASK_SEARCH] = " search: ",
	[ASK_HEADING] = " heading (title / speaker): ",
	[ASK_NOTE] = " note: ",
	[ASK_LINK] = " link (address words): ",
};

static const char *const short_labels[] = {
	[ASK_SEARCH] = " /",
	[ASK_HEADING] = " ## ",
	[ASK_NOTE] = " -- ",
	[ASK_LINK] = " => ",
};

/* The part of the line that is shown: as much before the cursor as there is room for. */
static size_t first_shown(const struct picker *picker, const char *text, size_t at, int room)
{
	size_t first = 0;
	struct str part = STR_INIT;

	str_add_n(&part, text, at);
	while (first < part.len && columns_of(picker, part.buf + first) > room)
		first += utf8_cluster(part.buf + first, part.len - first);
	str_release(&part);
	return first;
}

static void draw_prompt(struct picker *picker, struct frame *frame, int line)
{
	const struct prompt *prompt = &picker->prompt;
	const char *label = frame->columns < 60 ? short_labels[picker->asking]
						: labels[picker->asking];
	struct str part = STR_INIT;
	int column, room;
	size_t first;

	column = frame_put(frame, line, 0, frame->columns, INK_BOLD, TONE_NONE, label);
	room = frame->columns - column - 1;
	first = first_shown(picker, prompt->text.buf, prompt->at, room);
	frame_fill(frame, line, column, frame->columns - column, INK_PLAIN, TONE_NONE,
		   prompt->text.buf + first);
	str_add_n(&part, prompt->text.buf + first, prompt->at - first);
	frame->cursor_line = line;
	frame->cursor_column = column + columns_of(picker, part.buf);
	str_release(&part);
}

/* ---- the lines ---- */

/* What a range is good for, as long as there is one. */
static bool add_range(struct picker *picker, struct str *out, int columns)
{
	size_t from = 0, to = 0;

	if (!picker->range || picker->mode != MODE_LISTS || !deed_rows(picker, &from, &to))
		return false;
	str_addf(out, " range of %zu: %s", to - from,
		 columns < 72 ? "Space x U J K c"
			      : "Space choose   x drop   U undecide   J K move   "
				"v end");
	return true;
}

/* What stands there, its lines ended by LF. */
static void add_text(struct picker *picker, struct str *out, int columns)
{
	const char *text = picker->message.buf;

	if (picker->message.len == 0 || picker->mode == MODE_AUTHOR) {
		if (picker->mode == MODE_AUTHOR)
			str_addf(out, " %s\n", text);
		if (add_range(picker, out, columns))
			return;
		add_hints(picker, out, columns);
		return;
	}
	for (int i = 0; i < LAYOUT_FOOT_MOST && *text; i++) {
		size_t len = wrap_next(text, columns - 2, picker->wide_ambiguous);

		str_add(out, i > 0 ? "\n " : " ");
		str_add_n(out, text, len);
		text += len;
	}
}

static void add_news(const struct picker *picker, struct str *out, int columns)
{
	long long fresh = (long long)picker->fresh;

	if (fresh == 0)
		return;
	if (columns < 72)
		str_addf(out, "%lld new: R ", fresh);
	else
		str_addf(out,
			 fresh == 1 ? "%lld new post, R shows it "
				    : "%lld new posts, R shows them ",
			 fresh);
}

/* Where news stands beside it, the text has less room. */
static int text_columns(const struct picker *picker, int columns)
{
	struct str news = STR_INIT;
	int room;

	add_news(picker, &news, columns);
	room = columns - (int)news.len;
	str_release(&news);
	return room;
}

int layout_foot_lines(struct picker *picker, int columns)
{
	struct str text = STR_INIT;
	int lines = 1;

	if (picker->mode == MODE_PROMPT)
		return picker->warning ? 2 : 1;
	add_text(picker, &text, text_columns(picker, columns));
	for (const char *at = text.buf; (at = strchr(at, '\n')); at++)
		lines++;
	str_release(&text);
	return lines < LAYOUT_FOOT_MOST ? lines : LAYOUT_FOOT_MOST;
}

static void draw_line(struct frame *frame, int line, int columns, enum ink ink, const char *from,
		      const char *to)
{
	struct str part = STR_INIT;

	str_add_n(&part, from, (size_t)(to - from));
	frame_fill(frame, line, 0, columns, ink, TONE_NONE, part.buf);
	str_release(&part);
}

void layout_foot(struct picker *picker, struct frame *frame, int line)
{
	struct str text = STR_INIT, news = STR_INIT;
	const char *at, *end;
	int last = frame->lines - 1, room;

	if (picker->mode == MODE_PROMPT) {
		if (picker->warning)
			frame_fill(frame, line, 0, frame->columns, INK_WARNING, TONE_NONE,
				   picker->message.buf);
		draw_prompt(picker, frame, last);
		return;
	}
	add_news(picker, &news, frame->columns);
	room = text_columns(picker, frame->columns);
	add_text(picker, &text, room);
	for (at = text.buf; line <= last && *at; at = *end ? end + 1 : end, line++) {
		end = at + strcspn(at, "\n");
		draw_line(frame, line, line == last ? room : frame->columns,
			  picker->warning ? INK_WARNING : INK_BAR, at, end);
	}
	if (news.len > 0)
		frame_put(frame, last, room, (int)news.len, INK_BOLD, TONE_NONE, news.buf);
	str_release(&text);
	str_release(&news);
}
