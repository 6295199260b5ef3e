/*
 * A request on its way through the loop: its tries, and in each try its redirects. Decides what a
 * try's end means (another address, another try, done, failed); touches no socket itself, but for
 * preparing the transfer that the loop then runs.
 */
#ifndef ARCHIVE_HTTP_FLIGHT_H
#define ARCHIVE_HTTP_FLIGHT_H

#include "archive/http/loop.h"
#include "archive/http/transfer.h"
#include "archive/http/url.h"

/* What the flights of a loop have in common. */
struct flight_rules {
	struct transfer_rules transfer;
	bool insecure_http;
	int max_tries;
	struct tape *record, *replay;
};

struct flight {
	struct http_exchange *exchange;
	const struct flight_rules *rules;
	struct transfer transfer;
	struct http_url origin; /* that the request names: the one place for its credential */
	struct http_url url;	/* that is asked now */
	bool trusted;		/* has not left the origin in this try */
	bool as_get;		/* told to look elsewhere for the answer to a POST (303) */
	int redirects;
	int64_t deadline; /* clock_steady() */
};

/* Checks the request and keeps what belongs to it; NULL with ERR_USAGE. */
MUST_CHECK struct flight *flight_new(struct http_exchange *exchange,
				     const struct flight_rules *rules, struct err *err);
void flight_free(struct flight *flight);

/* Begins a try. true: the transfer is ready to be run. false: it came to its end without one (a
 * tape). */
bool flight_begin(struct flight *flight);
/* The transfer ended with this CURLcode. true: the next one, to another address, is ready to be
 * run. */
bool flight_arrive(struct flight *flight, int code);

#endif
