#include "archive/base/str.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "archive/base/mem.h"

char str_empty[1] = "";

void str_release(struct str *s)
{
	if (s->cap)
		free(s->buf);
	*s = (struct str)STR_INIT;
}

void str_clear(struct str *s)
{
	s->len = 0;
	if (s->cap)
		s->buf[0] = '\0';
	else
		s->buf = str_empty;
}

void str_wipe(struct str *s)
{
	if (s->len > 0)
		explicit_bzero(s->buf, s->len);
	str_clear(s);
}

void str_reserve(struct str *s, size_t extra)
{
	size_t need;
	size_t cap = s->cap ? s->cap : 32;

	if (__builtin_add_overflow(s->len, extra, &need) || __builtin_add_overflow(need, 1, &need))
		need = SIZE_MAX;
	if (need <= s->cap)
		return;
	while (cap < need)
		cap = cap > SIZE_MAX / 2 ? need : cap * 2;
	s->buf = xreallocarray(s->cap ? s->buf : NULL, cap, 1);
	s->cap = cap;
	s->buf[s->len] = '\0';
}

/* Tries the room that is there, then the room that was wanted. */
void str_addf(struct str *s, const char *format, ...)
{
	size_t room = 64;

	for (;;) {
		va_list args;
		int wanted;

		str_reserve(s, room);
		va_start(args, format);
		wanted = vsnprintf(s->buf + s->len, room + 1, format, args);
		va_end(args);
		if (wanted >= 0 && (size_t)wanted > room) {
			room = (size_t)wanted;
			continue;
		}
		s->len += wanted > 0 ? (size_t)wanted : 0;
		s->buf[s->len] = '\0';
		return;
	}
}

void str_truncate(struct str *s, size_t len)
{
	if (len >= s->len)
		return;
	s->len = len;
	s->buf[len] = '\0';
}

char *str_detach(struct str *s)
{
	char *buf = s->cap ? s->buf : xstrdup("");

	*s = (struct str)STR_INIT;
	return buf;
}

bool str_starts(const char *text, const char *prefix)
{
	return strncmp(text, prefix, strlen(prefix)) == 0;
}

bool str_ends(const char *text, const char *suffix)
{
	size_t len = strlen(text);
	size_t end = strlen(suffix);

	return len >= end && strcmp(text + len - end, suffix) == 0;
}

bool str_same(const char *a, const char *b)
{
	return a && b ? strcmp(a, b) == 0 : a == b;
}

bool str_same_ascii(const char *a, const char *b)
{
	return a && b ? strcasecmp(a, b) == 0 : a == b;
}

bool str_to_int(const char *text, int64_t min, int64_t max, int64_t *out)
{
	const char *digits = *text == '-' ? text + 1 : text;
	char *end = NULL;
	long long value;

	if (*digits < '0' || *digits > '9')
		return false;
	errno = 0;
	value = strtoll(text, &end, 10);
	if (errno != 0 || *end != '\0' || value < min || value > max)
		return false;
	*out = value;
	return true;
}
