/*
 * Is it the canonical form of markup.h? A reader of its own that takes nothing but the form: for
 * tests and fuzzers.
 */
#ifndef ARCHIVE_TESTS_CANONICAL_H
#define ARCHIVE_TESTS_CANONICAL_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include "archive/markup/markup.h"
#include "archive/text/link.h"
#include "archive/text/utf8.h"

enum canonical_kind { KIND_BLOCK, KIND_LIST, KIND_ITEM, KIND_LEAF, KIND_INLINE };

struct canonical_element {
	const char *name;
	enum canonical_kind kind;
};

static const struct canonical_element canonical_elements[] = {
	{ "blockquote", KIND_BLOCK }, { "ul", KIND_LIST },	 { "ol", KIND_LIST },
	{ "li", KIND_ITEM },	      { "p", KIND_LEAF },	 { "pre", KIND_LEAF },
	{ "a", KIND_INLINE },	      { "strong", KIND_INLINE }, { "em", KIND_INLINE },
	{ "s", KIND_INLINE },	      { "code", KIND_INLINE },	 { "ruby", KIND_INLINE },
	{ "rt", KIND_INLINE },
};

struct canonical {
	const char *p;
	const struct canonical_element *open[MARKUP_MAX_DEPTH];
	int depth;
	bool edge; /* nothing has been said since a block began or a line ended */
	bool bare; /* the last thing was an opening tag */
};

static inline const struct canonical_element *canonical_find(const char *name, size_t len)
{
	for (size_t i = 0; i < sizeof(canonical_elements) / sizeof(canonical_elements[0]); i++)
		if (strlen(canonical_elements[i].name) == len &&
		    strncmp(canonical_elements[i].name, name, len) == 0)
			return &canonical_elements[i];
	return NULL;
}

static inline const struct canonical_element *canonical_top(const struct canonical *c)
{
	return c->depth ? c->open[c->depth - 1] : NULL;
}

static inline bool canonical_is_open(const struct canonical *c, const char *name)
{
	for (int i = 0; i < c->depth; i++)
		if (strcmp(c->open[i]->name, name) == 0)
			return true;
	return false;
}

static inline bool canonical_may_stand(const struct canonical *c, const struct canonical_element *e)
{
	const struct canonical_element *top = canonical_top(c);

	if (e->kind == KIND_INLINE)
		return top &&
		       (top->kind == KIND_ITEM || top->kind == KIND_LEAF ||
			top->kind == KIND_INLINE) &&
		       !canonical_is_open(c, e->name) &&
		       (strcmp(e->name, "rt") != 0 || canonical_is_open(c, "ruby"));
	if (e->kind == KIND_ITEM)
		return top && top->kind == KIND_LIST;
	if (strcmp(e->name, "p") == 0)
		return !top || top->kind == KIND_BLOCK;
	return !top || top->kind == KIND_BLOCK || top->kind == KIND_ITEM;
}

static inline bool canonical_link(struct canonical *c)
{
	static const char *const tails[] = { "\">", "\" class=\"p-category\" rel=\"tag\">",
					     "\" class=\"u-url mention\">" };
	struct str href = STR_INIT;
	size_t len = strcspn(c->p, "\"<>");
	bool safe;

	markup_unescape(&href, c->p, len);
	safe = link_safe(href.buf);
	str_release(&href);
	c->p += len;
	for (size_t i = 0; safe && i < sizeof(tails) / sizeof(tails[0]); i++) {
		if (strncmp(c->p, tails[i], strlen(tails[i])) != 0)
			continue;
		c->p += strlen(tails[i]);
		return true;
	}
	return false;
}

static inline bool canonical_close(struct canonical *c)
{
	size_t len = strcspn(c->p, ">");
	const struct canonical_element *e = canonical_find(c->p, len);

	if (!e || e != canonical_top(c) || c->bare ||
	    (c->edge && e->kind != KIND_BLOCK && e->kind != KIND_LIST))
		return false;
	c->depth--;
	c->p += len + 1;
	if (e->kind != KIND_INLINE)
		c->edge = !(canonical_top(c) && canonical_top(c)->kind == KIND_ITEM);
	return true;
}

static inline bool canonical_open(struct canonical *c)
{
	size_t len = strcspn(c->p, " >");
	const struct canonical_element *e = canonical_find(c->p, len);

	if (strncmp(c->p, "br>", 3) == 0) {
		const struct canonical_element *top = canonical_top(c);
		bool ok = !c->edge && !c->bare && top && top->kind != KIND_LIST &&
			  top->kind != KIND_BLOCK && !canonical_is_open(c, "pre");

		c->p += 3;
		c->edge = true;
		return ok;
	}
	if (!e || c->depth == MARKUP_MAX_DEPTH || !canonical_may_stand(c, e))
		return false;
	c->p += len;
	if (strcmp(e->name, "a") == 0) {
		if (strncmp(c->p, " href=\"", 7) != 0)
			return false;
		c->p += 7;
		if (!canonical_link(c))
			return false;
	} else if (*c->p++ != '>') {
		return false;
	}
	c->open[c->depth++] = e;
	c->edge |= e->kind != KIND_INLINE;
	c->bare = true;
	return true;
}

static inline bool canonical_reference(struct canonical *c)
{
	static const char *const known[] = { "&amp;", "&lt;", "&gt;", "&quot;" };

	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
		if (strncmp(c->p, known[i], strlen(known[i])) != 0)
			continue;
		c->p += strlen(known[i]);
		return true;
	}
	return false;
}

static inline bool canonical_text(struct canonical *c)
{
	const struct canonical_element *top = canonical_top(c);
	const char *from = c->p;
	uint32_t ch;

	if (!top || top->kind == KIND_LIST || top->kind == KIND_BLOCK || *c->p == '>' ||
	    *c->p == '"')
		return false;
	if (*c->p == '&')
		return canonical_reference(c);
	ch = utf8_next(&c->p, c->p + strnlen(c->p, 4));
	if ((ch < ' ' && !(canonical_is_open(c, "pre") && (ch == '\n' || ch == '\t'))) ||
	    (ch >= 0x7F && ch < 0xA0))
		return false;
	if ((ch >= 0x202A && ch <= 0x202E) || (ch >= 0x2066 && ch <= 0x2069) || ch == 0x200E ||
	    ch == 0x200F || ch == 0x61C)
		return false;
	if (ch == ' ' && !canonical_is_open(c, "pre") &&
	    (c->edge || c->p[0] == ' ' || strncmp(c->p, "<br>", 4) == 0))
		return false;
	return ch != UTF8_REPLACEMENT || strncmp(from, "\xEF\xBF\xBD", 3) == 0;
}

static inline bool canonical_html(const char *html)
{
	struct canonical c = { .p = html, .edge = true };

	while (*c.p) {
		if (strncmp(c.p, "</", 2) == 0) {
			c.p += 2;
			if (!canonical_close(&c))
				return false;
			c.bare = false;
		} else if (*c.p == '<') {
			c.p++;
			if (!canonical_open(&c))
				return false;
		} else {
			if (!canonical_text(&c))
				return false;
			c.edge = c.bare = false;
		}
	}
	return c.depth == 0;
}

#endif
