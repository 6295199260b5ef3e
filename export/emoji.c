#include "archive/export/emoji.h"

#include <string.h>

#include "archive/export/pictures.h"
#include "archive/export/safe.h"

void emoji_of(struct writer *w, const struct emoji *emojis, size_t count)
{
	w->emojis = emojis;
	w->emoji_count = count;
}

/* The emoji whose code stands between this colon and the next one. */
static const struct emoji *find(const struct writer *w, const char *colon, size_t len)
{
	for (size_t i = 0; i < w->emoji_count; i++) {
		const char *code = w->emojis[i].code;
		size_t n = code ? strlen(code) : 0;

		if (n > 0 && len > n + 1 && colon[n + 1] == ':' && memcmp(colon + 1, code, n) == 0)
			return &w->emojis[i];
	}
	return NULL;
}

static void write_picture(struct writer *w, const char *code, const struct picture *picture)
{
	struct str name = STR_INIT;

	str_addf(&name, ":%s:", code);
	part_begin(w, PART_EMOJI);
	part_picture(w, picture);
	part_attr(w, "alt", name.buf);
	part_attr(w, "title", name.buf);
	part_end_empty(w);
	str_release(&name);
}

void emoji_text(struct writer *w, const char *text, size_t len)
{
	const char *end = text + len, *from = text, *colon = text;
	const struct emoji *emoji;
	struct picture picture;

	while (w->emoji_count > 0 && (colon = memchr(colon, ':', (size_t)(end - colon))) != NULL) {
		emoji = find(w, colon, (size_t)(end - colon));
		if (!emoji || !pictures_shown(w->options, emoji->url, &picture)) {
			colon++;
			continue;
		}
		safe_add_text(&w->buf, from, (size_t)(colon - from));
		write_picture(w, emoji->code, &picture);
		from = colon + strlen(emoji->code) + 2;
		colon = from;
	}
	safe_add_text(&w->buf, from, (size_t)(end - from));
}

void emoji_value(struct writer *w, const char *text)
{
	bool turns = part_turns(text);

	str_add(&w->buf, turns ? "<span dir=\"auto\">" : "");
	emoji_text(w, text, strlen(text));
	str_add(&w->buf, turns ? "</span>" : "");
}
