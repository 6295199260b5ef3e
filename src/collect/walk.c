#include "archive/collect/walk.h"

#include <string.h>

#include "archive/base/clock.h"
#include "archive/collect/budget.h"
#include "archive/store/forget.h"

#define OUT_OF_REACH "its search reaches seven days back"

/* What the store or a lookup knows against a post. */
static enum fate judge(void *owner, const struct post *post)
{
	const struct walk *walk = owner;
	enum fate fate = people_judge(&walk->people, post);

	return fate == FATE_KEPT ? store_judge(walk->store, post) : fate;
}

static bool is_signed_in(const struct source *source)
{
	return source->token.len > 0 || source->login.len > 0;
}

void walk_init(struct walk *walk, const struct fetch_options *options, const struct source *source,
	       struct signin *signin, const char *tag, struct walk_view *view)
{
	*walk = (struct walk){
		.view = view,
		.options = options,
		.source = source,
		.query = { .tag = tag,
			   .since = options->since,
			   .until = options->follow ? 0 : options->until },
		.key = { .source = source->name.buf,
			 .auth = is_signed_in(source) ? "token" : "anonymous",
			 .tag = tag },
		.arena = ARENA_INIT,
		.page = PAGE_INIT,
		.answer = HTTP_ANSWER_INIT,
		.answer_url = STR_INIT,
		.signin = signin,
		.people = PEOPLE_INIT,
		.request = HTTP_REQUEST_INIT,
		.exchange = { .answer = HTTP_ANSWER_INIT },
	};
	walk->page.tag = tag;
	walk->page.judge = judge;
	walk->page.judge_owner = walk;
	*view = (struct walk_view){ .source = source, .tag = tag };
}

void walk_release(struct walk *walk)
{
	course_release(&walk->course);
	page_release(&walk->page);
	people_release(&walk->people);
	http_answer_release(&walk->answer);
	str_release(&walk->answer_url);
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
	       is_signed_in(walk->source);
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

static bool make_request(struct walk *walk, struct err *err)
{
	const struct source *source = walk->source;

	http_request_clear(&walk->request);
	if (!walk->options->offline && signin_is_due(walk->signin, clock_now())) {
		walk->errand = ERRAND_SIGN_IN;
		return signin_request(walk->signin, &walk->request, err);
	}
	walk->errand = ERRAND_PAGE;
	return source->ops->request(source, &walk->query, &walk->course.position, &walk->request,
				    err);
}

void walk_send(struct walk *walk, struct http_loop *loop, int64_t not_before, bool made,
	       struct err *err)
{
	walk->view->state = not_before > clock_now() ? WALK_WAITING : WALK_READING;
	walk->view->wait_until = not_before;
	walk->request.anew = walk->anew;
	walk->anew = false;
	if (made && http_loop_start(loop, &walk->exchange, &walk->request, not_before, err))
		return;
	walk->exchange.state = HTTP_FAILED;
	walk->exchange.err = *err;
}

void walk_ask(struct walk *walk, struct http_loop *loop, int64_t not_before)
{
	struct err err = { 0 };

	walk_send(walk, loop, not_before, make_request(walk, &err), &err);
}

void walk_wait_then_ask(struct walk *walk, struct http_loop *loop, int64_t until, const char *why)
{
	walk_ask(walk, loop, until);
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

/* Would it be the same the next time? A stranger who was shown some posts may be shown some
 * again. */
static bool is_final(const struct walk *walk, const struct err *failure)
{
	if (failure->code == ERR_AUTH)
		return is_signed_in(walk->source) || walk->view->run.pages == 0;
	return failure->code == ERR_PAYMENT || failure->code == ERR_USAGE;
}

int64_t walk_next_try(struct walk *walk, const struct err *failure)
{
	int64_t now = clock_now();
	int64_t until = failure->retry_at > now ? failure->retry_at : now + WALK_LIMIT_PAUSE_MS;

	if (failure->code == ERR_RATE && walk->waits++ < WALK_MAX_WAITS &&
	    until - now <= WALK_LONGEST_WAIT_MS)
		return until;
	if (may_heal(walk, failure) && walk->failures++ < WALK_MAX_FAILURES)
		return now + (WALK_FIRST_PAUSE_MS << walk->failures);
	return 0;
}

bool walk_give_up(struct walk *walk, struct batch *batch, const struct err *failure,
		  struct err *err)
{
	walk->view->refused = !counts_as_failure(walk, failure);
	walk->final = is_final(walk, failure);
	return walk_end(walk, batch, WALK_FAILED, failure->msg, err);
}

bool walk_fail(struct walk *walk, struct batch *batch, struct http_loop *loop,
	       const struct err *failure, struct err *err)
{
	int64_t until = walk_next_try(walk, failure);

	if (until == 0)
		return walk_give_up(walk, batch, failure, err);
	walk_wait_then_ask(walk, loop, until, failure->msg);
	return true;
}

bool walk_is_paid(const struct walk *walk)
{
	return walk->source->ops->flags & SOURCE_IS_PAID && !walk->options->offline;
}

/* The bound of this run, as a sentence; NULL when it may go on. Sets the page size for what is
 * paid. */
const char *walk_bound(struct walk *walk, int64_t spent)
{
	const struct fetch_options *options = walk->options;
	int64_t max = options->max;
	const char *bound = NULL;

	if (max == 0 && options->since == 0)
		max = FETCH_MAX_POSTS;
	if (max != 0 && walk->gone_on >= max)
		bound = arena_printf(&walk->arena,
				     "%lld posts were read in this run: the same command goes on",
				     (long long)max);
	else if (walk_is_paid(walk))
		bound = budget_ends(&walk->arena, walk->source, &options->price, spent,
				    &walk->course.position.page_size);
	walk->final = bound && (options->max != 0 || walk->gone_on < max || max == 0);
	return bound;
}

bool walk_go_on(struct walk *walk, struct batch *batch, struct http_loop *loop, int64_t spent,
		struct err *err)
{
	const char *bound = walk_bound(walk, spent + walk->cost);

	if (!bound && walk->page.wait_until - clock_now() > WALK_LONGEST_WAIT_MS)
		bound = "the server's limit is reached for long: the same command goes on later";
	if (bound)
		return walk_end(walk, batch, WALK_STOPPED, bound, err);
	walk->view->why = walk->page.wait_until ? "the server's limit is reached" : NULL;
	walk_ask(walk, loop, walk->page.wait_until);
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
	walk->final = true;
	return walk_end(walk, batch, WALK_FAILED, refusal.msg, err);
}

static bool refuse_without_budget(struct walk *walk, struct batch *batch, struct err *err)
{
	walk->view->refused = !walk->source->named;
	walk->final = true;
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

/* A run is one line in the ledger, however often it looks. */
static bool begin_run(struct walk *walk, struct store *store, int64_t now, struct err *err)
{
	struct run *run = &walk->view->run;

	if (run->id != 0)
		return true;
	run->started = now;
	return ledger_run_begin(store, &walk->key, now, &run->id, err);
}

bool walk_begin(struct walk *walk, struct batch *batch, struct http_loop *loop, int64_t spent,
		struct err *err)
{
	struct query bounded;
	struct span *spans = NULL;
	size_t count = 0;
	int64_t now = clock_now();

	walk->begun = true;
	walk->store = batch->store;
	walk->query.now = now;
	if (!ledger_spans(batch->store, &walk->key, &walk->arena, &spans, &count, err) ||
	    !begin_run(walk, batch->store, now, err))
		return false;
	/* a stranger's first page, refused behind it, is no work that was done */
	for (size_t i = 0; i < count; i++)
		walk->worked_before = walk->worked_before || spans[i].closed;
	/* a tape is read as it was recorded, whatever this store has read already */
	if (walk->options->offline) {
		walk->replaced = spans;
		walk->replaced_count = count;
		count = 0;
	}
	bounded = within_reach(walk);
	course_begin(&walk->course, &walk->arena, spans, count, walk->source->ops->flags, &bounded,
		     walk->source->overlap_ms ? walk->source->overlap_ms : FETCH_OVERLAP_MS);
	if (walk->source->ops->flags & SOURCE_NEEDS_TOKEN && walk->source->token.len == 0 &&
	    !walk->options->offline)
		return refuse_without_token(walk, batch, err);
	if (walk_is_paid(walk) && walk->source->budget_micros == 0)
		return refuse_without_budget(walk, batch, err);
	if (walk->course.current.closed)
		return walk_end(walk, batch, WALK_DONE, NULL, err);
	return walk_go_on(walk, batch, loop, spent, err);
}

/* ---- while an event is followed ---- */

void walk_rest(struct walk *walk, int64_t until)
{
	if (walk->view->state != WALK_RESTING)
		walk->rests_from = walk->view->state;
	walk->view->state = WALK_RESTING;
	walk->view->wait_until = until;
}

void walk_end_rest(struct walk *walk)
{
	walk->view->state = walk->rests_from;
	walk->view->wait_until = 0;
}

void walk_wake(struct walk *walk)
{
	struct walk_view *view = walk->view;

	view->state = WALK_READING;
	view->wait_until = 0;
	view->why = view->run.why = NULL;
	view->refused = view->incomplete = false;
	view->run.outcome = RUN_UNDER_WAY;
	view->run.ended = 0;
	course_release(&walk->course);
	walk->course = (struct course){ 0 };
	page_clear(&walk->page);
	arena_clear(&walk->arena);
	walk->begun = false;
	walk->again = walk->anew = true;
	walk->look_pages = 0;
	walk->failures = walk->waits = walk->renewals = 0;
	if (walk->options->max == 0)
		walk->gone_on = 0;
}

void walk_ask_now(struct walk *walk, struct http_loop *loop)
{
	struct err err = { 0 };

	if (walk->exchange.state != HTTP_WAITING)
		return;
	http_loop_cancel(loop, &walk->exchange);
	walk->view->why = NULL;
	walk_send(walk, loop, 0, true, &err);
}
