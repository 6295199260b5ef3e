/*
 * A small piece of hypertext as a tree: one post of a page, one heading, one embed. It is gathered
 * from the events of hyper.h, asked for what it holds, written again as HTML, and forgotten. What
 * is larger than a post can be is cut.
 */
#ifndef ARCHIVE_IMPORT_NODE_H
#define ARCHIVE_IMPORT_NODE_H

#include "archive/base/arena.h"
#include "archive/import/hyper.h"

#define NODE_MAX_BYTES ((size_t)1 << 20)
#define NODE_MAX_COUNT 20000
#define NODE_MAX_DEPTH 200

struct node {
	const char *name; /* lower-case; NULL = text */
	const char *text;
	struct hyper_attr *attrs;
	size_t attr_count;
	struct node *parent, *first, *last, *next;
};

struct grove {
	struct arena arena;
	struct node *root; /* NULL = nothing is gathered */
	struct node *open;
	size_t bytes, count, depth;
	size_t beyond; /* levels that are left out */
	bool cut;
	int64_t line; /* where it begins */
};

/* Begins a tree, or goes on with it. */
void grove_start(struct grove *g, const char *name, const struct hyper_attr *attrs, size_t count);
void grove_text(struct grove *g, const char *bytes, size_t len);
/* true: that was the root's end, the tree is whole. */
bool grove_end(struct grove *g);
void grove_clear(struct grove *g);
void grove_release(struct grove *g);

/* The next in the order of the text; NULL behind the last one below root. */
struct node *node_after(const struct node *node, const struct node *root);
/* The same, but for what is below node. */
struct node *node_behind(const struct node *node, const struct node *root);
/* NULL when there is none. */
const char *node_attr(const struct node *node, const char *name);
bool node_has_word(const struct node *node, const char *attr, const char *word);
/* Adds its text, one line, blanks collapsed. */
void node_add_text(const struct node *node, struct str *out);
/* Adds it as HTML: with its own tag, or what is inside. */
void node_add_html(const struct node *node, struct str *out);
void node_add_inner(const struct node *node, struct str *out);
/* The same where every element has its end tag. */
void node_add_xml(const struct node *node, struct str *out);
/* Changes an attribute; value is the grove's. */
void node_set_attr(struct grove *g, struct node *node, const char *name, const char *value);
/* Adds text as it stands in HTML, also in an attribute. */
void node_add_escaped(struct str *out, const char *text, size_t len);

/* The first node from root on that the selector names; after: the next one behind it. A selector is
 * parts with blanks between, "div.tweet a[href*=/status/]", each below the one before it; several
 * are parted by commas. A part: a name, classes, attributes that are there ([x]), are this ([x=v]),
 * hold this ([x*=v]) or begin so ([x^=v]). root counts, too. */
const struct node *node_find(const struct node *root, const char *selector);
struct node *node_find_next(const struct node *root, const struct node *after,
			    const char *selector);
bool node_is(const struct node *node, const struct node *root, const char *selector);

#endif
