/*
 * TAP lines of what the adapters made of an answer.
 */
#ifndef ARCHIVE_SAMPLES_REPORT_H
#define ARCHIVE_SAMPLES_REPORT_H

#include "archive/source/source.h"

/* What the request was for: posts, one post (with what hangs on it), a session, or something else.
 */
enum asked { ASKED_LIST, ASKED_POST, ASKED_SESSION, ASKED_OTHER };

struct report {
	int count, failed;
};

/* Parses the answer and prints its line: ok when every element of a 200 answer became a post or was
 * left out for a reason that is counted, or when the answer is a refusal with a sentence. */
void report_answer(struct report *report, const char *name, const struct source *source,
		   const struct http_answer *answer, enum asked asked);
void report_skipped(struct report *report, const char *name, const char *why);
void report_failed(struct report *report, const char *name, const char *why);

#endif
