/*
 * When a request is worth another try, and when: pure functions on what a try came to. A try that
 * brought no answer is a curl result (as int), which also becomes a sentence here.
 */
#ifndef ARCHIVE_HTTP_RETRY_H
#define ARCHIVE_HTTP_RETRY_H

#include "archive/http/message.h"

#define RETRY_FIRST_MS INT64_C(1000)
#define RETRY_MOST_MS  INT64_C(60000)
#define RETRY_OBEYED_MS \
	(INT64_C(15) * 60000) /* a longer Retry-After is the caller's to decide on */
#define RETRY_ALWAYS 1000     /* tries of what is limited by the caller alone */

/* What a try without an answer came to. */
struct failure {
	int code;	  /* CURLcode */
	long verify;	  /* of the certificate: OpenSSL's X509_V_ERR_…, 0 = none */
	const char *host; /* with port, for the sentence */
	int64_t limit_ms; /* the time limit */
	size_t limit_bytes;
	bool too_large;
	bool refused; /* by the guard */
};

/* The wait before the next try, ms: 1, 2, 4 … 60 s after the first, second, third … try, of
 * which random (0 to UINT32_MAX) takes its share ("full jitter"). */
int64_t retry_backoff(int tries, uint32_t random);
/* Does this status call for another try (408, 429, 500, 502, 503, 504)? Then until is when
 * Retry-After wants it, 0 when it does not say. false too for a 429 without Retry-After (the
 * network's own header says more) and when it wants more than RETRY_OBEYED_MS. */
bool retry_after_status(const struct http_answer *answer, int64_t *until);
/* How often a request that fails so may be tried in all: 1 = not again. */
int retry_tries(const struct failure *failure);
/* Fills err with a sentence that names the host and the cure, where there is one. Returns false. */
bool failure_say(const struct failure *failure, struct err *err);

#endif
