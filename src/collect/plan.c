#include "archive/collect/plan.h"

#include "archive/base/clock.h"
#include "archive/source/counts.h"
#include "archive/store/seen.h"

#define MAX_ANSWERS 8 /* of one question */
#define STEP_MS	    1000

/* One tag at one source that sells. */
struct counting {
	const struct plan_options *options;
	struct price price;
	struct plan_view *view;
	struct arena *arena;
	struct run run;
};

static bool is_paid(const struct source *source)
{
	return source->ops->counts != NULL;
}

int64_t plan_cost(const struct plan_options *options)
{
	const struct price price = price_told(options->price);
	int64_t sum = 0;

	for (size_t i = 0; i < options->source_count; i++)
		if (is_paid(&options->sources[i]) && options->sources[i].token.len > 0)
			sum += price.counts * (int64_t)options->tag_count;
	return sum;
}

static bool answered(struct http_loop *loop, struct http_exchange *exchange,
		     const struct http_request *request, struct err *err)
{
	if (!http_loop_start(loop, exchange, request, 0, err))
		return false;
	while (exchange->state == HTTP_RUNNING || exchange->state == HTTP_WAITING)
		http_loop_step(loop, STEP_MS);
	if (exchange->state != HTTP_FAILED)
		return true;
	*err = exchange->err;
	return false;
}

/* Sums up the answers; false: the view says why. */
static bool count(struct counting *c, struct http_loop *loop, struct err *failure)
{
	const struct source *source = c->view->source;
	const struct query query = { .tag = c->view->tag,
				     .since = c->options->since,
				     .until = c->options->until,
				     .now = clock_now() };
	struct http_request request = HTTP_REQUEST_INIT;
	struct http_exchange exchange = HTTP_EXCHANGE_INIT;
	struct tally tally = { 0 };
	bool ok = true;

	c->view->posts = 0;
	for (int i = 0; ok && i < MAX_ANSWERS && (i == 0 || tally.next); i++) {
		source->ops->counts->request(source, &query, tally.next, &request);
		ok = answered(loop, &exchange, &request, failure) &&
		     source->ops->counts->parse(source, &exchange.answer, c->arena, &tally,
						failure);
		c->view->posts += ok ? tally.posts : 0;
		c->run.spent_micros += ok ? c->price.counts : 0;
	}
	http_request_release(&request);
	http_exchange_release(&exchange);
	return ok;
}

static bool keep_cost(struct counting *c, struct store *store, struct err *err)
{
	const struct ledger_key key = { c->view->source->name.buf, "token", "" };
	int64_t now = clock_now();

	if (c->run.spent_micros == 0)
		return true;
	c->run.started = now;
	c->run.ended = now;
	c->run.outcome = RUN_DONE;
	return ledger_run_begin(store, &key, now, &c->run.id, err) &&
	       ledger_run_put(store, &c->run, err);
}

static bool price_view(struct counting *c, struct store *store, struct http_loop *loop,
		       struct plan_result *result, struct err *err)
{
	struct err failure = { 0 };
	struct plan_past past = { 0 };

	if (!c->options->pay) {
		c->view->state = PLAN_UNPAID;
		return true;
	}
	c->view->state = PLAN_COUNTED;
	if (!count(c, loop, &failure)) {
		c->view->state = PLAN_FAILED;
		c->view->posts = -1;
		c->view->why = arena_strdup(c->arena, failure.msg);
	}
	result->spent += c->run.spent_micros;
	if (!keep_cost(c, store, err) || !store_past(store, c->view->source->name.buf, &past.shown,
						     &past.posts, &past.authors, err))
		return false;
	if (c->view->state == PLAN_COUNTED)
		plan_price(c->view, &c->price, &past);
	return true;
}

static bool fill(struct plan_view *view, const struct probe_view *page, struct store *store,
		 struct http_loop *loop, const struct plan_options *options,
		 struct plan_result *result, struct err *err)
{
	struct counting counting = { .options = options,
				     .price = price_told(options->price),
				     .view = view,
				     .arena = &result->arena };

	view->posts = view->pages = view->wait_ms = -1;
	view->why = arena_strdup(&result->arena, page->why);
	view->state = page->state == PROBE_REFUSED ? PLAN_REFUSED : PLAN_FAILED;
	if (page->state != PROBE_FINE)
		return true;
	if (!store_seen(store, view->source->name.buf, view->tag, options->since, options->until,
			&view->there, err))
		return false;
	if (is_paid(view->source))
		return price_view(&counting, store, loop, result, err);
	plan_guess(view, page, options->since, options->until, clock_now());
	return true;
}

static bool make_tag(struct store *store, struct http_loop *loop,
		     const struct plan_options *options, const char *tag,
		     struct plan_result *result, struct err *err)
{
	const struct probe_options probe = { .tag = tag,
					     .sources = options->sources,
					     .source_count = options->source_count,
					     .state = options->state };
	struct probe_result pages;
	bool ok = true;

	probe_ask(loop, &probe, &pages);
	for (size_t i = 0; ok && i < pages.count; i++) {
		struct plan_view *view = &result->views[result->count++];

		view->source = pages.views[i].source;
		view->tag = tag;
		ok = fill(view, &pages.views[i], store, loop, options, result, err);
	}
	probe_result_release(&pages);
	return ok;
}

static int exit_status(const struct plan_result *result)
{
	size_t failed = 0, refused = 0;

	for (size_t i = 0; i < result->count; i++) {
		failed += result->views[i].state == PLAN_FAILED;
		refused += result->views[i].state == PLAN_REFUSED;
	}
	if (failed + refused == result->count)
		return 1;
	return failed > 0 ? 3 : 0;
}

bool plan_make(struct store *store, struct http_loop *loop, const struct plan_options *options,
	       struct plan_result *result, struct err *err)
{
	*result = (struct plan_result){ .arena = ARENA_INIT };
	result->views = arena_array(&result->arena, options->tag_count * options->source_count,
				    sizeof(*result->views));
	for (size_t i = 0; i < options->tag_count; i++)
		if (!make_tag(store, loop, options, options->tags[i], result, err))
			return false;
	result->exit_status = exit_status(result);
	return true;
}

void plan_result_release(struct plan_result *result)
{
	arena_release(&result->arena);
}
