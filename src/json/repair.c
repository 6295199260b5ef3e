#include "archive/json/repair.h"

#include <ctype.h>
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define ESCAPED_REPLACEMENT "\\ufffd"
#define LONGEST_NUMBER	    400 /* digits of the longest double written out, and some */

static size_t trail_count(unsigned char lead)
{
	if (lead >= 0xC2 && lead <= 0xDF)
		return 1;
	if (lead >= 0xE0 && lead <= 0xEF)
		return 2;
	return lead >= 0xF0 && lead <= 0xF4 ? 3 : 0;
}

/* The byte behind the lead is narrower for some leads: no overlong forms, no surrogates, nothing
 * above U+10FFFF. */
static bool second_fits(unsigned char lead, unsigned char second)
{
	unsigned char low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
	unsigned char high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;

	return second >= low && second <= high;
}

size_t repair_char(const char *p, const char *end, size_t *bad)
{
	unsigned char lead = (unsigned char)p[0];
	size_t trail = trail_count(lead);
	size_t have = 0;

	if (lead < 0x80)
		return 1;
	*bad = 1;
	if (!trail || end - p < 2 || !second_fits(lead, (unsigned char)p[1]))
		return 0;
	for (have = 1; have < trail && p + have + 1 < end; have++)
		if (((unsigned char)p[have + 1] & 0xC0) != 0x80)
			break;
	*bad = have + 1;
	return have == trail ? trail + 1 : 0;
}

/* The code unit of "\uXXXX" at p, -1 when it is not one. */
static int32_t code_unit(const char *p, const char *end)
{
	int32_t unit = 0;

	if (end - p < 6 || p[0] != '\\' || p[1] != 'u')
		return -1;
	for (int i = 2; i < 6; i++) {
		unsigned char c = (unsigned char)p[i];

		if (!isxdigit(c))
			return -1;
		unit = unit * 16 + (isdigit(c) ? c - '0' : (c | 0x20) - 'a' + 10);
	}
	return unit;
}

static const char *repair_escape(struct str *out, const char *p, const char *end)
{
	int32_t unit = code_unit(p, end);
	int32_t next;

	if (unit < 0) {
		size_t len = end - p < 2 ? 1 : 2;

		str_add_n(out, p, len);
		return p + len;
	}
	next = unit >= 0xD800 && unit < 0xDC00 ? code_unit(p + 6, end) : -1;
	if (next >= 0xDC00 && next < 0xE000) {
		str_add_n(out, p, 12);
		return p + 12;
	}
	if (unit == 0 || (unit >= 0xD800 && unit < 0xE000))
		str_add(out, ESCAPED_REPLACEMENT);
	else
		str_add_n(out, p, 6);
	return p + 6;
}

static const char *repair_byte(struct str *out, const char *p, const char *end)
{
	size_t bad = 1;
	size_t len;

	if ((unsigned char)*p < 0x20) {
		if (*p)
			str_addf(out, "\\u%04x", (unsigned)*p);
		else
			str_add(out, ESCAPED_REPLACEMENT);
		return p + 1;
	}
	len = repair_char(p, end, &bad);
	if (len)
		str_add_n(out, p, len);
	else
		str_add(out, ESCAPED_REPLACEMENT);
	return p + (len ? len : bad);
}

static const char *repair_string(struct str *out, const char *p, const char *end)
{
	str_add_char(out, *p++);
	while (p < end && *p != '"')
		p = *p == '\\' ? repair_escape(out, p, end) : repair_byte(out, p, end);
	if (p < end)
		str_add_char(out, *p++);
	return p;
}

static bool number_fits(const char *text, size_t len)
{
	char copy[LONGEST_NUMBER];
	int64_t whole;

	if (len < 19 && !memchr(text, 'e', len) && !memchr(text, 'E', len))
		return true;
	if (len >= sizeof(copy))
		return false;
	memcpy(copy, text, len);
	copy[len] = '\0';
	if (strcspn(copy, ".eE") == len)
		return str_to_int(copy, INT64_MIN, INT64_MAX, &whole);
	return isfinite(strtod(copy, NULL));
}

static const char *repair_number(struct str *out, const char *p, const char *end)
{
	size_t len = 1;
	bool quote;

	while (p + len < end && (isdigit((unsigned char)p[len]) || strchr("+-.eE", p[len])) &&
	       p[len])
		len++;
	quote = isdigit((unsigned char)p[len - 1]) && !number_fits(p, len);
	if (quote)
		str_add_char(out, '"');
	str_add_n(out, p, len);
	if (quote)
		str_add_char(out, '"');
	return p + len;
}

/* A NUL, which the parser may pass over, becomes a byte that it refuses. */
static void add_between(struct str *out, char c)
{
	str_add_char(out, c ? c : '\x01');
}

void repair_json(struct str *out, const char *bytes, size_t len)
{
	const char *end = bytes + len;
	const char *p = bytes;

	str_reserve(out, len);
	while (p < end) {
		if (*p == '"')
			p = repair_string(out, p, end);
		else if (*p == '-' || isdigit((unsigned char)*p))
			p = repair_number(out, p, end);
		else
			add_between(out, *p++);
	}
}
