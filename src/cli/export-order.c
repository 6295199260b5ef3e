#include "archive/cli/export-order.h"

#include <string.h>

#include "archive/base/mem.h"

void order_read_name(struct export_order *order, const char *typed, struct arena *arena)
{
	const char *mark = typed ? strchr(typed, '#') : NULL;

	order->slug = typed;
	if (!mark)
		return;
	order->slug = mark == typed ? NULL : arena_strndup(arena, typed, (size_t)(mark - typed));
	order->section = arena_strdup(arena, mark + 1);
}

/* ---- pictures ---- */

static const char *const ways[] = {
	[MEDIA_LINK] = "link",
	[MEDIA_FILES] = "files",
	[MEDIA_INSIDE] = "inside",
	[MEDIA_NONE] = "none",
};

enum media_way order_usual_media(const struct export_order *order)
{
	return order->blog ? order->blog->media : order->form->media;
}

bool order_read_media(struct export_order *order, const char *word, struct err *err)
{
	for (size_t i = 0; i < ARRAY_LEN(ways); i++) {
		if (!str_same(ways[i], word))
			continue;
		order->media = (enum media_way)i;
		return true;
	}
	return err_set(err, ERR_USAGE, "--media wants files, link or none, not '%s'", word);
}

/* ---- options as words ---- */

static const struct {
	const char *word;
	size_t offset; /* of a bool in struct export_order */
} flags[] = {
	{ "counts", offsetof(struct export_order, counts) },
	{ "people", offsetof(struct export_order, people) },
	{ "unlisted", offsetof(struct export_order, unlisted) },
	{ "avatars", offsetof(struct export_order, avatars) },
};

static bool *flag_of(struct export_order *order, size_t i)
{
	return (bool *)((char *)order + flags[i].offset);
}

static const struct {
	const char *word;
	size_t offset; /* of a const char * in struct export_order */
} texts[] = {
	{ "media-dir=", offsetof(struct export_order, media_dir) },
	{ "media-url=", offsetof(struct export_order, media_url) },
};

static const char **text_of(struct export_order *order, size_t i)
{
	return (const char **)((char *)order + texts[i].offset);
}

/* Words are apart by spaces: one in a text is written as "%20", and '%' as "%25". */
static void add_text(struct str *out, const char *text)
{
	for (; *text; text++) {
		if (*text == ' ' || *text == '%')
			str_addf(out, "%%%02X", (unsigned char)*text);
		else
			str_add_char(out, *text);
	}
	str_add_char(out, ' ');
}

static const char *read_text(const char *word, struct arena *arena)
{
	struct str text = STR_INIT;
	const char *read;

	for (; *word; word++) {
		bool blank = str_starts(word, "%20"), escaped = blank || str_starts(word, "%25");

		str_add_char(&text, blank ? ' ' : *word);
		word += escaped ? 2 : 0;
	}
	read = arena_strdup(arena, text.buf);
	str_release(&text);
	return read;
}

void order_add_options(struct str *out, const struct export_order *order)
{
	struct export_order copy = *order;
	size_t start = out->len;

	if (order->blog)
		str_addf(out, "for=%s ", order->blog->name);
	if (order->style == STYLE_CLASS)
		str_add(out, "style=class ");
	if (order->heading_level > 0)
		str_addf(out, "level=%d ", order->heading_level);
	if (order->media != order_usual_media(order))
		str_addf(out, "media=%s ", ways[order->media]);
	for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
		if (!*text_of(&copy, i))
			continue;
		str_add(out, texts[i].word);
		add_text(out, *text_of(&copy, i));
	}
	for (size_t i = 0; i < ARRAY_LEN(flags); i++)
		if (*flag_of(&copy, i))
			str_addf(out, "%s ", flags[i].word);
	if (out->len > start)
		str_truncate(out, out->len - 1);
}

/* What stands alone, or behind its own '='. */
static bool read_named(struct export_order *order, const char *word, struct arena *arena)
{
	for (size_t i = 0; i < ARRAY_LEN(flags); i++) {
		if (!str_same(flags[i].word, word))
			continue;
		*flag_of(order, i) = true;
		return true;
	}
	for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
		if (!str_starts(word, texts[i].word))
			continue;
		*text_of(order, i) = read_text(word + strlen(texts[i].word), arena);
		return true;
	}
	return false;
}

static bool read_word(struct export_order *order, const char *word, struct arena *arena)
{
	struct err ignored = { 0 };
	int64_t level = 0;

	if (str_starts(word, "for=")) {
		order->blog = blog_find(word + strlen("for="), &ignored);
		order->media = order->blog ? order->blog->media : order->media;
		return order->blog != NULL;
	}
	if (str_starts(word, "media="))
		return order_read_media(order, word + strlen("media="), &ignored);
	if (str_same(word, "style=class")) {
		order->style = STYLE_CLASS;
		return true;
	}
	if (str_starts(word, "level=") &&
	    str_to_int(word + strlen("level="), LEVEL_LEAST, LEVEL_MOST, &level)) {
		order->heading_level = (int)level;
		return true;
	}
	return read_named(order, word, arena);
}

static bool read_options(struct export_order *order, const char *options, struct arena *arena,
			 struct err *err)
{
	struct str word = STR_INIT;
	bool ok = true;

	while (ok && *options) {
		size_t len = strcspn(options, " ");

		str_clear(&word);
		str_add_n(&word, options, len);
		ok = len == 0 || read_word(order, word.buf, arena) ||
		     err_set(err, ERR_MALFORMED,
			     "it was written with '%s', which this archive does not know: export "
			     "it once more with the options you want",
			     word.buf);
		options += len + (options[len] == ' ');
	}
	str_release(&word);
	return ok;
}

bool order_of_target(struct export_order *order, const struct target *target, struct arena *arena,
		     struct err *err)
{
	*order = (struct export_order){
		.slug = target->slug,
		.section = target->section[0] ? target->section : NULL,
		.form = form_find(target->form, err),
		.file = target->path,
		.into = target->inserted,
	};
	if (!order->form)
		return false;
	order->media = order_usual_media(order);
	return read_options(order, target->options, arena, err);
}
