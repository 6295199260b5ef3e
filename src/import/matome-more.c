#include <string.h>

#include "archive/import/matome.h"
#include "archive/text/utf8.h"

#define MARK "moreTweetContent"

static int hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c |= 0x20;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* The number in the digits behind p; -1 when they are none. */
static int32_t hex_number(const char *p, const char *end, size_t digits)
{
	int32_t value = 0;

	if ((size_t)(end - p) < digits)
		return -1;
	for (size_t i = 0; i < digits; i++) {
		int digit = hex_digit(p[i]);

		if (digit < 0)
			return -1;
		value = value * 16 + digit;
	}
	return value;
}

static bool is_low(const char *p, const char *end, int32_t *low)
{
	if (end - p < 6 || p[0] != '\\' || p[1] != 'u')
		return false;
	*low = hex_number(p + 2, end, 4);
	return *low >= 0xDC00 && *low < 0xE000;
}

/* Adds what the escape at p means, which is behind the backslash; returns what is behind it. */
static const char *add_escape(struct str *out, const char *p, const char *end)
{
	static const char letters[] = "nrtbfv", bytes[] = "\n\r\t  \n";
	const char *letter = strchr(letters, *p);
	size_t digits = *p == 'u' ? 4 : *p == 'x' ? 2 : 0;
	int32_t high = digits ? hex_number(p + 1, end, digits) : -1, low;

	if (high >= 0xD800 && high < 0xDC00 && is_low(p + 5, end, &low)) {
		utf8_put(out, (uint32_t)(0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00)));
		return p + 11;
	}
	if (high > 0) {
		utf8_put(out, high >= 0xD800 && high < 0xE000 ? UTF8_REPLACEMENT : (uint32_t)high);
		return p + 1 + digits;
	}
	if (letter && *p)
		str_add_char(out, bytes[letter - letters]);
	else if (*p != '\n')
		str_add_char(out, *p);
	return p + 1;
}

/* Behind blanks and signs, the quote that the string begins with; NULL when there is none. */
static const char *find_string(const char *script, size_t len)
{
	const char *end = script + len;
	const char *at = memmem(script, len, MARK, strlen(MARK));

	while (at) {
		const char *p = at + strlen(MARK);

		while (p < end && (*p == ' ' || *p == '=' || *p == ':' || *p == '\n'))
			p++;
		if (p < end && (*p == '"' || *p == '\'' || *p == '`'))
			return p;
		at = memmem(p, (size_t)(end - p), MARK, strlen(MARK));
	}
	return NULL;
}

bool more_content(const char *script, size_t len, struct str *out)
{
	const char *end = script + len;
	const char *p = find_string(script, len);
	char quote;

	str_clear(out);
	if (!p)
		return false;
	for (quote = *p++; p < end && *p != quote;) {
		if (*p == '\\' && p + 1 < end)
			p = add_escape(out, p + 1, end);
		else
			str_add_char(out, *p++);
	}
	return out->len > 0;
}
