#include "archive/collect/walk.h"

#include "archive/base/clock.h"
#include "archive/collect/price.h"

#define IN_CIRCLES   "the server gives the same page again and again; run the same command later"

#define NO_MONEY     "the budget does not cover the authors of the last page: it was not kept"

#define MAX_RENEWALS 2

/* The same once more, within what a run may cost: what came in vain was paid for, too. */
static bool ask_again(struct walk *walk, struct batch *batch, struct http_loop *loop, int64_t spent,
		      const char *why, struct err *err)
{
	const char *bound = walk_bound(walk, spent + walk->cost);

	if (bound)
		return walk_end(walk, batch, WALK_STOPPED, bound, err);
	walk_wait_then_ask(walk, loop, clock_now() + WALK_FIRST_PAUSE_MS, why);
	return true;
}

/* The page is kept, now that its authors are known as far as they can be. */
static bool settle(struct walk *walk, struct batch *batch, struct http_loop *loop, int64_t spent,
		   struct err *err)
{
	struct err failure = { 0 };

	if (walk->people.asked > 0) {
		page_clear(&walk->page);
		if (!walk->source->ops->parse(walk->source, &walk->answer, &walk->page, &failure))
			return walk_give_up(walk, batch, &failure, err);
	}
	walk->failures = walk->waits = walk->renewals = 0;
	if (!walk_keep(walk, batch, err))
		return false;
	if (walk->next == COURSE_DONE)
		return walk_end(walk, batch, WALK_DONE, NULL, err);
	return walk_go_on(walk, batch, loop, spent, err);
}

/* How many authors may still be looked up. */
static size_t affordable(const struct walk *walk, int64_t spent)
{
	int64_t left = walk->source->budget_micros - spent;

	if (!walk_is_paid(walk))
		return people_left(&walk->people);
	return left > 0 ? (size_t)(left / walk->options->price.author) : 0;
}

static bool ask_for_people(struct walk *walk, struct batch *batch, struct http_loop *loop,
			   int64_t spent, int64_t not_before, struct err *err)
{
	size_t most = affordable(walk, spent + walk->cost);
	struct err failure = { 0 };
	bool made;

	if (people_left(&walk->people) == 0)
		return settle(walk, batch, loop, spent, err);
	if (most == 0)
		return walk_end(walk, batch, WALK_STOPPED, NO_MONEY, err);
	walk->errand = ERRAND_PEOPLE;
	http_request_clear(&walk->request);
	made = people_request(&walk->people, walk->source, most, &walk->request, &failure);
	walk_send(walk, loop, not_before, made, &failure);
	return true;
}

static bool read_people(struct walk *walk, int64_t spent, struct err *failure)
{
	bool ok;

	if (walk->exchange.state == HTTP_FAILED)
		return false;
	ok = people_read(&walk->people, walk->source, &walk->exchange.answer, failure);
	walk_count_cost(walk, &walk->people.page, spent);
	return ok;
}

/* Whoever is not known may have asked not to be archived: without them the page is not kept, and
 * the walk, which has taken it for read already, ends here. A tape that lacks them was recorded
 * beside a store that knew them. */
static bool take_people(struct walk *walk, struct batch *batch, struct http_loop *loop,
			int64_t spent, struct err *err)
{
	struct err failure = walk->exchange.err;
	int64_t until;

	if (read_people(walk, spent, &failure))
		return walk_keep_people(walk, batch, err) &&
		       ask_for_people(walk, batch, loop, spent, walk->people.page.wait_until, err);
	if (walk->options->offline && failure.code == ERR_NOT_FOUND)
		return settle(walk, batch, loop, spent, err);
	until = walk_next_try(walk, &failure);
	if (until != 0)
		return ask_for_people(walk, batch, loop, spent, until, err);
	return walk_give_up(walk, batch, &failure, err);
}

/* The answer is put aside, so that the exchange is free for others. */
static void hold_answer(struct walk *walk)
{
	struct http_answer held = walk->exchange.answer;
	struct str url = walk->request.url;

	walk->exchange.answer = walk->answer;
	walk->answer = held;
	walk->request.url = walk->answer_url;
	walk->answer_url = url;
}

static bool take_page(struct walk *walk, struct batch *batch, struct http_loop *loop, int64_t spent,
		      struct err *err)
{
	if (walk->page.malformed > 0 &&
	    walk->failures++ < WALK_MAX_FAILURES) /* a broken line heals; a broken post does not */
		return ask_again(walk, batch, loop, spent, "a part of the answer could not be read",
				 err);
	walk->step = walk_note_step(walk);
	walk->next = course_step(&walk->course, &walk->page);
	if (walk->page.reaches_to)
		walk->out_of_reach = true;
	if (walk->next == COURSE_AGAIN)
		return ask_again(walk, batch, loop, spent, NULL, err);
	if (walk->next == COURSE_LOOP)
		return walk_end(walk, batch, WALK_FAILED, IN_CIRCLES, err);
	hold_answer(walk);
	return people_collect(&walk->people, walk->store, walk->source, &walk->page, err) &&
	       ask_for_people(walk, batch, loop, spent, 0, err);
}

static bool take_session(struct walk *walk, struct batch *batch, struct http_loop *loop,
			 struct err *err)
{
	struct err failure = walk->exchange.err;

	if (walk->exchange.state == HTTP_FAILED ||
	    !signin_take(walk->signin, &walk->exchange.answer, &failure))
		return walk_fail(walk, batch, loop, &failure, err);
	walk_ask(walk, loop, 0);
	return true;
}

/* A session that the server ended before its time is renewed, not for ever. */
static bool take_refusal(struct walk *walk, struct batch *batch, struct http_loop *loop,
			 struct err *failure, struct err *err)
{
	if (failure->code != ERR_EXPIRED)
		return walk_fail(walk, batch, loop, failure, err);
	if (walk->source->login.len == 0 || walk->renewals++ == MAX_RENEWALS) {
		failure->code = ERR_AUTH;
		return walk_fail(walk, batch, loop, failure, err);
	}
	signin_expire(walk->signin);
	walk_ask(walk, loop, 0);
	return true;
}

bool walk_take(struct walk *walk, struct batch *batch, struct http_loop *loop, int64_t spent,
	       struct err *err)
{
	struct err failure = { 0 };

	if (walk->errand == ERRAND_SIGN_IN)
		return take_session(walk, batch, loop, err);
	if (walk->errand == ERRAND_PEOPLE)
		return take_people(walk, batch, loop, spent, err);
	page_clear(&walk->page);
	if (walk->exchange.state == HTTP_FAILED)
		return walk_fail(walk, batch, loop, &walk->exchange.err, err);
	if (!walk->source->ops->parse(walk->source, &walk->exchange.answer, &walk->page, &failure))
		return take_refusal(walk, batch, loop, &failure, err);
	walk_count_cost(walk, &walk->page, spent);
	return take_page(walk, batch, loop, spent, err);
}
