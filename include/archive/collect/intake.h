/*
 * Files into the store: reads API answers (import/answers.h) and keeps what they hold, a thousand
 * posts a transaction. The evidence is the accepted elements and the file's hash, never the file.
 */
#ifndef ARCHIVE_COLLECT_INTAKE_H
#define ARCHIVE_COLLECT_INTAKE_H

#include "archive/import/answers.h"
#include "archive/store/store.h"

struct intake_report {
	struct import_report read;
	struct put_report put;
	int64_t oldest, newest; /* of the posts, 0 = none */
};

/* path "-" is standard input. What was stored before an error stays. Adds to the report. */
MUST_CHECK bool intake_file(struct store *store, const char *path, struct intake_report *report,
			    struct err *err);

#endif
