/*
 * A request and an answer, as values. Adapters make the one and read the other; neither needs a
 * socket.
 */
#ifndef ARCHIVE_HTTP_MESSAGE_H
#define ARCHIVE_HTTP_MESSAGE_H

#include <stddef.h>
#include <stdint.h>

#include "archive/base/str.h"

struct http_request {
	struct str url;	   /* absolute; holds no secret */
	struct str body;   /* JSON; empty: GET, unless post */
	struct str accept; /* the Accept header; empty: JSON */
	struct str bearer; /* credential, sent as "Authorization: Bearer …" to the url's
			      host alone; never written anywhere */
	bool post;	   /* POST even without a body */
	bool anew;	   /* over a connection of its own, the name looked up again */
	bool secret;	   /* question and answer hold credentials: on no tape */
};

#define HTTP_REQUEST_INIT                                                                 \
	{                                                                                 \
		.url = STR_INIT, .body = STR_INIT, .accept = STR_INIT, .bearer = STR_INIT \
	}

void http_request_release(struct http_request *request);
void http_request_clear(struct http_request *request);
/* POST, not GET? */
bool http_request_is_post(const struct http_request *request);

/* Adds "?name=value" or "&name=value" to the url, the value percent-encoded (RFC 3986: all but the
 * unreserved characters). */
void http_request_param(struct http_request *request, const char *name, const char *value);

struct http_answer {
	int status;
	struct str headers; /* raw lines "Name: value\r\n" of the last answer, no status line */
	struct str body;    /* decoded */
	int64_t received;   /* UTC ms */
};

#define HTTP_ANSWER_INIT                              \
	{                                             \
		.headers = STR_INIT, .body = STR_INIT \
	}

void http_answer_release(struct http_answer *answer);
void http_answer_clear(struct http_answer *answer);

/* Keeps one line of a head, with or without its line end. What is no "Name: value" is dropped. */
void http_answer_add_header(struct http_answer *answer, const char *line, size_t len);
/* The value of a header, name compared without case, blanks trimmed; the last one when it is
 * repeated. false when it is not there; out is added to. */
bool http_answer_header(const struct http_answer *answer, const char *name, struct str *out);
/* Is the body JSON by its Content-Type (application/json, +json), or, without one, by its first
 * character? */
bool http_answer_is_json(const struct http_answer *answer);
/* Seconds or HTTP-date of Retry-After (RFC 9110 section 10.2.3) as UTC ms from the answer's time;
 * 0 = not told, or not readable. */
int64_t http_answer_retry_after(const struct http_answer *answer);

/* The whole answer as bytes: status line, headers, empty line, body; and back. What is written
 * is what the body now is: headers on its former transfer and coding are replaced by a
 * Content-Length that fits; and headers that hold secrets (Set-Cookie, WWW-Authenticate,
 * Authorization and the like) are left out.
 *
 * read takes LF for CRLF, no reason phrase, "HTTP/2 200", interim answers before the last, and a
 * body to the end when there is no Content-Length. It is ERR_MALFORMED when the bytes are not an
 * answer; a head without its end, or a Content-Length that does not fit the bytes, is
 * ERR_NETWORK ("cut off"). received becomes 0. The answer is empty when it failed. */
void http_answer_write(const struct http_answer *answer, struct str *out);
MUST_CHECK bool http_answer_read(const char *bytes, size_t len, struct http_answer *answer,
				 struct err *err);

#endif
