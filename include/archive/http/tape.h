/*
 * The tape: a folder of exchanges (design section 4). NNNN-HOST.request holds "METHOD URL", and for a body an empty line
 * and the body; NNNN-HOST.http the answer, raw; "index" names the time it was made and its sources:
 *
 *     archive-tape 1
 *     time 2026-10-30T14:05:00Z
 *     source mastodon:social.example
 *
 * A request is answered by method, URL and body, parameters in any order; equal requests in recorded order, the last
 * one again and again. Answers are read from the disk when they are asked for. No secret is ever written.
 */
#ifndef ARCHIVE_HTTP_TAPE_H
#define ARCHIVE_HTTP_TAPE_H

#include "archive/http/message.h"

struct tape;

/* Begins a new tape; a folder that already holds one is continued behind its last number. */
MUST_CHECK struct tape *tape_record(const char *folder, const char *const *sources, size_t count, int64_t now, struct err *err);
MUST_CHECK struct tape *tape_open(const char *folder, struct err *err);
void tape_free(struct tape *tape);

int64_t tape_time(const struct tape *tape);
size_t tape_source_count(const struct tape *tape);
const char *tape_source(const struct tape *tape, size_t index);

MUST_CHECK bool tape_put(struct tape *tape, const struct http_request *request, const struct http_answer *answer, struct err *err);
/* ERR_NOT_FOUND, naming the request, when the tape lacks it. */
MUST_CHECK bool tape_find(struct tape *tape, const struct http_request *request, struct http_answer *answer, struct err *err);
/* The same URL with its parameters sorted: what two requests are compared by. */
void tape_canonical_url(struct str *out, const char *url);

#endif
