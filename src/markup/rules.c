#include "archive/markup/rules.h"

#include <stdlib.h>
#include <string.h>

/* Sorted by name. */
static const struct rule rules[] = {
	{ .name = "a", .act = ACT_LINK },
	{ .name = "address", .act = ACT_BREAK },
	{ .name = "article", .act = ACT_BREAK },
	{ .name = "aside", .act = ACT_BREAK },
	{ .name = "b", .act = ACT_SPAN, .span = SPAN_STRONG },
	{ .name = "blockquote", .act = ACT_BLOCK, .block = BLOCK_QUOTE },
	{ .name = "body", .act = ACT_BREAK },
	{ .name = "br", .act = ACT_LINE },
	{ .name = "caption", .act = ACT_BREAK },
	{ .name = "center", .act = ACT_BREAK },
	{ .name = "code", .act = ACT_SPAN, .span = SPAN_CODE },
	{ .name = "dd", .act = ACT_BREAK },
	{ .name = "del", .act = ACT_SPAN, .span = SPAN_S },
	{ .name = "details", .act = ACT_BREAK },
	{ .name = "dir", .act = ACT_BLOCK, .block = BLOCK_UL },
	{ .name = "div", .act = ACT_BREAK },
	{ .name = "dl", .act = ACT_BREAK },
	{ .name = "dt", .act = ACT_BREAK },
	{ .name = "em", .act = ACT_SPAN, .span = SPAN_EM },
	{ .name = "fieldset", .act = ACT_BREAK },
	{ .name = "figcaption", .act = ACT_BREAK },
	{ .name = "figure", .act = ACT_BREAK },
	{ .name = "footer", .act = ACT_BREAK },
	{ .name = "form", .act = ACT_BREAK },
	{ .name = "h1", .act = ACT_HEADING },
	{ .name = "h2", .act = ACT_HEADING },
	{ .name = "h3", .act = ACT_HEADING },
	{ .name = "h4", .act = ACT_HEADING },
	{ .name = "h5", .act = ACT_HEADING },
	{ .name = "h6", .act = ACT_HEADING },
	{ .name = "header", .act = ACT_BREAK },
	{ .name = "hgroup", .act = ACT_BREAK },
	{ .name = "hr", .act = ACT_BREAK },
	{ .name = "html", .act = ACT_BREAK },
	{ .name = "i", .act = ACT_SPAN, .span = SPAN_EM },
	{ .name = "iframe", .act = ACT_SKIP },
	{ .name = "img", .act = ACT_IMAGE },
	{ .name = "legend", .act = ACT_BREAK },
	{ .name = "li", .act = ACT_BLOCK, .block = BLOCK_LI },
	{ .name = "listing", .act = ACT_BLOCK, .block = BLOCK_PRE },
	{ .name = "main", .act = ACT_BREAK },
	{ .name = "menu", .act = ACT_BLOCK, .block = BLOCK_UL },
	{ .name = "nav", .act = ACT_BREAK },
	{ .name = "noembed", .act = ACT_SKIP },
	{ .name = "noframes", .act = ACT_SKIP },
	{ .name = "ol", .act = ACT_BLOCK, .block = BLOCK_OL },
	{ .name = "option", .act = ACT_CELL },
	{ .name = "p", .act = ACT_BREAK },
	{ .name = "pre", .act = ACT_BLOCK, .block = BLOCK_PRE },
	{ .name = "rp", .act = ACT_SKIP },
	{ .name = "rt", .act = ACT_SPAN, .span = SPAN_RT },
	{ .name = "ruby", .act = ACT_SPAN, .span = SPAN_RUBY },
	{ .name = "s", .act = ACT_SPAN, .span = SPAN_S },
	{ .name = "script", .act = ACT_SKIP },
	{ .name = "search", .act = ACT_BREAK },
	{ .name = "section", .act = ACT_BREAK },
	{ .name = "strike", .act = ACT_SPAN, .span = SPAN_S },
	{ .name = "strong", .act = ACT_SPAN, .span = SPAN_STRONG },
	{ .name = "style", .act = ACT_SKIP },
	{ .name = "summary", .act = ACT_BREAK },
	{ .name = "svg", .act = ACT_SKIP },
	{ .name = "table", .act = ACT_BREAK },
	{ .name = "tbody", .act = ACT_BREAK },
	{ .name = "td", .act = ACT_CELL },
	{ .name = "template", .act = ACT_SKIP },
	{ .name = "tfoot", .act = ACT_BREAK },
	{ .name = "th", .act = ACT_CELL },
	{ .name = "thead", .act = ACT_BREAK },
	{ .name = "title", .act = ACT_SKIP },
	{ .name = "tr", .act = ACT_BREAK },
	{ .name = "ul", .act = ACT_BLOCK, .block = BLOCK_UL },
	{ .name = "xmp", .act = ACT_BLOCK, .block = BLOCK_PRE },
};

/* The first byte tells most names apart. */
static int compare(const void *name, const void *rule)
{
	const char *a = name;
	const char *b = ((const struct rule *)rule)->name;

	return *a != *b ? (unsigned char)*a - (unsigned char)*b : strcmp(a, b);
}

const struct rule *rule_find(const char *name)
{
	static const struct rule text = { .name = "", .act = ACT_TEXT };
	const struct rule *found = bsearch(name, rules, sizeof(rules) / sizeof(rules[0]),
					   sizeof(rules[0]), compare);

	return found ? found : &text;
}
