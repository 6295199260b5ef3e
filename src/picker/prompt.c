#include "archive/picker/prompt.h"

#include <string.h>

#include "archive/text/utf8.h"

void prompt_release(struct prompt *prompt)
{
	str_release(&prompt->text);
	prompt->at = 0;
}

void prompt_begin(struct prompt *prompt, const char *text)
{
	str_clear(&prompt->text);
	utf8_add_plain(&prompt->text, text, strnlen(text, PROMPT_MAX_BYTES), true);
	prompt->at = prompt->text.len;
}

static size_t behind(const struct prompt *prompt, size_t at)
{
	return at + utf8_cluster(prompt->text.buf + at, prompt->text.len - at);
}

/* Clusters are told from the beginning only. */
static size_t before(const struct prompt *prompt, size_t at)
{
	size_t found = 0;

	for (size_t next = behind(prompt, 0); next < at && next > found;
	     next = behind(prompt, next))
		found = next;
	return at == 0 ? 0 : found;
}

static size_t word_before(const struct prompt *prompt, size_t at)
{
	const char *text = prompt->text.buf;

	while (at > 0 && text[at - 1] == ' ')
		at--;
	while (at > 0 && text[at - 1] != ' ')
		at--;
	return at;
}

/* A mark joins the character before it: the cursor stands behind both. */
static size_t settled(const struct prompt *prompt, size_t at)
{
	size_t end = 0;

	while (end < at) {
		size_t next = behind(prompt, end);

		if (next == end)
			break;
		end = next;
	}
	return end;
}

static bool cut(struct prompt *prompt, size_t from, size_t to)
{
	struct str *text = &prompt->text;

	if (from >= to)
		return false;
	memmove(text->buf + from, text->buf + to, text->len - to);
	str_truncate(text, text->len - (to - from));
	prompt->at = settled(prompt, from);
	return true;
}

static bool type(struct prompt *prompt, uint32_t c)
{
	struct str *text = &prompt->text;
	struct str typed = STR_INIT, rest = STR_INIT;
	bool fits;

	utf8_put(&rest, c);
	utf8_add_plain(&typed, rest.buf, rest.len, true);
	str_clear(&rest);
	fits = typed.len > 0 && text->len + typed.len <= PROMPT_MAX_BYTES;
	if (fits) {
		str_add(&rest, text->buf + prompt->at);
		str_truncate(text, prompt->at);
		str_add_n(text, typed.buf, typed.len);
		prompt->at = text->len;
		str_add_n(text, rest.buf, rest.len);
		prompt->at = settled(prompt, prompt->at);
	}
	str_release(&typed);
	str_release(&rest);
	return fits;
}

static bool move(struct prompt *prompt, size_t at)
{
	prompt->at = at;
	return false;
}

bool prompt_edit(struct prompt *prompt, enum command command, uint32_t c)
{
	size_t at = prompt->at;

	switch (command) {
	case COMMAND_TYPE:
		return type(prompt, c);
	case COMMAND_TYPE_BACKSPACE:
		return cut(prompt, before(prompt, at), at);
	case COMMAND_TYPE_DELETE:
		return cut(prompt, at, behind(prompt, at));
	case COMMAND_TYPE_WORD:
		return cut(prompt, word_before(prompt, at), at);
	case COMMAND_TYPE_CLEAR:
		return cut(prompt, 0, at);
	case COMMAND_TYPE_CUT:
		return cut(prompt, at, prompt->text.len);
	case COMMAND_TYPE_LEFT:
		return move(prompt, before(prompt, at));
	case COMMAND_TYPE_RIGHT:
		return move(prompt, behind(prompt, at));
	case COMMAND_TYPE_HOME:
		return move(prompt, 0);
	case COMMAND_TYPE_END:
		return move(prompt, prompt->text.len);
	default:
		return false;
	}
}
