#include <libxml/HTMLparser.h>
#include <string.h>
#include <strings.h>

#include "archive/markup/build.h"
#include "archive/markup/intake.h"
#include "archive/markup/rules.h"
#include "archive/markup/strip.h"

#define ELLIPSIS "\xE2\x80\xA6"

/* The parser makes a paragraph of its own of what stands outside of every element: so nothing does.
 * Behind the end of the document it looks at nothing: so the end never comes. */
#define WRAPPER "bdo"

/* What the parser may do in vain: names that it compared on its stack. */
#define MAX_WORK ((size_t)1 << 26)

#define PARSE_OPTIONS \
	(HTML_PARSE_RECOVER | HTML_PARSE_NONET | HTML_PARSE_NOIMPLIED | HTML_PARSE_IGNORE_ENC)

/* What an element's end does. */
enum { END_NOTHING, END_BREAK, END_CELL, END_HEADING, END_LINK, END_BLOCK = 0x10, END_SPAN = 0x20 };
#define END_ELLIPSIS 0x80

struct reader {
	struct build build;
	htmlParserCtxtPtr parser;
	struct str open; /* a byte for every open element: how it ends */
	size_t skipping; /* levels of elements that leave nothing */
	size_t work;
	bool drop_quote;
	bool hidden; /* the open link holds something that is not shown */
	bool failed;
};

/* NULL where there is none. */
struct attributes {
	const char *classes, *href, *rel, *alt;
};

static void read_attributes(struct attributes *a, const xmlChar **pairs)
{
	for (; pairs && pairs[0]; pairs += 2) {
		const char *name = (const char *)pairs[0];
		const char *value = (const char *)pairs[1];

		if (*name == 'c' && strcmp(name, "class") == 0)
			a->classes = value;
		else if (*name == 'h' && strcmp(name, "href") == 0)
			a->href = value;
		else if (*name == 'r' && strcmp(name, "rel") == 0)
			a->rel = value;
		else if (*name == 'a' && strcmp(name, "alt") == 0)
			a->alt = value;
	}
}

/* Is word one of the words of the attribute? */
static bool has_word(const char *words, const char *word)
{
	size_t len = strlen(word);

	while (words && *words) {
		size_t span = strcspn(words, " \t\r\n\f");

		if (span == len && strncasecmp(words, word, len) == 0)
			return true;
		words += span + (words[span] != '\0');
	}
	return false;
}

static enum link_role role_of(const struct attributes *a)
{
	if (has_word(a->classes, "hashtag") || has_word(a->classes, "p-category") ||
	    has_word(a->rel, "tag"))
		return ROLE_TAG;
	return has_word(a->classes, "mention") ? ROLE_MENTION : ROLE_NONE;
}

static int start_link(struct reader *r, const struct attributes *a)
{
	if (!build_open_link(&r->build, a->href, role_of(a)))
		return END_NOTHING;
	r->hidden = false;
	return END_LINK;
}

/* A link that shows nothing though it holds something (a picture) shows its address. */
static void end_link(struct reader *r)
{
	struct build *b = &r->build;

	if (!b->link_filled && r->hidden)
		build_text(b, b->href.buf, b->href.len);
	build_close_span(b, SPAN_A);
}

static int start_image(struct reader *r, const char *alt)
{
	r->hidden = true;
	if (alt)
		build_text(&r->build, alt, strlen(alt));
	return END_NOTHING;
}

static int start_heading(struct build *b)
{
	build_paragraph(b);
	return build_open_span(b, SPAN_STRONG) ? END_HEADING : END_BREAK;
}

static int start_by_rule(struct reader *r, const struct rule *rule, const struct attributes *a)
{
	struct build *b = &r->build;

	switch (rule->act) {
	case ACT_BREAK:
		build_paragraph(b);
		return END_BREAK;
	case ACT_BLOCK:
		return build_open_block(b, rule->block) ? END_BLOCK | (int)rule->block : END_BREAK;
	case ACT_SPAN:
		return build_open_span(b, rule->span) ? END_SPAN | (int)rule->span : END_NOTHING;
	case ACT_HEADING:
		return start_heading(b);
	case ACT_LINK:
		return start_link(r, a);
	case ACT_LINE:
		build_line(b);
		return END_NOTHING;
	case ACT_CELL:
		build_space(b);
		return END_CELL;
	case ACT_IMAGE:
		return start_image(r, a->alt);
	default:
		return END_NOTHING;
	}
}

static bool leaves_nothing(struct reader *r, const struct rule *rule, const char *classes)
{
	bool hidden = classes && build_in_link(&r->build) && has_word(classes, "invisible");

	r->hidden |= hidden;
	return hidden || rule->act == ACT_SKIP ||
	       (r->drop_quote && has_word(classes, "quote-inline"));
}

static void on_start(void *context, const xmlChar *name, const xmlChar **attributes)
{
	struct reader *r = context;
	struct attributes a = { 0 };
	const struct rule *rule;
	int end;

	if (r->failed)
		return;
	rule = rule_find((const char *)name);
	read_attributes(&a, attributes);
	if (r->skipping || leaves_nothing(r, rule, a.classes)) {
		r->skipping++;
		return;
	}
	end = start_by_rule(r, rule, &a);
	if (has_word(a.classes, "ellipsis"))
		end |= END_ELLIPSIS;
	str_add_char(&r->open, (char)end);
}

static void end_element(struct reader *r, int end)
{
	struct build *b = &r->build;

	if (end & END_ELLIPSIS && build_in_link(b) && b->link_filled)
		build_text(b, ELLIPSIS, strlen(ELLIPSIS));
	end &= ~END_ELLIPSIS;
	if (end & END_BLOCK)
		build_close_block(b, (enum block)(end & ~END_BLOCK));
	else if (end & END_SPAN)
		build_close_span(b, (enum span)(end & ~END_SPAN));
	else if (end == END_LINK)
		end_link(r);
	else if (end == END_CELL)
		build_space(b);
	if (end == END_HEADING)
		build_close_span(b, SPAN_STRONG);
	if (end == END_HEADING || end == END_BREAK)
		build_paragraph(b);
}

static void on_end(void *context, const xmlChar *name)
{
	struct reader *r = context;
	int end;

	(void)name;
	if (r->failed)
		return;
	if (r->skipping) {
		r->skipping--;
		return;
	}
	if (!r->open.len)
		return;
	end = (unsigned char)r->open.buf[r->open.len - 1];
	str_truncate(&r->open, r->open.len - 1);
	end_element(r, end);
	/* Somebody closed the wrapper: the parser takes what follows for no part of the document.
	 */
	if (!r->open.len && r->parser->input && r->parser->input->cur < r->parser->input->end)
		r->failed = true;
}

static void on_text(void *context, const xmlChar *text, int len)
{
	struct reader *r = context;

	if (!r->failed && !r->skipping && len > 0)
		build_text(&r->build, (const char *)text, (size_t)len);
}

/* Each complaint may have cost the parser a walk over the whole stack. */
static void on_error(void *context, xmlErrorPtr error)
{
	struct reader *r = context;

	(void)error;
	if (!r->parser)
		return;
	r->work += (size_t)r->parser->nameNr + 64;
	if (r->work < MAX_WORK || r->failed)
		return;
	r->failed = true;
	xmlStopParser(r->parser);
}

static bool read_html(struct reader *r, const struct str *html)
{
	htmlSAXHandler sax = {
		.startElement = on_start,
		.endElement = on_end,
		.characters = on_text,
		.cdataBlock = on_text,
		.ignorableWhitespace = on_text,
		.serror = on_error,
		.initialized = XML_SAX2_MAGIC,
	};

	r->parser = htmlCreatePushParserCtxt(&sax, r, NULL, 0, NULL, XML_CHAR_ENCODING_UTF8);
	if (!r->parser)
		return false;
	htmlCtxtUseOptions(r->parser, PARSE_OPTIONS);
	htmlParseChunk(r->parser, html->buf, (int)html->len, 1);
	xmlFreeDoc(r->parser->myDoc);
	htmlFreeParserCtxt(r->parser);
	str_release(&r->open);
	return !r->failed;
}

/* The parser loses a lone '<' at the very end: so that is never the end. */
static void wrap(struct str *out, const char *bytes, size_t len)
{
	str_reserve(out, len + 16);
	str_add(out, "<" WRAPPER ">");
	intake_add(out, bytes, len);
	str_add_char(out, '\n');
}

static void strip_instead(const struct str *wrapped, struct str *html, struct str *text)
{
	size_t skip = strlen("<" WRAPPER ">");
	struct build build;

	build_begin(&build, html, text);
	strip_html(&build, wrapped->buf + skip, wrapped->len - skip);
	build_end(&build);
}

void markup_from_html(const char *bytes, size_t len, bool drop_quote, struct str *html,
		      struct str *text)
{
	struct reader r = { .open = STR_INIT, .drop_quote = drop_quote };
	size_t html_start = html ? html->len : 0;
	size_t text_start = text ? text->len : 0;
	struct str wrapped = STR_INIT;
	bool done;

	wrap(&wrapped, bytes, intake_len(bytes, len));
	build_begin(&r.build, html, text);
	done = !strip_is_needed(wrapped.buf, wrapped.len) && read_html(&r, &wrapped);
	build_end(&r.build);
	if (!done) {
		if (html)
			str_truncate(html, html_start);
		if (text)
			str_truncate(text, text_start);
		strip_instead(&wrapped, html, text);
	}
	str_release(&wrapped);
}
