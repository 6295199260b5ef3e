/*
 * The long posts of an X archive (note-tweet.js), which are joined to their posts by the second
 * that both were written in: their texts wait in a temporary file. Only for this room.
 */
#ifndef ARCHIVE_IMPORT_NOTES_H
#define ARCHIVE_IMPORT_NOTES_H

#include <stdint.h>
#include <stdio.h>

#include "archive/base/str.h"

#define NOTES_MOST 100000

struct note_entry {
	int64_t second; /* UTC */
	int64_t at;	/* of its core in the file */
	size_t len;
};

struct notes {
	FILE *file; /* NULL until there is one */
	struct note_entry *entries;
	size_t count, room;
	bool sorted;
};

void notes_release(struct notes *notes);
/* An element of note-tweet.js; what is none, or can not be kept, is passed over: the cut text stays
 * then. */
void notes_add(struct notes *notes, const char *bytes, size_t len);
/* The core of the long text of which this text is the beginning, written at this time (RFC 3339).
 * Replaces what out holds; false when there is none. */
bool notes_find(struct notes *notes, const char *time, const char *text, struct str *out);

#endif
