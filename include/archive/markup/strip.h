/*
 * The way out for HTML that would keep a parser busy for minutes: its size is only a megabyte, but
 * the parser's work grows with the square of the attributes of a tag, and of the depth at every end
 * tag that fits nothing. Only for this room.
 */
#ifndef ARCHIVE_MARKUP_STRIP_H
#define ARCHIVE_MARKUP_STRIP_H

#include "archive/markup/build.h"

/* Is there a tag with far more attributes than anybody writes? */
bool strip_is_needed(const char *html, size_t len);
/* The text between the tags; of the tags only that some of them part it. */
void strip_html(struct build *b, const char *html, size_t len);

#endif
