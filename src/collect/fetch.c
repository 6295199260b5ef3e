#include "archive/collect/fetch.h"

#include <signal.h>
#include <stdlib.h>

#include "archive/base/clock.h"
#include "archive/base/mem.h"
#include "archive/collect/follow.h"

#define STEP_MS	     1000
#define LAST_LOOK_MS INT64_C(60000) /* how long the look that until begins may take */
#define TAPE_BATCH   1000 /* FTS5 writes a segment at every commit: performance is in how seldom */

struct fetch {
	struct batch batch;
	struct http_loop *loop;
	struct fetch_options options;
	struct walk *walks; /* the tags of a source stand behind one another */
	struct walk_view *views;
	struct signin *signins; /* one a source */
	struct follow *follows; /* one a source */
	size_t count;
	int64_t wall, steady; /* the clocks, when they were last looked at */
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
	fetch->follows = xcalloc(options->source_count, sizeof(*fetch->follows));
	for (size_t s = 0; s < options->source_count; s++) {
		signin_init(&fetch->signins[s], &options->sources[s], options->state);
		for (size_t t = 0; t < options->tag_count; t++, n++) {
			walk_init(&fetch->walks[n], &fetch->options, &options->sources[s],
				  &fetch->signins[s], options->tags[t], &fetch->views[n]);
			fetch->walks[n].after = t > 0 ? &fetch->walks[n - 1] : NULL;
		}
		follow_init(&fetch->follows[s], &fetch->walks[n - options->tag_count],
			    options->tag_count);
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
	free(fetch->follows);
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
	return walk->begun && walk->view->state < WALK_RESTING && !walk->exchange.handle &&
	       (walk->exchange.state == HTTP_DONE || walk->exchange.state == HTTP_FAILED);
}

static bool is_due(const struct walk *walk)
{
	return !walk->begun && (!walk->after || walk_is_over(walk->after));
}

/* Lets one walk make its next step. Its source's limit is the same for all hashtags. */
static bool advance(struct fetch *fetch, struct walk *walk, bool *moved, struct err *err)
{
	struct pace *pace =
		&fetch->follows[(size_t)(walk - fetch->walks) / fetch->options.tag_count].pace;
	int64_t spent = spent_by_others(fetch, walk);

	if (is_due(walk)) {
		*moved = true;
		walk->page.wait_until = pace->wait_until;
		return walk_begin(walk, &fetch->batch, fetch->loop, spent, err);
	}
	if (is_answered(walk)) {
		*moved = true;
		if (!walk_take(walk, &fetch->batch, fetch->loop, spent, err))
			return false;
		pace_note(pace, &walk->page);
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

/* ---- while an event is followed ---- */

static void follow_all(struct fetch *fetch, bool *moved)
{
	for (size_t s = 0; fetch->options.follow && s < fetch->options.source_count; s++)
		if (follow_step(&fetch->follows[s], fetch->options.until))
			*moved = true;
}

/* The wall clock was set, or the machine slept: nothing waits for a time that was told before. */
static void look_at_clocks(struct fetch *fetch)
{
	int64_t wall = clock_now();
	int64_t steady = clock_steady();
	bool jumped = fetch->steady != 0 &&
		      pace_clock_jumped(wall - fetch->wall, steady - fetch->steady);

	fetch->wall = wall;
	fetch->steady = steady;
	if (!jumped)
		return;
	for (size_t i = 0; i < fetch->count; i++)
		if (fetch->walks[i].begun && !walk_is_over(&fetch->walks[i]))
			walk_ask_now(&fetch->walks[i], fetch->loop);
	for (size_t s = 0; s < fetch->options.source_count; s++)
		follow_set_clock(&fetch->follows[s], fetch->options.until);
}

static bool is_past_its_end(const struct fetch *fetch)
{
	return fetch->options.follow && fetch->options.until != 0 &&
	       clock_now() >= fetch->options.until + LAST_LOOK_MS;
}

/* Waits for an answer, or for the next look when nothing is asked. */
static void wait_a_while(struct fetch *fetch)
{
	int64_t most = STEP_MS;
	bool asked = false;

	for (size_t i = 0; i < fetch->count; i++)
		asked = asked || fetch->walks[i].exchange.handle;
	for (size_t s = 0; s < fetch->options.source_count; s++) {
		int64_t left = follow_left(&fetch->follows[s]);

		most = left < most ? left : most;
	}
	if (asked || !fetch->options.follow)
		http_loop_step(fetch->loop, most > 0 ? most : 1);
	else
		clock_sleep(most);
}

static bool end_all(struct fetch *fetch, struct err *err)
{
	for (size_t i = 0; i < fetch->count; i++) {
		struct walk *walk = &fetch->walks[i];

		if (walk->view->state == WALK_RESTING)
			walk_end_rest(walk);
		if (walk_is_over(walk))
			continue;
		http_loop_cancel(fetch->loop, &walk->exchange);
		if (!walk_end(walk, &fetch->batch, WALK_STOPPED,
			      "stopped: the same command goes on", err))
			return false;
	}
	return true;
}

static bool has_come_to_until(const struct fetch *fetch)
{
	return fetch->options.until != 0 && clock_now() >= fetch->options.until;
}

/* Design section 4, "Exit status". */
static int exit_status(const struct fetch *fetch)
{
	size_t failed = 0;
	size_t refused = 0;

	if (fetch->options.follow && (fetch->stopped || has_come_to_until(fetch)))
		return 0;
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
		look_at_clocks(fetch);
		if (!advance_all(fetch, &moved, err))
			return false;
		follow_all(fetch, &moved);
		look_at_exchanges(fetch);
		watch(owner, fetch->views, fetch->count);
		if (all_over(fetch) || is_past_its_end(fetch))
			break;
		if (!moved)
			wait_a_while(fetch);
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
