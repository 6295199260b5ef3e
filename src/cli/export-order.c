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

/* ---- options as words ---- */

static const struct {
	const char *word;
	size_t offset; /* of a bool in struct export_order */
} flags[] = {
	{ "counts", offsetof(struct export_order, counts) },
	{ "people", offsetof(struct export_order, people) },
	{ "unlisted", offsetof(struct export_order, unlisted) },
};

static bool *flag_of(struct export_order *order, size_t i)
{
	return (bool *)((char *)order + flags[i].offset);
}

void order_add_options(struct str *out, const struct export_order *order)
{
	struct export_order copy = *order;
	size_t start = out->len;

	if (order->style == STYLE_CLASS)
		str_add(out, "style=class ");
	if (order->heading_level > 0)
		str_addf(out, "level=%d ", order->heading_level);
	for (size_t i = 0; i < ARRAY_LEN(flags); i++)
		if (*flag_of(&copy, i))
			str_addf(out, "%s ", flags[i].word);
	if (out->len > start)
		str_truncate(out, out->len - 1);
}

static bool read_word(struct export_order *order, const char *word)
{
	int64_t level = 0;

	if (str_same(word, "style=class")) {
		order->style = STYLE_CLASS;
		return true;
	}
	if (str_starts(word, "level=") &&
	    str_to_int(word + strlen("level="), LEVEL_LEAST, LEVEL_MOST, &level)) {
		order->heading_level = (int)level;
		return true;
	}
	for (size_t i = 0; i < ARRAY_LEN(flags); i++) {
		if (!str_same(flags[i].word, word))
			continue;
		*flag_of(order, i) = true;
		return true;
	}
	return false;
}

static bool read_options(struct export_order *order, const char *options, struct err *err)
{
	struct str word = STR_INIT;
	bool ok = true;

	while (ok && *options) {
		size_t len = strcspn(options, " ");

		str_clear(&word);
		str_add_n(&word, options, len);
		ok = len == 0 || read_word(order, word.buf) ||
		     err_set(err, ERR_MALFORMED,
			     "it was written with '%s', which this archive does not know: export "
			     "it once more with the options you want",
			     word.buf);
		options += len + (options[len] == ' ');
	}
	str_release(&word);
	return ok;
}

bool order_of_target(struct export_order *order, const struct target *target, struct err *err)
{
	*order = (struct export_order){
		.slug = target->slug,
		.section = target->section[0] ? target->section : NULL,
		.form = form_find(target->form, err),
		.file = target->path,
		.into = target->inserted,
	};
	return order->form && read_options(order, target->options, err);
}
