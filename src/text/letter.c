#include "archive/text/letter.h"

#include "archive/text/utf8.h"

/* The text is folded: there are no capitals. */
static bool is_ascii_word(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

/* U+166D changed its class after the Unicode of SQLite's tokenizer, U+20E3 makes a keycap of a
 * digit. */
static enum letter_kind kind_of(uint32_t c)
{
	if (utf8_is_cjk(c))
		return LETTER_CJK;
	if (utf8_is_variation(c) || c == 0x20E3 || (utf8_is_format(c) && c != 0x200B))
		return LETTER_NOTHING;
	if (c == 0x166D || !utf8_is_word(c))
		return LETTER_GAP;
	return utf8_is_symbol(c) ? LETTER_SINGLE : LETTER_WORD;
}

struct letter letter_next(const char **p, const char *end)
{
	struct letter letter = { .bytes = *p, .kind = LETTER_WORD };

	while (*p < end && is_ascii_word(**p))
		++*p;
	if (*p == letter.bytes)
		letter.kind = kind_of(utf8_next(p, end));
	letter.len = (size_t)(*p - letter.bytes);
	return letter;
}
