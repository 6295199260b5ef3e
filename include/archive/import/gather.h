/*
 * Elements of a file on their way to a client: those of one kind are gathered into an array, which
 * is the evidence of the posts that are read out of it. Only for this room.
 */
#ifndef ARCHIVE_IMPORT_GATHER_H
#define ARCHIVE_IMPORT_GATHER_H

#include "archive/base/str.h"
#include "archive/import/import.h"
#include "archive/import/kind.h"

#define GATHER_ELEMENTS 1000
#define GATHER_BYTES	((size_t)2 << 20)
/* Bytes of one post: what is longer would take thirty times as much as nodes. */
#define GATHER_MAX_ELEMENT ((size_t)1 << 20)

struct gather {
	struct page page;
	struct str bytes, place;
	enum import_kind kind;
	size_t count;
	size_t offsets[GATHER_ELEMENTS]; /* of each element in bytes */
	int64_t lines[GATHER_ELEMENTS];	 /* where it stood in the file */
	const char *entry; /* the part of the archive that is read; NULL = the file itself */
	int64_t now;
	/* Asked of what the client left in a page; NULL = nobody asks */
	bool (*took)(void *owner, const struct page *page, struct err *err);
	void *took_owner;
	const struct import_client *client;
	struct import_report *report;
};

void gather_begin(struct gather *gather, int64_t now, const struct import_client *client,
		  struct import_report *report);
void gather_release(struct gather *gather);
/* One element; hands the gathered ones out first when it is of another kind. */
MUST_CHECK bool gather_add(struct gather *gather, enum import_kind kind, const char *bytes,
			   size_t len, int64_t line, struct err *err);
/* A value that is evidence by itself: an answer with all that came along. */
MUST_CHECK bool gather_whole(struct gather *gather, enum import_kind kind, const char *bytes,
			     size_t len, int64_t line, struct err *err);
MUST_CHECK bool gather_flush(struct gather *gather, struct err *err);
/* The first place that could not be read stays in the report. */
void gather_note_bad(struct gather *gather, int64_t line);

#endif
