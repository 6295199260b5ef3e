#include "archive/base/err.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* A sentence that did not fit ends at a character, not in the middle of one. */
static void cut_at_character(char *msg, size_t size, int wanted)
{
	size_t len = size - 1;

	if (wanted < 0 || (size_t)wanted < size)
		return;
	while (len > 0 && ((unsigned char)msg[len] & 0xC0) == 0x80)
		len--;
	msg[len] = '\0';
}

/* Sentences quote what came from outside: a control byte in one would reach the terminal. */
static void quiet_controls(char *msg)
{
	for (char *c = msg; *c; c++)
		if ((unsigned char)*c < 0x20 || *c == 0x7F)
			*c = ' ';
}

__attribute__((format(printf, 2, 0))) static void fill(struct err *err, const char *format, va_list args)
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
