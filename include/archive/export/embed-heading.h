/*
 * Headings of Markdown and HTML as their text, so that one can be found by what it says. The room's
 * own header.
 */
#ifndef ARCHIVE_EXPORT_EMBED_HEADING_H
#define ARCHIVE_EXPORT_EMBED_HEADING_H

#include "archive/base/str.h"
#include "archive/export/embed-scan.h"

/* Adds a heading's text for comparing: without tags, Markdown's emphasis, code and links, and
 * attributes in braces at its end; entities read, white space one, NFKC and case folded. */
void heading_fold(struct str *out, const char *text, size_t len);

/* Lines of text go in one by one; a heading comes out with the line that ends it. */
struct heading_reader {
	bool markdown;
	struct line former; /* the line before, a paragraph's; len 0 = none */
	struct str text;    /* of the heading that came last, as it stands in the file */
	bool open;	    /* within an HTML heading of several lines */
	char level;	    /* its digit */
	size_t lines;
};

/* true when the line ends a heading: reader->text holds it, and *behind is where its markup ends in
 * the file. */
bool heading_line(struct heading_reader *reader, const struct line *line, const char **behind);
/* A line that is no text: whatever was begun is none. */
void heading_break(struct heading_reader *reader);

#endif
