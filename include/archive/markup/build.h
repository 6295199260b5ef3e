/*
 * Builds the canonical form of markup.h and the plain text beside it from a stream of events:
 * whatever comes, in whatever order and however often it is nested, what is written keeps to the
 * form. Only for this room.
 *
 * Everything is written late: elements and white space when the text comes that needs them, so that
 * nothing is empty and white space never stands at an edge. White space goes outside of inline
 * elements: "a<em> b</em>" is "a <em>b</em>".
 */
#ifndef ARCHIVE_MARKUP_BUILD_H
#define ARCHIVE_MARKUP_BUILD_H

#include <stddef.h>
#include <stdint.h>

#include "archive/base/str.h"
#include "archive/markup/markup.h"

enum block { BLOCK_QUOTE, BLOCK_UL, BLOCK_OL, BLOCK_LI, BLOCK_PRE };
enum span { SPAN_A, SPAN_STRONG, SPAN_EM, SPAN_S, SPAN_CODE, SPAN_RUBY, SPAN_RT, SPAN_COUNT };
enum link_role { ROLE_NONE, ROLE_TAG, ROLE_MENTION };

/* What must stand between the text that was written and the text that comes. */
enum gap { GAP_NONE, GAP_SPACE, GAP_LINE };

struct build_span {
	enum span span;
	bool written;
};

struct build {
	struct str *html, *text;
	struct str unread; /* takes the output that nobody wants */
	size_t text_start;
	enum block blocks[MARKUP_MAX_DEPTH];
	bool implied[MARKUP_MAX_DEPTH];	    /* a list item that nobody opened */
	bool behind_text[MARKUP_MAX_DEPTH]; /* there is text before it in the item around it */
	int block_count, blocks_written;
	int weight; /* levels that the blocks take */
	struct build_span spans[SPAN_COUNT];
	int span_count, spans_written;
	bool in_p;   /* a paragraph is written and open */
	bool filled; /* the paragraph, item or pre has text */
	enum gap gap;
	struct str blank; /* inside pre: white space that waits for text */
	int text_lines;	  /* line ends that the plain text needs before it goes on */
	struct str href;  /* of the open link */
	enum link_role role;
	int link_count;	  /* the pieces that it has been written in */
	size_t link_text; /* where the link's words begin in the plain text */
	bool link_filled; /* it has shown text */
};

/* html and text are added to; either may be NULL. */
void build_begin(struct build *b, struct str *html, struct str *text);
/* Closes everything. */
void build_end(struct build *b);

/* false when the form has no room or no place for it; it is then a build_paragraph(), and is not
 * closed. */
bool build_open_block(struct build *b, enum block block);
/* Closes the innermost one of that kind and what is open inside it. */
void build_close_block(struct build *b, enum block block);
/* false when such an element is open already or has no place here; it is then not closed. */
bool build_open_span(struct build *b, enum span span);
bool build_open_link(struct build *b, const char *href, enum link_role role);
/* Spans are closed in the reverse order of their opening. */
void build_close_span(struct build *b, enum span span);

/* The text that follows stands in a new paragraph, after a line end, or after a space. */
void build_paragraph(struct build *b);
void build_line(struct build *b);
void build_space(struct build *b);
/* UTF-8, unescaped. White space collapses but in pre; control characters are left out. */
void build_text(struct build *b, const char *text, size_t len);
bool build_in_link(const struct build *b);

#endif
