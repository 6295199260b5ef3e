/*
 * A string that grows. buf is never NULL and always ends in NUL; len counts the bytes before it
 * (which may hold NULs when bytes from outside are kept). Begin with STR_INIT, end with
 * str_release(); both a released and a fresh one are empty and usable.
 */
#ifndef ARCHIVE_BASE_STR_H
#define ARCHIVE_BASE_STR_H

#include <stddef.h>
#include <string.h>

#include "archive/base/err.h"

struct str {
	char *buf;
	size_t len;
	size_t cap; /* 0: buf is the shared empty string and not ours */
};

extern char str_empty[1];

#define STR_INIT                 \
	{                        \
		.buf = str_empty \
	}

void str_release(struct str *s);
/* Empty, the memory kept for reuse. */
void str_clear(struct str *s);
/* The same, and what was there is overwritten: for secrets. */
void str_wipe(struct str *s);
/* Room for extra more bytes, so that the next additions do not move the buffer. */
void str_reserve(struct str *s, size_t extra);

/* Defined here, because most of what is added are short literals, a hundred for each post of an
 * export: their lengths are known where they stand. */
static inline void str_add_n(struct str *s, const char *bytes, size_t len)
{
	if (len == 0)
		return;
	if (len >= s->cap - s->len) /* no room, or no buffer of our own yet */
		str_reserve(s, len);
	memcpy(s->buf + s->len, bytes, len);
	s->len += len;
	s->buf[s->len] = '\0';
}

static inline void str_add(struct str *s, const char *text)
{
	str_add_n(s, text, strlen(text));
}

static inline void str_add_char(struct str *s, char c)
{
	str_add_n(s, &c, 1);
}

void str_addf(struct str *s, const char *format, ...) PRINTF_LIKE(2, 3);
/* Cuts to len bytes (a longer len changes nothing). */
void str_truncate(struct str *s, size_t len);
/* Hands the buffer to the caller, who frees it with free(); s is empty afterwards. */
char *str_detach(struct str *s);

bool str_starts(const char *text, const char *prefix);
bool str_ends(const char *text, const char *suffix);
/* Equal? NULL equals only NULL. */
bool str_same(const char *a, const char *b);
/* ASCII letters alike; NULL equals only NULL. */
bool str_same_ascii(const char *a, const char *b);

/* A whole decimal number within [min, max] and nothing else. */
bool str_to_int(const char *text, int64_t min, int64_t max, int64_t *out);

#endif
