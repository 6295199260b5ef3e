#include "archive/http/line.h"

#include <string.h>
#include <strings.h>

bool line_next(const char **rest, const char *end, struct span *line)
{
	const char *stop;

	if (*rest >= end)
		return false;
	stop = memchr(*rest, '\n', (size_t)(end - *rest));
	line->at = *rest;
	line->len = (size_t)((stop ? stop : end) - *rest);
	*rest = stop ? stop + 1 : end;
	if (line->len > 0 && line->at[line->len - 1] == '\r')
		line->len--;
	return true;
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t';
}

bool line_is_header(struct span line, const char *name, struct span *value)
{
	size_t len = strlen(name);

	if (line.len <= len || line.at[len] != ':' || strncasecmp(line.at, name, len) != 0)
		return false;
	value->at = line.at + len + 1;
	value->len = line.len - len - 1;
	while (value->len > 0 && is_blank(*value->at)) {
		value->at++;
		value->len--;
	}
	while (value->len > 0 && is_blank(value->at[value->len - 1]))
		value->len--;
	return true;
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

bool line_status(struct span line, int *status)
{
	const char *blank = memchr(line.at, ' ', line.len);
	size_t left;

	if (line.len < 5 || memcmp(line.at, "HTTP/", 5) != 0 || !blank)
		return false;
	left = line.len - (size_t)(blank - line.at) - 1;
	if (left < 3 || blank[1] == '0' || !is_digit(blank[1]) || !is_digit(blank[2]) ||
	    !is_digit(blank[3]) || (left > 3 && blank[4] != ' '))
		return false;
	*status = (blank[1] - '0') * 100 + (blank[2] - '0') * 10 + (blank[3] - '0');
	return true;
}

static bool is_unreserved(unsigned char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       c == '-' || c == '.' || c == '_' || c == '~';
}

static void add_encoded(struct str *out, unsigned char c)
{
	str_addf(out, "%%%02X", c);
}

void line_percent(struct str *out, const char *bytes, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		if (is_unreserved((unsigned char)bytes[i]))
			str_add_char(out, bytes[i]);
		else
			add_encoded(out, (unsigned char)bytes[i]);
	}
}

static int hex_value(char c)
{
	if (is_digit(c))
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

/* The byte that "%XX" at this place stands for; -1 when it is not one. */
static int encoded_byte(const char *at, size_t left)
{
	int high, low;

	if (left < 3 || *at != '%')
		return -1;
	high = hex_value(at[1]);
	low = hex_value(at[2]);
	return high < 0 || low < 0 ? -1 : high * 16 + low;
}

size_t line_respell_one(struct str *out, const char *at, size_t left, const char *keep)
{
	int byte = encoded_byte(at, left);
	unsigned char c = byte < 0 ? (unsigned char)*at : (unsigned char)byte;

	if (is_unreserved(c) || (byte < 0 && c && strchr(keep, c)))
		str_add_char(out, (char)c);
	else
		add_encoded(out, c);
	return byte < 0 ? 1 : 3;
}

void line_respell(struct str *out, const char *bytes, size_t len, const char *keep)
{
	for (size_t i = 0; i < len;)
		i += line_respell_one(out, bytes + i, len - i, keep);
}
