#include "archive/collect/asking.h"

#include "archive/base/clock.h"
#include "archive/store/replies.h"

#define MAX_FAILURES	2
#define MAX_WAITS	3
#define PAUSE_MS	2000
#define LIMIT_PAUSE_MS	60000 /* where a server limits without saying until when */
#define LONGEST_WAIT_MS (INT64_C(20) * 60000)

static bool is_paid(const struct asking *asking)
{
	return asking->source->ops->flags & SOURCE_IS_PAID;
}

void asking_init(struct asking *asking, const struct source *source, const struct price *price)
{
	*asking = (struct asking){
		.source = source,
		.price = price,
		.request = HTTP_REQUEST_INIT,
		.exchange = { .answer = HTTP_ANSWER_INIT },
		.page = PAGE_INIT,
	};
}

void asking_release(struct asking *asking, struct http_loop *loop)
{
	if (asking->busy)
		http_loop_cancel(loop, &asking->exchange);
	page_release(&asking->page);
	http_request_release(&asking->request);
	http_exchange_release(&asking->exchange);
}

void asking_start(struct asking *asking, struct http_loop *loop)
{
	struct err err = { 0 };

	asking->busy = true;
	if (http_loop_start(loop, &asking->exchange, &asking->request, asking->not_before, &err))
		return;
	asking->exchange.state = HTTP_FAILED;
	asking->exchange.err = err;
}

bool asking_take(struct asking *asking)
{
	const struct http_exchange *exchange = &asking->exchange;

	if (!asking->busy || exchange->handle ||
	    (exchange->state != HTTP_DONE && exchange->state != HTTP_FAILED))
		return false;
	asking->busy = false;
	page_clear(&asking->page);
	return true;
}

bool asking_again(struct asking *asking, struct http_loop *loop, const struct err *failure)
{
	/* what is paid for by the piece is not paid for twice */
	bool broken = asking->exchange.state == HTTP_DONE && failure->code == ERR_NETWORK &&
		      asking->exchange.answer.status == 200 && !is_paid(asking);
	int64_t now = clock_now();

	if (failure->code == ERR_RATE) {
		asking->not_before = failure->retry_at > now ? failure->retry_at
							     : now + LIMIT_PAUSE_MS;
		if (asking->not_before - now > LONGEST_WAIT_MS || asking->waits++ >= MAX_WAITS)
			return false;
	} else if (broken && asking->failures++ < MAX_FAILURES) {
		asking->not_before = now + PAUSE_MS;
	} else {
		return false;
	}
	asking_start(asking, loop);
	return true;
}

/* ---- what is kept ---- */

/* A run without a tag: no hashtag was walked. */
static bool begin_run(struct asking *asking, struct store *store, struct err *err)
{
	const struct ledger_key key = {
		.source = asking->source->name.buf,
		.auth = asking->source->token.len > 0 ? "token" : "anonymous",
		.tag = "",
	};

	if (!is_paid(asking) || asking->run.id != 0)
		return true;
	asking->run.started = clock_now();
	return ledger_run_begin(store, &key, asking->run.started, &asking->run.id, err);
}

static int64_t count_cost(struct asking *asking)
{
	const struct page *page = &asking->page;
	int64_t cost = 0;

	if (is_paid(asking))
		cost = price_of(asking->price, page->billed_posts, page->billed_authors);

	asking->run.pages++;
	asking->run.dropped += (int64_t)page->dropped;
	asking->run.billed_posts += (int64_t)page->billed_posts;
	asking->run.billed_authors += (int64_t)page->billed_authors;
	asking->run.spent_micros += cost;
	return cost;
}

static bool put_replies(const struct asking_keep *keep, const struct page *page, struct err *err)
{
	for (size_t i = 0; i < keep->tag_count; i++)
		if (!store_put_replies(keep->store, page, keep->tags[i], err))
			return false;
	return true;
}

static bool keep_all(struct asking *asking, const struct asking_keep *keep, struct put_report *put,
		     struct err *err)
{
	const struct http_answer *answer = &asking->exchange.answer;
	const struct page *page = &asking->page;
	const char *source = asking->source->name.buf;
	int64_t answer_id = 0;
	const struct evidence evidence = {
		.source = source,
		.url = keep->url,
		.status = answer->status,
		.fetched = answer->received,
		.bytes = answer->body.buf,
		.len = answer->body.len,
		.cuts = page->cuts,
		.cut_count = page->cut_count,
	};

	return store_put_answer(keep->store, &evidence, &answer_id, err) &&
	       store_put_page(keep->store, page, source, NULL, answer_id, answer->received, put,
			      err) &&
	       put_replies(keep, page, err);
}

static bool put_run(struct asking *asking, const struct put_report *before,
		    const struct put_report *after, struct store *store, struct err *err)
{
	asking->run.fresh += (int64_t)(after->fresh - before->fresh);
	asking->run.known += (int64_t)(after->known - before->known);
	return asking->run.id == 0 || ledger_run_put(store, &asking->run, err);
}

bool asking_keep(struct asking *asking, const struct asking_keep *keep, int64_t *spent,
		 struct err *err)
{
	struct put_report put = *keep->put;
	struct store *store = keep->store;

	*spent += count_cost(asking);
	asking->waits = asking->failures = 0;
	asking->not_before = asking->page.wait_until;
	if (!store_begin(store, err))
		return false;
	if (!begin_run(asking, store, err) || !keep_all(asking, keep, &put, err) ||
	    !put_run(asking, keep->put, &put, store, err) || !store_commit(store, err)) {
		store_rollback(store);
		return false;
	}
	*keep->put = put;
	return true;
}

bool asking_end(struct asking *asking, struct store *store, struct err *err)
{
	if (asking->run.id == 0)
		return true;
	asking->run.ended = clock_now();
	asking->run.outcome = RUN_DONE;
	return ledger_run_put(store, &asking->run, err);
}
