#include "archive/import/node.h"

#include <string.h>
#include <strings.h>

static struct node *add_node(struct grove *g)
{
	struct node *node = arena_alloc(&g->arena, sizeof(*node));

	g->count++;
	node->parent = g->open;
	if (!g->root)
		g->root = node;
	if (!g->open)
		return node;
	if (g->open->last)
		g->open->last->next = node;
	else
		g->open->first = node;
	g->open->last = node;
	return node;
}

static bool is_full(struct grove *g, size_t bytes)
{
	if (g->count < NODE_MAX_COUNT && g->bytes + bytes <= NODE_MAX_BYTES)
		return false;
	g->cut = true;
	return true;
}

static size_t size_of(const struct hyper_attr *attrs, size_t count)
{
	size_t size = 0;

	for (size_t i = 0; i < count; i++)
		size += strlen(attrs[i].name) + strlen(attrs[i].value) + 2 + sizeof(*attrs);
	return size;
}

void grove_start(struct grove *g, const char *name, const struct hyper_attr *attrs, size_t count)
{
	size_t size = size_of(attrs, count);
	struct node *node;

	if (g->beyond || (g->root && (g->depth >= NODE_MAX_DEPTH || is_full(g, size)))) {
		g->beyond++;
		return;
	}
	node = add_node(g);
	node->name = arena_strdup(&g->arena, name);
	node->attrs = arena_array(&g->arena, count + 1, sizeof(*node->attrs));
	for (size_t i = 0; i < count; i++)
		node->attrs[node->attr_count++] =
			(struct hyper_attr){ arena_strdup(&g->arena, attrs[i].name),
					     arena_strdup(&g->arena, attrs[i].value) };
	g->bytes += size;
	g->depth++;
	g->open = node;
}

void grove_text(struct grove *g, const char *bytes, size_t len)
{
	if (!g->open || is_full(g, len))
		return;
	add_node(g)->text = arena_strndup(&g->arena, bytes, len);
	g->bytes += len;
}

bool grove_end(struct grove *g)
{
	if (g->beyond) {
		g->beyond--;
		return false;
	}
	if (!g->open)
		return false;
	g->open = g->open->parent;
	g->depth--;
	return !g->open;
}

void grove_clear(struct grove *g)
{
	struct arena arena = g->arena;

	arena_clear(&arena);
	*g = (struct grove){ .arena = arena };
}

void grove_release(struct grove *g)
{
	arena_release(&g->arena);
	*g = (struct grove){ 0 };
}

struct node *node_behind(const struct node *node, const struct node *root)
{
	while (node != root && !node->next)
		node = node->parent;
	return node == root ? NULL : node->next;
}

struct node *node_after(const struct node *node, const struct node *root)
{
	return node->first ? node->first : node_behind(node, root);
}

const char *node_attr(const struct node *node, const char *name)
{
	return node ? hyper_attr(node->attrs, node->attr_count, name) : NULL;
}

bool node_has_word(const struct node *node, const char *attr, const char *word)
{
	const char *words = node_attr(node, attr);
	size_t len = strlen(word);

	while (words && *words) {
		size_t span = strcspn(words, " \t\r\n\f");

		if (span == len && strncasecmp(words, word, len) == 0)
			return true;
		words += span + (words[span] != '\0');
	}
	return false;
}

void node_set_attr(struct grove *g, struct node *node, const char *name, const char *value)
{
	struct hyper_attr *more;

	for (size_t i = 0; i < node->attr_count; i++) {
		if (!str_same(node->attrs[i].name, name))
			continue;
		node->attrs[i].value = value;
		return;
	}
	more = arena_array(&g->arena, node->attr_count + 1, sizeof(*more));
	memcpy(more, node->attrs, node->attr_count * sizeof(*more));
	more[node->attr_count++] = (struct hyper_attr){ name, value };
	node->attrs = more;
}

/* ---- as text ---- */

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

static void add_collapsed(struct str *out, size_t from, const char *text)
{
	for (; *text; text++) {
		if (!is_blank(*text))
			str_add_char(out, *text);
		else if (out->len > from && out->buf[out->len - 1] != ' ')
			str_add_char(out, ' ');
	}
}

static bool is_hidden(const struct node *node)
{
	return str_same(node->name, "script") || str_same(node->name, "style") ||
	       str_same(node->name, "noscript");
}

void node_add_text(const struct node *node, struct str *out)
{
	const struct node *root = node;
	size_t from = out->len;

	while (node) {
		if (node->text)
			add_collapsed(out, from, node->text);
		if (str_same(node->name, "br"))
			add_collapsed(out, from, " ");
		node = node->name && is_hidden(node) && node != root ? node_behind(node, root)
								     : node_after(node, root);
	}
	while (out->len > from && out->buf[out->len - 1] == ' ')
		str_truncate(out, out->len - 1);
}

/* ---- as HTML ---- */

void node_add_escaped(struct str *out, const char *text, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		if (text[i] == '&')
			str_add(out, "&amp;");
		else if (text[i] == '<')
			str_add(out, "&lt;");
		else if (text[i] == '>')
			str_add(out, "&gt;");
		else if (text[i] == '"')
			str_add(out, "&quot;");
		else
			str_add_char(out, text[i]);
	}
}

static bool is_void(const char *name)
{
	static const char *const names[] = { "br", "img", "hr", "meta", "link", "input", "wbr" };

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (str_same(names[i], name))
			return true;
	return false;
}

static void add_tag(const struct node *node, struct str *out)
{
	str_addf(out, "<%s", node->name);
	for (size_t i = 0; i < node->attr_count; i++) {
		str_addf(out, " %s=\"", node->attrs[i].name);
		node_add_escaped(out, node->attrs[i].value, strlen(node->attrs[i].value));
		str_add_char(out, '"');
	}
	str_add_char(out, '>');
}

static void add_begin(const struct node *node, struct str *out)
{
	if (node->text)
		node_add_escaped(out, node->text, strlen(node->text));
	else
		add_tag(node, out);
}

/* The end tags of what ends between node and the next one. */
static const struct node *add_ends(const struct node *node, const struct node *root, bool xml,
				   struct str *out)
{
	for (;; node = node->parent) {
		if (node->name && (xml || !is_void(node->name)))
			str_addf(out, "</%s>", node->name);
		if (node->next)
			return node->next;
		if (node->parent == root)
			return NULL;
	}
}

static void add_inner(const struct node *root, bool xml, struct str *out)
{
	const struct node *node = root->first;

	while (node) {
		add_begin(node, out);
		node = node->first ? node->first : add_ends(node, root, xml, out);
	}
}

static void add_whole(const struct node *node, bool xml, struct str *out)
{
	add_begin(node, out);
	add_inner(node, xml, out);
	if (node->name && (xml || !is_void(node->name)))
		str_addf(out, "</%s>", node->name);
}

void node_add_inner(const struct node *node, struct str *out)
{
	add_inner(node, false, out);
}

void node_add_html(const struct node *node, struct str *out)
{
	add_whole(node, false, out);
}

void node_add_xml(const struct node *node, struct str *out)
{
	add_whole(node, true, out);
}
