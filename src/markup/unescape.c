#include <ctype.h>
#include <libxml/HTMLparser.h>
#include <string.h>

#include "archive/markup/markup.h"
#include "archive/text/utf8.h"

#define MAX_NAME 12 /* "&thetasym;" is the longest */

static int digit_value(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c |= 0x20;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : 16;
}

/* Bytes of the digits behind "#" or "#x"; 0 when there are none. */
static size_t read_number(const char *p, const char *end, int base, uint32_t *out)
{
	const char *from = p;

	*out = 0;
	for (; p < end && digit_value(*p) < base; p++)
		if (*out <= 0x10FFFF)
			*out = *out * (uint32_t)base + (uint32_t)digit_value(*p);
	if (*out == 0 || *out > 0x10FFFF || (*out >= 0xD800 && *out <= 0xDFFF))
		*out = UTF8_REPLACEMENT;
	return (size_t)(p - from);
}

static size_t read_name(const char *p, const char *end, uint32_t *out)
{
	const htmlEntityDesc *entity;
	char name[MAX_NAME];
	size_t len = 0;

	while (len + 1 < sizeof(name) && p + len < end && isalnum((unsigned char)p[len])) {
		name[len] = p[len];
		len++;
	}
	name[len] = '\0';
	entity = htmlEntityLookup(BAD_CAST name);
	if (!entity)
		return 0;
	*out = entity->value;
	return len;
}

/* Bytes of the reference at p, which is behind an "&"; 0 when it is none. */
static size_t read_reference(const char *p, const char *end, uint32_t *out)
{
	size_t skip = 0;
	size_t len;

	if (p < end && *p == '#')
		skip = p + 1 < end && (p[1] | 0x20) == 'x' ? 2 : 1;
	if (skip)
		len = read_number(p + skip, end, skip == 2 ? 16 : 10, out);
	else
		len = read_name(p, end, out);
	len = len ? len + skip : 0;
	return len && p + len < end && p[len] == ';' ? len + 1 : 0;
}

void markup_unescape(struct str *out, const char *text, size_t len)
{
	const char *end = text + len;

	while (text < end) {
		const char *amp = memchr(text, '&', (size_t)(end - text));
		uint32_t c = 0;
		size_t used;

		str_add_n(out, text, (size_t)((amp ? amp : end) - text));
		if (!amp)
			return;
		text = amp + 1;
		used = read_reference(text, end, &c);
		if (used)
			utf8_put(out, c);
		else
			str_add_char(out, '&');
		text += used;
	}
}
