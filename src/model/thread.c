#include "archive/model/thread.h"

#include <string.h>

#include "archive/base/mem.h"
#include "archive/text/utf8.h"

#define MAX_TYPED 4096

static const char *const item_names[] = {
	[ITEM_POST] = "post",
	[ITEM_HEADING] = "heading",
	[ITEM_NOTE] = "note",
	[ITEM_LINK] = "link",
};

const char *item_kind_name(enum item_kind kind)
{
	return item_names[kind];
}

bool item_kind_parse(const char *name, enum item_kind *out)
{
	for (size_t i = 0; i < ARRAY_LEN(item_names); i++) {
		if (!str_same(item_names[i], name))
			continue;
		*out = (enum item_kind)i;
		return true;
	}
	return false;
}

static const char *const emphasis_names[EMPHASIS_COUNT] = {
	[EMPHASIS_LARGE] = "large",
	[EMPHASIS_SMALL] = "small",
};

static const char *const colour_names[COLOUR_COUNT] = {
	[COLOUR_RED] = "red",	[COLOUR_ORANGE] = "orange", [COLOUR_GREEN] = "green",
	[COLOUR_BLUE] = "blue", [COLOUR_PURPLE] = "purple", [COLOUR_GREY] = "grey",
};

void item_style_add(struct str *out, const struct item_style *style)
{
	const char *emphasis = emphasis_names[style->emphasis];
	const char *colour = colour_names[style->colour];

	str_add(out, emphasis ? emphasis : "");
	str_add(out, emphasis && colour ? " " : "");
	str_add(out, colour ? colour : "");
}

/* 0 when it is none: that one has no name. */
static size_t named(const char *const *names, size_t count, const char *word, size_t len)
{
	for (size_t i = 1; i < count; i++)
		if (strlen(names[i]) == len && memcmp(names[i], word, len) == 0)
			return i;
	return 0;
}

bool item_style_parse(const char *words, struct item_style *out)
{
	struct item_style style = { 0 };

	for (size_t len; words && *(words += strspn(words, " \t")); words += len) {
		size_t emphasis, colour;

		len = strcspn(words, " \t");
		emphasis = named(emphasis_names, EMPHASIS_COUNT, words, len);
		colour = named(colour_names, COLOUR_COUNT, words, len);
		if ((!emphasis || style.emphasis) && (!colour || style.colour))
			return false;
		if (emphasis)
			style.emphasis = (enum emphasis)emphasis;
		else
			style.colour = (enum colour)colour;
	}
	*out = style;
	return true;
}

/* Letters with their marks and digits stay; whatever else stands between them becomes one '-'. */
static void add_slug(struct str *out, const char *folded, size_t len)
{
	const char *p = folded, *end = folded + len;
	size_t start = out->len;
	bool gap = false;

	while (p < end) {
		uint32_t c = utf8_next(&p, end);
		bool mark = utf8_is_mark(c) && !utf8_is_variation(c) && !gap && out->len > start;

		if (!mark && !utf8_is_letter(c) && !utf8_is_digit(c)) {
			gap = gap || (!utf8_is_format(c) && !utf8_is_variation(c));
			continue;
		}
		if (gap && out->len > start)
			str_add_char(out, '-');
		gap = false;
		utf8_put(out, c);
	}
}

bool slug_fold(struct str *out, const char *typed, struct err *err)
{
	struct str folded = STR_INIT, slug = STR_INIT, shown = STR_INIT;
	size_t start = out->len, len;
	bool ok;

	utf8_add_folded(&folded, typed, strnlen(typed, MAX_TYPED));
	add_slug(&slug, folded.buf, folded.len);
	/* marks have an order among themselves when nothing keeps them apart any more */
	utf8_add_folded(out, slug.buf, slug.len);
	len = out->len - start;
	ok = len > 0 && len <= SLUG_MAX_BYTES;
	if (!ok) {
		str_truncate(out, start);
		utf8_add_quoted(&shown, typed);
		err_set(err, ERR_USAGE,
			len == 0 ? "%s cannot name a thread: it takes letters or digits, such as "
				   "ssmjp-2017-06"
				 : "%s is too long to name a thread: at most 64 bytes",
			shown.buf);
	}
	str_release(&folded);
	str_release(&slug);
	str_release(&shown);
	return ok;
}
