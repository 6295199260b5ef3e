/*
 * One question to a server and its answer, as a libcurl easy handle that is set up here and
 * nowhere else: what may be spoken, how long and how much, what is sent and what is kept of what
 * comes. Follows no redirect and tries nothing twice: the loop does.
 */
#ifndef ARCHIVE_HTTP_TRANSFER_H
#define ARCHIVE_HTTP_TRANSFER_H

#include "archive/http/guard.h"
#include "archive/http/message.h"
#include "archive/http/retry.h"
#include "archive/http/url.h"

struct curl_slist;

/* What is the same for all transfers of a loop. */
struct transfer_rules {
	char *user_agent; /* NULL = none */
	struct str ca;	  /* PEM of all authorities; empty: libcurl's own choice */
	int64_t timeout_ms;
	size_t max_bytes;	   /* decoded */
	const struct guard *guard; /* NULL = none; the loop's */
};

struct transfer {
	void *easy; /* CURL, made at the first use */
	struct curl_slist *headers;
	const struct transfer_rules *rules;
	struct http_answer *answer;
	size_t head_bytes;
	bool head_is_over;
	bool too_large;
	bool refused; /* a socket: it leads into a private network */
};

/* Reads the system's authorities and the file of one's own into the rules. A NULL file does
 * nothing. */
MUST_CHECK bool transfer_read_ca(struct transfer_rules *rules, const char *file, struct err *err);
void transfer_rules_release(struct transfer_rules *rules);

/* Makes the easy handle ready. The request's body, the url and the answer must live until it is
 * done. */
void transfer_prepare(struct transfer *transfer, const struct transfer_rules *rules,
		      const struct http_url *url, const struct http_request *request,
		      bool with_bearer, int64_t timeout_ms, struct http_answer *answer);
/* What the finished transfer came to; false fills failure (its host is the caller's to set). A
 * body that was packed and does not end as JSON has to counts as cut off: libcurl does not
 * notice it. */
bool transfer_finish(struct transfer *transfer, int code, struct failure *failure);
void transfer_release(struct transfer *transfer);

#endif
