#include "archive/curate/sheet-text.h"

#include <stdio.h>
#include <string.h>

#include "archive/base/amount.h"
#include "archive/base/mem.h"
#include "archive/base/zone.h"
#include "archive/curate/sheet.h"
#include "archive/text/link.h"
#include "archive/text/utf8.h"
#include "archive/text/when.h"

#define FIRST_TIME INT64_C(-62135596800000) /* the years 1 to 9999 */
#define LAST_TIME  INT64_C(253402300799999)

static bool is_blank(char c)
{
	return c == ' ' || c == '\t';
}

void sheet_add_escaped(struct str *out, const char *text, size_t len, unsigned escape)
{
	if (len == 0 && (escape & SHEET_ESCAPE_EMPTY))
		str_add_char(out, '\\');
	for (size_t i = 0; i < len; i++) {
		char c = text[i];
		bool key = c == '{' && (escape & SHEET_ESCAPE_KEY) && i + 1 < len &&
			   text[i + 1] == '#';
		bool brace = c == '{' && (escape & SHEET_ESCAPE_BRACE) && i == 0;

		if (c == '\\' || c == '\n' || key || brace || (i == 0 && is_blank(c)))
			str_add_char(out, '\\');
		str_add_char(out, c == '\n' ? 'n' : c);
	}
	if (len > 0 && is_blank(text[len - 1]))
		str_add_char(out, '\\');
}

void sheet_add_unescaped(struct str *out, const char *text, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		char next = i + 1 < len ? text[i + 1] : '\0';

		if (text[i] != '\\' || (next && !strchr("\\n{" SHEET_BLANKS, next))) {
			str_add_char(out, text[i]);
			continue;
		}
		if (next)
			str_add_char(out, next == 'n' ? '\n' : next);
		i++;
	}
}

/* ---- what a file can hold ---- */

static const char *kept(struct arena *arena, struct str *text)
{
	const char *copy = text->len > 0 ? arena_strndup(arena, text->buf, text->len) : NULL;

	str_release(text);
	return copy;
}

const char *sheet_plain(struct arena *arena, const char *text)
{
	struct str plain = STR_INIT;

	if (text)
		utf8_add_plain(&plain, text, strlen(text), false);
	return kept(arena, &plain);
}

const char *sheet_plain_words(struct arena *arena, const char *text)
{
	struct str plain = STR_INIT;
	size_t lines = 1;

	if (text)
		utf8_add_plain(&plain, text, strlen(text), false);
	for (size_t i = 0; i < plain.len; i++)
		if (plain.buf[i] == '\n' && ++lines > SHEET_MAX_PICTURES)
			str_truncate(&plain, i);
	while (plain.len > 0 && plain.buf[plain.len - 1] == '\n')
		str_truncate(&plain, plain.len - 1);
	return kept(arena, &plain);
}

const char *sheet_plain_url(struct arena *arena, const char *url)
{
	struct str clean = STR_INIT;

	if (!url || !*url)
		return NULL;
	if (!link_add_clean(&clean, url))
		link_add_escaped(&clean, url);
	return kept(arena, &clean);
}

/* ---- times ---- */

int64_t sheet_plain_time(int64_t ms)
{
	if (ms < FIRST_TIME)
		return FIRST_TIME;
	return ms > LAST_TIME ? LAST_TIME : ms;
}

static void add_civil(struct str *out, const struct civil *c, int ms)
{
	str_addf(out, "%04d-%02d-%02dT%02d:%02d", c->year, c->month, c->day, c->hour, c->minute);
	if (c->second || ms)
		str_addf(out, ":%02d", c->second);
	if (ms)
		str_addf(out, ".%03d", ms);
}

void sheet_add_time(struct str *out, const char *zone, int64_t ms)
{
	size_t start = out->len;
	struct civil civil;
	int rest = (int)(((ms % 1000) + 1000) % 1000);
	int64_t again;

	zone_civil(zone, ms, &civil);
	add_civil(out, &civil, rest);
	if (sheet_read_time(out->buf + start, zone, false, &again) && again == ms)
		return;
	str_truncate(out, start);
	zone_civil("UTC", ms, &civil);
	add_civil(out, &civil, rest);
	str_add_char(out, 'Z');
}

/* A time is whole when it means the same at any moment that it is read. */
bool sheet_read_time(const char *text, const char *zone, bool until, int64_t *ms)
{
	enum when_side side = until ? WHEN_UNTIL : WHEN_SINCE;
	struct err err = { 0 };
	int64_t one, other;

	if (!when_parse(text, side, 0, zone, &one, &err) ||
	    !when_parse(text, side, LAST_TIME / 7, zone, &other, &err) || one != other)
		return false;
	*ms = one;
	return true;
}

void sheet_add_span(struct str *out, int64_t ms)
{
	static const struct {
		char letter;
		int64_t seconds;
	} units[] = { { 'd', 86400 }, { 'h', 3600 }, { 'm', 60 }, { 's', 1 } };
	int64_t seconds = ms / 1000;

	for (size_t i = 0; i < ARRAY_LEN(units); i++) {
		if (seconds % units[i].seconds != 0)
			continue;
		str_addf(out, "%lld%c", (long long)(seconds / units[i].seconds), units[i].letter);
		return;
	}
}
