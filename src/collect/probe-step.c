#include "archive/collect/probe-step.h"

#include "archive/base/clock.h"
#include "archive/source/standing.h"

static bool speaks_mastodon(const struct probe_asking *asking)
{
	return asking->view->source->ops->network == NETWORK_MASTODON;
}

void probe_say(struct probe_asking *asking, const struct err *err)
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

static void take_limits(struct probe_asking *asking)
{
	struct probe_view *view = asking->view;

	if (asking->page.remaining < 0)
		return;
	view->remaining = asking->page.remaining;
	view->limit_ends = asking->page.limit_ends;
}

/* What is not clear yet once the page has been refused, is empty, or came with a credential. */
static enum probe_step after_page(const struct probe_asking *asking, bool refused)
{
	const struct probe_view *view = asking->view;

	if (!view->signed_in)
		return speaks_mastodon(asking) && (refused || view->posts == 0) ? STEP_INSTANCE
										: STEP_END;
	if (!asking->options->thorough)
		return STEP_END;
	return speaks_mastodon(asking) && view->token == PROBE_YES ? STEP_ACCOUNT : STEP_GUEST;
}

static enum probe_step renew(struct probe_asking *asking)
{
	asking->renewed = true;
	signin_expire(&asking->signin);
	return STEP_SESSION;
}

static enum probe_step take_page(struct probe_asking *asking, struct err *err)
{
	struct probe_view *view = asking->view;
	enum probe_word *allowed = view->signed_in ? &view->token : &view->anonymous;

	if (!view->source->ops->parse(asking->self, &asking->exchange.answer, &asking->page, err)) {
		if (err->code == ERR_EXPIRED && !asking->renewed)
			return renew(asking);
		*allowed = err->code == ERR_AUTH ? PROBE_NO : PROBE_UNTOLD;
		probe_say(asking, err);
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

static enum probe_step take_session(struct probe_asking *asking, struct err *err)
{
	struct probe_view *view = asking->view;

	if (signin_take(&asking->signin, &asking->exchange.answer, err))
		return signin_is_due(&asking->signin, clock_now()) ? STEP_SESSION : STEP_PAGE;
	view->token = err->code == ERR_AUTH ? PROBE_NO : PROBE_UNTOLD;
	probe_say(asking, err);
	return err->code == ERR_AUTH && asking->options->thorough ? STEP_GUEST : STEP_END;
}

static enum probe_step take_guest_page(struct probe_asking *asking, struct err *err)
{
	struct probe_view *view = asking->view;

	if (view->source->ops->parse(&asking->guest, &asking->exchange.answer, &asking->page, err))
		view->anonymous = PROBE_YES;
	else if (err->code == ERR_AUTH)
		view->anonymous = PROBE_NO;
	return STEP_END;
}

static enum probe_step take_credit(struct probe_asking *asking, struct err *err)
{
	struct probe_view *view = asking->view;
	struct credit credit;

	if (!standing_read_credit(view->source, &asking->exchange.answer, &credit, err)) {
		view->token = err->code == ERR_AUTH ? PROBE_NO : PROBE_UNTOLD;
		probe_say(asking, err);
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
		probe_say(asking, err);
	}
	return STEP_END;
}

/* Some feed is not for everybody: then in the words that fit. */
static void tell_feeds(struct probe_asking *asking, const struct feeds *feeds)
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
		probe_say(asking, &err);
	str_release(&variable);
}

static enum probe_step take_instance(struct probe_asking *asking, struct err *err)
{
	struct feeds feeds;

	if (standing_read_instance(asking->view->source, &asking->exchange.answer, &feeds, err))
		tell_feeds(asking, &feeds);
	return STEP_END;
}

static enum probe_step take_account(struct probe_asking *asking, struct err *err)
{
	struct probe_view *view = asking->view;
	struct str name = STR_INIT;

	if (standing_read_account(view->source, &asking->exchange.answer, &name, err)) {
		if (name.len > 0)
			view->account = arena_strdup(asking->arena, name.buf);
	} else if (err->code == ERR_AUTH) {
		view->token = PROBE_NO;
		probe_say(asking, err);
	}
	str_release(&name);
	return STEP_GUEST;
}

enum probe_step probe_step_take(struct probe_asking *asking, struct err *err)
{
	page_clear(&asking->page);
	switch (asking->step) {
	case STEP_SESSION:
		return take_session(asking, err);
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
