/*
 * All requests of a program through one libcurl multi handle: as many at once as there are
 * sources. TLS is verified; plain http is for loopback alone unless allowed; a redirect is
 * followed at most 5 times, only to http(s), and the credential never goes to another scheme, host
 * or port; an answer is limited in time and in bytes after decoding. Retries of 408, 5xx, of 429
 * and of broken connections wait with backoff and jitter (retry.h), Retry-After is obeyed; what
 * waits does not block the others. The loop knows no network: what a status means beyond that, an
 * adapter says.
 *
 * With a tape it records every exchange, or answers from the tape instead of the network (tape.h).
 * Proxies come from the environment as libcurl reads it, but nothing on loopback is asked through
 * one. Cookies are neither kept nor sent. Not for several threads.
 */
#ifndef ARCHIVE_HTTP_LOOP_H
#define ARCHIVE_HTTP_LOOP_H

#include "archive/http/message.h"

struct tape;
struct http_loop;

struct http_options {
	const char *user_agent;
	const char *ca_file; /* an additional certificate authority; NULL = the system's alone */
	bool insecure_http;  /* http beyond loopback is allowed */
	int64_t timeout_ms;  /* for one try, its redirects included; 0 = 60 s */
	size_t max_bytes;    /* 0 = 64 MiB, decoded */
	int max_tries;	     /* of one request; 0 = 5 */
	struct tape *record, *replay; /* borrowed; NULL = no tape */
	/* Addresses come from outside: guard.h looks at each. Only these origins are asked as they
	 * are. */
	bool guarded;
	const char *const *origins;
	size_t origin_count;
};

/* What a request may become. */
enum http_state { HTTP_IDLE, HTTP_RUNNING, HTTP_WAITING, HTTP_DONE, HTTP_FAILED };

/* One request under way. The loop owns it; the caller reads it. */
struct http_exchange {
	const struct http_request *request; /* the caller's, until done */
	struct http_answer answer;	    /* of HTTP_DONE: any status that is not worth another
					       try, or the last one tried */
	struct err err;			    /* of HTTP_FAILED; while waiting, why */
	enum http_state state;
	int64_t wait_until; /* while HTTP_WAITING, UTC ms */
	int tries;	    /* begun so far */
	void *owner;	    /* the caller's */
	void *handle;	    /* the loop's */
};

#define HTTP_EXCHANGE_INIT                 \
	{                                  \
		.answer = HTTP_ANSWER_INIT \
	}

/* Copies what the options name, but for the tapes. ERR_IO, ERR_NOT_FOUND or ERR_MALFORMED for a
 * ca_file that holds no certificate. */
MUST_CHECK struct http_loop *http_loop_new(const struct http_options *options, struct err *err);
/* Cancels what is under way. NULL is fine. */
void http_loop_free(struct http_loop *loop);

/* Starts a request; not_before (UTC ms, 0 = now) keeps it waiting first. The exchange must live
 * until it is done or cancelled by http_loop_cancel(). ERR_USAGE for a URL that may not be asked
 * (scheme, plain http), or a credential that is no token (blanks and control characters);
 * ERR_MALFORMED for one that the guard refuses. */
MUST_CHECK bool http_loop_start(struct http_loop *loop, struct http_exchange *exchange,
				const struct http_request *request, int64_t not_before,
				struct err *err);
/* The exchange is HTTP_IDLE again. Nothing happens when it is not under way. */
void http_loop_cancel(struct http_loop *loop, struct http_exchange *exchange);
/* Works until an exchange is finished, which is returned, or max_ms have passed (NULL). NULL at
 * once when nothing is under way. With a frozen clock, waiting moves the clock on instead, once no
 * transfer is running, and the backoff has no jitter. Returns early when a signal was noted with
 * http_loop_stop().
 *
 * HTTP_FAILED: ERR_NETWORK (no connection, a broken one, TLS, time), ERR_MALFORMED (too large, a
 * redirect that may not be followed), ERR_NOT_FOUND (not on the tape), ERR_IO (recording). */
struct http_exchange *http_loop_step(struct http_loop *loop, int64_t max_ms);
/* Async-signal-safe: makes the step under way return, or the next one when there is none. */
void http_loop_stop(struct http_loop *loop);
void http_exchange_release(struct http_exchange *exchange);

#endif
