#include "archive/import/tame.h"

#include <ctype.h>
#include <string.h>

#include "archive/base/mem.h"

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

static bool in_excess(const struct tame *t)
{
	return t->attributes > TAME_MAX_ATTRIBUTES;
}

static void enter(struct tame *t, enum tame_state state)
{
	t->state = state;
	t->value_len = 0;
	t->mark = 0;
	t->dashes = 0;
	t->full = false;
}

/* Whole characters: by half a one the parser takes the page to be of another charset. */
static bool fits(struct tame *t, char c, size_t most)
{
	if (++t->value_len > most && (c & 0xC0) != 0x80)
		t->full = true;
	return !t->full;
}

/* The end tags of elements in which there is no markup, up to there. */
static const char *const raw_ends[] = { "</script", "</style" };

static const char *raw_end(const struct tame *t)
{
	for (size_t i = 0; i < ARRAY_LEN(raw_ends); i++)
		if (strcmp(t->name, raw_ends[i] + strlen("</")) == 0)
			return raw_ends[i];
	return NULL;
}

static void leave_tag(struct tame *t)
{
	enter(t, !t->ends && raw_end(t) ? TAME_RAW : TAME_TEXT);
}

/* Cut before a blank or a character beyond ASCII, neither of which an entity holds; where there is
 * none for long, anywhere. */
static bool on_text(struct tame *t, char c)
{
	if (c == '<') {
		enter(t, TAME_OPEN);
		return true;
	}
	if (++t->value_len <= TAME_MAX_TEXT)
		return true;
	if (is_blank(c) || (c & 0xC0) == 0xC0 ||
	    (t->value_len > 2 * TAME_MAX_TEXT && !(c & 0x80))) {
		t->before = "<!---->";
		t->value_len = 0;
	}
	return true;
}

static bool on_open(struct tame *t, char c)
{
	t->name_len = t->attributes = 0;
	t->name[0] = '\0';
	if (c == '/' && !t->value_len) {
		t->ends = true;
		t->value_len = 1;
		return true;
	}
	t->ends = t->value_len > 0;
	if (isalpha((unsigned char)c)) {
		enter(t, TAME_NAME);
		t->name[0] = (char)tolower((unsigned char)c);
		t->name[t->name_len = 1] = '\0';
		return true;
	}
	if (c == '!' || c == '?') {
		enter(t, TAME_COMMENT);
		t->is_comment = c == '!';
		t->value_len = 0;
		return true;
	}
	if (c != '<')
		enter(t, TAME_TEXT);
	return true;
}

static bool on_name(struct tame *t, char c)
{
	if (c == '>') {
		leave_tag(t);
		return true;
	}
	if (is_blank(c) || c == '/') {
		enter(t, TAME_BETWEEN);
		return true;
	}
	if (!fits(t, c, TAME_MAX_NAME - 1))
		return false;
	if (t->name_len < TAME_MAX_NAME)
		t->name[t->name_len++] = (char)tolower((unsigned char)c);
	t->name[t->name_len] = '\0';
	return true;
}

static bool on_between(struct tame *t, char c)
{
	if (c == '>') {
		leave_tag(t);
		return true;
	}
	if (is_blank(c) || c == '/')
		return !in_excess(t);
	t->attributes++;
	enter(t, c == '"' || c == '\'' ? TAME_QUOTED : TAME_ATTRIBUTE);
	t->quote = c;
	return !in_excess(t);
}

static bool on_attribute(struct tame *t, char c)
{
	if (c == '>' || is_blank(c) || c == '/')
		return enter(t, TAME_BETWEEN), on_between(t, c);
	if (c == '=') {
		enter(t, TAME_EQUALS);
		return !in_excess(t);
	}
	return fits(t, c, TAME_MAX_NAME - 1) && !in_excess(t);
}

static bool on_equals(struct tame *t, char c)
{
	if (is_blank(c))
		return !in_excess(t);
	if (c == '>')
		return enter(t, TAME_BETWEEN), on_between(t, c);
	t->quote = c;
	enter(t, c == '"' || c == '\'' ? TAME_QUOTED : TAME_BARE);
	return !in_excess(t);
}

static bool on_bare(struct tame *t, char c)
{
	if (c == '>' || is_blank(c))
		return enter(t, TAME_BETWEEN), on_between(t, c);
	return fits(t, c, TAME_MAX_VALUE - 1) && !in_excess(t);
}

static bool on_quoted(struct tame *t, char c)
{
	if (c != t->quote)
		return fits(t, c, TAME_MAX_VALUE - 1) && !in_excess(t);
	enter(t, TAME_BETWEEN);
	return !in_excess(t);
}

/* "<!--" ends at "-->" or "--!>"; whatever else begins so, at the next '>'. */
static bool on_comment(struct tame *t, char c)
{
	bool passes = fits(t, c, TAME_MAX_COMMENT);

	if (t->value_len <= 2 && c != '-')
		t->is_comment = false;
	if (c == '>' && (!t->is_comment || (t->dashes >= 2 && t->value_len > 2))) {
		if (t->is_comment && !passes)
			t->before = "--";
		enter(t, TAME_TEXT);
		return true;
	}
	if (c != '!' || t->dashes < 2)
		t->dashes = c == '-' ? t->dashes + 1 : 0;
	return passes;
}

static bool on_raw(struct tame *t, char c)
{
	const char *end = raw_end(t);
	bool passes = fits(t, c, TAME_MAX_RAW);

	if (tolower((unsigned char)c) == end[t->mark])
		t->mark++;
	else
		t->mark = c == '<';
	if (end[t->mark])
		return passes;
	if (!passes)
		t->before = end;
	t->ends = true;
	enter(t, TAME_BETWEEN);
	return passes;
}

/* Each says what the byte does, and whether it may pass. */
static bool (*const steps[])(struct tame *t, char c) = {
	[TAME_TEXT] = on_text,	     [TAME_OPEN] = on_open,	      [TAME_NAME] = on_name,
	[TAME_BETWEEN] = on_between, [TAME_ATTRIBUTE] = on_attribute, [TAME_EQUALS] = on_equals,
	[TAME_BARE] = on_bare,	     [TAME_QUOTED] = on_quoted,	      [TAME_COMMENT] = on_comment,
	[TAME_RAW] = on_raw,
};

void tame_add(struct tame *t, const char *bytes, size_t len, struct str *out)
{
	size_t from = 0;

	t->cut = 0;
	for (size_t i = 0; i < len; i++) {
		bool passes = steps[t->state](t, bytes[i]);

		if (passes && !t->before)
			continue;
		str_add_n(out, bytes + from, i - from);
		if (t->before) {
			str_add(out, t->before);
			t->cut = out->len;
		}
		t->before = NULL;
		from = passes ? i : i + 1;
	}
	str_add_n(out, bytes + from, len - from);
}
