#include "archive/collect/fetch.h"

#include <signal.h>
#include <stdlib.h>

#include "archive/base/mem.h"
#include "archive/collect/walk.h"

#define STEP_MS	   1000
#define TAPE_BATCH 1000 /* FTS5 writes a segment at every commit: performance is in how seldom */

struct fetch {
	struct batch batch;
	struct http_loop *loop;
	struct fetch_options options;
	struct walk *walks; /* the tags of a source stand behind one another */
	struct walk_view *views;
	struct signin *signins; /* one a source */
	size_t count;
	volatile sig_atomic_t stopped;
};

struct fetch *fetch_new(struct store *store, struct http_loop *loop,
			const struct fetch_options *options)
{
	struct fetch *fetch = xcalloc(1, sizeof(*fetch));
	size_t n = 0;

	fetch->batch = (struct batch){ .store = store, .limit = options->offline ? TAPE_BATCH : 0 };
	fetch->loop = loop;
	fetch->options = *options;
	fetch->options.price = price_told(options->price);
	fetch->count = options->source_count * options->tag_count;
	fetch->walks = xcalloc(fetch->count, sizeof(*fetch->walks));
	fetch->views = xcalloc(fetch->count, sizeof(*fetch->views));
	fetch->signins = xcalloc(options->source_count, sizeof(*fetch->signins));
	for (size_t s = 0; s < options->source_count; s++) {
		signin_init(&fetch->signins[s], &options->sources[s], options->state);
		for (size_t t = 0; t < options->tag_count; t++, n++) {
			walk_init(&fetch->walks[n], &fetch->options, &options->sources[s],
				  &fetch->signins[s], options->tags[t], &fetch->views[n]);
			fetch->walks[n].after = t > 0 ? &fetch->walks[n - 1] : NULL;
		}
	}
	return fetch;
}

void fetch_free(struct fetch *fetch)
{
	if (!fetch)
		return;
	for (size_t i = 0; i < fetch->count; i++) {
		if (!walk_is_over(&fetch->walks[i]))
			http_loop_cancel(fetch->loop, &fetch->walks[i].exchange);
		walk_release(&fetch->walks[i]);
	}
	for (size_t s = 0; s < fetch->options.source_count; s++)
		signin_release(&fetch->signins[s]);
	free(fetch->signins);
	free(fetch->walks);
	free(fetch->views);
	free(fetch);
}

void fetch_stop(struct fetch *fetch)
{
	fetch->stopped = 1;
	http_loop_stop(fetch->loop);
}

/* What a source's other tags have cost in this run. */
static int64_t spent_by_others(const struct fetch *fetch, const struct walk *walk)
{
	int64_t sum = 0;

	for (size_t i = 0; i < fetch->count; i++)
		if (&fetch->walks[i] != walk && fetch->walks[i].source == walk->source)
			sum += fetch->walks[i].cost;
	return sum;
}

/* The loop has given the exchange back. */
static bool is_answered(const struct walk *walk)
{
	return walk->begun && !walk_is_over(walk) && !walk->exchange.handle &&
	       (walk->exchange.state == HTTP_DONE || walk->exchange.state == HTTP_FAILED);
}

static bool is_due(const struct walk *walk)
{
	return !walk->begun && (!walk->after || walk_is_over(walk->after));
}

/* Lets one walk make its next step. */
static bool advance(struct fetch *fetch, struct walk *walk, bool *moved, struct err *err)
{
	int64_t spent = spent_by_others(fetch, walk);

	if (is_due(walk)) {
		*moved = true;
		return walk_begin(walk, &fetch->batch, fetch->loop, spent, err);
	}
	if (is_answered(walk)) {
		*moved = true;
		return walk_take(walk, &fetch->batch, fetch->loop, spent, err);
	}
	return true;
}

static bool advance_all(struct fetch *fetch, bool *moved, struct err *err)
{
	*moved = false;
	for (size_t i = 0; i < fetch->count; i++)
		if (!advance(fetch, &fetch->walks[i], moved, err))
			return false;
	return true;
}

static bool all_over(const struct fetch *fetch)
{
	for (size_t i = 0; i < fetch->count; i++)
		if (!walk_is_over(&fetch->walks[i]))
			return false;
	return true;
}

/* While a request waits for its turn, or for another try, the person is told so. */
static void look_at_exchanges(struct fetch *fetch)
{
	for (size_t i = 0; i < fetch->count; i++) {
		struct walk *walk = &fetch->walks[i];

		if (!walk->begun || walk_is_over(walk))
			continue;
		if (walk->exchange.state == HTTP_RUNNING) {
			walk->view->state = WALK_READING;
			walk->view->why = NULL;
		} else if (walk->exchange.state == HTTP_WAITING) {
			walk->view->state = WALK_WAITING;
			walk->view->wait_until = walk->exchange.wait_until;
			if (walk->exchange.err.code != ERR_NONE)
				walk->view->why = walk->exchange.err.msg;
		}
	}
}

static bool end_all(struct fetch *fetch, struct err *err)
{
	for (size_t i = 0; i < fetch->count; i++) {
		struct walk *walk = &fetch->walks[i];

		if (walk_is_over(walk))
			continue;
		http_loop_cancel(fetch->loop, &walk->exchange);
		if (!walk_end(walk, &fetch->batch, WALK_STOPPED,
			      "stopped: the same command goes on", err))
			return false;
	}
	return true;
}

/* Design section 4, "Exit status". */
static int exit_status(const struct fetch *fetch)
{
	size_t failed = 0;
	size_t refused = 0;

	for (size_t i = 0; i < fetch->count; i++) {
		const struct walk_view *view = &fetch->views[i];

		failed += view->state == WALK_FAILED && !view->refused;
		refused += view->state == WALK_FAILED && view->refused;
	}
	if (failed + refused == fetch->count)
		return 1;
	return failed > 0 ? 3 : 0;
}

bool fetch_run(struct fetch *fetch, fetch_watch_fn *watch, void *owner, struct fetch_result *result,
	       struct err *err)
{
	bool moved;

	while (!fetch->stopped) {
		if (!advance_all(fetch, &moved, err))
			return false;
		look_at_exchanges(fetch);
		watch(owner, fetch->views, fetch->count);
		if (all_over(fetch))
			break;
		if (!moved)
			http_loop_step(fetch->loop, STEP_MS);
	}
	*result = (struct fetch_result){
		.views = fetch->views,
		.count = fetch->count,
		.cancelled = fetch->stopped && !all_over(fetch),
	};
	if (!end_all(fetch, err) || !batch_flush(&fetch->batch, err))
		return false;
	result->exit_status = exit_status(fetch);
	return true;
}
