#include "archive/text/utf8.h"

#include <string.h>

#define INVALID UINT32_MAX

/* What may follow a lead byte: how many bytes, and the range of the first of them (Unicode 15,
 * table 3-7). */
struct lead {
	unsigned char more, low, high;
};

static struct lead lead_of(unsigned char byte)
{
	if (byte >= 0xC2 && byte <= 0xDF)
		return (struct lead){ 1, 0x80, 0xBF };
	if (byte >= 0xE0 && byte <= 0xEF)
		return (struct lead){ 2, byte == 0xE0 ? 0xA0 : 0x80, byte == 0xED ? 0x9F : 0xBF };
	if (byte >= 0xF0 && byte <= 0xF4)
		return (struct lead){ 3, byte == 0xF0 ? 0x90 : 0x80, byte == 0xF4 ? 0x8F : 0xBF };
	return (struct lead){ 0, 0, 0 };
}

static uint32_t decode(const char **p, const char *end)
{
	unsigned char byte = (unsigned char)*(*p)++;
	struct lead lead;
	uint32_t c;

	if (byte < 0x80)
		return byte;
	lead = lead_of(byte);
	if (!lead.more)
		return INVALID;
	c = byte & (0x3Fu >> lead.more);
	for (int left = lead.more; left > 0; left--) {
		unsigned char next = *p < end ? (unsigned char)**p : 0;

		if (next < lead.low || next > lead.high)
			return INVALID;
		c = c << 6 | (next & 0x3Fu);
		(*p)++;
		lead.low = 0x80;
		lead.high = 0xBF;
	}
	return c;
}

uint32_t utf8_next(const char **p, const char *end)
{
	uint32_t c = decode(p, end);

	return c == INVALID ? UTF8_REPLACEMENT : c;
}

void utf8_put(struct str *out, uint32_t c)
{
	char bytes[4];
	size_t len = 0;

	if (c < 0x80) {
		bytes[len++] = (char)c;
	} else if (c < 0x800) {
		bytes[len++] = (char)(0xC0 | c >> 6);
		bytes[len++] = (char)(0x80 | (c & 0x3F));
	} else if (c < 0x10000) {
		if (c >= 0xD800 && c <= 0xDFFF)
			c = UTF8_REPLACEMENT;
		bytes[len++] = (char)(0xE0 | c >> 12);
		bytes[len++] = (char)(0x80 | (c >> 6 & 0x3F));
		bytes[len++] = (char)(0x80 | (c & 0x3F));
	} else if (c <= 0x10FFFF) {
		bytes[len++] = (char)(0xF0 | c >> 18);
		bytes[len++] = (char)(0x80 | (c >> 12 & 0x3F));
		bytes[len++] = (char)(0x80 | (c >> 6 & 0x3F));
		bytes[len++] = (char)(0x80 | (c & 0x3F));
	} else {
		utf8_put(out, UTF8_REPLACEMENT);
	}
	str_add_n(out, bytes, len);
}

/* Good stretches are added whole. */
void utf8_add_clean(struct str *out, const char *bytes, size_t len)
{
	const char *end = bytes + len, *good = bytes, *p = bytes;

	while (p < end) {
		const char *start = p;

		if (decode(&p, end) != INVALID)
			continue;
		str_add_n(out, good, (size_t)(start - good));
		utf8_put(out, UTF8_REPLACEMENT);
		good = p;
	}
	str_add_n(out, good, (size_t)(end - good));
}

bool utf8_valid(const char *bytes, size_t len)
{
	const char *end = bytes + len;

	while (bytes < end)
		if (decode(&bytes, end) == INVALID)
			return false;
	return true;
}

size_t utf8_offset(const char *bytes, size_t len, size_t index)
{
	const char *p = bytes, *end = bytes + len;

	for (; index > 0 && p < end; index--)
		decode(&p, end);
	return (size_t)(p - bytes);
}

static bool is_line_end(uint32_t c)
{
	return c == '\n' || c == '\r' || c == 0x85 || c == 0x2028 || c == 0x2029;
}

static bool is_left_out(uint32_t c)
{
	return c < 0x20 || (c >= 0x7F && c <= 0x9F) || c == 0x061C || c == 0x200E || c == 0x200F ||
	       (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

/* Of printable ASCII, which most URLs are and which is kept as it is. */
static size_t printable_length(const char *text, const char *end)
{
	const char *p = text;

	while (p < end && *p >= ' ' && *p <= '~')
		p++;
	return (size_t)(p - text);
}

void utf8_add_plain(struct str *out, const char *text, size_t len, bool one_line)
{
	const char *p = text, *end = text + len;
	bool gap = false;

	str_reserve(out, len);
	while (p < end) {
		size_t plain = printable_length(p, end);
		uint32_t c;
		bool blank;

		if (plain > 0) {
			str_add_n(out, p, plain);
			p += plain;
			gap = false;
			continue;
		}
		c = utf8_next(&p, end);
		blank = is_line_end(c) || c == '\t';

		if (c == '\r' && p < end && *p == '\n')
			continue;
		if (blank && one_line) {
			if (!gap)
				str_add_char(out, ' ');
		} else if (blank) {
			str_add_char(out, c == '\t' ? '\t' : '\n');
		} else if (!is_left_out(c)) {
			utf8_put(out, c);
		} else {
			continue;
		}
		gap = blank;
	}
}

void utf8_add_quoted(struct str *out, const char *text)
{
	size_t len = strnlen(text, 240);
	size_t shown = utf8_offset(text, len, 60);

	str_add_char(out, '\'');
	utf8_add_plain(out, text, shown, true);
	str_add(out, text[shown] ? "…'" : "'");
}
