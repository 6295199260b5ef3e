#include "archive/text/escape.h"

#include <string.h>

static const char *reference(char c)
{
	switch (c) {
	case '&':
		return "&amp;";
	case '<':
		return "&lt;";
	case '>':
		return "&gt;";
	case '"':
		return "&quot;";
	case '\'':
		return "&#39;";
	case '\t':
	case '\n':
		return NULL;
	default:
		return (unsigned char)c < 0x20 ? "" : NULL;
	}
}

void escape_add_html(struct str *out, const char *text, size_t len)
{
	size_t done = 0;

	str_reserve(out, len);
	for (size_t i = 0; i < len; i++) {
		const char *instead = reference(text[i]);

		if (!instead)
			continue;
		str_add_n(out, text + done, i - done);
		str_add(out, instead);
		done = i + 1;
	}
	str_add_n(out, text + done, len - done);
}

void escape_add_html_text(struct str *out, const char *text)
{
	escape_add_html(out, text, strlen(text));
}
