#include "archive/export/embed-scan.h"

#include <string.h>

#include "archive/base/mem.h"
#include "archive/base/str.h"

#define MAX_INDENT 3 /* of a Markdown line that is no code */

void embed_scan_begin(struct embed_scan *scan, const char *bytes, size_t len, bool markdown)
{
	*scan = (struct embed_scan){
		.at = bytes, .end = bytes + len, .markdown = markdown, .fresh = true
	};
}

bool line_is_blank(const struct line *line)
{
	for (size_t i = 0; i < line->len; i++)
		if (line->start[i] != ' ' && line->start[i] != '\t')
			return false;
	return true;
}

static size_t indent_of(const struct line *line)
{
	size_t i = 0;

	while (i < line->len && (line->start[i] == ' ' || line->start[i] == '\t'))
		i++;
	return i;
}

static bool begins(const struct line *line, size_t at, const char *word)
{
	size_t len = strlen(word);

	return at + len <= line->len && strncasecmp(line->start + at, word, len) == 0;
}

static const char *find(const struct line *line, size_t at, const char *word)
{
	for (; at < line->len; at++)
		if (begins(line, at, word))
			return line->start + at;
	return NULL;
}

/* Nothing but this word and blanks at its end? */
static bool is_only(const struct line *line, const char *word)
{
	struct line rest = *line;

	if (!begins(line, 0, word))
		return false;
	rest.start += strlen(word);
	rest.len -= strlen(word);
	return line_is_blank(&rest);
}

/* ---- what begins at a line ---- */

static bool enter(struct embed_scan *scan, enum embed_state state, const char *closer)
{
	scan->state = state;
	scan->closer = closer;
	return true;
}

static bool enters_front(struct embed_scan *scan, const struct line *line)
{
	static const char *const marks[][2] = { { "---", "---" }, { "+++", "+++" }, { "{", "}" } };

	if (line->number != 1)
		return false;
	for (size_t i = 0; i < ARRAY_LEN(marks); i++)
		if (is_only(line, marks[i][0]))
			return enter(scan, SCAN_FRONT, marks[i][1]);
	return false;
}

static size_t run_of(const struct line *line, size_t at, char c)
{
	size_t n = 0;

	while (at + n < line->len && line->start[at + n] == c)
		n++;
	return n;
}

static bool enters_fence(struct embed_scan *scan, const struct line *line)
{
	size_t at = indent_of(line);
	size_t ticks = run_of(line, at, '`'), tildes = run_of(line, at, '~');
	size_t len = ticks > tildes ? ticks : tildes;

	if (len < 3 || at > MAX_INDENT)
		return false;
	if (ticks > 0 && memchr(line->start + at + len, '`', line->len - at - len))
		return false; /* code within a line */
	scan->fence = line->start[at];
	scan->fence_len = len;
	return enter(scan, SCAN_FENCE, NULL);
}

static bool closes_fence(const struct embed_scan *scan, const struct line *line)
{
	struct line rest = *line;
	size_t at = indent_of(line);
	size_t len = run_of(line, at, scan->fence);

	rest.start += at + len;
	rest.len -= at + len;
	return at <= MAX_INDENT && len >= scan->fence_len && line_is_blank(&rest);
}

/* What hides text until its end; in Markdown only at the beginning of a line. */
static const struct {
	const char *open, *close;
} hiding[] = {
	{ "<!--", "-->" },
	{ "<script", "</script" },
	{ "<style", "</style" },
	{ "<pre", "</pre" },
	{ "<textarea", "</textarea" },
	{ "{{< highlight", "{{< /highlight" },
	{ "{% highlight", "{% endhighlight" },
	{ "{% raw", "{% endraw" },
};

static bool word_ends(const struct line *line, const char *at)
{
	return at >= line->start + line->len || !strchr("abcdefghijklmnopqrstuvwxyz-", *at);
}

/* Which of them opens at this place of the line; ARRAY_LEN(hiding) when none does. */
static size_t hiding_at(const struct line *line, size_t at)
{
	size_t i;

	for (i = 0; i < ARRAY_LEN(hiding); i++)
		if (begins(line, at, hiding[i].open) &&
		    (i == 0 || word_ends(line, line->start + at + strlen(hiding[i].open))))
			break;
	return i;
}

/* Where one opens in the line from at on; NULL when none does. */
static const char *first_hiding(const struct embed_scan *scan, const struct line *line, size_t at,
				size_t *which)
{
	size_t until = scan->markdown ? indent_of(line) + 1 : line->len;

	if (scan->markdown && at == 0)
		at = indent_of(line);
	for (; at < until && at < line->len; at++) {
		if (line->start[at] != '<' && line->start[at] != '{')
			continue;
		*which = hiding_at(line, at);
		if (*which < ARRAY_LEN(hiding))
			return line->start + at;
	}
	return NULL;
}

static void cut(struct line *line, const char *end)
{
	line->len = (size_t)(end - line->start);
	line->whole = line->len;
}

/* The line, or the part of it up to where something is hidden or shown again. */
static enum line_kind part_of(struct embed_scan *scan, struct line *line)
{
	size_t which = 0;
	const char *open = first_hiding(scan, line, 0, &which), *close;
	size_t at = open ? (size_t)(open - line->start) : 0;

	if (!open)
		return LINE_TEXT;
	if (at > 0 && !line_is_blank(&(struct line){ .start = line->start, .len = at })) {
		cut(line, open);
		return LINE_TEXT;
	}
	close = find(line, at + strlen(hiding[which].open), hiding[which].close);
	if (!close)
		enter(scan, SCAN_UNTIL, hiding[which].close);
	else
		cut(line, close + strlen(hiding[which].close));
	return LINE_HIDDEN;
}

/* ---- markers ---- */

/* "<!-- archive:begin NAME -->" alone on its line. */
static bool read_marker(const struct line *line, const char *word, struct line *out)
{
	size_t at = indent_of(line);
	const char *close = begins(line, at, "<!--") ? find(line, at, "-->") : NULL;
	const char *p = line->start + at;
	struct line rest = *line;

	if (!close)
		return false;
	p += strlen("<!--");
	rest.start = close + strlen("-->");
	rest.len = (size_t)(line->start + line->len - rest.start);
	while (p < close && (*p == ' ' || *p == '\t'))
		p++;
	if (!line_is_blank(&rest) || (size_t)(close - p) <= strlen(word) ||
	    strncmp(p, word, strlen(word)) != 0)
		return false;
	for (p += strlen(word); p < close && (*p == ' ' || *p == '\t'); p++)
		;
	while (close > p && (close[-1] == ' ' || close[-1] == '\t'))
		close--;
	out->name = p;
	out->name_len = (size_t)(close - p);
	return p < close;
}

static bool is_marker(const struct embed_scan *scan, struct line *line)
{
	if (!line->fresh || (scan->markdown && indent_of(line) > MAX_INDENT))
		return false;
	if (read_marker(line, "archive:begin ", line)) {
		line->kind = LINE_BEGIN;
		return true;
	}
	if (!read_marker(line, "archive:end ", line))
		return false;
	line->kind = LINE_END;
	return true;
}

/* ---- the lines ---- */

static enum line_kind text_line(struct embed_scan *scan, struct line *line)
{
	if (is_marker(scan, line)) {
		scan->state = line->kind == LINE_BEGIN ? SCAN_OURS : SCAN_TEXT;
		return line->kind;
	}
	if (enters_front(scan, line) || (scan->markdown && line->fresh && enters_fence(scan, line)))
		return LINE_HIDDEN;
	return part_of(scan, line);
}

static enum line_kind hidden_line(struct embed_scan *scan, struct line *line)
{
	const char *close;
	bool closed = false;

	if (scan->state == SCAN_FRONT)
		closed = is_only(line, scan->closer) ||
			 (scan->closer[0] == '-' && is_only(line, "..."));
	else if (scan->state == SCAN_FENCE)
		closed = closes_fence(scan, line);
	else if ((close = find(line, 0, scan->closer)) != NULL) {
		closed = true;
		cut(line, close + strlen(scan->closer));
	}
	if (closed)
		scan->state = SCAN_TEXT;
	return LINE_HIDDEN;
}

/* A marker of any name ends what stands between two: a pair that is not whole is noticed so. */
static enum line_kind our_line(struct embed_scan *scan, struct line *line)
{
	if (!is_marker(scan, line))
		return LINE_INSIDE;
	scan->state = line->kind == LINE_BEGIN ? SCAN_OURS : SCAN_TEXT;
	return line->kind;
}

bool embed_scan_next(struct embed_scan *scan, struct line *out)
{
	const char *newline;

	if (scan->at >= scan->end)
		return false;
	newline = memchr(scan->at, '\n', (size_t)(scan->end - scan->at));
	scan->number += scan->fresh;
	*out = (struct line){ .number = scan->number, .start = scan->at, .fresh = scan->fresh };
	out->whole = newline ? (size_t)(newline + 1 - scan->at) : (size_t)(scan->end - scan->at);
	out->len = out->whole - (newline ? 1 : 0);
	if (newline && out->len > 0 && out->start[out->len - 1] == '\r')
		out->len--;
	if (scan->state == SCAN_TEXT)
		out->kind = text_line(scan, out);
	else if (scan->state == SCAN_OURS)
		out->kind = our_line(scan, out);
	else
		out->kind = hidden_line(scan, out);
	scan->at += out->whole;
	scan->fresh = scan->at[-1] == '\n';
	return true;
}
