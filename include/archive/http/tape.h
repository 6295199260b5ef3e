/*
 * The tape: a folder of exchanges (design section 4). NNNN-HOST.request holds "METHOD URL", and
 * for a body an empty line and the body; NNNN-HOST.http the answer, raw; "index" names the time it
 * was made and its sources:
 *
 *     archive-tape 1
 *     time 2026-10-30T14:05:00Z
 *     source mastodon:social.example
 *
 * A request is answered by method, URL and body, parameters in any order and max_results left out;
 * equal requests in recorded order, the last one again and again. Answers are read from the disk
 * when they are asked for: of a tape under way only a hash an exchange is in memory. No secret is
 * ever written, and no path comes from a host's name. Never asks a network; knows neither retries
 * nor waiting.
 */
#ifndef ARCHIVE_HTTP_TAPE_H
#define ARCHIVE_HTTP_TAPE_H

#include "archive/base/hash.h"
#include "archive/http/message.h"

struct tape;

/* Begins a new tape, or continues the one that the folder holds behind its last number: its time
 * stays, sources that are new are added. The folder is made with its parents. now is UTC ms. */
MUST_CHECK struct tape *tape_record(const char *folder, const char *const *sources, size_t count,
				    int64_t now, struct err *err);
/* ERR_NOT_FOUND when the folder, or an index in it, is not there; ERR_MALFORMED names the line
 * that is not understood. */
MUST_CHECK struct tape *tape_open(const char *folder, struct err *err);
void tape_free(struct tape *tape);

/* UTC ms. */
int64_t tape_time(const struct tape *tape);
size_t tape_source_count(const struct tape *tape);
/* Valid as long as the tape. */
const char *tape_source(const struct tape *tape, size_t index);

/* Writes one exchange of a tape that records. The request's file comes last, so that a run that
 * is killed leaves no request without an answer. ERR_IO when the disk is full. */
MUST_CHECK bool tape_put(struct tape *tape, const struct http_request *request,
			 const struct http_answer *answer, struct err *err);
/* ERR_NOT_FOUND, naming the request, when the tape lacks it; the errors of http_answer_read()
 * for an answer that is damaged. The answer's time is the tape's. */
MUST_CHECK bool tape_find(struct tape *tape, const struct http_request *request,
			  struct http_answer *answer, struct err *err);

/* The same URL with its parameters sorted and everything in one spelling (RFC 3986 section
 * 6.2.2: case of scheme, host and percent-encodings, unreserved characters plain; "+" in a
 * parameter is a blank; the fragment is gone): what two requests are compared by. */
void tape_canonical_url(struct str *out, const char *url);
/* The hash of method, canonical url and body (blanks at the body's end do not count). */
void tape_key(const struct http_request *request, uint8_t key[HASH_SIZE]);
/* What a file may be called after a url's host: of its name only a-z, 0-9, "." and "-" are kept,
 * 100 at most; "host" when nothing is left. */
void tape_host_label(struct str *out, const char *url);
/* Reads what a .request file holds; lines between the first and an empty one are passed over.
 * ERR_MALFORMED. */
MUST_CHECK bool tape_request_read(const char *bytes, size_t len, struct http_request *request,
				  struct err *err);
void tape_request_write(const struct http_request *request, struct str *out);

#endif
