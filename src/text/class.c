#include <utf8proc.h>

#include "archive/base/mem.h"
#include "archive/text/utf8.h"

struct range {
	uint32_t first, last;
};

/* Han, Hiragana, Katakana and Hangul, ascending; what stands between words in them (U+30FB, U+30A0)
 * is not here. */
static const struct range cjk[] = {
	{ 0x1100, 0x11FF }, { 0x2E80, 0x2FD5 },	  { 0x3005, 0x3007 },	{ 0x3021, 0x3029 },
	{ 0x3031, 0x3035 }, { 0x3038, 0x303C },	  { 0x3041, 0x3096 },	{ 0x3099, 0x309A },
	{ 0x309D, 0x309F }, { 0x30A1, 0x30FA },	  { 0x30FC, 0x30FF },	{ 0x3131, 0x318E },
	{ 0x31F0, 0x31FF }, { 0x3400, 0x4DBF },	  { 0x4E00, 0x9FFF },	{ 0xA960, 0xA97C },
	{ 0xAC00, 0xD7A3 }, { 0xD7B0, 0xD7FB },	  { 0xF900, 0xFAD9 },	{ 0xFF66, 0xFF9F },
	{ 0xFFA0, 0xFFDC }, { 0x1AFF0, 0x1AFFE }, { 0x1B000, 0x1B167 }, { 0x20000, 0x323AF },
};

static bool among(const struct range *ranges, size_t count, uint32_t c)
{
	size_t low = 0, high = count;

	while (low < high) {
		size_t middle = (low + high) / 2;

		if (c > ranges[middle].last)
			low = middle + 1;
		else
			high = middle;
	}
	return low < count && c >= ranges[low].first;
}

static int category(uint32_t c)
{
	if (c > 0x10FFFF)
		c = UTF8_REPLACEMENT;
	return utf8proc_get_property((utf8proc_int32_t)c)->category;
}

static bool is_ascii_letter(uint32_t c)
{
	return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}

bool utf8_is_letter(uint32_t c)
{
	int kind;

	if (c < 0x80)
		return is_ascii_letter(c);
	kind = category(c);
	return kind >= UTF8PROC_CATEGORY_LU && kind <= UTF8PROC_CATEGORY_LO;
}

bool utf8_is_mark(uint32_t c)
{
	int kind;

	if (c < 0x80)
		return false;
	kind = category(c);
	return kind >= UTF8PROC_CATEGORY_MN && kind <= UTF8PROC_CATEGORY_ME;
}

bool utf8_is_digit(uint32_t c)
{
	if (c < 0x80)
		return c >= '0' && c <= '9';
	return category(c) == UTF8PROC_CATEGORY_ND;
}

bool utf8_is_symbol(uint32_t c)
{
	int kind = category(c);

	return kind >= UTF8PROC_CATEGORY_SM && kind <= UTF8PROC_CATEGORY_SO;
}

bool utf8_is_word(uint32_t c)
{
	int kind = category(c);

	return (kind >= UTF8PROC_CATEGORY_LU && kind <= UTF8PROC_CATEGORY_NO) ||
	       (kind >= UTF8PROC_CATEGORY_SM && kind <= UTF8PROC_CATEGORY_SO) ||
	       kind == UTF8PROC_CATEGORY_CO;
}

bool utf8_is_format(uint32_t c)
{
	return category(c) == UTF8PROC_CATEGORY_CF;
}

bool utf8_is_cjk(uint32_t c)
{
	return c >= cjk[0].first && among(cjk, ARRAY_LEN(cjk), c);
}

bool utf8_is_variation(uint32_t c)
{
	return (c >= 0xFE00 && c <= 0xFE0F) || (c >= 0xE0100 && c <= 0xE01EF) ||
	       (c >= 0x180B && c <= 0x180D);
}
