#include "archive/collect/walk.h"

#include <string.h>

#include "archive/base/clock.h"
#include "archive/collect/budget.h"

#define MAX_FAILURES	3
#define MAX_WAITS	3
#define FIRST_PAUSE_MS	1000
#define LIMIT_PAUSE_MS	60000 /* where a server limits without saying until when */
#define OUT_OF_REACH	"its search reaches seven days back"
#define IN_CIRCLES	"the server gives the same page again and again; run the same command later"
#define LONGEST_WAIT_MS (INT64_C(20) * 60000) /* X's windows are 15 minutes */

void walk_init(struct walk *walk, const struct fetch_options *options, const struct source *source,
	       const char *tag, struct walk_view *view)
{
	*walk = (struct walk){
		.view = view,
		.options = options,
		.source = source,
		.query = { .tag = tag, .since = options->since, .until = options->until },
		.key = { .source = source->name.buf,
			 .auth = source->token.len ? "token" : "anonymous",
			 .tag = tag },
		.arena = ARENA_INIT,
		.page = PAGE_INIT,
		.request = HTTP_REQUEST_INIT,
		.exchange = { .answer = HTTP_ANSWER_INIT },
	};
	walk->page.tag = tag;
	*view = (struct walk_view){ .source = source, .tag = tag };
}

void walk_release(struct walk *walk)
{
	course_release(&walk->course);
	page_release(&walk->page);
	http_request_release(&walk->request);
	http_exchange_release(&walk->exchange);
	arena_release(&walk->arena);
}

bool walk_is_over(const struct walk *walk)
{
	return walk->view->state >= WALK_DONE;
}

/* A network's refusal without a credential is a failure only where somebody counts on it. */
static bool counts_as_failure(const struct walk *walk, const struct err *err)
{
	return err->code != ERR_AUTH || walk->source->named || walk->worked_before ||
	       walk->source->token.len > 0;
}

bool walk_end(struct walk *walk, struct batch *batch, enum walk_state state, const char *why,
	      struct err *err)
{
	static const enum run_outcome outcomes[] = {
		[WALK_DONE] = RUN_DONE,
		[WALK_STOPPED] = RUN_PART,
		[WALK_FAILED] = RUN_FAILED,
	};
	struct walk_view *view = walk->view;

	view->state = state;
	view->wait_until = 0;
	if (state == WALK_DONE && walk->out_of_reach)
		why = OUT_OF_REACH;
	view->why = arena_strdup(&walk->arena, why);
	view->incomplete = state != WALK_DONE;
	view->run.why = view->why;
	view->run.ended = clock_now();
	view->run.outcome = outcomes[state];
	return !walk->begun || ledger_run_put(batch->store, &view->run, err);
}

/* Asks for the next page. A request that cannot be made is an exchange that failed. */
static void ask(struct walk *walk, struct http_loop *loop, int64_t not_before)
{
	struct err err = { 0 };

	walk->view->state = not_before > clock_now() ? WALK_WAITING : WALK_READING;
	walk->view->wait_until = not_before;
	http_request_clear(&walk->request);
	if (walk->source->ops->request(walk->source, &walk->query, &walk->course.position,
				       &walk->request, &err) &&
	    http_loop_start(loop, &walk->exchange, &walk->request, not_before, &err))
		return;
	walk->exchange.state = HTTP_FAILED;
	walk->exchange.err = err;
}

static void wait_then_ask(struct walk *walk, struct http_loop *loop, int64_t until, const char *why)
{
	ask(walk, loop, until);
	walk->view->why = arena_strdup(&walk->arena, why);
}

/* An answer that came, but broken: another try may bring it whole. Servers' own failures were tried
 * again already. */
static bool may_heal(const struct walk *walk, const struct err *failure)
{
	return walk->exchange.state == HTTP_DONE &&
	       (failure->code == ERR_MALFORMED ||
		(failure->code == ERR_NETWORK && walk->exchange.answer.status == 200));
}

/* What an answer that is not a page means. */
static bool take_failure(struct walk *walk, struct batch *batch, struct http_loop *loop,
			 const struct err *failure, struct err *err)
{
	int64_t now = clock_now();
	int64_t until = failure->retry_at > now ? failure->retry_at : now + LIMIT_PAUSE_MS;

	if (failure->code == ERR_RATE && walk->waits++ < MAX_WAITS &&
	    until - now <= LONGEST_WAIT_MS) {
		wait_then_ask(walk, loop, until, failure->msg);
		return true;
	}
	if (may_heal(walk, failure) && walk->failures++ < MAX_FAILURES) {
		wait_then_ask(walk, loop, now + (FIRST_PAUSE_MS << walk->failures), failure->msg);
		return true;
	}
	walk->view->refused = !counts_as_failure(walk, failure);
	return walk_end(walk, batch, WALK_FAILED, failure->msg, err);
}

static bool is_paid(const struct walk *walk)
{
	return walk->source->ops->flags & SOURCE_IS_PAID && !walk->options->offline;
}

/* An answer is paid for when it comes, whatever becomes of it; a tape's is free. */
static void count_cost(struct walk *walk, int64_t spent)
{
	struct run *run = &walk->view->run;

	run->billed_posts += (int64_t)walk->page.billed_posts;
	run->billed_authors += (int64_t)walk->page.billed_authors;
	if (!is_paid(walk))
		return;
	walk->cost += price_of(&walk->options->price, walk->page.billed_posts,
			       walk->page.billed_authors);
	run->spent_micros = walk->cost;
	walk->view->near_budget = price_is_near(spent + walk->cost, walk->source->budget_micros);
}

/* What a page is for the walk: a stretch that was not read before, one above a span that is read
 * again on the way down to it, or one asked for again to see whether it is the last one, whose
 * posts were counted the first time. */
enum stretch { STRETCH_NEW, STRETCH_ABOVE, STRETCH_AGAIN };

static enum stretch stretch_of(const struct course *course)
{
	if (course->doubted)
		return STRETCH_AGAIN;
	if (course->position.climbing)
		return STRETCH_ABOVE;
	return course->goal < course->span_count || course->from_top_again ? STRETCH_ABOVE
									   : STRETCH_NEW;
}

/* Where the walk stood before the page that it takes. */
struct step {
	size_t goal;
	bool climbing;
	enum stretch stretch;
};

static void count_page(struct walk *walk, const struct put_report *put, enum stretch stretch)
{
	const struct page *page = &walk->page;
	struct walk_view *view = walk->view;
	struct run *run = &view->run;

	run->pages++;
	run->fresh += (int64_t)put->fresh;
	run->known += stretch == STRETCH_AGAIN ? 0 : (int64_t)put->known;
	run->dropped += (int64_t)page->dropped;
	walk->gone_on += (int64_t)put->fresh + (stretch == STRETCH_NEW ? (int64_t)put->known : 0);
	if (page->newest > view->newest)
		view->newest = page->newest;
	if (page->oldest && (!view->oldest || page->oldest < view->oldest))
		view->oldest = page->oldest;
}

static bool drop_spans(struct store *store, const struct span *spans, size_t from, size_t to,
		       struct err *err)
{
	for (size_t i = from; i < to; i++)
		if (!ledger_drop_span(store, spans[i].id, err))
			return false;
	return true;
}

static bool keep_span(struct walk *walk, struct store *store, const struct step *step,
		      struct err *err)
{
	struct course *course = &walk->course;
	struct span *span = course_written(course, step->climbing);
	size_t replaced = walk->replaced_count;

	if (!span->top_id)
		return true;
	walk->replaced_count = 0;
	return drop_spans(store, walk->replaced, 0, replaced, err) &&
	       drop_spans(store, course->spans, step->goal, course->goal, err) &&
	       ledger_put_span(store, &walk->key, span, err);
}

/* The page, its evidence and its place in the ledger: all or nothing. */
static bool keep_page(struct walk *walk, struct batch *batch, const struct step *step,
		      struct err *err)
{
	const struct http_answer *answer = &walk->exchange.answer;
	struct run before = walk->view->run;
	struct put_report put = { 0 };
	int64_t answer_id = 0;
	bool ok = false;
	const struct evidence evidence = {
		.source = walk->source->name.buf,
		.url = walk->request.url.buf,
		.status = answer->status,
		.fetched = answer->received,
		.bytes = answer->body.buf,
		.len = answer->body.len,
		.cuts = walk->page.cuts,
		.cut_count = walk->page.cut_count,
	};

	if (!batch_enter(batch, err))
		return false;
	if (!store_put_answer(batch->store, &evidence, &answer_id, err) ||
	    !store_put_page(batch->store, &walk->page, walk->key.source, walk->key.tag, answer_id,
			    answer->received, &put, err) ||
	    !keep_span(walk, batch->store, step, err))
		goto out;
	count_page(walk, &put, step->stretch);
	ok = ledger_run_put(batch->store, &walk->view->run, err) &&
	     batch_leave(batch, walk->page.matched, err);
out:
	if (!ok) {
		batch_drop(batch);
		walk->view->run = before;
	}
	return ok;
}

/* The bound of this run, as a sentence; NULL when it may go on. Sets the page size for what is
 * paid. */
static const char *bound_reached(struct walk *walk, int64_t spent)
{
	const struct fetch_options *options = walk->options;
	int64_t max = options->max;

	if (max == 0 && options->since == 0)
		max = FETCH_MAX_POSTS;
	if (max != 0 && walk->gone_on >= max)
		return arena_printf(&walk->arena,
				    "%lld posts were read in this run: the same command goes on",
				    (long long)max);
	return is_paid(walk) ? budget_ends(&walk->arena, walk->source, &options->price, spent,
					   &walk->course.position.page_size)
			     : NULL;
}

static bool go_on(struct walk *walk, struct batch *batch, struct http_loop *loop, int64_t spent,
		  struct err *err)
{
	const char *bound = bound_reached(walk, spent + walk->cost);

	if (!bound && walk->page.wait_until - clock_now() > LONGEST_WAIT_MS)
		bound = "the server's limit is reached for long: the same command goes on later";
	if (bound)
		return walk_end(walk, batch, WALK_STOPPED, bound, err);
	walk->view->why = walk->page.wait_until ? "the server's limit is reached" : NULL;
	ask(walk, loop, walk->page.wait_until);
	return true;
}

/* What never answers without a credential is not asked. */
static bool refuse_without_token(struct walk *walk, struct batch *batch, struct err *err)
{
	struct str name = STR_INIT;
	struct err refusal = { 0 };

	source_token_name(walk->source, &name);
	err_set(&refusal, ERR_AUTH, "never answers without a token: put one in %s", name.buf);
	str_release(&name);
	walk->view->refused = !counts_as_failure(walk, &refusal);
	return walk_end(walk, batch, WALK_FAILED, refusal.msg, err);
}

static bool refuse_without_budget(struct walk *walk, struct batch *batch, struct err *err)
{
	walk->view->refused = !walk->source->named;
	return walk_end(walk, batch, WALK_FAILED, BUDGET_UNTOLD, err);
}

/* What a network that reaches back only so far can be asked for. The rest is not called read. */
static struct query within_reach(struct walk *walk)
{
	struct query query = walk->query;
	int64_t reach = walk->source->ops->reach_ms;

	walk->out_of_reach = reach != 0 && query.since < query.now - reach;
	if (walk->out_of_reach)
		query.since = query.now - reach;
	return query;
}

bool walk_begin(struct walk *walk, struct batch *batch, struct http_loop *loop, int64_t spent,
		struct err *err)
{
	struct query bounded;
	struct span *spans = NULL;
	size_t count = 0;
	int64_t now = clock_now();

	walk->begun = true;
	walk->query.now = now;
	walk->view->run.started = now;
	if (!ledger_spans(batch->store, &walk->key, &walk->arena, &spans, &count, err) ||
	    !ledger_run_begin(batch->store, &walk->key, now, &walk->view->run.id, err))
		return false;
	walk->worked_before = count > 0;
	/* a tape is read as it was recorded, whatever this store has read already */
	if (walk->options->offline) {
		walk->replaced = spans;
		walk->replaced_count = count;
		count = 0;
	}
	bounded = within_reach(walk);
	course_begin(&walk->course, &walk->arena, spans, count, walk->source->ops->flags, &bounded,
		     FETCH_OVERLAP_MS);
	if (walk->source->ops->flags & SOURCE_NEEDS_TOKEN && walk->source->token.len == 0 &&
	    !walk->options->offline)
		return refuse_without_token(walk, batch, err);
	if (is_paid(walk) && walk->source->budget_micros == 0)
		return refuse_without_budget(walk, batch, err);
	if (walk->course.current.closed)
		return walk_end(walk, batch, WALK_DONE, NULL, err);
	return go_on(walk, batch, loop, spent, err);
}

/* The same once more, within what a run may cost: what came in vain was paid for, too. */
static bool ask_again(struct walk *walk, struct batch *batch, struct http_loop *loop, int64_t spent,
		      const char *why, struct err *err)
{
	const char *bound = bound_reached(walk, spent + walk->cost);

	if (bound)
		return walk_end(walk, batch, WALK_STOPPED, bound, err);
	wait_then_ask(walk, loop, clock_now() + FIRST_PAUSE_MS, why);
	return true;
}

static bool take_page(struct walk *walk, struct batch *batch, struct http_loop *loop, int64_t spent,
		      struct err *err)
{
	const struct step step = {
		.goal = walk->course.goal,
		.climbing = walk->course.position.climbing,
		.stretch = stretch_of(&walk->course),
	};
	enum course_next next;

	if (walk->page.malformed > 0 &&
	    walk->failures++ < MAX_FAILURES) /* a broken line heals; a broken post does not */
		return ask_again(walk, batch, loop, spent, "a part of the answer could not be read",
				 err);
	next = course_step(&walk->course, &walk->page);
	if (next == COURSE_AGAIN)
		return ask_again(walk, batch, loop, spent, NULL, err);
	if (next == COURSE_LOOP)
		return walk_end(walk, batch, WALK_FAILED, IN_CIRCLES, err);
	walk->failures = 0;
	walk->waits = 0;
	if (!keep_page(walk, batch, &step, err))
		return false;
	if (next == COURSE_DONE)
		return walk_end(walk, batch, WALK_DONE, NULL, err);
	return go_on(walk, batch, loop, spent, err);
}

bool walk_take(struct walk *walk, struct batch *batch, struct http_loop *loop, int64_t spent,
	       struct err *err)
{
	struct err failure = { 0 };

	page_clear(&walk->page);
	if (walk->exchange.state == HTTP_FAILED)
		return take_failure(walk, batch, loop, &walk->exchange.err, err);
	if (!walk->source->ops->parse(walk->source, &walk->exchange.answer, &walk->page, &failure))
		return take_failure(walk, batch, loop, &failure, err);
	count_cost(walk, spent);
	return take_page(walk, batch, loop, spent, err);
}
