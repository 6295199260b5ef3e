#include <string.h>

#include "archive/export/markdown.h"
#include "archive/export/parts.h"
#include "archive/markup/markup.h"
#include "archive/text/link.h"
#include "archive/text/utf8.h"

/* ---- words ---- */

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_alnum(char c)
{
	return is_digit(c) || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
}

/* Has a meaning to some engine wherever it stands: CommonMark lets every ASCII punctuation be
 * escaped. */
static bool is_mark(char c)
{
	return strchr("\\`*_{}[]<>()#+-!|~^$&@\"'=", c) != NULL;
}

/* ":" of a clock's time is only itself; any other may begin an emoji code or a container. "1." and
 * "1)" begin a list. */
static bool is_mark_here(const char *text, size_t len, size_t at)
{
	char before = at > 0 ? text[at - 1] : '\0';
	char behind = at + 1 < len ? text[at + 1] : '\0';

	if (text[at] == ':')
		return !is_digit(before) || !is_digit(behind);
	if (text[at] == '-')
		return !is_alnum(before) || !is_alnum(behind);
	if (text[at] == '%')
		return before == '{'; /* a template's tag */
	if (text[at] == '.')
		return is_digit(before) || before == '.' || behind == '.';
	return is_mark(text[at]);
}

static void add_escaped(struct str *out, const char *text, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		if (is_mark_here(text, len, i))
			str_add_char(out, '\\');
		str_add_char(out, text[i]);
	}
}

void markdown_add_text(struct str *out, const char *text, size_t len)
{
	struct str plain = STR_INIT;

	utf8_add_plain(&plain, text, len, true);
	add_escaped(out, plain.buf, plain.len);
	str_release(&plain);
}

/* What was cleaned has neither space nor angle bracket. What is left must not end the link, nor be
 * an emoji code: behind the host a colon is escaped. */
static void add_address(struct str *out, const char *url)
{
	const char *rest = strchr(url, ':');
	size_t start = rest ? (size_t)(rest + 1 - url) : 0;

	if (str_starts(url + start, "//"))
		start += 2 + strcspn(url + start + 2, "/?#");
	str_add_n(out, url, start);
	for (const char *p = url + start; *p; p++) {
		if (strchr("():\\", *p))
			str_addf(out, "%%%02X", (unsigned char)*p);
		else
			str_add_char(out, *p);
	}
}

static void add_link(struct str *out, const char *label, size_t len, const char *url)
{
	struct str clean = STR_INIT;
	bool linked = link_add_clean(&clean, url);

	if (linked)
		str_add_char(out, '[');
	markdown_add_text(out, label, len);
	if (linked) {
		str_add(out, "](");
		add_address(out, clean.buf);
		str_add_char(out, ')');
	}
	str_release(&clean);
}

void markdown_add_link(struct str *out, const char *label, const char *url)
{
	add_link(out, label, strlen(label), url ? url : "");
}

/* ---- a post's content ---- */

#define DEPTH_MAX 32

/* Canonical HTML goes by: text is gathered into a line, a line goes out when its block ends. */
struct pass {
	struct str *out;
	const char *before;
	struct str line;  /* of the block at hand, escaped already */
	struct str words; /* of the link at hand, plain */
	struct str href;  /* "" outside of a link */
	int quotes;
	bool item;   /* the next line begins a list item */
	bool broken; /* a line was written, and not yet ended */
	bool any;    /* a block was written that nothing separates from the next one */
};

/* Leading spaces mean code to Markdown, and are kept. */
static void add_line(struct pass *p)
{
	size_t spaces = strspn(p->line.buf, " ");

	str_add(p->out, p->before);
	for (int i = 0; i < p->quotes; i++)
		str_add(p->out, "> ");
	if (p->item)
		str_add(p->out, "- ");
	p->item = false;
	for (size_t i = 0; i < spaces; i++)
		str_add(p->out, "\xC2\xA0");
	str_add(p->out, p->line.buf + spaces);
	str_clear(&p->line);
}

/* A break before nothing is none: it is written when its line has a next one. */
static void end_line(struct pass *p)
{
	if (p->line.len == 0)
		return;
	str_add(p->out, p->broken ? "\\\n" : "");
	add_line(p);
	p->broken = true;
}

static void end_block(struct pass *p)
{
	end_line(p);
	if (p->broken)
		str_add_char(p->out, '\n');
	p->any = p->any || p->broken;
	p->broken = false;
}

static void begin_block(struct pass *p)
{
	size_t len = strlen(p->before);

	end_block(p);
	if (!p->any)
		return;
	while (len > 0 && p->before[len - 1] == ' ')
		len--;
	str_add_n(p->out, p->before, len);
	str_add_char(p->out, '\n');
	p->any = false; /* one is enough */
}

static void take_text(struct pass *p, const char *text, size_t len)
{
	struct str plain = STR_INIT;

	markup_unescape(&plain, text, len);
	if (p->href.len > 0)
		str_add_n(&p->words, plain.buf, plain.len);
	else
		markdown_add_text(&p->line, plain.buf, plain.len);
	str_release(&plain);
}

static void end_link(struct pass *p)
{
	if (p->href.len > 0)
		add_link(&p->line, p->words.buf, p->words.len, p->href.buf);
	str_clear(&p->href);
	str_clear(&p->words);
}

static void begin_link(struct pass *p, const char *tag, size_t len)
{
	static const char mark[] = " href=\"";
	const char *from = memmem(tag, len, mark, strlen(mark));
	const char *to;

	end_link(p);
	if (!from)
		return;
	from += strlen(mark);
	to = memchr(from, '"', len - (size_t)(from - tag));
	if (to)
		markup_unescape(&p->href, from, (size_t)(to - from));
}

static bool is_tag(const char *tag, size_t len, const char *name)
{
	size_t n = strlen(name);

	return len >= n && memcmp(tag, name, n) == 0 && (len == n || tag[n] == ' ');
}

static void take_tag(struct pass *p, const char *tag, size_t len)
{
	if (is_tag(tag, len, "a"))
		begin_link(p, tag, len);
	else if (is_tag(tag, len, "/a"))
		end_link(p);
	else if (is_tag(tag, len, "br"))
		end_line(p);
	else if (is_tag(tag, len, "p") || is_tag(tag, len, "pre") || is_tag(tag, len, "ul") ||
		 is_tag(tag, len, "ol"))
		begin_block(p);
	else if (is_tag(tag, len, "/p") || is_tag(tag, len, "/pre") || is_tag(tag, len, "/li"))
		end_block(p);
	else if (is_tag(tag, len, "li"))
		p->item = true;
	else if (is_tag(tag, len, "rt"))
		str_add(&p->line, "（");
	else if (is_tag(tag, len, "/rt"))
		str_add(&p->line, "）");
}

static void take_quote(struct pass *p, const char *tag, size_t len)
{
	if (is_tag(tag, len, "blockquote") && p->quotes < DEPTH_MAX) {
		begin_block(p);
		p->quotes++;
	} else if (is_tag(tag, len, "/blockquote") && p->quotes > 0) {
		end_block(p);
		p->quotes--;
	}
}

static void go_through(struct pass *p, const char *html)
{
	while (*html) {
		size_t len = strcspn(html, "<\n");

		take_text(p, html, len);
		html += len;
		if (*html == '\n') { /* stands only in pre */
			end_line(p);
			html++;
		} else if (*html == '<') {
			len = strcspn(html, ">");
			take_tag(p, html + 1, len - 1);
			take_quote(p, html + 1, len - 1);
			html += len + (html[len] == '>');
		}
	}
	end_link(p);
	end_block(p);
}

void markdown_add_content(struct str *out, const char *before, const char *html)
{
	struct pass p = {
		.out = out,
		.before = before,
		.line = STR_INIT,
		.words = STR_INIT,
		.href = STR_INIT,
	};

	go_through(&p, html);
	str_release(&p.line);
	str_release(&p.words);
	str_release(&p.href);
}
