#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "archive/base/mem.h"
#include "archive/text/utf8.h"

#define FOLDING (UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD)

/* A stretch is cut at a character that begins a new one when it is this long, and anywhere at the
 * hard limit: sorting combining marks takes the square of their number. */
#define STRETCH_SOFT 512
#define STRETCH_HARD 1024

/* Already folded, and never the second part of a composition: kana but the half-width ones, common
 * Han, 、。 */
static bool is_plain(uint32_t c)
{
	if (c < 0x80)
		return c < 'A' || c > 'Z';
	if (c >= 0x4E00 && c <= 0x9FFF)
		return true;
	return (c >= 0x3041 && c <= 0x3096) || (c >= 0x30A1 && c <= 0x30FE) || c == 0x3001 ||
	       c == 0x3002 || (c >= 0x3005 && c <= 0x3011);
}

static void put_all(struct str *out, const utf8proc_int32_t *points, utf8proc_ssize_t count)
{
	for (utf8proc_ssize_t i = 0; i < count; i++)
		utf8_put(out, (uint32_t)points[i]);
}

/* utf8proc wants valid UTF-8 and answers with the room that it needs when there is too little. */
static void fold_stretch(struct str *out, const char *text, size_t len)
{
	utf8proc_int32_t points[256], *many = points;
	struct str clean = STR_INIT;
	utf8proc_ssize_t count;

	if (!utf8_valid(text, len)) {
		utf8_add_clean(&clean, text, len);
		text = clean.buf;
		len = clean.len;
	}
	count = utf8proc_decompose((const utf8proc_uint8_t *)text, (utf8proc_ssize_t)len, points,
				   ARRAY_LEN(points), FOLDING);
	if (count > (utf8proc_ssize_t)ARRAY_LEN(points)) {
		many = xcalloc((size_t)count, sizeof(*many));
		count = utf8proc_decompose((const utf8proc_uint8_t *)text, (utf8proc_ssize_t)len,
					   many, count, FOLDING);
	}
	put_all(out, many, utf8proc_normalize_utf32(many, count, FOLDING));
	if (many != points)
		free(many);
	str_release(&clean);
}

static bool begins_stretch(uint32_t c)
{
	return utf8proc_get_property((utf8proc_int32_t)c)->combining_class == 0;
}

/* The end of what has to be folded together with the character at text: up to the next plain
 * one. */
static const char *stretch_end(const char *text, const char *end)
{
	const char *p = text;

	for (int count = 0; p < end && count < STRETCH_HARD; count++) {
		const char *next = p;
		uint32_t c = utf8_next(&next, end);

		if (count > 0 && (is_plain(c) || (count >= STRETCH_SOFT && begins_stretch(c))))
			return p;
		p = next;
	}
	return p;
}

static void add_lower(struct str *out, const char *text, size_t len)
{
	size_t at = out->len;

	str_add_n(out, text, len);
	for (; at < out->len; at++)
		if (out->buf[at] >= 'A' && out->buf[at] <= 'Z')
			out->buf[at] = (char)(out->buf[at] | 0x20);
}

void utf8_add_folded(struct str *out, const char *text, size_t len)
{
	const char *p = text, *end = text + len;
	const char *done = text;

	str_reserve(out, len);
	while (p < end) {
		const char *next = p, *after;
		uint32_t c = utf8_next(&next, end), follower;

		/* a plain character may compose with what follows it */
		after = next;
		follower = next < end ? utf8_next(&after, end) : 0;
		if ((c < 0x80 || is_plain(c)) && (follower < 0x80 || is_plain(follower))) {
			p = next;
			continue;
		}
		add_lower(out, done, (size_t)(p - done));
		next = stretch_end(p, end);
		fold_stretch(out, p, (size_t)(next - p));
		p = next;
		done = p;
	}
	add_lower(out, done, (size_t)(end - done));
}

size_t utf8_cluster(const char *text, size_t len)
{
	const char *p = text, *end = text + len;
	utf8proc_int32_t state = 0;
	uint32_t before;

	if (len == 0)
		return 0;
	before = utf8_next(&p, end);
	while (p < end) {
		const char *next = p;
		uint32_t c = utf8_next(&next, end);

		if (utf8proc_grapheme_break_stateful((utf8proc_int32_t)before, (utf8proc_int32_t)c,
						     &state))
			break;
		before = c;
		p = next;
	}
	return (size_t)(p - text);
}
