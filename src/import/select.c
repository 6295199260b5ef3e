#include <string.h>
#include <strings.h>

#include "archive/import/node.h"

#define NAME_ENDS " ,.["

/* "[name]", "[name=value]", "[name*=value]", "[name^=value]", len bytes with the brackets. */
static bool attr_fits(const struct node *node, const char *part, size_t len)
{
	size_t name_len = strcspn(part + 1, "=*^]");
	const char *sign = part + 1 + name_len;
	char name[64];
	const char *have, *want;
	size_t want_len;

	if (name_len >= sizeof(name))
		return false;
	memcpy(name, part + 1, name_len);
	name[name_len] = '\0';
	have = node_attr(node, name);
	if (!have || *sign == ']')
		return have != NULL;
	want = sign + (*sign == '=' ? 1 : 2);
	want_len = len - 1 - (size_t)(want - part);
	if (*sign == '*')
		return memmem(have, strlen(have), want, want_len) != NULL;
	if (strncmp(have, want, want_len) != 0)
		return false;
	return *sign == '^' || have[want_len] == '\0';
}

static bool class_fits(const struct node *node, const char *name, size_t len)
{
	char word[128];

	if (len >= sizeof(word))
		return false;
	memcpy(word, name, len);
	word[len] = '\0';
	return node_has_word(node, "class", word);
}

/* A part without blanks. */
static bool part_fits(const struct node *node, const char *part, size_t len)
{
	size_t at = strcspn(part, NAME_ENDS);

	if (!node->name || (at > 0 && (strncasecmp(node->name, part, at) != 0 || node->name[at])))
		return false;
	while (at < len) {
		size_t step = part[at] == '[' ? strcspn(part + at, "]") + 1
					      : 1 + strcspn(part + at + 1, NAME_ENDS);

		if (!(part[at] == '[' ? attr_fits(node, part + at, step)
				      : class_fits(node, part + at + 1, step - 1)))
			return false;
		at += step;
	}
	return true;
}

static size_t last_part(const char *selector, size_t len)
{
	while (len > 0 && selector[len - 1] != ' ')
		len--;
	return len;
}

/* The last part names the node, those before it what is around it. */
static bool chain_fits(const struct node *node, const struct node *root, const char *selector,
		       size_t len)
{
	size_t from = last_part(selector, len);

	if (!part_fits(node, selector + from, len - from))
		return false;
	while (from > 0 && node != root) {
		len = from - 1;
		from = last_part(selector, len);
		do
			node = node == root ? NULL : node->parent;
		while (node && !part_fits(node, selector + from, len - from));
		if (!node)
			return false;
	}
	return from == 0;
}

bool node_is(const struct node *node, const struct node *root, const char *selector)
{
	while (*selector) {
		size_t len = strcspn(selector, ",");

		if (chain_fits(node, root, selector, len))
			return true;
		selector += len;
		selector += strspn(selector, ", ");
	}
	return false;
}

struct node *node_find_next(const struct node *root, const struct node *after, const char *selector)
{
	struct node *node = node_after(after, root);

	while (node && !node_is(node, root, selector))
		node = node_after(node, root);
	return node;
}

const struct node *node_find(const struct node *root, const char *selector)
{
	return node_is(root, root, selector) ? root : node_find_next(root, root, selector);
}
