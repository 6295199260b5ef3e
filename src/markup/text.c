#include <stdlib.h>
#include <string.h>

#include "archive/base/mem.h"
#include "archive/markup/build.h"
#include "archive/markup/intake.h"
#include "archive/text/link.h"
#include "archive/text/utf8.h"

struct writer {
	struct build build;
	const char *text;
	size_t len;
	const struct markup_bases *bases;
	struct str stretch, href;
};

/* What stands from start to end, made ready. */
static const struct str *stretch_of(struct writer *w, size_t start, size_t end)
{
	str_clear(&w->stretch);
	intake_add(&w->stretch, w->text + start, end - start);
	return &w->stretch;
}

static void write_plain(struct writer *w, size_t start, size_t end)
{
	const char *p = stretch_of(w, start, end)->buf;

	while (*p) {
		size_t len = strcspn(p, "\r\n");

		build_text(&w->build, p, len);
		p += len;
		if (!*p)
			return;
		build_line(&w->build);
		p += p[0] == '\r' && p[1] == '\n' ? 2 : 1;
	}
}

static void write_link(struct writer *w, const char *href, enum link_role role, const char *shown)
{
	bool linked = build_open_link(&w->build, href, role);

	build_text(&w->build, shown, strlen(shown));
	if (linked)
		build_close_span(&w->build, SPAN_A);
}

static bool at_character(const struct writer *w, size_t at)
{
	return at == w->len || ((unsigned char)w->text[at] & 0xC0) != 0x80;
}

static bool entity_fits(const struct writer *w, const struct entity *e, size_t from)
{
	return e->start >= from && e->start < e->end && e->end <= w->len &&
	       at_character(w, e->start) && at_character(w, e->end);
}

static void write_entity(struct writer *w, const struct entity *e)
{
	static const enum link_role roles[] = {
		[ENTITY_LINK] = ROLE_NONE,
		[ENTITY_TAG] = ROLE_TAG,
		[ENTITY_MENTION] = ROLE_MENTION,
	};

	if (e->kind == ENTITY_DROP)
		return;
	if (e->text) {
		str_clear(&w->stretch);
		intake_add(&w->stretch, e->text, strlen(e->text));
	} else {
		stretch_of(w, e->start, e->end);
	}
	write_link(w, e->url, roles[e->kind], w->stretch.buf);
}

static int by_start(const void *a, const void *b)
{
	const struct entity *left = *(const struct entity *const *)a;
	const struct entity *right = *(const struct entity *const *)b;

	if (left->start != right->start)
		return left->start < right->start ? -1 : 1;
	return left < right ? -1 : left > right;
}

static void write_entities(struct writer *w, const struct entity *entities, size_t count)
{
	const struct entity **order = xcalloc(count ? count : 1, sizeof(const struct entity *));
	size_t at = 0;

	for (size_t i = 0; i < count; i++)
		order[i] = &entities[i];
	qsort(order, count, sizeof(const struct entity *), by_start);
	for (size_t i = 0; i < count; i++) {
		if (!entity_fits(w, order[i], at))
			continue;
		write_plain(w, at, order[i]->start);
		write_entity(w, order[i]);
		at = order[i]->end;
	}
	write_plain(w, at, w->len);
	free(order);
}

/* The word behind its mark ('#', '@', full-width or not). */
static const char *without_mark(const struct str *word)
{
	const char *p = word->buf;

	utf8_next(&p, word->buf + word->len);
	return p;
}

/* The name's or the tag's page; NULL when there is none. */
static const char *page_of(struct writer *w, const char *base, const char *name)
{
	if (!base || strchr(name, '@'))
		return NULL;
	str_add(&w->href, base);
	link_add_escaped(&w->href, name);
	return w->href.buf;
}

static void write_span(struct writer *w, const struct link_span *span)
{
	static const struct markup_bases none = { 0 };
	const struct markup_bases *bases = w->bases ? w->bases : &none;
	const struct str *word = stretch_of(w, span->start, span->end);

	str_clear(&w->href);
	if (span->kind == LINK_TAG) {
		write_link(w, page_of(w, bases->tag, without_mark(word)), ROLE_TAG, word->buf);
	} else if (span->kind == LINK_MENTION) {
		write_link(w, page_of(w, bases->mention, without_mark(word)), ROLE_MENTION,
			   word->buf);
	} else {
		str_add(&w->href, span->bare ? "https://" : "");
		str_add_n(&w->href, word->buf, word->len);
		write_link(w, w->href.buf, ROLE_NONE, word->buf);
	}
}

static void write_found(struct writer *w)
{
	struct str ready = STR_INIT;
	struct link_span span;
	size_t at = 0;

	intake_add(&ready, w->text, w->len);
	w->text = ready.buf;
	w->len = ready.len;
	while (link_next(w->text, w->len, at, &span)) {
		write_plain(w, at, span.start);
		write_span(w, &span);
		at = span.end;
	}
	write_plain(w, at, w->len);
	str_release(&ready);
}

void markup_from_text(const char *text, size_t len, const struct entity *entities, size_t count,
		      const struct markup_bases *bases, struct str *html, struct str *plain)
{
	struct writer w = { .text = text, .bases = bases, .stretch = STR_INIT, .href = STR_INIT };

	w.len = intake_len(text, len);
	build_begin(&w.build, html, plain);
	if (entities)
		write_entities(&w, entities, count);
	else
		write_found(&w);
	build_end(&w.build);
	str_release(&w.stretch);
	str_release(&w.href);
}
