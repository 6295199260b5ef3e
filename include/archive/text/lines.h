/*
 * Where a line of text may be broken: at a space, or between two characters one of which is wide,
 * but never before a closing mark (。、」) that would stand alone (JIS X 4051, the marks that
 * occur). Columns are counted by Unicode alone, whatever the locale: a text that is written to a
 * file is folded alike everywhere, and what utf8_add_terminal() gave takes as many on a terminal.
 */
#ifndef ARCHIVE_TEXT_LINES_H
#define ARCHIVE_TEXT_LINES_H

#include <stddef.h>

/* Bytes of the text that go into one line of so many columns: all of it, or up to a place to break
 * (a space that stands there is the next line's to leave out). At least one character. */
size_t lines_fit(const char *text, size_t len, int columns);

#endif
