/*
 * A post's content: the canonical safe HTML of the store (markup.h) rewritten into the
 * fragment's form in one pass. It trusts nothing: whatever is not exactly a tag of the canonical
 * form is text, links are checked again, everything that was opened is closed, blocks hold only
 * blocks and text stands only in p and pre. Paragraphs are separated by p, never by <br><br>,
 * and all of it stays on one line.
 */
#ifndef ARCHIVE_EXPORT_CONTENT_H
#define ARCHIVE_EXPORT_CONTENT_H

#include "archive/export/parts.h"

/* Adds nothing when there is no text in it. */
void content_write(struct writer *w, const char *html);
/* Is what it wrote one paragraph and nothing else? Then text is what stands in it. */
bool content_is_one_paragraph(const struct writer *w, const struct str *blocks, const char **text,
			      size_t *len);

#endif
