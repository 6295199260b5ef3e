#include "archive/text/tag.h"

#include <string.h>

#include "archive/base/mem.h"
#include "archive/text/utf8.h"

/* Neither letter, mark nor digit, but allowed inside (twitter-text, regexp/hashtagSpecialChars),
 * ascending. */
static const uint32_t joiners[] = {
	'_',	0x00B7, 0x05BE, 0x05F3, 0x05F4, 0x0F0B, 0x0F0C, 0x200C, 0x200D, 0x3003,
	0x3007, 0x301C, 0x309B, 0x309C, 0x30A0, 0x30FB, 0xA67E, 0xFF3F, 0xFF5E, 0xFF65,
};

static bool is_joiner(uint32_t c)
{
	for (size_t i = 0; i < ARRAY_LEN(joiners); i++)
		if (c == joiners[i])
			return true;
	return false;
}

bool tag_may_hold(uint32_t c)
{
	return utf8_is_letter(c) || utf8_is_digit(c) || utf8_is_mark(c) || is_joiner(c);
}

bool tag_sign(uint32_t c)
{
	return c == '#' || c == 0xFF03;
}

/* What NFKC would turn into a character that no hashtag can hold: as it stands in a folded tag,
 * else 0. */
static uint32_t fixed_form(uint32_t c)
{
	if (c == 0x309B || c == 0x309C)
		return c;
	return c == 0xFF5E ? 0x301C : 0;
}

/* Folds a stretch; what comes of it that no hashtag can hold (the space of an Arabic ligature,
 * selectors) is dropped. Marks that it kept apart have an order among themselves then. */
static void add_stretch(struct str *out, const char *text, size_t len)
{
	struct str folded = STR_INIT, held = STR_INIT;
	const char *p, *end;

	utf8_add_folded(&folded, text, len);
	p = folded.buf;
	end = p + folded.len;
	while (p < end) {
		uint32_t c = utf8_next(&p, end);

		if (tag_may_hold(c) && !utf8_is_variation(c))
			utf8_put(&held, c);
	}
	if (held.len < folded.len)
		utf8_add_folded(out, held.buf, held.len);
	else
		str_add_n(out, held.buf, held.len);
	str_release(&held);
	str_release(&folded);
}

static void add_folded(struct str *out, const char *text, size_t len)
{
	const char *p = text, *end = text + len;
	const char *done = text;

	while (p < end) {
		const char *start = p;
		uint32_t fixed = fixed_form(utf8_next(&p, end));

		if (!fixed)
			continue;
		add_stretch(out, done, (size_t)(start - done));
		utf8_put(out, fixed);
		done = p;
	}
	add_stretch(out, done, (size_t)(end - done));
}

/* A letter, or a digit and something else beside digits. */
static bool says_something(const char *tag, size_t len)
{
	const char *p = tag, *end = tag + len;
	bool digit = false, other = false;

	while (p < end) {
		uint32_t c = utf8_next(&p, end);

		if (utf8_is_letter(c))
			return true;
		if (utf8_is_digit(c))
			digit = true;
		else
			other = true;
	}
	return digit && other;
}

static bool is_blank(uint32_t c)
{
	return c == ' ' || (c >= '\t' && c <= '\r') || c == 0xA0 || c == 0x3000;
}

/* Blanks at both ends and one sign at the beginning are no part of the tag. */
static void trim(const char **text, const char **end)
{
	const char *p = *text, *last = *text;

	while (p < *end) {
		const char *next = p;
		uint32_t c = utf8_next(&next, *end);

		if (!is_blank(c))
			last = next;
		else if (last == *text)
			*text = last = next;
		p = next;
	}
	*end = last;
	p = *text;
	if (p < *end && tag_sign(utf8_next(&p, *end)))
		*text = p;
}

/* The first character that no hashtag can hold, end when there is none. */
static const char *find_foreign(const char *text, const char *end)
{
	while (text < end) {
		const char *start = text;

		if (!tag_may_hold(utf8_next(&text, end)))
			return start;
	}
	return end;
}

bool tag_fold_quiet(struct str *out, const char *tag, size_t len)
{
	const char *text = tag, *end = tag + len;
	size_t start = out->len;

	trim(&text, &end);
	if (end - text > TAG_MAX_BYTES || find_foreign(text, end) < end)
		return false;
	add_folded(out, text, (size_t)(end - text));
	if (out->len - start <= TAG_MAX_BYTES && says_something(out->buf + start, out->len - start))
		return true;
	str_truncate(out, start);
	return false;
}

static void explain(const char *tag, const char *shown, struct err *err)
{
	const char *text = tag, *end = tag + strlen(tag), *foreign;
	struct str character = STR_INIT;

	trim(&text, &end);
	foreign = find_foreign(text, end);
	if (text == end) {
		err_set(err, ERR_USAGE, "%s names no hashtag: try #ssmjp", shown);
	} else if (foreign < end) {
		const char *next = foreign;

		utf8_next(&next, end);
		utf8_add_plain(&character, foreign, (size_t)(next - foreign), true);
		if (character.len > 0)
			err_set(err, ERR_USAGE, "%s is no hashtag: it cannot hold '%s'", shown,
				character.buf);
		else
			err_set(err, ERR_USAGE, "%s is no hashtag: it holds a control character",
				shown);
	} else if (end - text > TAG_MAX_BYTES) {
		err_set(err, ERR_USAGE, "%s is too long for a hashtag: at most %d bytes", shown,
			TAG_MAX_BYTES);
	} else {
		err_set(err, ERR_USAGE, "%s is no hashtag: it needs a letter", shown);
	}
	str_release(&character);
}

bool tag_fold(struct str *out, const char *tag, struct err *err)
{
	struct str shown = STR_INIT;

	if (tag_fold_quiet(out, tag, strlen(tag)))
		return true;
	utf8_add_quoted(&shown, tag);
	explain(tag, shown.buf, err);
	str_release(&shown);
	return false;
}
