#include "archive/collect/login.h"

#include "archive/collect/probe.h"
#include "archive/source/session.h"

#define STEP_MS 1000
#define ANY_TAG "archive" /* some hashtag: it is not about the posts */

/* One question and its answer. */
static bool ask(struct http_loop *loop, struct http_exchange *exchange,
		const struct http_request *request, struct err *err)
{
	if (!http_loop_start(loop, exchange, request, 0, err))
		return false;
	while (http_loop_step(loop, STEP_MS) != exchange)
		;
	if (exchange->state == HTTP_DONE)
		return true;
	*err = exchange->err;
	return false;
}

bool login_begin(struct http_loop *loop, const struct source *source, struct login_app *app,
		 struct str *page, struct err *err)
{
	struct http_request request = HTTP_REQUEST_INIT;
	struct http_exchange exchange = HTTP_EXCHANGE_INIT;
	bool ok;

	login_ask_app(source, &request);
	ok = ask(loop, &exchange, &request, err) &&
	     login_read_app(source, &exchange.answer, app, err);
	if (ok)
		login_page(source, app, page);
	http_exchange_release(&exchange);
	http_request_release(&request);
	return ok;
}

bool login_finish(struct http_loop *loop, struct source *source, const struct login_app *app,
		  const char *code, struct err *err)
{
	struct http_request request = HTTP_REQUEST_INIT;
	struct http_exchange exchange = HTTP_EXCHANGE_INIT;
	bool ok;

	login_ask_token(source, app, code, &request);
	str_clear(&source->token);
	ok = ask(loop, &exchange, &request, err) &&
	     login_read_token(source, &exchange.answer, &source->token, err);
	http_exchange_release(&exchange);
	http_request_release(&request);
	return ok;
}

bool login_try_session(struct http_loop *loop, const struct source *source, struct err *err)
{
	const struct session_ops *ops = source->ops->session;
	struct http_request request = HTTP_REQUEST_INIT;
	struct http_exchange exchange = HTTP_EXCHANGE_INIT;
	struct session session = SESSION_INIT;
	bool ok;

	ok = ops->open(source, &request, err) && ask(loop, &exchange, &request, err) &&
	     ops->take(source, &exchange.answer, &session, err);
	session_release(&session);
	http_exchange_release(&exchange);
	http_request_release(&request);
	return ok;
}

bool login_try_token(struct http_loop *loop, struct source *source, struct str *account, bool *sure,
		     struct err *err)
{
	const struct probe_options options = {
		.tag = ANY_TAG,
		.sources = source,
		.source_count = 1,
		.thorough = true,
	};
	struct probe_result result;
	const struct probe_view *view;
	bool ok;

	probe_ask(loop, &options, &result);
	view = &result.views[0];
	ok = view->token != PROBE_NO && (view->token == PROBE_YES || view->state == PROBE_FINE);
	*sure = view->token == PROBE_YES;
	if (ok && view->account)
		str_add(account, view->account);
	if (!ok)
		err_set(err, view->token == PROBE_NO ? ERR_AUTH : ERR_NETWORK, "%s",
			view->why ? view->why : "it does not answer");
	probe_result_release(&result);
	return ok;
}
