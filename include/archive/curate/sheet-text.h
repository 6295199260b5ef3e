/*
 * Words and times of the curation file: this room's own header. In a text '\\' is a backslash,
 * "\n" a line end, "\{" a brace and '\' before a blank that blank; '\' at the end of a line is
 * nothing, and keeps the blanks before it. '\' before anything else is itself.
 */
#ifndef ARCHIVE_CURATE_SHEET_TEXT_H
#define ARCHIVE_CURATE_SHEET_TEXT_H

#include "archive/base/arena.h"
#include "archive/model/thread.h"

#define SHEET_BLANKS	 " \t"
#define SHEET_WIDE_BLANK "\xE3\x80\x80" /* U+3000 */

enum sheet_escape {
	SHEET_ESCAPE_PLAIN = 0,
	SHEET_ESCAPE_BRACE = 1, /* '{' at the beginning would be a style */
	SHEET_ESCAPE_KEY = 2,	/* "{#" would be a section's key */
	SHEET_ESCAPE_EMPTY = 4, /* no text is a '\' */
};

/* Adds the text so that it is read back the same; it holds no control characters but tabs and line
 * ends. */
void sheet_add_escaped(struct str *out, const char *text, size_t len, unsigned escape);
/* Adds what it stands for. */
void sheet_add_unescaped(struct str *out, const char *text, size_t len);

/* The text as a file can hold it, in the arena; NULL for none. */
const char *sheet_plain(struct arena *arena, const char *text);
/* The curator's words for pictures: no more lines than there can be, none empty at the end. */
const char *sheet_plain_words(struct arena *arena, const char *text);
/* An address as a file can hold it; what no link can be stays as it is. */
const char *sheet_plain_url(struct arena *arena, const char *url);

/* Adds "2017-06-30T19:00", with seconds where there are some, with an offset where the zone has
 * that time twice. */
void sheet_add_time(struct str *out, const char *zone, int64_t ms);
/* false for anything else than a whole time. until: a date alone is its end. */
bool sheet_read_time(const char *text, const char *zone, bool until, int64_t *ms);
/* As sheet_add_time() can write it. */
int64_t sheet_plain_time(int64_t ms);
/* Adds "2m", "90s". */
void sheet_add_span(struct str *out, int64_t ms);

#endif
