#include "archive/markup/build.h"

#include <string.h>

#include "archive/markup/flow.h"
#include "archive/markup/shown.h"
#include "archive/text/link.h"

struct tags {
	const char *open, *close;
};

static const struct tags block_tags[] = {
	[BLOCK_QUOTE] = { "<blockquote>", "</blockquote>" },
	[BLOCK_UL] = { "<ul>", "</ul>" },
	[BLOCK_OL] = { "<ol>", "</ol>" },
	[BLOCK_LI] = { "<li>", "</li>" },
	[BLOCK_PRE] = { "<pre>", "</pre>" },
};
static const struct tags span_tags[SPAN_COUNT] = {
	[SPAN_A] = { NULL, "</a>" }, /* write_link() */
	[SPAN_STRONG] = { "<strong>", "</strong>" },
	[SPAN_EM] = { "<em>", "</em>" },
	[SPAN_S] = { "<s>", "</s>" },
	[SPAN_CODE] = { "<code>", "</code>" },
	[SPAN_RUBY] = { "<ruby>", "</ruby>" },
	[SPAN_RT] = { "<rt>", "</rt>" },
};

/* A list counts for its items, so that an item always has room. */
static const int block_weights[] = {
	[BLOCK_QUOTE] = 1, [BLOCK_UL] = 2, [BLOCK_OL] = 2, [BLOCK_LI] = 0, [BLOCK_PRE] = 1,
};

/* A link round many paragraphs is written into each of them: but not a long address into a hundred
 * thousand. */
#define MAX_PIECES 16

void build_begin(struct build *b, struct str *html, struct str *text)
{
	memset(b, 0, sizeof(*b));
	b->unread = b->blank = b->href = (struct str)STR_INIT;
	b->html = html ? html : &b->unread;
	b->text = text ? text : &b->unread;
	b->text_start = b->text->len;
}

static bool inside(const struct build *b, enum block block)
{
	return b->block_count > 0 && b->blocks[b->block_count - 1] == block;
}

static bool inside_list(const struct build *b)
{
	return inside(b, BLOCK_UL) || inside(b, BLOCK_OL);
}

static bool has_span(const struct build *b, enum span span)
{
	for (int i = 0; i < b->span_count; i++)
		if (b->spans[i].span == span)
			return true;
	return false;
}

bool build_in_link(const struct build *b)
{
	return has_span(b, SPAN_A);
}

/* In a list one line end, elsewhere an empty line. */
static void part_text(struct build *b)
{
	int lines = 2;

	for (int i = 0; i < b->block_count; i++)
		if (b->blocks[i] == BLOCK_UL || b->blocks[i] == BLOCK_OL)
			lines = 1;
	if (b->text_lines < lines)
		b->text_lines = lines;
}

/* The words of a link that only hint at its address give way to the address. */
static void finish_link_text(struct build *b)
{
	size_t len = b->text->len - b->link_text;

	if (b->role != ROLE_NONE ||
	    !shown_is_shortened(b->text->buf + b->link_text, len, b->href.buf))
		return;
	str_truncate(b->text, b->link_text);
	str_add_n(b->text, b->href.buf, b->href.len);
}

static void write_span_end(struct build *b, const struct build_span *span)
{
	if (!span->written)
		return;
	str_add(b->html, span_tags[span->span].close);
	if (span->span == SPAN_RT)
		str_add_char(b->text, ')');
	if (span->span == SPAN_A)
		finish_link_text(b);
}

/* The spans stay open for the text to come; only what is written of them ends. */
static void end_inline(struct build *b)
{
	while (b->spans_written > 0)
		write_span_end(b, &b->spans[--b->spans_written]);
	if (b->in_p)
		str_add(b->html, "</p>");
	b->in_p = b->filled = false;
	b->gap = GAP_NONE;
	str_clear(&b->blank);
}

/* Ends what is inline before it. */
static void push_block(struct build *b, enum block block, bool implied)
{
	b->behind_text[b->block_count] = b->filled;
	end_inline(b);
	b->blocks[b->block_count] = block;
	b->implied[b->block_count++] = implied;
	b->weight += block_weights[block];
}

/* A block that was never written leaves the item around it as if it had been a paragraph. */
static void pop_block(struct build *b)
{
	enum block block = b->blocks[--b->block_count];

	end_inline(b);
	b->weight -= block_weights[block];
	if (b->blocks_written > b->block_count) {
		b->blocks_written--;
		str_add(b->html, block_tags[block].close);
	} else if (inside(b, BLOCK_LI) && b->behind_text[b->block_count]) {
		b->filled = true;
		b->gap = GAP_LINE;
	}
}

/* Between the list and what stands in it without an item. */
static void imply_item(struct build *b)
{
	if (inside_list(b))
		push_block(b, BLOCK_LI, true);
}

static bool in_implied_item(const struct build *b)
{
	return inside(b, BLOCK_LI) && b->implied[b->block_count - 1];
}

static bool has_place(const struct build *b, enum block block)
{
	if (inside(b, BLOCK_PRE) || b->weight + block_weights[block] >= MARKUP_MAX_DEPTH)
		return false;
	return block != BLOCK_LI || inside_list(b) || in_implied_item(b);
}

bool build_open_block(struct build *b, enum block block)
{
	build_paragraph(b);
	if (!has_place(b, block))
		return false;
	if (block != BLOCK_LI)
		imply_item(b);
	else if (in_implied_item(b))
		pop_block(b);
	push_block(b, block, false);
	return true;
}

void build_close_block(struct build *b, enum block block)
{
	bool found = false;

	while (b->block_count > 0 && !found) {
		found = inside(b, block) && !b->implied[b->block_count - 1];
		pop_block(b);
	}
	part_text(b);
}

void build_paragraph(struct build *b)
{
	if (inside(b, BLOCK_PRE)) {
		if (b->filled && !strchr(b->blank.buf, '\n'))
			str_add_char(&b->blank, '\n');
		return;
	}
	part_text(b);
	if (!inside(b, BLOCK_LI))
		end_inline(b);
	else if (b->filled)
		b->gap = GAP_LINE;
}

void build_line(struct build *b)
{
	if (inside(b, BLOCK_PRE))
		str_add_char(&b->blank, '\n');
	else if (b->filled && b->gap == GAP_LINE)
		build_paragraph(b);
	else if (b->filled)
		b->gap = GAP_LINE;
}

void build_space(struct build *b)
{
	if (inside(b, BLOCK_PRE))
		str_add_char(&b->blank, ' ');
	else if (b->filled && b->gap == GAP_NONE)
		b->gap = GAP_SPACE;
}

bool build_open_span(struct build *b, enum span span)
{
	if (has_span(b, span) || (span == SPAN_RT && !has_span(b, SPAN_RUBY)))
		return false;
	b->spans[b->span_count++] = (struct build_span){ .span = span };
	return true;
}

bool build_open_link(struct build *b, const char *href, enum link_role role)
{
	if (build_in_link(b))
		return false;
	str_clear(&b->href);
	if (!href || !link_add_clean(&b->href, href))
		return false;
	b->role = role;
	b->link_count = 0;
	b->link_filled = false;
	return build_open_span(b, SPAN_A);
}

void build_close_span(struct build *b, enum span span)
{
	while (b->span_count > 0) {
		const struct build_span *top = &b->spans[--b->span_count];

		if (b->spans_written > b->span_count) {
			b->spans_written--;
			write_span_end(b, top);
		}
		if (top->span == span)
			return;
	}
}

void build_end(struct build *b)
{
	end_inline(b);
	while (b->block_count > 0)
		pop_block(b);
	str_release(&b->unread);
	str_release(&b->blank);
	str_release(&b->href);
}

static void write_link(struct build *b)
{
	static const char *const roles[] = {
		[ROLE_NONE] = "\">",
		[ROLE_TAG] = "\" class=\"p-category\" rel=\"tag\">",
		[ROLE_MENTION] = "\" class=\"u-url mention\">",
	};

	str_add(b->html, "<a href=\"");
	flow_add_value(b->html, b->href.buf);
	str_add(b->html, roles[b->role]);
	b->link_text = b->text->len;
}

static void write_spans(struct build *b)
{
	int depth = b->blocks_written + b->in_p;

	for (int i = 0; i < b->spans_written; i++)
		depth += b->spans[i].written;
	for (; b->spans_written < b->span_count; b->spans_written++) {
		struct build_span *span = &b->spans[b->spans_written];

		span->written = depth < MARKUP_MAX_DEPTH &&
				(span->span != SPAN_A || b->link_count++ < MAX_PIECES);
		if (!span->written)
			continue;
		depth++;
		if (span->span == SPAN_A)
			write_link(b);
		else
			str_add(b->html, span_tags[span->span].open);
		if (span->span == SPAN_RT)
			str_add_char(b->text, '(');
	}
}

static void write_blocks(struct build *b)
{
	if (b->text->len == b->text_start)
		b->text_lines = 0;
	for (; b->text_lines > 0; b->text_lines--)
		str_add_char(b->text, '\n');
	for (; b->blocks_written < b->block_count; b->blocks_written++) {
		enum block block = b->blocks[b->blocks_written];

		str_add(b->html, block_tags[block].open);
		if (block == BLOCK_LI)
			str_add_n(b->text, "- ", 2);
	}
}

static void write_gap(struct build *b)
{
	const char *blank = b->blank.buf;
	const char *newline = strrchr(blank, '\n');

	if (b->gap == GAP_LINE)
		str_add(b->html, "<br>");
	else if (b->gap == GAP_SPACE)
		str_add_char(b->html, ' ');
	if (b->gap != GAP_NONE)
		str_add_char(b->text, b->gap == GAP_LINE ? '\n' : ' ');
	if (!b->filled && newline)
		blank = newline + 1;
	str_add(b->html, blank);
	str_add(b->text, blank);
	str_clear(&b->blank);
	b->gap = GAP_NONE;
}

/* Everything that the coming text needs before it. */
static void write_pending(struct build *b)
{
	imply_item(b);
	if (b->gap == GAP_LINE) /* the line end stands for what parts the text */
		b->text_lines = 0;
	write_blocks(b);
	write_gap(b);
	if (!b->in_p && !inside(b, BLOCK_LI) && !inside(b, BLOCK_PRE)) {
		str_add(b->html, "<p>");
		b->in_p = true;
	}
	write_spans(b);
	b->filled = true;
	b->link_filled = true;
}

/* What begins beyond ASCII is a line's end. */
static void add_blank(struct build *b, char c)
{
	if (!inside(b, BLOCK_PRE))
		build_space(b);
	else if (c == ' ' || c == '\t')
		str_add_char(&b->blank, c);
	else if (c != '\r')
		str_add_char(&b->blank, '\n');
}

static void add_shown(struct build *b, const char *text, size_t len, bool escaped)
{
	if (!b->filled || b->gap != GAP_NONE || b->spans_written < b->span_count ||
	    b->blank.len > 0)
		write_pending(b);
	if (escaped)
		str_add(b->html, flow_reference(*text));
	else
		str_add_n(b->html, text, len);
	str_add_n(b->text, text, len);
}

void build_text(struct build *b, const char *text, size_t len)
{
	const char *end = text + len;

	while (text < end) {
		enum flow flow = flow_next(text, end, &len);

		if (flow == FLOW_BLANK)
			add_blank(b, *text);
		else if (flow != FLOW_DROP)
			add_shown(b, text, len, flow == FLOW_ESCAPE);
		text += len;
	}
}
