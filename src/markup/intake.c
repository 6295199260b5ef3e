#include "archive/markup/intake.h"

#include <string.h>

#include "archive/markup/markup.h"
#include "archive/text/utf8.h"

#define REPLACEMENT "\xEF\xBF\xBD"
#define EACH(byte)  (UINT64_C(0x0101010101010101) * (byte))

size_t intake_len(const char *bytes, size_t len)
{
	int back = 0;

	if (len <= MARKUP_MAX_BYTES)
		return len;
	len = MARKUP_MAX_BYTES;
	while (back < 3 && ((unsigned char)bytes[len - (size_t)back] & 0xC0) == 0x80)
		back++;
	return len - (size_t)back;
}

/* Eight bytes of ASCII without NUL? (A byte less one has its high bit set only when it was NUL, or
 * not ASCII.) */
static bool is_ascii_word(const char *p)
{
	uint64_t word;

	memcpy(&word, p, sizeof(word));
	return !((word | (word - EACH(0x01))) & EACH(0x80));
}

/* A whole character or byte that may stay; *p moves behind it in any case. */
static bool is_sound(const char **p, const char *end)
{
	const char *from = *p;

	if (utf8_next(p, end) != UTF8_REPLACEMENT)
		return *from != '\0';
	return *p - from == 3 && memcmp(from, REPLACEMENT, 3) == 0;
}

/* Bytes at the beginning that need no repair; ASCII, which is most of it, eight at a time. */
static size_t sound_len(const char *bytes, size_t len)
{
	const char *end = bytes + len;
	const char *p = bytes;

	while (p < end) {
		const char *from = p;

		if (end - p >= 8 && is_ascii_word(p))
			p += 8;
		else if (!is_sound(&p, end))
			return (size_t)(from - bytes);
	}
	return len;
}

void intake_add(struct str *out, const char *bytes, size_t len)
{
	const char *end = bytes + len;

	while (bytes < end) {
		size_t sound = sound_len(bytes, (size_t)(end - bytes));

		str_add_n(out, bytes, sound);
		bytes += sound;
		if (bytes >= end)
			return;
		utf8_next(&bytes, end);
		str_add(out, REPLACEMENT);
	}
}
