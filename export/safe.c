#include "archive/export/safe.h"

#include <string.h>

#include "archive/text/link.h"
#include "archive/text/utf8.h"

#define CLEAN_MAX  2048
#define CODE_REACH 64 /* no engine's emoji code is longer */

enum kind { PLAIN, DROP, BLANK, ALWAYS, COLON, CONTEXT, HIGH };
enum place { IN_TEXT, IN_PRE, IN_ATTR };

static enum kind kind_of(unsigned char c)
{
	static const unsigned char kinds[128] = {
		[0x00 ... 0x08] = DROP, ['\t'] = BLANK,	 ['\n'] = BLANK,	 ['\v'] = DROP,
		['\f'] = DROP,		['\r'] = BLANK,	 [0x0E ... 0x1F] = DROP, [0x7F] = DROP,
		['&'] = ALWAYS,		['<'] = ALWAYS,	 ['>'] = ALWAYS,	 ['"'] = ALWAYS,
		['\''] = ALWAYS,	['['] = ALWAYS,	 [']'] = ALWAYS,	 ['{'] = ALWAYS,
		['}'] = ALWAYS,		['\\'] = ALWAYS, ['`'] = ALWAYS,	 [':'] = COLON,
		[';'] = CONTEXT,	['-'] = CONTEXT, ['.'] = CONTEXT,	 ['8'] = CONTEXT,
		['x'] = CONTEXT,	['('] = CONTEXT, ['W'] = CONTEXT,
	};

	return c < 128 ? kinds[c] : HIGH;
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_alnum(char c)
{
	return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_code(char c)
{
	return is_alnum(c) || c == '_' || c == '+' || c == '-';
}

/* Text with a view to both sides; what lies outside is NUL. */
struct view {
	const char *text;
	size_t len;
};

static char at(const struct view *v, size_t i)
{
	return i < v->len ? v->text[i] : '\0';
}

static char before(const struct view *v, size_t i)
{
	return i > 0 ? v->text[i - 1] : '\0';
}

static bool has(const struct view *v, size_t i, const char *word)
{
	size_t len = strlen(word);

	return v->len - i >= len && memcmp(v->text + i, word, len) == 0;
}

/* Is the colon at i one end of ":word:"? */
static bool ends_code(const struct view *v, size_t i)
{
	size_t next = i + 1;
	size_t last = i;

	while (next - i < CODE_REACH && is_code(at(v, next)))
		next++;
	while (i - last < CODE_REACH && is_code(before(v, last)))
		last--;
	return (next > i + 1 && at(v, next) == ':') || (last < i && before(v, last) == ':');
}

static bool is_smiley_eye(const struct view *v, size_t i)
{
	return !is_alnum(before(v, i)) &&
	       (has(v, i, "8O") || has(v, i, "8-O") || has(v, i, "8)") || has(v, i, "8-)"));
}

static bool is_times_sign(const struct view *v, size_t i)
{
	return is_digit(at(v, i + 1)) &&
	       (is_digit(before(v, i)) || before(v, i) == '.' || before(v, i) == ',');
}

/* Would a display filter of WordPress 6.1 (wptexturize, convert_smilies, capital_P_dangit) act
 * on it? */
static bool is_touched(const struct view *v, size_t i)
{
	switch (v->text[i]) {
	case '-':
		return !is_alnum(before(v, i)) || !is_alnum(at(v, i + 1));
	case '.':
		return before(v, i) == '.' || at(v, i + 1) == '.';
	case 'x':
		return is_times_sign(v, i);
	case '8':
		return is_smiley_eye(v, i);
	case '(':
		return at(v, i + 1) != '\0' && strchr("cCpPrRtT", at(v, i + 1));
	case 'W':
		return has(v, i, "Wordpress");
	default:
		return true;
	}
}

static bool is_referred(const struct view *v, size_t i, enum kind kind, enum place place)
{
	if (kind == ALWAYS)
		return true;
	if (kind == COLON && ends_code(v, i))
		return true;
	if (kind == COLON)
		return place != IN_ATTR && !(is_digit(before(v, i)) && is_digit(at(v, i + 1)));
	return place != IN_ATTR && is_touched(v, i);
}

static void add_reference(struct str *out, unsigned char c)
{
	char ref[] = {
		'&', '#', (char)('0' + c / 100), (char)('0' + c / 10 % 10), (char)('0' + c % 10),
		';'
	};

	if (c == '&')
		str_add_n(out, "&amp;", 5);
	else if (c == '<')
		str_add_n(out, "&lt;", 4);
	else if (c == '>')
		str_add_n(out, "&gt;", 4);
	else if (c == '"')
		str_add_n(out, "&quot;", 6);
	else if (c >= 100)
		str_add_n(out, ref, sizeof(ref));
	else {
		ref[1] = '&';
		ref[2] = '#';
		str_add_n(out, ref + 1, sizeof(ref) - 1);
	}
}

static bool is_left_out(uint32_t c)
{
	return (c >= 0x80 && c <= 0x9F) || c == 0x061C || c == 0x200E || c == 0x200F ||
	       (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) ||
	       (c >= 0xFDD0 && c <= 0xFDEF) || (c & 0xFFFE) == 0xFFFE;
}

/* A character beyond ASCII; returns its bytes, 0 when it is left out. */
static size_t add_high(struct str *out, const char *text, size_t len)
{
	const char *p = text;
	uint32_t c = utf8_next(&p, text + len);

	if (c == 0x2028 || c == 0x2029)
		str_add_char(out, ' ');
	else if (c == UTF8_REPLACEMENT)
		str_add_n(out, "\xEF\xBF\xBD", 3);
	else if (is_left_out(c))
		return 0;
	else
		str_add_n(out, text, (size_t)(p - text));
	return (size_t)(p - text);
}

/* Three bytes from U+3000 to U+9FFF: Japanese, and nothing in it has to be looked at. */
static bool is_japanese(const struct view *v, size_t i)
{
	const unsigned char *p = (const unsigned char *)v->text + i;

	return v->len - i >= 3 && p[0] >= 0xE3 && p[0] <= 0xE9 && (p[1] & 0xC0) == 0x80 &&
	       (p[2] & 0xC0) == 0x80;
}

static size_t plain_end(const struct view *v, size_t i)
{
	size_t from;

	do {
		while (i < v->len && kind_of((unsigned char)v->text[i]) == PLAIN)
			i++;
		for (from = i; is_japanese(v, i);)
			i += 3;
	} while (i > from);
	return i;
}

static void add_blank(struct str *out, char c, enum place place)
{
	if (place == IN_PRE && c == '\n')
		str_add_n(out, "&#10;", 5);
	else if (place == IN_PRE && c == '\t')
		str_add_char(out, c);
	else if (place != IN_PRE)
		str_add_char(out, ' ');
}

/* A character that does not go out as it stands; returns its bytes, 0 when it is left out. */
static size_t add_changed(struct str *out, const struct view *v, size_t i, enum kind kind,
			  enum place place)
{
	if (kind == HIGH)
		return add_high(out, v->text + i, v->len - i);
	if (kind == DROP)
		return 0;
	if (kind == BLANK)
		add_blank(out, v->text[i], place);
	else
		add_reference(out, (unsigned char)v->text[i]);
	return 1;
}

/* false at the first character that is left out. */
static bool add_whole(struct str *out, const char *text, size_t len, enum place place)
{
	const struct view v = { text, len };
	size_t from = 0; /* what is read and not yet written */

	for (size_t i = plain_end(&v, 0); i < len; i = plain_end(&v, i)) {
		enum kind kind = kind_of((unsigned char)text[i]);
		size_t used;

		if (kind >= ALWAYS && kind <= CONTEXT && !is_referred(&v, i, kind, place)) {
			i++;
			continue;
		}
		str_add_n(out, text + from, i - from);
		used = add_changed(out, &v, i, kind, place);
		if (used == 0)
			return false;
		i += used;
		from = i;
	}
	str_add_n(out, text + from, len - from);
	return true;
}

static void add_without_left_out(struct str *out, const char *text, size_t len)
{
	const char *end = text + len;

	for (const char *p = text; p < end; text = p) {
		uint32_t c = utf8_next(&p, end);

		if (c < 128 ? kind_of((unsigned char)c) != DROP : !is_left_out(c))
			str_add_n(out, text, (size_t)(p - text));
	}
}

/* What is left out parts nothing: what stood on both sides of it is looked at together. */
static void add(struct str *out, const char *text, size_t len, enum place place)
{
	struct str kept = STR_INIT;
	size_t mark = out->len;

	if (add_whole(out, text, len, place))
		return;
	str_truncate(out, mark);
	add_without_left_out(&kept, text, len);
	if (!add_whole(out, kept.buf, kept.len, place))
		str_truncate(out, mark);
	str_release(&kept);
}

/* White space (Unicode 15, property White_Space) and what has no ink of its own. */
static bool is_invisible(uint32_t c)
{
	if (c < 128)
		return c == ' ' || kind_of((unsigned char)c) == DROP ||
		       kind_of((unsigned char)c) == BLANK;
	return is_left_out(c) || c == 0x00A0 || c == 0x115F || c == 0x1160 || c == 0x1680 ||
	       (c >= 0x2000 && c <= 0x200D) || (c >= 0x2028 && c <= 0x202F) || c == 0x205F ||
	       c == 0x2060 || c == 0x2800 || c == 0x3000 || c == 0x3164 || c == 0xFE0E ||
	       c == 0xFE0F || c == 0xFEFF;
}

bool safe_has_text(const char *text, size_t len)
{
	const char *end = text + len;

	while (text < end)
		if (!is_invisible(utf8_next(&text, end)))
			return true;
	return false;
}

void safe_add_text(struct str *out, const char *text, size_t len)
{
	add(out, text, len, IN_TEXT);
}

void safe_add_pre(struct str *out, const char *text, size_t len)
{
	add(out, text, len, IN_PRE);
}

void safe_add_attr(struct str *out, const char *text, size_t len)
{
	add(out, text, len, IN_ATTR);
}

/* Most URLs are clean: a scheme, a host, and characters that mean the same in a URL and in an
 * attribute. They are the larger part of what there is to check, so they do not go the long way. */
static bool is_clean_url(const char *url, size_t *len)
{
	/* 2: also in a host */
	static const unsigned char kinds[256] = {
		['a' ... 'z'] = 2, ['0' ... '9'] = 2, ['-'] = 2, ['.'] = 2, ['A' ... 'Z'] = 1,
		['_'] = 1,	   ['~'] = 1,	      ['/'] = 1, ['?'] = 1, ['#'] = 1,
		['@'] = 1,	   ['!'] = 1,	      ['$'] = 1, ['('] = 1, [')'] = 1,
		['*'] = 1,	   ['+'] = 1,	      [','] = 1, ['='] = 1,
	};
	const unsigned char *start = (const unsigned char *)url + strlen("https://");
	const unsigned char *p = start;

	if (!str_starts(url, "https://"))
		return false;
	while (kinds[*p] == 2)
		p++;
	if (p == start || *p != '/')
		return false;
	while (kinds[*p])
		p++;
	*len = (size_t)((const char *)p - url);
	return *p == '\0' && *len < CLEAN_MAX;
}

bool safe_add_url(struct str *out, const char *url, struct str *scratch)
{
	size_t len;

	if (url && is_clean_url(url, &len)) {
		str_add_n(out, url, len);
		return true;
	}
	str_clear(scratch);
	if (!url || !link_add_clean(scratch, url))
		return false;
	safe_add_attr(out, scratch->buf, scratch->len);
	return true;
}
