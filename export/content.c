#include "archive/export/content.h"

#include <string.h>

#include "archive/base/mem.h"
#include "archive/export/emoji.h"
#include "archive/export/looks.h"
#include "archive/export/safe.h"

#define DEPTH_MAX \
	40 /* the canonical form has at most 32; deeper tags are left out, their text stays */

enum nature { HOLDER, BLOCK, INLINE, BREAK };

enum name { P, BLOCKQUOTE, UL, OL, LI, PRE, A, BR, STRONG, EM, S, CODE, RUBY, RT, NAME_COUNT };

static const struct element {
	const char *name;
	enum nature nature;
	enum part part;
} elements[NAME_COUNT] = {
	[P] = { "p", BLOCK, PART_P },
	[BLOCKQUOTE] = { "blockquote", HOLDER, PART_CITED },
	[UL] = { "ul", HOLDER, PART_UL },
	[OL] = { "ol", HOLDER, PART_OL },
	[LI] = { "li", HOLDER, PART_LI },
	[PRE] = { "pre", BLOCK, PART_PRE },
	[A] = { "a", INLINE, PART_A },
	[BR] = { "br", BREAK, PART_P },
	[STRONG] = { "strong", INLINE, PART_STRONG },
	[EM] = { "em", INLINE, PART_EM },
	[S] = { "s", INLINE, PART_S },
	[CODE] = { "code", INLINE, PART_CODE },
	[RUBY] = { "ruby", INLINE, PART_RUBY },
	[RT] = { "rt", INLINE, PART_RT },
};

struct tag {
	enum name name;
	bool end;
	bool is_hashtag, is_mention;
	const char *href; /* as it stands in the source */
	size_t href_len;
};

struct content {
	struct writer *w;
	struct str text; /* not yet written */
	struct str url;	 /* of the link that is being opened */
	struct {
		enum name name;
		bool used;	/* a holder has a block before, a block has text */
	} stack[DEPTH_MAX + 1]; /* stack[0] is the content itself, a holder */
	size_t depth;
	int breaks; /* not yet written: a break before nothing is none */
};

/* The tag at p, its length; 0 when there is none of the canonical form. */
static size_t read_name(const char *p, size_t len, struct tag *tag)
{
	size_t start = len > 1 && p[1] == '/' ? 2 : 1;
	size_t n = start;

	tag->end = start == 2;
	while (n < len && p[n] >= 'a' && p[n] <= 'z')
		n++;
	for (size_t i = 0; i < NAME_COUNT; i++) {
		if (elements[i].name[0] != p[start] || strlen(elements[i].name) != n - start ||
		    memcmp(elements[i].name, p + start, n - start) != 0)
			continue;
		tag->name = (enum name)i;
		return n;
	}
	return 0;
}

/* ' name="value"' at p, its length; 0 when it is anything else. */
static size_t read_attribute(const char *p, size_t len, struct tag *tag)
{
	static const char *const names[] = { " href=\"", " class=\"", " rel=\"" };

	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		size_t start = strlen(names[i]);
		const char *close = len > start && memcmp(p, names[i], start) == 0
					    ? memchr(p + start, '"', len - start)
					    : NULL;
		size_t n = close ? (size_t)(close - p) - start : 0;

		if (!close || memchr(p + start, '<', n))
			continue;
		if (i == 0) {
			tag->href = p + start;
			tag->href_len = n;
		} else if (i == 1) {
			tag->is_hashtag = n == 10 && memcmp(p + start, "p-category", n) == 0;
			tag->is_mention = n == 13 && memcmp(p + start, "u-url mention", n) == 0;
		}
		return start + n + 1;
	}
	return 0;
}

static size_t read_tag(const char *p, size_t len, struct tag *tag)
{
	size_t n, more;

	*tag = (struct tag){ 0 };
	n = read_name(p, len, tag);
	if (n == 0)
		return 0;
	while (tag->name == A && !tag->end && (more = read_attribute(p + n, len - n, tag)) > 0)
		n += more;
	return n < len && p[n] == '>' ? n + 1 : 0;
}

/* Adds canonical text without its references. */
static void add_decoded(struct str *out, const char *p, size_t len)
{
	static const struct {
		const char *ref;
		char c;
	} refs[] = { { "&amp;", '&' }, { "&lt;", '<' }, { "&gt;", '>' }, { "&quot;", '"' } };

	while (len > 0) {
		const char *amp = memchr(p, '&', len);
		size_t plain = amp ? (size_t)(amp - p) : len;
		size_t used = 1;
		char c = '&';

		str_add_n(out, p, plain);
		if (!amp)
			return;
		for (size_t i = 0; i < ARRAY_LEN(refs); i++) {
			size_t n = strlen(refs[i].ref);

			if (len - plain >= n && memcmp(amp, refs[i].ref, n) == 0) {
				used = n;
				c = refs[i].c;
			}
		}
		str_add_char(out, c);
		p = amp + used;
		len -= plain + used;
	}
}

static enum nature nature_of(const struct content *c, size_t level)
{
	return level == 0 ? HOLDER : elements[c->stack[level].name].nature;
}

static bool is_list(const struct content *c)
{
	return c->depth > 0 && (c->stack[c->depth].name == UL || c->stack[c->depth].name == OL);
}

static void push(struct content *c, enum name name)
{
	c->depth++;
	c->stack[c->depth].name = name;
	c->stack[c->depth].used = false;
}

static void pop(struct content *c)
{
	enum name name = c->stack[c->depth].name;

	if (nature_of(c, c->depth) != INLINE)
		c->breaks = 0;
	part_close(c->w, elements[name].part);
	c->depth--;
}

/* Leaves text for the holder around it. */
static void pop_to_holder(struct content *c)
{
	while (nature_of(c, c->depth) != HOLDER)
		pop(c);
}

static void open_block(struct content *c, enum name name)
{
	enum part part = elements[name].part;

	if (name == P && c->stack[c->depth].used)
		part = PART_P_MORE;
	c->stack[c->depth].used = true;
	part_open(c->w, part);
	push(c, name);
}

/* Text and inline elements stand in a paragraph, and in a list in an item of it. */
static void need_block(struct content *c)
{
	if (nature_of(c, c->depth) != HOLDER)
		return;
	if (is_list(c))
		open_block(c, LI);
	open_block(c, P);
}

/* The block that holds the present text. */
static size_t block_level(const struct content *c)
{
	size_t level = c->depth;

	while (nature_of(c, level) == INLINE)
		level--;
	return level;
}

static void write_breaks(struct content *c)
{
	bool between = c->breaks > 0 && c->stack[block_level(c)].used;

	if (between && c->breaks > 1 && c->stack[c->depth].name == P) {
		pop(c);
		open_block(c, P);
	} else if (between) {
		str_add(&c->w->buf, "<br />");
	}
	c->breaks = 0;
}

static void write_pre(struct content *c)
{
	size_t from = 0;
	size_t level = block_level(c);

	while (!c->stack[level].used &&
	       c->text.buf[from] == '\n') /* a parser would drop the first one */
		from++;
	safe_add_pre(&c->w->buf, c->text.buf + from, c->text.len - from);
	c->stack[level].used = c->stack[level].used || from < c->text.len;
}

/* Writes the text that has gathered, into the block that it needs. */
static void flush_text(struct content *c)
{
	size_t from = 0;
	size_t level = block_level(c);

	if (c->text.len == 0)
		return;
	if (level > 0 && c->stack[level].name == PRE) {
		write_pre(c);
		str_clear(&c->text);
		return;
	}
	if (level == c->depth &&
	    (nature_of(c, level) == HOLDER || c->breaks > 0 || !c->stack[level].used))
		from = safe_has_text(c->text.buf, c->text.len) ? strspn(c->text.buf, " \t\n")
							       : c->text.len;
	if (from < c->text.len) {
		need_block(c);
		write_breaks(c);
		if (c->stack[c->depth].name == CODE)
			safe_add_text(&c->w->buf, c->text.buf + from, c->text.len - from);
		else
			emoji_text(c->w, c->text.buf + from, c->text.len - from);
		c->stack[block_level(c)].used = true;
	}
	str_clear(&c->text);
}

static bool is_open(const struct content *c, enum name name)
{
	for (size_t level = c->depth; level > 0; level--)
		if (c->stack[level].name == name)
			return true;
	return false;
}

static void open_link(struct content *c, const struct tag *tag)
{
	enum part part = tag->is_hashtag ? PART_A_TAG : tag->is_mention ? PART_A_MENTION : PART_A;
	size_t mark = c->w->buf.len;
	struct content before;

	str_clear(&c->url);
	add_decoded(&c->url, tag->href ? tag->href : "", tag->href_len);
	before = *c;
	need_block(c);
	write_breaks(c);
	if (part_link(c->w, part, c->url.buf, tag->is_hashtag ? "tag" : "nofollow ugc")) {
		push(c, A);
	} else { /* as if the tag had not been there: the block may have been opened for it alone */
		str_truncate(&c->w->buf, mark);
		*c = before;
	}
}

static void open_inline(struct content *c, const struct tag *tag)
{
	if (tag->name == A && !is_open(c, A)) {
		open_link(c, tag);
	} else if (tag->name != A && (tag->name != RT || is_open(c, RUBY))) {
		bool in_pre = c->stack[block_level(c)].name == PRE;

		need_block(c);
		write_breaks(c);
		part_open(c->w,
			  tag->name == CODE && in_pre ? PART_PRE_CODE : elements[tag->name].part);
		push(c, tag->name);
	}
}

static void open_element(struct content *c, const struct tag *tag)
{
	enum nature nature = elements[tag->name].nature;

	if (nature == BREAK) {
		if (nature_of(c, block_level(c)) == BLOCK && c->stack[block_level(c)].name == PRE)
			str_add_char(&c->text, '\n');
		else
			c->breaks++;
		return;
	}
	if (c->depth + 2 >= DEPTH_MAX) /* room for a paragraph and an item that it may need */
		return;
	if (nature == INLINE) {
		open_inline(c, tag);
		return;
	}
	pop_to_holder(c);
	c->breaks = 0;
	if (tag->name == P || (tag->name == LI) != is_list(c))
		return; /* a paragraph begins with its text; a list holds items and nothing else */
	open_block(c, tag->name);
}

static void close_element(struct content *c, const struct tag *tag)
{
	enum nature nature = elements[tag->name].nature;
	size_t floor = nature == INLINE ? block_level(c) : 0;
	size_t level = c->depth;

	while (level > floor && c->stack[level].name != tag->name)
		level--;
	if (level == floor)
		return;
	while (c->depth >= level)
		pop(c);
}

/* The end of the text that begins at p: the next tag, or the end of all. */
static size_t text_length(const char *p, size_t len, struct tag *tag, size_t *tag_len)
{
	size_t n = 0;
	const char *next;

	*tag_len = 0;
	while ((next = memchr(p + n, '<', len - n)) != NULL) {
		n = (size_t)(next - p);
		*tag_len = read_tag(next, len - n, tag);
		if (*tag_len > 0)
			return n;
		n++;
	}
	return len;
}

void content_write(struct writer *w, const char *html)
{
	struct content c = { .w = w, .text = STR_INIT, .url = STR_INIT };
	struct tag tag = { 0 };
	size_t tag_len = 1;

	for (size_t len = strlen(html); tag_len > 0;) {
		size_t n = text_length(html, len, &tag, &tag_len);

		add_decoded(&c.text, html, n);
		flush_text(&c);
		if (tag_len > 0 && tag.end)
			close_element(&c, &tag);
		else if (tag_len > 0)
			open_element(&c, &tag);
		html += n + tag_len;
		len -= n + tag_len;
	}
	while (c.depth > 0)
		pop(&c);
	str_release(&c.text);
	str_release(&c.url);
}

bool content_is_one_paragraph(const struct writer *w, const struct str *blocks, const char **text,
			      size_t *len)
{
	const struct look *look = &part_looks[PART_P];
	size_t open = 1 + (w->style == STYLE_INLINE ? look->inline_open.len : look->class_open.len);
	const char *end = strstr(blocks->buf, look->close.text);

	if (!str_starts(blocks->buf, look->class_open.text) || str_starts(blocks->buf, "<pre") ||
	    !end || end[look->close.len] != '\0')
		return false;
	*text = blocks->buf + open;
	*len = (size_t)(end - *text);
	return true;
}
