#include "archive/http/flight.h"

#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#include "archive/base/clock.h"
#include "archive/base/mem.h"
#include "archive/http/tape.h"

#define MAX_REDIRECTS 5

/* A token is visible ASCII (RFC 6750 section 2.1); anything else could add a header of its own. */
static bool check_bearer(const struct http_request *request, const struct http_url *url,
			 struct err *err)
{
	for (size_t i = 0; i < request->bearer.len; i++)
		if (request->bearer.buf[i] <= ' ' || request->bearer.buf[i] > '~')
			return err_set(err, ERR_USAGE,
				       "%s: the token holds blanks or control characters; check "
				       "where it is "
				       "configured",
				       url->name.buf);
	return true;
}

static bool may_ask(const struct flight_rules *rules, const struct http_url *url, struct err *err)
{
	const struct guard *guard = rules->transfer.guard;

	return http_url_may_ask(url, rules->insecure_http, err) &&
	       (!guard || guard_may_ask(guard, url, err));
}

struct flight *flight_new(struct http_exchange *exchange, const struct flight_rules *rules,
			  struct err *err)
{
	struct flight *flight = xcalloc(1, sizeof(*flight));
	const struct http_request *request = exchange->request;

	flight->exchange = exchange;
	flight->rules = rules;
	flight->origin = flight->url = (struct http_url)HTTP_URL_INIT;
	if (http_url_parse(&flight->origin, request->url.buf, err) &&
	    (rules->replay || may_ask(rules, &flight->origin, err)) &&
	    check_bearer(request, &flight->origin, err))
		return flight;
	flight_free(flight);
	return NULL;
}

void flight_free(struct flight *flight)
{
	if (!flight)
		return;
	transfer_release(&flight->transfer);
	http_url_release(&flight->origin);
	http_url_release(&flight->url);
	free(flight);
}

static void fail(struct flight *flight)
{
	http_answer_clear(&flight->exchange->answer);
	flight->exchange->state = HTTP_FAILED;
}

/* exchange->err says why. */
static void wait_until(struct flight *flight, int64_t until)
{
	flight->exchange->state = HTTP_WAITING;
	flight->exchange->wait_until = until;
	flight->exchange->err.retry_at = until;
}

/* Frozen time is for what must come out the same each time: there the whole wait is taken. */
static int64_t backoff(const struct flight *flight)
{
	uint32_t random = UINT32_MAX;

	if (!clock_is_frozen() && getrandom(&random, sizeof(random), GRND_NONBLOCK) < 0)
		random = UINT32_MAX;
	return retry_backoff(flight->exchange->tries, random);
}

/* No answer; exchange->err says why. */
static void miss(struct flight *flight, int tries)
{
	struct http_exchange *exchange = flight->exchange;
	int most = flight->rules->max_tries < tries ? flight->rules->max_tries : tries;
	struct err reason;

	if (exchange->tries < most) {
		http_answer_clear(&exchange->answer);
		wait_until(flight, clock_now() + backoff(flight));
		return;
	}
	if (exchange->tries > 1) {
		reason = exchange->err;
		err_set(&exchange->err, reason.code, "%s (tried %d times)", reason.msg,
			exchange->tries);
	}
	fail(flight);
}

/* An answer: done, unless its status is worth another try. */
static void land(struct flight *flight)
{
	struct http_exchange *exchange = flight->exchange;
	int64_t until;

	if (flight->rules->record && !exchange->request->secret &&
	    !tape_put(flight->rules->record, exchange->request, &exchange->answer,
		      &exchange->err)) {
		fail(flight);
		return;
	}
	if (exchange->tries >= flight->rules->max_tries ||
	    !retry_after_status(&exchange->answer, &until)) {
		exchange->err = (struct err){ 0 };
		exchange->state = HTTP_DONE;
		return;
	}
	err_set(&exchange->err, exchange->answer.status == 429 ? ERR_RATE : ERR_NETWORK,
		"%s: %s (%d)", flight->origin.name.buf,
		exchange->answer.status == 429 ? "asks us to wait" : "the server failed",
		exchange->answer.status);
	wait_until(flight, until ? until : clock_now() + backoff(flight));
}

static bool replay(struct flight *flight)
{
	struct http_exchange *exchange = flight->exchange;

	if (tape_find(flight->rules->replay, exchange->request, &exchange->answer,
		      &exchange->err)) {
		exchange->answer.received = clock_now();
		land(flight);
	} else {
		miss(flight, exchange->err.code == ERR_NETWORK ? RETRY_ALWAYS : 1);
	}
	return false;
}

static void prepare(struct flight *flight)
{
	static const struct http_request get = HTTP_REQUEST_INIT;
	struct http_exchange *exchange = flight->exchange;
	int64_t left = flight->deadline - clock_steady();

	transfer_prepare(&flight->transfer, &flight->rules->transfer, &flight->url,
			 flight->as_get ? &get : exchange->request,
			 flight->trusted && !flight->as_get && exchange->request->bearer.len > 0,
			 left > 1 ? left : 1, &exchange->answer);
}

bool flight_begin(struct flight *flight)
{
	struct http_exchange *exchange = flight->exchange;
	struct err *err = &exchange->err;

	exchange->tries++;
	exchange->state = HTTP_RUNNING;
	exchange->wait_until = 0;
	if (flight->rules->replay)
		return replay(flight);
	flight->trusted = true;
	flight->as_get = false;
	flight->redirects = 0;
	flight->deadline = clock_steady() + flight->rules->transfer.timeout_ms;
	if (!http_url_parse(&flight->url, exchange->request->url.buf, err)) {
		fail(flight);
		return false;
	}
	prepare(flight);
	return true;
}

/* Is the answer a redirect? Then where to. */
static bool is_redirect(const struct http_answer *answer, struct str *location)
{
	static const int statuses[] = { 301, 302, 303, 307, 308 };

	for (size_t i = 0; i < ARRAY_LEN(statuses); i++)
		if (answer->status == statuses[i])
			return http_answer_header(answer, "Location", location);
	return false;
}

/* A body may hold a credential, too: it stays where the request was meant for. */
static bool take_redirect(struct flight *flight, const char *location, struct err *err)
{
	const struct http_request *request = flight->exchange->request;
	struct http_url to = HTTP_URL_INIT;
	bool ok = false;

	if (++flight->redirects > MAX_REDIRECTS) {
		err_set(err, ERR_MALFORMED, "%s: sent from address to address more than %d times",
			flight->origin.name.buf, MAX_REDIRECTS);
		goto out;
	}
	if (!http_url_resolve(&to, &flight->url, location, err) ||
	    !http_url_may_follow(&flight->url, &to, flight->rules->insecure_http, err))
		goto out;
	if (!may_ask(flight->rules, &to, err)) {
		err_wrap(err, "%s sends us elsewhere", flight->url.name.buf);
		goto out;
	}
	flight->trusted = flight->trusted && http_url_same_origin(&to, &flight->origin);
	flight->as_get = flight->as_get || flight->exchange->answer.status == 303;
	if (http_request_is_post(request) && !flight->trusted && !flight->as_get) {
		err_set(err, ERR_MALFORMED,
			"%s sends us to %s: if it moved there, name that host instead",
			flight->url.name.buf, to.name.buf);
		goto out;
	}
	http_url_release(&flight->url);
	flight->url = to;
	to = (struct http_url)HTTP_URL_INIT;
	ok = true;
out:
	http_url_release(&to);
	return ok;
}

bool flight_arrive(struct flight *flight, int code)
{
	struct http_exchange *exchange = flight->exchange;
	struct failure failure = { 0 };
	struct str location = STR_INIT;
	bool goes_on = false;

	if (!transfer_finish(&flight->transfer, code, &failure)) {
		failure.host = flight->url.name.buf;
		failure_say(&failure, &exchange->err);
		miss(flight, retry_tries(&failure));
	} else if (!is_redirect(&exchange->answer, &location)) {
		land(flight);
	} else if (take_redirect(flight, location.buf, &exchange->err)) {
		prepare(flight);
		goes_on = true;
	} else {
		fail(flight);
	}
	str_release(&location);
	return goes_on;
}
