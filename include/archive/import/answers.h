/*
 * Files that hold API answers, however they were got: one JSON value, an array of statuses or
 * notes, X pages or flattened posts, or one of these a line. Told apart by content, streamed: the
 * file is never in memory as a whole unless it is one line.
 */
#ifndef ARCHIVE_IMPORT_ANSWERS_H
#define ARCHIVE_IMPORT_ANSWERS_H

#include "archive/import/import.h"

/* An import_read_fn: the evidence is the elements as they stood in the file. */
MUST_CHECK bool import_answers(FILE *in, const char *name, int64_t now,
			       const struct import_client *client, struct import_report *report,
			       struct err *err);

#endif
