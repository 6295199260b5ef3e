#include "archive/export/embed-heading.h"

#include <string.h>

#include "archive/markup/markup.h"
#include "archive/text/utf8.h"

#define MAX_INDENT    3
#define MAX_LINES     20 /* of an HTML heading */
#define MAX_ATX_LEVEL 6

/* ---- what a heading says ---- */

/* Behind the '>' of the tag that begins at p; p itself when it is none. */
static const char *behind_tag(const char *p, const char *end)
{
	const char *close = memchr(p, '>', (size_t)(end - p));
	bool tag = p + 1 < end && (p[1] == '/' || p[1] == '!' || (p[1] | 0x20) >= 'a') &&
		   (p[1] | 0x20) <= 'z';

	return tag && close ? close + 1 : p;
}

/* Behind "](address)" that begins at p; p itself when it is none. */
static const char *behind_address(const char *p, const char *end)
{
	const char *close = NULL;

	if (p + 1 < end && p[1] == '(')
		close = memchr(p, ')', (size_t)(end - p));
	return close ? close + 1 : p;
}

static void add_shown(struct str *out, const char *p, const char *end)
{
	while (p < end) {
		const char *next = p;

		if (*p == '<')
			next = behind_tag(p, end);
		else if (*p == ']')
			next = behind_address(p, end);
		if (next == p && strchr("*_`[]\\", *p))
			next = p + 1;
		if (next == p)
			str_add_char(out, *p++);
		else
			p = next;
	}
}

/* "title {#id .class}", "title ##" */
static size_t without_trailer(const char *text, size_t len)
{
	const char *brace = len > 0 && text[len - 1] == '}' ? memrchr(text, '{', len) : NULL;

	if (brace && brace + 1 < text + len && (brace[1] == '#' || brace[1] == '.'))
		len = (size_t)(brace - text);
	return len;
}

static void add_words(struct str *out, const char *text)
{
	size_t start = out->len;

	while (*text) {
		size_t blank = strspn(text, " \t\r\n");
		size_t len = strcspn(text + blank, " \t\r\n");

		if (blank > 0 && len > 0 && out->len > start)
			str_add_char(out, ' ');
		str_add_n(out, text + blank, len);
		text += blank + len;
	}
}

void heading_fold(struct str *out, const char *text, size_t len)
{
	struct str shown = STR_INIT, plain = STR_INIT, folded = STR_INIT;

	while (len > 0 && strchr(" \t\r\n", text[len - 1]))
		len--;
	add_shown(&shown, text, text + without_trailer(text, len));
	markup_unescape(&plain, shown.buf, shown.len);
	utf8_add_folded(&folded, plain.buf, plain.len);
	add_words(out, folded.buf);
	str_release(&shown);
	str_release(&plain);
	str_release(&folded);
}

/* ---- where headings are ---- */

static size_t indent_of(const struct line *line)
{
	size_t i = 0;

	while (i < line->len && line->start[i] == ' ')
		i++;
	return i;
}

static void take(struct heading_reader *reader, const char *text, size_t len)
{
	str_clear(&reader->text);
	str_add_n(&reader->text, text, len);
}

/* "## title ##" */
static bool atx(struct heading_reader *reader, const struct line *line)
{
	size_t at = indent_of(line), level = 0, end = line->len;

	while (at + level < line->len && line->start[at + level] == '#')
		level++;
	if (at > MAX_INDENT || level == 0 || level > MAX_ATX_LEVEL)
		return false;
	at += level;
	if (at < line->len && line->start[at] != ' ' && line->start[at] != '\t')
		return false;
	while (end > at && strchr(" \t", line->start[end - 1]))
		end--;
	while (end > at && line->start[end - 1] == '#')
		end--;
	take(reader, line->start + at, end - at);
	return true;
}

/* A line of only '=' or '-' below a line of text. */
static bool setext(struct heading_reader *reader, const struct line *line)
{
	size_t at = indent_of(line), end = line->len;
	char mark = at < line->len ? line->start[at] : 0;

	if (reader->former.len == 0 || at > MAX_INDENT || (mark != '=' && mark != '-'))
		return false;
	while (end > at && strchr(" \t", line->start[end - 1]))
		end--;
	for (size_t i = at; i < end; i++)
		if (line->start[i] != mark)
			return false;
	take(reader, reader->former.start, reader->former.len);
	return true;
}

/* Behind "<hN …>" in the line; NULL when none opens there. */
static const char *html_open(const struct line *line, char *level)
{
	const char *end = line->start + line->len;

	for (const char *p = line->start; p + 3 < end; p++) {
		const char *close;

		if (p[0] != '<' || (p[1] | 0x20) != 'h' || p[2] < '1' || p[2] > '6')
			continue;
		if (p[3] != '>' && p[3] != ' ' && p[3] != '\t')
			continue;
		close = memchr(p, '>', (size_t)(end - p));
		*level = p[2];
		return close ? close + 1 : end;
	}
	return NULL;
}

static const char *html_close(const char *p, const char *end, char level)
{
	for (; p + 4 < end; p++)
		if (p[0] == '<' && p[1] == '/' && (p[2] | 0x20) == 'h' && p[3] == level &&
		    p[4] == '>')
			return p;
	return NULL;
}

static bool html(struct heading_reader *reader, const struct line *line, const char **behind)
{
	const char *end = line->start + line->len;
	const char *from = line->start, *close;

	if (!reader->open) {
		from = html_open(line, &reader->level);
		if (!from)
			return false;
		str_clear(&reader->text);
		reader->open = true;
		reader->lines = 0;
	}
	close = html_close(from, end, reader->level);
	str_add_n(&reader->text, from, (size_t)((close ? close : end) - from));
	str_add_char(&reader->text, ' ');
	*behind = close ? close + strlen("</h1>") : NULL;
	reader->open = !close && ++reader->lines < MAX_LINES;
	return close != NULL;
}

void heading_break(struct heading_reader *reader)
{
	reader->former.len = 0;
	reader->open = false;
}

bool heading_line(struct heading_reader *reader, const struct line *line, const char **behind)
{
	bool found = html(reader, line, behind);

	if (!found && reader->markdown && line->fresh && !reader->open) {
		*behind = line->start + line->len;
		found = atx(reader, line) || setext(reader, line);
	}
	if (found || line_is_blank(line))
		reader->former.len = 0;
	else
		reader->former = *line;
	return found;
}
