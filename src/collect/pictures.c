#include "archive/collect/pictures.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "archive/base/clock.h"
#include "archive/base/mem.h"
#include "archive/source/variant.h"
#include "archive/text/link.h"

#define STEP_MS	      1000
#define TRY_MS	      30000
#define LONGEST_CAUSE 200 /* bytes of a sentence that are kept */

/* A server, and how often in a row it did not answer. */
struct place {
	const char *host;
	int failures;
	const char *why; /* the last time */
};

/* A picture on its way. */
struct slot {
	const struct picture_wanted *wanted; /* NULL = free */
	enum picture_size size;		     /* that the address stands for */
	struct place *place;
	struct http_request request;
	struct http_exchange exchange;
};

struct pictures {
	struct store *store;
	struct http_loop *loop;
	const struct pictures_options *options;
	struct arena arena;
	struct picture_list list;
	size_t next; /* of the list */
	struct slot slots[PICTURES_AT_ONCE];
	struct place **places;
	size_t place_count;
	struct picture_miss *misses;
	struct pictures_view view;
	size_t miss_count, miss_room;
	volatile sig_atomic_t stopped;
};

void pictures_http(struct http_options *options)
{
	options->guarded = true;
	options->max_bytes = PICTURE_MAX_BYTES;
	options->max_tries = PICTURES_TRIES;
	options->timeout_ms = TRY_MS;
}

struct pictures *pictures_new(struct store *store, struct http_loop *loop,
			      const struct pictures_options *options)
{
	struct pictures *run = xcalloc(1, sizeof(*run));

	run->store = store;
	run->loop = loop;
	run->options = options;
	for (size_t i = 0; i < PICTURES_AT_ONCE; i++) {
		run->slots[i].request = (struct http_request)HTTP_REQUEST_INIT;
		run->slots[i].exchange = (struct http_exchange)HTTP_EXCHANGE_INIT;
	}
	return run;
}

void pictures_free(struct pictures *run)
{
	if (!run)
		return;
	for (size_t i = 0; i < PICTURES_AT_ONCE; i++) {
		struct slot *slot = &run->slots[i];

		if (slot->wanted)
			http_loop_cancel(run->loop, &slot->exchange);
		http_exchange_release(&slot->exchange);
		http_request_release(&slot->request);
	}
	for (size_t i = 0; i < run->place_count; i++)
		free(run->places[i]);
	free(run->places);
	free(run->misses);
	arena_release(&run->arena);
	free(run);
}

void pictures_stop(struct pictures *run)
{
	run->stopped = 1;
	http_loop_stop(run->loop);
}

/* ---- servers ---- */

static struct place *find_place(struct pictures *run, const char *url)
{
	struct str host = STR_INIT;
	struct place *place = NULL;

	if (!link_host(url, &host))
		str_add(&host, "?");
	for (size_t i = 0; i < run->place_count && !place; i++)
		if (str_same(run->places[i]->host, host.buf))
			place = run->places[i];
	if (!place) {
		place = xcalloc(1, sizeof(*place));
		place->host = arena_strdup(&run->arena, host.buf);
		run->places = xreallocarray(run->places, run->place_count + 1,
					    sizeof(struct place *));
		run->places[run->place_count++] = place;
	}
	str_release(&host);
	return place;
}

/* ---- what could not be had ---- */

struct cause {
	bool lasting;
	bool silent; /* the server gave no answer that is one */
	struct err err;
};

/* What errors say of a host is said beside its name. */
static const char *without_host(const char *sentence, const char *host)
{
	size_t len = strlen(host);

	if (strncmp(sentence, host, len) == 0 && str_starts(sentence + len, ": "))
		return sentence + len + 2;
	return sentence;
}

static bool miss(struct pictures *run, const struct picture_wanted *wanted, struct place *place,
		 const struct cause *cause, struct err *err)
{
	const char *why = without_host(cause->err.msg, place->host);
	struct picture_miss *one;

	if (run->miss_count == run->miss_room) {
		run->miss_room = run->miss_room ? run->miss_room * 2 : 16;
		run->misses = xreallocarray(run->misses, run->miss_room, sizeof(*run->misses));
	}
	one = &run->misses[run->miss_count++];
	*one = (struct picture_miss){
		.short_id = wanted->short_id,
		.url = wanted->url,
		.host = place->host,
		.use = wanted->use,
		.why = arena_strndup(&run->arena, why, strnlen(why, LONGEST_CAUSE)),
		.lasting = cause->lasting,
	};
	place->failures = cause->silent ? place->failures + 1 : 0;
	place->why = one->why;
	run->view.over++;
	return store_miss_picture(run->store, wanted->url, run->options->size, one->why,
				  cause->lasting, clock_now(), err);
}

static const char *status_says(int status)
{
	switch (status) {
	case 401:
	case 403:
		return "may not be seen by everyone";
	case 404:
	case 410:
		return "is not there any more";
	case 429:
		return "asks us to wait";
	case 451:
		return "was withheld for legal reasons";
	default:
		return status >= 500 ? "the server failed" : "the server refuses";
	}
}

/* Another 2xx brings no picture either. */
static void refuse_status(int status, struct cause *cause)
{
	bool later = status == 408 || status == 425 || status == 429 || status >= 500;

	err_set(&cause->err, ERR_NETWORK, "%s (%d)", status_says(status), status);
	cause->lasting = !later;
	cause->silent = later;
}

/* ---- what was had ---- */

static bool keep(struct pictures *run, struct slot *slot, const struct picture *picture,
		 struct err *err)
{
	const struct str *body = &slot->exchange.answer.body;

	slot->place->failures = 0;
	if (!store_put_picture(run->store, slot->wanted->url, slot->size, picture, body,
			       clock_now(), err))
		return false;
	run->view.kept++;
	run->view.bytes += (int64_t)body->len;
	run->view.over++;
	return true;
}

/* false: the store or the tape could not be written. */
static bool take(struct pictures *run, struct slot *slot, struct err *err)
{
	struct http_exchange *exchange = &slot->exchange;
	const struct str *body = &exchange->answer.body;
	struct picture picture = { 0 };
	struct cause cause = { 0 };

	if (exchange->state == HTTP_FAILED) {
		cause.err = exchange->err;
		cause.lasting = exchange->err.code == ERR_MALFORMED;
		cause.silent = exchange->err.code == ERR_NETWORK;
	} else if (exchange->answer.status != 200) {
		refuse_status(exchange->answer.status, &cause);
	} else if (picture_read(body->buf, body->len, &picture, &cause.err)) {
		return keep(run, slot, &picture, err);
	} else {
		cause.lasting = true;
	}
	if (cause.err.code != ERR_IO)
		return miss(run, slot->wanted, slot->place, &cause, err);
	*err = cause.err;
	return false;
}

static bool finish(struct pictures *run, struct slot *slot, struct err *err)
{
	bool ok = take(run, slot, err);

	slot->wanted = NULL;
	http_exchange_release(&slot->exchange); /* it may be large */
	slot->exchange = (struct http_exchange)HTTP_EXCHANGE_INIT;
	return ok;
}

/* ---- what is asked for ---- */

static bool start(struct pictures *run, struct slot *slot, const struct picture_wanted *wanted,
		  struct err *err)
{
	const char *preview = wanted->use == PICTURE_OF_POST ? wanted->preview : NULL;
	struct cause cause = { .lasting = true };

	http_request_clear(&slot->request);
	slot->size = variant_address(wanted->network, run->options->size, wanted->url, preview,
				     &slot->request.url);
	str_add(&slot->request.accept, "image/*");
	slot->place = find_place(run, slot->request.url.buf);
	if (slot->place->failures >= PICTURES_GIVE_UP) {
		cause = (struct cause){ .silent = true };
		err_set(&cause.err, ERR_NETWORK, "not asked any more in this run: %s",
			slot->place->why);
		return miss(run, wanted, slot->place, &cause, err);
	}
	if (!http_loop_start(run->loop, &slot->exchange, &slot->request, 0, &cause.err))
		return miss(run, wanted, slot->place, &cause, err);
	slot->wanted = wanted;
	return true;
}

static bool fill(struct pictures *run, struct err *err)
{
	for (size_t i = 0; i < PICTURES_AT_ONCE; i++)
		while (!run->slots[i].wanted && run->next < run->list.count && !run->stopped)
			if (!start(run, &run->slots[i], &run->list.items[run->next++], err))
				return false;
	return true;
}

static struct slot *slot_of(struct pictures *run, const struct http_exchange *exchange)
{
	for (size_t i = 0; i < PICTURES_AT_ONCE; i++)
		if (&run->slots[i].exchange == exchange)
			return &run->slots[i];
	return NULL;
}

static bool is_under_way(const struct pictures *run)
{
	for (size_t i = 0; i < PICTURES_AT_ONCE; i++)
		if (run->slots[i].wanted)
			return true;
	return false;
}

/* What waits longest alone is told: while anything is running, nobody waits. */
static void tell(struct pictures *run)
{
	int64_t until = 0;

	for (size_t i = 0; i < PICTURES_AT_ONCE; i++) {
		const struct slot *slot = &run->slots[i];

		if (!slot->wanted)
			continue;
		if (slot->exchange.state != HTTP_WAITING) {
			until = 0;
			break;
		}
		if (until == 0 || slot->exchange.wait_until < until)
			until = slot->exchange.wait_until;
	}
	run->view.wait_until = until;
	if (run->options->watch)
		run->options->watch(run->options->owner, &run->view);
}

static bool have_all(struct pictures *run, struct err *err)
{
	while (fill(run, err) && !run->stopped) {
		struct http_exchange *exchange;

		if (!is_under_way(run))
			return true;
		tell(run);
		exchange = http_loop_step(run->loop, STEP_MS);
		if (exchange && !finish(run, slot_of(run, exchange), err))
			return false;
	}
	return run->stopped != 0;
}

/* Somebody may have forgotten a post meanwhile, and its picture came behind it. */
static bool end(struct pictures *run, struct pictures_result *result, struct err *err)
{
	if (run->view.kept > 0 && !store_sweep_pictures(run->store, err))
		return false;
	*result = (struct pictures_result){
		.kept = run->view.kept,
		.bytes = run->view.bytes,
		.misses = run->misses,
		.miss_count = run->miss_count,
		.more = run->list.more,
		.cancelled = run->stopped != 0,
	};
	return store_count_pictures(run->store, &run->options->scope, &result->counts, err);
}

bool pictures_run(struct pictures *run, struct pictures_result *result, struct err *err)
{
	const struct pictures_options *options = run->options;
	const struct picture_ask ask = {
		.scope = options->scope,
		.size = options->size,
		.asked_before = options->again ? INT64_MAX : clock_now() - PICTURES_REST_MS,
		.limit = options->max ? options->max : PICTURES_MOST,
	};

	if (!store_pictures_wanted(run->store, &ask, &run->arena, &run->list, err))
		return false;
	run->view.count = run->list.count;
	return have_all(run, err) && end(run, result, err);
}
