#include "archive/import/tame.h"

#include <ctype.h>
#include <string.h>

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
}

/* What is inside of a script is no markup, up to its end tag. */
static void leave_tag(struct tame *t)
{
	enter(t, !t->ends && strcmp(t->name, "script") == 0 ? TAME_SCRIPT : TAME_TEXT);
}

static bool on_text(struct tame *t, char c)
{
	if (c == '<')
		enter(t, TAME_OPEN);
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
	if (t->name_len >= TAME_MAX_NAME)
		return false;
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
	return ++t->value_len < TAME_MAX_NAME && !in_excess(t);
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
	return ++t->value_len < TAME_MAX_VALUE && !in_excess(t);
}

static bool on_quoted(struct tame *t, char c)
{
	if (c != t->quote)
		return ++t->value_len < TAME_MAX_VALUE && !in_excess(t);
	enter(t, TAME_BETWEEN);
	return !in_excess(t);
}

/* "<!--" ends at "-->"; whatever else begins so, at the next '>'. */
static bool on_comment(struct tame *t, char c)
{
	t->value_len++;
	if (t->value_len <= 2 && c != '-')
		t->is_comment = false;
	if (c == '>' && (!t->is_comment || (t->dashes >= 2 && t->value_len > 2))) {
		enter(t, TAME_TEXT);
		return true;
	}
	t->dashes = c == '-' ? t->dashes + 1 : 0;
	return true;
}

static bool on_script(struct tame *t, char c)
{
	static const char end[] = "</script";

	if (tolower((unsigned char)c) == end[t->mark])
		t->mark++;
	else
		t->mark = c == '<';
	if (!end[t->mark]) {
		t->ends = true;
		enter(t, TAME_BETWEEN);
	}
	return true;
}

/* Each says what the byte does, and whether it may pass. */
static bool (*const steps[])(struct tame *t, char c) = {
	[TAME_TEXT] = on_text,	     [TAME_OPEN] = on_open,	      [TAME_NAME] = on_name,
	[TAME_BETWEEN] = on_between, [TAME_ATTRIBUTE] = on_attribute, [TAME_EQUALS] = on_equals,
	[TAME_BARE] = on_bare,	     [TAME_QUOTED] = on_quoted,	      [TAME_COMMENT] = on_comment,
	[TAME_SCRIPT] = on_script,
};

void tame_add(struct tame *t, const char *bytes, size_t len, struct str *out)
{
	size_t from = 0;

	for (size_t i = 0; i < len; i++) {
		if (steps[t->state](t, bytes[i]))
			continue;
		str_add_n(out, bytes + from, i - from);
		from = i + 1;
	}
	str_add_n(out, bytes + from, len - from);
}
