#include "archive/collect/probe.h"

#include <stdlib.h>

#include "archive/base/clock.h"
#include "archive/base/mem.h"
#include "archive/collect/probe-step.h"
#include "archive/source/standing.h"

#define STEP_MS 1000

static bool ask_for_page(const struct source *source, struct probe_asking *asking, struct err *err)
{
	const struct query query = { .tag = asking->options->tag, .now = clock_now() };
	const struct position position = { 0 };

	return source->ops->request(source, &query, &position, &asking->request, err);
}

static bool make_request(struct probe_asking *asking, struct err *err)
{
	const struct source *source = asking->self;

	switch (asking->step) {
	case STEP_SESSION:
		return signin_request(&asking->signin, &asking->request, err);
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

static void ask(struct probe_asking *asking, struct http_loop *loop)
{
	struct err err = { 0 };

	if (asking->step == STEP_END)
		return;
	http_request_clear(&asking->request);
	if (make_request(asking, &err) &&
	    http_loop_start(loop, &asking->exchange, &asking->request, 0, &err))
		return;
	probe_say(asking, &err);
	asking->step = STEP_END;
}

static void take(struct probe_asking *asking, struct http_loop *loop)
{
	struct probe_view *view = asking->view;
	struct err err = { 0 };

	if (asking->exchange.state == HTTP_DONE) {
		view->reached = PROBE_YES;
		asking->step = probe_step_take(asking, &err);
	} else {
		if (view->reached == PROBE_UNTOLD) {
			view->reached = PROBE_NO;
			probe_say(asking, &asking->exchange.err);
		}
		asking->step = STEP_END;
	}
	ask(asking, loop);
}

/* What never answers without a credential is not asked. */
static void refuse_without_token(struct probe_asking *asking)
{
	const struct source *source = asking->view->source;
	struct str variable = STR_INIT;
	struct err err = { 0 };

	source_token_name(source, &variable);
	err_set(&err, ERR_AUTH, "%s never answers without a token: put one in %s", source->name.buf,
		variable.buf);
	asking->view->anonymous = PROBE_NO;
	probe_say(asking, &err);
	str_release(&variable);
	asking->step = STEP_END;
}

static bool has_login(const struct source *source)
{
	return source->ops->session && source->token.len == 0 && source->login.len > 0 &&
	       source->password.len > 0;
}

static enum probe_step first_step(struct probe_asking *asking)
{
	if (asking->self->ops->flags & SOURCE_IS_PAID)
		return STEP_CREDIT;
	return signin_is_due(&asking->signin, clock_now()) ? STEP_SESSION : STEP_PAGE;
}

static void begin(struct probe_asking *asking, struct http_loop *loop)
{
	const struct source *source = asking->view->source;

	if (source->ops->flags & SOURCE_NEEDS_TOKEN && source->token.len == 0) {
		refuse_without_token(asking);
		return;
	}
	asking->step = first_step(asking);
	ask(asking, loop);
}

static void set_up(struct probe_asking *asking, const struct probe_options *options, size_t i,
		   struct probe_result *result)
{
	struct source *source = &options->sources[i];
	struct probe_view *view = &result->views[i];
	struct err ignored = { 0 };

	*asking = (struct probe_asking){
		.options = options,
		.view = view,
		.arena = &result->arena,
		.self = source,
		.guest = SOURCE_INIT,
		.request = HTTP_REQUEST_INIT,
		.exchange = HTTP_EXCHANGE_INIT,
		.page = PAGE_INIT,
	};
	asking->exchange.owner = asking;
	signin_init(&asking->signin, source, options->state);
	if (!source_parse(&asking->guest, source->name.buf, &ignored))
		asking->guest.ops = source->ops; /* its own name is always understood */
	*view = (struct probe_view){
		.source = source,
		.signed_in = source->token.len > 0 || has_login(source),
		.paid = (source->ops->flags & SOURCE_IS_PAID) != 0,
		.posts = -1,
		.remaining = -1,
	};
}

static void asking_release(struct probe_asking *asking)
{
	http_request_release(&asking->request);
	http_exchange_release(&asking->exchange);
	page_release(&asking->page);
	signin_release(&asking->signin);
	source_release(&asking->guest);
}

static bool any_is_under_way(const struct probe_asking *askings, size_t count)
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
	struct probe_asking *askings = xcalloc(count, sizeof(*askings));

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
