/*
 * A text of several lines on a terminal: safe, indented, broken where Japanese and English may be
 * broken. Prints only.
 */
#ifndef ARCHIVE_CLI_WRAP_H
#define ARCHIVE_CLI_WRAP_H

#include <stdbool.h>
#include <stdio.h>

struct search_query;

struct wrap {
	int indent;    /* columns left empty before each line */
	int columns;   /* of the terminal; no line is wider */
	int max_lines; /* what is longer ends in "…"; 0 = all of it */
	/* what is looked for: a text whose lines before the first match are too many begins with
	 * "…" just above it. NULL = nothing */
	const struct search_query *found;
	bool ink; /* matches are bold and underlined */
};

/* A line of the text begins a line; empty ones are left out. A line breaks at a space, or between
 * two characters one of which is wide, but never before a closing mark (。、」) that would stand
 * alone. */
void wrap_print(FILE *out, const char *text, const struct wrap *wrap);

#endif
