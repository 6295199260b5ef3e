#include "archive/base/err.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* How many bytes the character that begins with this one wants. */
static size_t wanted_bytes(unsigned char first)
{
	if (first < 0xC0)
		return 1;
	if (first < 0xE0)
		return 2;
	return first < 0xF0 ? 3 : 4;
}

/* A sentence that did not fit ends behind its last whole character. */
static void cut_at_character(char *msg, size_t size, int wanted)
{
	size_t len = size - 1;
	size_t last = len;

	if (wanted < 0 || (size_t)wanted < size)
		return;
	while (last > 0 && ((unsigned char)msg[last - 1] & 0xC0) == 0x80)
		last--;
	if (last > 0 && len - (last - 1) < wanted_bytes((unsigned char)msg[last - 1]))
		msg[last - 1] = '\0';
}

/* U+0080 to U+009F: a terminal may take them for the beginning of a command, as it does ESC. */
static bool is_long_control(const char *c)
{
	return (unsigned char)c[0] == 0xC2 && (unsigned char)c[1] >= 0x80 &&
	       (unsigned char)c[1] < 0xA0;
}

/* Sentences quote what came from outside: a control byte in one would reach the terminal. */
static void quiet_controls(char *msg)
{
	for (char *c = msg; *c; c++) {
		if (is_long_control(c))
			*c++ = ' ';
		else if ((unsigned char)*c >= 0x20 && *c != 0x7F)
			continue;
		*c = ' ';
	}
}

__attribute__((format(printf, 2, 0))) static void fill(struct err *err, const char *format,
						       va_list args)
{
	int wanted = vsnprintf(err->msg, sizeof(err->msg), format, args);

	cut_at_character(err->msg, sizeof(err->msg), wanted);
	quiet_controls(err->msg);
}

bool err_set(struct err *err, enum err_code code, const char *format, ...)
{
	va_list args;

	err->code = code;
	err->retry_at = 0;
	va_start(args, format);
	fill(err, format, args);
	va_end(args);
	return false;
}

bool err_wrap(struct err *err, const char *format, ...)
{
	struct err inner = *err;
	va_list args;
	size_t len;
	int wanted;

	va_start(args, format);
	fill(err, format, args);
	va_end(args);
	len = strlen(err->msg);
	wanted = snprintf(err->msg + len, sizeof(err->msg) - len, ": %s", inner.msg);
	cut_at_character(err->msg + len, sizeof(err->msg) - len, wanted);
	return false;
}
