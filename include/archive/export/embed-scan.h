/*
 * A file of somebody's blog, line by line, as far as a place for a fragment needs it: which lines
 * are text, which only look so (front matter, code, comments, scripts), and which are our markers.
 * The room's own header. Nothing is copied: a line is a part of the file. A line comes in
 * several parts where something in it is hidden.
 */
#ifndef ARCHIVE_EXPORT_EMBED_SCAN_H
#define ARCHIVE_EXPORT_EMBED_SCAN_H

#include <stdbool.h>
#include <stddef.h>

enum line_kind {
	LINE_TEXT,
	LINE_HIDDEN, /* front matter, code, a comment, a script: neither a heading nor a marker */
	LINE_INSIDE, /* between a pair of markers */
	LINE_BEGIN,  /* <!-- archive:begin NAME --> */
	LINE_END,
};

struct line {
	enum line_kind kind;
	size_t number;	   /* from 1 */
	bool fresh;	   /* its start is a line's */
	const char *start; /* in the file */
	size_t len;	   /* without its end */
	size_t whole;	   /* with it: LF, CR LF, or nothing at the end of the file */
	const char *name;  /* of a marker */
	size_t name_len;
};

enum embed_state { SCAN_TEXT, SCAN_FRONT, SCAN_FENCE, SCAN_UNTIL, SCAN_OURS };

struct embed_scan {
	const char *at, *end;
	bool markdown; /* else HTML */
	size_t number;
	bool fresh; /* at the beginning of a line */
	enum embed_state state;
	const char *closer; /* of the state: "---", "-->", "</pre" */
	char fence;
	size_t fence_len;
};

void embed_scan_begin(struct embed_scan *scan, const char *bytes, size_t len, bool markdown);
/* false at the end of the file. */
bool embed_scan_next(struct embed_scan *scan, struct line *out);
bool line_is_blank(const struct line *line);

#endif
