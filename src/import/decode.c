#include "archive/import/decode.h"

#include <errno.h>
#include <iconv.h>
#include <stdint.h>
#include <string.h>
#include <strings.h>

#include "archive/base/mem.h"
#include "archive/text/utf8.h"

#define LOOKED_AT   4096 /* bytes in which a page names its charset */
#define MAX_CHARSET 40
#define REPLACEMENT "\xEF\xBF\xBD"

/* As pages name them, and what is meant (WHATWG Encoding, labels that occur). */
static const struct {
	const char *label, *name;
} labels[] = {
	{ "shift_jis", "CP932" },     { "shift-jis", "CP932" },
	{ "sjis", "CP932" },	      { "x-sjis", "CP932" },
	{ "ms_kanji", "CP932" },      { "windows-31j", "CP932" },
	{ "cp932", "CP932" },	      { "euc-jp", "EUC-JP-MS" },
	{ "x-euc-jp", "EUC-JP-MS" },  { "iso-2022-jp", "ISO-2022-JP" },
	{ "iso-8859-1", "CP1252" },   { "latin1", "CP1252" },
	{ "windows-1252", "CP1252" }, { "us-ascii", "CP1252" },
};

static const char *meant(const char *label)
{
	for (size_t i = 0; i < ARRAY_LEN(labels); i++)
		if (strcasecmp(labels[i].label, label) == 0)
			return labels[i].name;
	return "UTF-8";
}

/* What stands behind "charset=" or "encoding=" in the first bytes; NULL when nothing does. */
static const char *declared(const char *head)
{
	static const char *const marks[] = { "charset=", "encoding=" };
	char label[MAX_CHARSET];

	for (size_t i = 0; i < ARRAY_LEN(marks); i++) {
		const char *at = strcasestr(head, marks[i]);
		size_t len;

		if (!at)
			continue;
		at += strlen(marks[i]);
		at += strspn(at, "\"' ");
		len = strcspn(at, "\"' ;/>?\t\r\n");
		if (len == 0 || len >= sizeof(label))
			continue;
		memcpy(label, at, len);
		label[len] = '\0';
		return meant(label);
	}
	return NULL;
}

static const char *by_mark(const struct decode *d, size_t *skip)
{
	static const struct {
		const char *mark, *name;
		size_t len;
	} marks[] = {
		{ "\xEF\xBB\xBF", "UTF-8", 3 },
		{ "\xFF\xFE", "UTF-16LE", 2 },
		{ "\xFE\xFF", "UTF-16BE", 2 },
	};

	for (size_t i = 0; i < ARRAY_LEN(marks); i++) {
		if (d->len < marks[i].len || memcmp(d->bytes, marks[i].mark, marks[i].len) != 0)
			continue;
		*skip = marks[i].len;
		return marks[i].name;
	}
	return NULL;
}

/* Whatever the page says: a browser or a tool that saved it anew may have left the old word in it,
 * and no text of another charset happens to be this one. A character may be cut at the end. */
static bool is_utf8(const struct decode *d)
{
	size_t len = d->len, plain = 0;

	while (len > 0 && d->len - len < 3 && (d->bytes[len - 1] & 0xC0) == 0x80)
		len--;
	len -= len > 0 && (d->bytes[len - 1] & 0xC0) == 0xC0;
	while (plain < len && !(d->bytes[plain] & 0x80))
		plain++;
	return plain < d->len && (utf8_valid(d->bytes, d->len) || utf8_valid(d->bytes, len));
}

static void fill(struct decode *d)
{
	size_t got;

	while (!d->ended && d->len < sizeof(d->bytes)) {
		got = fread(d->bytes + d->len, 1, sizeof(d->bytes) - d->len, d->in);
		d->ended = got == 0;
		d->len += got;
	}
}

static void take(struct decode *d, size_t count)
{
	d->len -= count;
	memmove(d->bytes, d->bytes + count, d->len);
}

/* Converts what can be; true when it stopped at bytes that are none of the charset. */
static bool convert(struct decode *d, char **from, size_t *left, struct str *out)
{
	char chunk[4096];
	size_t done;
	int why = E2BIG;

	while (*left > 0 && why == E2BIG) {
		char *to = chunk;
		size_t room = sizeof(chunk);

		done = iconv(d->converter, from, left, &to, &room);
		why = done == (size_t)-1 ? errno : 0;
		str_add_n(out, chunk, sizeof(chunk) - room);
	}
	return *left > 0 && (why == EILSEQ || d->ended);
}

void decode_end(struct decode *d)
{
	if (d->converter && (intptr_t)d->converter != -1)
		iconv_close(d->converter);
	d->converter = NULL;
}

/* ---- what nothing tells ---- */

/* Hiragana and katakana, U+3040 to U+30FF; not the narrow ones, which any bytes of EUC-JP are in
 * Shift_JIS. */
static size_t count_kana(const struct str *text)
{
	size_t count = 0;

	for (size_t i = 0; i + 1 < text->len; i++)
		count += text->buf[i] == '\xE3' && text->buf[i + 1] >= '\x81' &&
			 text->buf[i + 1] <= '\x83';
	return count;
}

/* None when the first bytes are not of that charset; a character may be cut at the end. */
static size_t kana_in(struct decode *d, const char *name)
{
	struct str text = STR_INIT;
	char *from = d->bytes;
	size_t left = d->len, count = 0;

	d->converter = iconv_open("UTF-8", name);
	if ((intptr_t)d->converter != -1 && !convert(d, &from, &left, &text))
		count = count_kana(&text);
	decode_end(d);
	str_release(&text);
	return count;
}

/* Japanese pages were written long before they said how. */
static const char *guessed(struct decode *d)
{
	static const char *const names[] = { "ISO-2022-JP", "EUC-JP-MS", "CP932" };
	const char *best = "UTF-8";
	size_t most = 0;

	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		size_t count = kana_in(d, names[i]);

		if (count <= most)
			continue;
		most = count;
		best = names[i];
	}
	return best;
}

/* ---- all of it ---- */

void decode_begin(struct decode *d, FILE *in)
{
	char head[LOOKED_AT + 1] = "";
	const char *name;
	size_t skip = 0;

	d->in = in;
	d->len = 0;
	d->ended = false;
	fill(d);
	for (size_t i = 0; i < d->len && i < LOOKED_AT; i++)
		head[i] = d->bytes[i] ? d->bytes[i] : ' ';
	name = by_mark(d, &skip);
	if (!name)
		name = is_utf8(d) ? "UTF-8" : declared(head);
	if (!name)
		name = guessed(d);
	take(d, skip);
	d->converter = iconv_open("UTF-8", name);
	if ((intptr_t)d->converter == -1)
		d->converter = iconv_open("UTF-8", "UTF-8");
}

static void replace_nuls(struct str *out)
{
	struct str clean = STR_INIT;
	const char *at = out->buf, *end = out->buf + out->len;

	if (!memchr(at, '\0', out->len))
		return;
	for (; at < end; at++) {
		if (*at)
			str_add_char(&clean, *at);
		else
			str_add(&clean, REPLACEMENT);
	}
	str_release(out);
	*out = clean;
}

bool decode_next(struct decode *d, struct str *out)
{
	char *from = d->bytes;
	size_t left;

	str_clear(out);
	fill(d);
	left = d->len;
	while (left > 0 && convert(d, &from, &left, out)) {
		str_add(out, REPLACEMENT);
		from++;
		left--;
	}
	take(d, d->len - left);
	replace_nuls(out);
	return out->len > 0 || !d->ended || d->len > 0;
}
