#include "archive/json/write.h"

#include <inttypes.h>
#include <string.h>

#include "archive/base/clock.h"
#include "archive/json/repair.h"

void jwrite_begin(struct jwrite *w, struct str *out)
{
	*w = (struct jwrite){ .out = out };
}

static void add_escaped(struct str *out, unsigned char c)
{
	static const char named[] = "btn\0fr"; /* U+0008 to U+000D */

	if (c == '"' || c == '\\')
		str_addf(out, "\\%c", c);
	else if (c >= 0x08 && c <= 0x0D && c != 0x0B)
		str_addf(out, "\\%c", named[c - 0x08]);
	else
		str_addf(out, "\\u%04x", c);
}

static bool is_plain(unsigned char c)
{
	return c >= 0x20 && c < 0x7F && c != '"' && c != '\\';
}

static void add_string(struct str *out, const char *text)
{
	const char *end = text + strlen(text);
	const char *run = text;

	str_add_char(out, '"');
	while (text < end) {
		size_t bad = 0;
		size_t len = is_plain((unsigned char)*text) ? 1 : 0;

		if (!len && (unsigned char)*text >= 0x80)
			len = repair_char(text, end, &bad);
		if (len) {
			text += len;
			continue;
		}
		str_add_n(out, run, (size_t)(text - run));
		if (bad)
			str_add(out, "\xEF\xBF\xBD");
		else
			add_escaped(out, (unsigned char)*text);
		text += bad ? bad : 1;
		run = text;
	}
	str_add_n(out, run, (size_t)(text - run));
	str_add_char(out, '"');
}

static bool *level(struct jwrite *w)
{
	return &w->filled[w->depth < JWRITE_MAX_DEPTH ? w->depth : JWRITE_MAX_DEPTH - 1];
}

static void begin_value(struct jwrite *w, const char *key)
{
	bool *filled = level(w);

	if (*filled && w->depth)
		str_add_char(w->out, ',');
	*filled = true;
	if (!key)
		return;
	add_string(w->out, key);
	str_add_char(w->out, ':');
}

static void open_level(struct jwrite *w, const char *key, char bracket)
{
	begin_value(w, key);
	str_add_char(w->out, bracket);
	w->depth++;
	*level(w) = false;
}

static void close_level(struct jwrite *w, char bracket)
{
	str_add_char(w->out, bracket);
	w->depth--;
	*level(w) = true;
}

void jwrite_open_object(struct jwrite *w, const char *key)
{
	open_level(w, key, '{');
}

void jwrite_close_object(struct jwrite *w)
{
	close_level(w, '}');
}

void jwrite_open_array(struct jwrite *w, const char *key)
{
	open_level(w, key, '[');
}

void jwrite_close_array(struct jwrite *w)
{
	close_level(w, ']');
}

void jwrite_null(struct jwrite *w, const char *key)
{
	begin_value(w, key);
	str_add(w->out, "null");
}

void jwrite_text(struct jwrite *w, const char *key, const char *text)
{
	if (!text) {
		jwrite_null(w, key);
		return;
	}
	begin_value(w, key);
	add_string(w->out, text);
}

void jwrite_int(struct jwrite *w, const char *key, int64_t value)
{
	begin_value(w, key);
	str_addf(w->out, "%" PRId64, value);
}

void jwrite_bool(struct jwrite *w, const char *key, bool value)
{
	begin_value(w, key);
	str_add(w->out, value ? "true" : "false");
}

void jwrite_texts(struct jwrite *w, const char *key, const char *const *texts, size_t count)
{
	jwrite_open_array(w, key);
	for (size_t i = 0; i < count; i++)
		jwrite_text(w, NULL, texts[i]);
	jwrite_close_array(w);
}

void jwrite_time(struct jwrite *w, const char *key, int64_t ms)
{
	char text[CLOCK_ISO_SIZE];

	if (!ms) {
		jwrite_null(w, key);
		return;
	}
	clock_format_utc(ms, ms % 1000 != 0, text);
	jwrite_text(w, key, text);
}

void jwrite_told(struct jwrite *w, const char *key, bool told, int64_t value)
{
	if (told)
		jwrite_int(w, key, value);
	else
		jwrite_null(w, key);
}
