#include "archive/picker/tui-clip.h"

#include <stdint.h>
#include <string.h>

static void add_base64(struct str *out, const char *text)
{
	static const char digits[] =
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	const unsigned char *bytes = (const unsigned char *)text;
	size_t len = strlen(text);

	for (size_t i = 0; i < len; i += 3) {
		size_t left = len - i;
		uint32_t group = (uint32_t)bytes[i] << 16;

		if (left > 1)
			group |= (uint32_t)bytes[i + 1] << 8;
		if (left > 2)
			group |= bytes[i + 2];
		str_add_char(out, digits[group >> 18]);
		str_add_char(out, digits[group >> 12 & 63]);
		str_add_char(out, left > 1 ? digits[group >> 6 & 63] : '=');
		str_add_char(out, left > 2 ? digits[group & 63] : '=');
	}
}

void clip_add(struct str *out, const char *text, bool in_tmux)
{
	struct str copy = STR_INIT;

	str_add(&copy, "\033]52;c;");
	add_base64(&copy, text);
	str_add_char(&copy, '\a');
	str_add(out, copy.buf);
	if (in_tmux)
		str_addf(out, "\033Ptmux;\033%s\033\\", copy.buf);
	str_release(&copy);
}
