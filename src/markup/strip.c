#include "archive/markup/strip.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "archive/markup/rules.h"

#define SMALL	       ((size_t)8 << 10) /* what fits in this is soon parsed, whatever it is */
#define MAX_ATTRIBUTES 256
#define MAX_TAG	       4096 /* bytes outside of quotes */
#define MAX_NAME       16   /* longer than any element's that has a rule */

static bool is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

/* Behind the quoted value that begins at p. */
static const char *skip_quoted(const char *p, const char *end)
{
	const char *close = memchr(p + 1, *p, (size_t)(end - p - 1));

	return close ? close + 1 : end;
}

static const char *skip_spaces(const char *p, const char *end)
{
	while (p < end && is_space(*p))
		p++;
	return p;
}

struct tag_size {
	size_t attributes, bytes;
};

/* Behind the attribute or whatever else stands at p inside a tag. */
static const char *skip_attribute(const char *p, const char *end, struct tag_size *size)
{
	const char *from = p;

	while (p < end && *p != '=' && *p != '>' && !is_space(*p))
		p++;
	size->attributes += 1 + (size_t)(p - from) / 100; /* the parser cuts names at 100 bytes */
	size->bytes += (size_t)(p - from);
	p = skip_spaces(p, end);
	if (p >= end || *p != '=')
		return p;
	p = skip_spaces(p + 1, end);
	if (p < end && (*p == '"' || *p == '\''))
		return skip_quoted(p, end);
	from = p;
	while (p < end && *p != '>' && !is_space(*p))
		p++;
	size->bytes += (size_t)(p - from);
	return p;
}

/* At the '>' of the tag whose name begins at p, or at the end; or where the tag has become too
 * large. */
static const char *skip_tag(const char *p, const char *end, struct tag_size *size)
{
	while (p < end && *p != '>' && !is_space(*p) && *p != '/')
		p++;
	p = skip_spaces(p, end);
	while (p < end && *p != '>' && size->attributes <= MAX_ATTRIBUTES && size->bytes <= MAX_TAG)
		p = skip_spaces(skip_attribute(p, end, size), end);
	return p;
}

/* Every '<' is looked at, inside of quotes and comments, too: what the parser takes for a tag is
 * one of them. */
bool strip_is_needed(const char *html, size_t len)
{
	const char *end = html + len;

	if (len <= SMALL)
		return false;
	while ((html = memchr(html, '<', (size_t)(end - html)))) {
		struct tag_size size = { 0 };

		if (++html >= end)
			return false;
		if (!isalpha((unsigned char)*html))
			continue;
		skip_tag(html, end, &size);
		if (size.attributes > MAX_ATTRIBUTES || size.bytes > MAX_TAG)
			return true;
	}
	return false;
}

static const struct rule *rule_of_tag(const char *name, const char *end)
{
	char copy[MAX_NAME] = "";

	for (size_t i = 0;
	     i + 1 < sizeof(copy) && name + i < end && isalnum((unsigned char)name[i]); i++)
		copy[i] = (char)tolower((unsigned char)name[i]);
	return rule_find(copy);
}

/* Behind the end tag of an element that leaves nothing, or at the end. */
static const char *skip_element(const char *p, const char *end, const char *name)
{
	size_t len = strlen(name);

	while ((p = memchr(p, '<', (size_t)(end - p)))) {
		if ((size_t)(end - p) > len + 2 && p[1] == '/' &&
		    strncasecmp(p + 2, name, len) == 0)
			return p;
		p++;
	}
	return end;
}

static void part(struct build *b, enum act act)
{
	if (act == ACT_LINE)
		build_line(b);
	else if (act == ACT_BREAK || act == ACT_BLOCK || act == ACT_HEADING)
		build_paragraph(b);
	else if (act == ACT_CELL)
		build_space(b);
}

/* Behind the tag at p, which is a '<'. */
static const char *strip_tag(struct build *b, const char *p, const char *end)
{
	bool closes = p + 1 < end && p[1] == '/';
	const char *name = p + 1 + closes;
	struct tag_size size = { 0 };
	const struct rule *rule;

	if (name >= end || (!isalpha((unsigned char)*name) && *name != '!' && *name != '?')) {
		build_text(b, "<", 1);
		return p + 1;
	}
	rule = rule_of_tag(name, end);
	part(b, rule->act);
	while ((p = skip_tag(name, end, &size)) < end && *p != '>') {
		name = p;
		size = (struct tag_size){ 0 };
	}
	if (p < end)
		p++;
	return rule->act == ACT_SKIP && !closes ? skip_element(p, end, rule->name) : p;
}

void strip_html(struct build *b, const char *html, size_t len)
{
	struct str text = STR_INIT;
	const char *end = html + len;

	while (html < end) {
		const char *tag = memchr(html, '<', (size_t)(end - html));

		if (!tag)
			tag = end;
		str_clear(&text);
		markup_unescape(&text, html, (size_t)(tag - html));
		build_text(b, text.buf, text.len);
		html = tag < end ? strip_tag(b, tag, end) : end;
	}
	str_release(&text);
}
