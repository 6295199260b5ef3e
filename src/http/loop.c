#include "archive/http/loop.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include <curl/curl.h>

#include "archive/base/clock.h"
#include "archive/base/mem.h"
#include "archive/http/flight.h"

#define TIMEOUT_MS INT64_C(60000)
#define MAX_BYTES  ((size_t)64 << 20)
#define MAX_TRIES  5
#define MAX_POLL   INT64_C(60000) /* ms; the wall clock may jump while we sleep */

struct http_loop {
	CURLM *multi;
	struct flight_rules rules;
	struct guard *guard;	 /* NULL = none */
	struct flight **flights; /* under way, or finished and not yet handed out */
	size_t count;
	size_t running; /* transfers in the multi handle */
	volatile sig_atomic_t stopped;
};

static bool begin_curl(struct err *err)
{
	static bool begun;

	if (!begun && curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
		return err_set(err, ERR_NETWORK, "libcurl cannot be started");
	begun = true;
	return true;
}

static void set_rules(struct flight_rules *rules, const struct http_options *options)
{
	*rules = (struct flight_rules){
		.transfer = {
			.user_agent = options->user_agent ? xstrdup(options->user_agent) : NULL,
			.ca = STR_INIT,
			.timeout_ms = options->timeout_ms ? options->timeout_ms : TIMEOUT_MS,
			.max_bytes = options->max_bytes ? options->max_bytes : MAX_BYTES,
		},
		.insecure_http = options->insecure_http,
		.max_tries = options->max_tries ? options->max_tries : MAX_TRIES,
		.record = options->record,
		.replay = options->replay,
	};
}

struct http_loop *http_loop_new(const struct http_options *options, struct err *err)
{
	struct http_loop *loop = xcalloc(1, sizeof(*loop));

	set_rules(&loop->rules, options);
	if (options->guarded) {
		loop->guard = guard_new(options->origins, options->origin_count, err);
		if (!loop->guard)
			goto out;
		loop->rules.transfer.guard = loop->guard;
	}
	if (!begin_curl(err) || !transfer_read_ca(&loop->rules.transfer, options->ca_file, err))
		goto out;
	loop->multi = curl_multi_init();
	if (loop->multi)
		return loop;
	err_set(err, ERR_NETWORK, "libcurl cannot be started");
out:
	http_loop_free(loop);
	return NULL;
}

static bool is_finished(const struct flight *flight)
{
	enum http_state state = flight->exchange->state;

	return state == HTTP_DONE || state == HTTP_FAILED;
}

static void run(struct http_loop *loop, struct flight *flight)
{
	curl_easy_setopt(flight->transfer.easy, CURLOPT_PRIVATE, flight);
	curl_multi_add_handle(loop->multi, flight->transfer.easy);
	loop->running++;
}

static void stop_running(struct http_loop *loop, struct flight *flight)
{
	curl_multi_remove_handle(loop->multi, flight->transfer.easy);
	loop->running--;
}

/* Takes the flight out of the loop; its exchange is the caller's again. */
static struct http_exchange *take_out(struct http_loop *loop, size_t i)
{
	struct flight *flight = loop->flights[i];
	struct http_exchange *exchange = flight->exchange;

	if (exchange->state == HTTP_RUNNING)
		stop_running(loop, flight);
	flight_free(flight);
	loop->count--;
	memmove(&loop->flights[i], &loop->flights[i + 1],
		(loop->count - i) * sizeof(struct flight *));
	exchange->handle = NULL;
	return exchange;
}

void http_loop_free(struct http_loop *loop)
{
	if (!loop)
		return;
	while (loop->count > 0)
		http_loop_cancel(loop, loop->flights[0]->exchange);
	curl_multi_cleanup(loop->multi);
	guard_free(loop->guard);
	transfer_rules_release(&loop->rules.transfer);
	free(loop->flights);
	free(loop);
}

bool http_loop_start(struct http_loop *loop, struct http_exchange *exchange,
		     const struct http_request *request, int64_t not_before, struct err *err)
{
	struct flight *flight;

	http_answer_clear(&exchange->answer);
	exchange->request = request;
	exchange->err = (struct err){ 0 };
	exchange->tries = 0;
	flight = flight_new(exchange, &loop->rules, err);
	if (!flight)
		return false;
	exchange->state = HTTP_WAITING;
	exchange->wait_until = not_before;
	exchange->handle = flight;
	loop->flights = xreallocarray(loop->flights, loop->count + 1, sizeof(struct flight *));
	loop->flights[loop->count++] = flight;
	return true;
}

void http_loop_cancel(struct http_loop *loop, struct http_exchange *exchange)
{
	for (size_t i = 0; i < loop->count; i++) {
		if (loop->flights[i] != exchange->handle)
			continue;
		take_out(loop, i)->state = HTTP_IDLE;
		return;
	}
}

static void begin_due(struct http_loop *loop)
{
	for (size_t i = 0; i < loop->count; i++) {
		struct flight *flight = loop->flights[i];

		if (flight->exchange->state == HTTP_WAITING &&
		    flight->exchange->wait_until <= clock_now() && flight_begin(flight))
			run(loop, flight);
	}
}

static void perform(struct http_loop *loop)
{
	int left;
	const CURLMsg *message;

	curl_multi_perform(loop->multi, &left);
	while ((message = curl_multi_info_read(loop->multi, &left))) {
		int code = (int)message->data.result;
		char *private = NULL;
		struct flight *flight;

		curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &private);
		flight = (struct flight *)(void *)private;
		stop_running(loop, flight);
		if (flight_arrive(flight, code))
			run(loop, flight);
	}
}

static struct http_exchange *take_finished(struct http_loop *loop)
{
	for (size_t i = 0; i < loop->count; i++)
		if (is_finished(loop->flights[i]))
			return take_out(loop, i);
	return NULL;
}

/* How long nothing waiting becomes due, ms, most at most. */
static int64_t time_to_due(const struct http_loop *loop, int64_t most)
{
	for (size_t i = 0; i < loop->count; i++) {
		const struct http_exchange *exchange = loop->flights[i]->exchange;
		int64_t delay = exchange->wait_until - clock_now();

		if (exchange->state == HTTP_WAITING && delay < most)
			most = delay > 0 ? delay : 0;
	}
	return most;
}

/* Waits for the network or the time, at most that long, and says how long it was. Frozen time
 * stands still while a transfer is running, and else jumps to the next thing that waits. */
static int64_t rest(struct http_loop *loop, int64_t most)
{
	int64_t began = clock_steady();
	int events = 0;

	if (most > MAX_POLL)
		most = MAX_POLL;
	if (loop->running == 0 || !clock_is_frozen())
		most = time_to_due(loop, most);
	if (loop->running == 0 && clock_is_frozen())
		clock_sleep(most);
	else
		curl_multi_poll(loop->multi, NULL, 0, (int)most, &events);
	if (loop->running > 0 && clock_is_frozen())
		return events ? 0 : most;
	return clock_steady() - began;
}

struct http_exchange *http_loop_step(struct http_loop *loop, int64_t max_ms)
{
	struct http_exchange *exchange;
	int64_t left = max_ms;

	for (;;) {
		if (loop->stopped) {
			loop->stopped = 0;
			return NULL;
		}
		begin_due(loop);
		perform(loop);
		exchange = take_finished(loop);
		if (exchange || loop->count == 0 || left <= 0)
			return exchange;
		left -= rest(loop, left);
	}
}

void http_loop_stop(struct http_loop *loop)
{
	int saved = errno;

	loop->stopped = 1;
	curl_multi_wakeup(loop->multi);
	errno = saved;
}

void http_exchange_release(struct http_exchange *exchange)
{
	http_answer_release(&exchange->answer);
}
