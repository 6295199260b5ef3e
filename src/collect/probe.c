#include "archive/collect/probe.h"

#include <stdlib.h>

#include "archive/base/clock.h"
#include "archive/base/mem.h"
#include "archive/source/standing.h"

#define STEP_MS 1000

/* What a source is asked next. */
enum step {
	STEP_PAGE,     /* the tag's first page, as a fetch would ask for it */
	STEP_CREDIT,   /* what is left of the money, in the place of a page that costs */
	STEP_INSTANCE, /* to whom it shows hashtags */
	STEP_ACCOUNT,  /* whose token it is */
	STEP_GUEST,    /* the first page without a credential */
	STEP_END,
};

/* One source on its way. */
struct asking {
	const struct probe_options *options;
	struct probe_view *view;
	struct arena *arena;
	struct source guest; /* the same source without its credentials; borrows, is not released */
	enum step step;
	struct http_request request;
	struct http_exchange exchange;
	struct page page;
};

static bool speaks_mastodon(const struct asking *asking)
{
	return asking->view->source->ops->network == NETWORK_MASTODON;
}

static void say(struct asking *asking, const struct err *err)
{
	struct probe_view *view = asking->view;

	view->state = PROBE_FAILED;
	if (err->code == ERR_AUTH && !view->source->named && !view->signed_in)
		view->state = PROBE_REFUSED;
	view->why = arena_strdup(asking->arena, err->msg);
	if (err->code == ERR_RATE) {
		view->remaining = 0;
		view->limit_ends = err->retry_at;
	}
}

static bool ask_for_page(const struct source *source, struct asking *asking, struct err *err)
{
	const struct query query = { .tag = asking->options->tag, .now = clock_now() };
	const struct position position = { 0 };

	return source->ops->request(source, &query, &position, &asking->request, err);
}

static bool make_request(struct asking *asking, struct err *err)
{
	const struct source *source = asking->view->source;

	switch (asking->step) {
	case STEP_PAGE:
		return ask_for_page(source, asking, err);
	case STEP_GUEST:
		return ask_for_page(&asking->guest, asking, err);
	case STEP_CREDIT:
		standing_ask_credit(source, &asking->request);
		return true;
	case STEP_INSTANCE:
		standing_ask_instance(source, &asking->request);
		return true;
	case STEP_ACCOUNT:
		standing_ask_account(source, &asking->request);
		return true;
	case STEP_END:
		break;
	}
	return false;
}

static void ask(struct asking *asking, struct http_loop *loop)
{
	struct err err = { 0 };

	if (asking->step == STEP_END)
		return;
	http_request_clear(&asking->request);
	if (make_request(asking, &err) &&
	    http_loop_start(loop, &asking->exchange, &asking->request, 0, &err))
		return;
	say(asking, &err);
	asking->step = STEP_END;
}

static void take_limits(struct asking *asking)
{
	struct probe_view *view = asking->view;

	if (asking->page.remaining < 0)
		return;
	view->remaining = asking->page.remaining;
	view->limit_ends = asking->page.limit_ends;
}

/* What is not clear yet once the page has been refused, is empty, or came with a credential. */
static enum step after_page(const struct asking *asking, bool refused)
{
	const struct probe_view *view = asking->view;

	if (!view->signed_in)
		return speaks_mastodon(asking) && (refused || view->posts == 0) ? STEP_INSTANCE
										: STEP_END;
	if (!asking->options->thorough)
		return STEP_END;
	return speaks_mastodon(asking) && view->token == PROBE_YES ? STEP_ACCOUNT : STEP_GUEST;
}

static enum step take_page(struct asking *asking, struct err *err)
{
	struct probe_view *view = asking->view;
	enum probe_word *allowed = view->signed_in ? &view->token : &view->anonymous;

	if (!view->source->ops->parse(view->source, &asking->exchange.answer, &asking->page, err)) {
		*allowed = err->code == ERR_AUTH ? PROBE_NO : PROBE_UNTOLD;
		say(asking, err);
		return err->code == ERR_AUTH ? after_page(asking, true) : STEP_END;
	}
	*allowed = PROBE_YES;
	view->state = PROBE_FINE;
	view->posts = (int64_t)asking->page.matched;
	view->newest = asking->page.newest;
	view->oldest = asking->page.oldest;
	take_limits(asking);
	return after_page(asking, false);
}

static enum step take_guest_page(struct asking *asking, struct err *err)
{
	struct probe_view *view = asking->view;

	if (view->source->ops->parse(&asking->guest, &asking->exchange.answer, &asking->page, err))
		view->anonymous = PROBE_YES;
	else if (err->code == ERR_AUTH)
		view->anonymous = PROBE_NO;
	return STEP_END;
}

static enum step take_credit(struct asking *asking, struct err *err)
{
	struct probe_view *view = asking->view;
	struct credit credit;

	if (!standing_read_credit(view->source, &asking->exchange.answer, &credit, err)) {
		view->token = err->code == ERR_AUTH ? PROBE_NO : PROBE_UNTOLD;
		say(asking, err);
		return STEP_END;
	}
	view->state = PROBE_FINE;
	view->token = credit.told ? PROBE_YES : PROBE_UNTOLD;
	view->balance_told = credit.told;
	view->balance_micros = credit.micros;
	if (credit.told && credit.micros <= 0) {
		err_set(err, ERR_PAYMENT,
			"%s: the account has no credit left: buy some in the developer console",
			view->source->name.buf);
		say(asking, err);
	}
	return STEP_END;
}

/* Some feed is not for everybody: then in the words that fit. */
static void tell_feeds(struct asking *asking, const struct feeds *feeds)
{
	const struct source *source = asking->view->source;
	const char *name = source->name.buf;
	struct str variable = STR_INIT;
	struct err err = { 0 };

	source_token_name(source, &variable);
	if (feeds->own == OPENNESS_NOBODY && feeds->foreign == OPENNESS_NOBODY)
		err_set(&err, ERR_NOT_FOUND, "%s shows hashtags to nobody: leave this source out",
			name);
	else if (feeds->own == OPENNESS_EVERYBODY && feeds->foreign == OPENNESS_ACCOUNTS)
		err_set(&err, ERR_AUTH,
			"%s shows its own posts only to those without an account: put a token of "
			"yours in %s",
			name, variable.buf);
	else if (feeds->own == OPENNESS_ACCOUNTS || feeds->foreign == OPENNESS_ACCOUNTS)
		err_set(&err, ERR_AUTH,
			"%s shows hashtags to accounts only: put a token of yours in %s", name,
			variable.buf);
	if (err.code != ERR_NONE)
		say(asking, &err);
	str_release(&variable);
}

static enum step take_instance(struct asking *asking, struct err *err)
{
	struct feeds feeds;

	if (standing_read_instance(asking->view->source, &asking->exchange.answer, &feeds, err))
		tell_feeds(asking, &feeds);
	return STEP_END;
}

static enum step take_account(struct asking *asking, struct err *err)
{
	struct probe_view *view = asking->view;
	struct str name = STR_INIT;

	if (standing_read_account(view->source, &asking->exchange.answer, &name, err)) {
		if (name.len > 0)
			view->account = arena_strdup(asking->arena, name.buf);
	} else if (err->code == ERR_AUTH) {
		view->token = PROBE_NO;
		say(asking, err);
	}
	str_release(&name);
	return STEP_GUEST;
}

/* Reads the answer; what is to be asked then. */
static enum step take_answer(struct asking *asking, struct err *err)
{
	page_clear(&asking->page);
	switch (asking->step) {
	case STEP_PAGE:
		return take_page(asking, err);
	case STEP_GUEST:
		return take_guest_page(asking, err);
	case STEP_CREDIT:
		return take_credit(asking, err);
	case STEP_INSTANCE:
		return take_instance(asking, err);
	case STEP_ACCOUNT:
		return take_account(asking, err);
	case STEP_END:
		break;
	}
	return STEP_END;
}

static void take(struct asking *asking, struct http_loop *loop)
{
	struct probe_view *view = asking->view;
	struct err err = { 0 };

	if (asking->exchange.state == HTTP_DONE) {
		view->reached = PROBE_YES;
		asking->step = take_answer(asking, &err);
	} else {
		if (view->reached == PROBE_UNTOLD) {
			view->reached = PROBE_NO;
			say(asking, &asking->exchange.err);
		}
		asking->step = STEP_END;
	}
	ask(asking, loop);
}

/* What never answers without a credential is not asked. */
static void refuse_without_token(struct asking *asking)
{
	const struct source *source = asking->view->source;
	struct str variable = STR_INIT;
	struct err err = { 0 };

	source_token_name(source, &variable);
	err_set(&err, ERR_AUTH, "%s never answers without a token: put one in %s", source->name.buf,
		variable.buf);
	asking->view->anonymous = PROBE_NO;
	say(asking, &err);
	str_release(&variable);
	asking->step = STEP_END;
}

static void begin(struct asking *asking, struct http_loop *loop)
{
	const struct source *source = asking->view->source;

	if (source->ops->flags & SOURCE_NEEDS_TOKEN && source->token.len == 0) {
		refuse_without_token(asking);
		return;
	}
	asking->step = source->ops->flags & SOURCE_IS_PAID ? STEP_CREDIT : STEP_PAGE;
	ask(asking, loop);
}

static void set_up(struct asking *asking, const struct probe_options *options, size_t i,
		   struct probe_result *result)
{
	const struct source *source = &options->sources[i];
	const struct source nobody = SOURCE_INIT;
	struct probe_view *view = &result->views[i];

	*asking = (struct asking){
		.options = options,
		.view = view,
		.arena = &result->arena,
		.guest = *source,
		.request = HTTP_REQUEST_INIT,
		.exchange = HTTP_EXCHANGE_INIT,
		.page = PAGE_INIT,
	};
	asking->exchange.owner = asking;
	asking->guest.token = nobody.token;
	asking->guest.login = nobody.login;
	asking->guest.password = nobody.password;
	*view = (struct probe_view){
		.source = source,
		.signed_in = source->token.len > 0,
		.paid = (source->ops->flags & SOURCE_IS_PAID) != 0,
		.posts = -1,
		.remaining = -1,
	};
}

static void asking_release(struct asking *asking)
{
	http_request_release(&asking->request);
	http_exchange_release(&asking->exchange);
	page_release(&asking->page);
}

static bool any_is_under_way(const struct asking *askings, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (askings[i].step != STEP_END)
			return true;
	return false;
}

void probe_ask(struct http_loop *loop, const struct probe_options *options,
	       struct probe_result *result)
{
	size_t count = options->source_count;
	struct asking *askings = xcalloc(count, sizeof(*askings));

	*result = (struct probe_result){ .arena = ARENA_INIT, .count = count };
	result->views = xcalloc(count, sizeof(*result->views));
	for (size_t i = 0; i < count; i++) {
		set_up(&askings[i], options, i, result);
		begin(&askings[i], loop);
	}
	while (any_is_under_way(askings, count)) {
		struct http_exchange *exchange = http_loop_step(loop, STEP_MS);

		if (exchange)
			take(exchange->owner, loop);
	}
	for (size_t i = 0; i < count; i++)
		asking_release(&askings[i]);
	free(askings);
}

int probe_exit_status(const struct probe_result *result)
{
	size_t fine = 0;
	size_t failed = 0;

	for (size_t i = 0; i < result->count; i++) {
		fine += result->views[i].state == PROBE_FINE;
		failed += result->views[i].state == PROBE_FAILED;
	}
	if (fine == 0)
		return 1;
	return failed > 0 ? 3 : 0;
}

void probe_result_release(struct probe_result *result)
{
	arena_release(&result->arena);
	free(result->views);
	*result = (struct probe_result){ 0 };
}
