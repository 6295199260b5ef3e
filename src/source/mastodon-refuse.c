#include "archive/source/mastodon.h"

#include <string.h>

#include "archive/source/intake.h"

#define SCOPE "read:statuses"

/* What a refusal is told with. */
struct refusal {
	const char *name;     /* the source's */
	const char *variable; /* where its token comes from */
	const char *message;  /* the server's words, quoted, or "" */
	bool signed_in;
	int status;
};

static bool unauthorized(const struct refusal *r, struct err *err)
{
	if (!r->signed_in)
		return err_set(err, ERR_AUTH, "%s wants an account: put a token in %s", r->name,
			       r->variable);
	return err_set(err, ERR_AUTH,
		       "%s does not accept the token in %s%s: make a new one with the scope %s",
		       r->name, r->variable, r->message, SCOPE);
}

static bool forbidden(const struct refusal *r, struct err *err)
{
	if (!r->signed_in)
		return err_set(err, ERR_AUTH,
			       "%s shows nothing without an account%s: put a token in %s", r->name,
			       r->message, r->variable);
	return err_set(err, ERR_AUTH, "%s forbids this to the token in %s%s: it needs the scope %s",
		       r->name, r->variable, r->message, SCOPE);
}

/* Mastodon 4.5 and later answer so when hashtags are for accounts only, to a token of an
 * application, too. */
static bool wants_user(const struct refusal *r, struct err *err)
{
	if (!r->signed_in)
		return err_set(err, ERR_AUTH,
			       "%s shows hashtags to accounts only: put a token of yours in %s",
			       r->name, r->variable);
	return err_set(err, ERR_AUTH,
		       "%s wants the token of an account, and that in %s belongs to an application "
		       "alone: make one in "
		       "the account's preferences, under development",
		       r->name, r->variable);
}

static bool is_about_users(const char *message)
{
	return strstr(message, "authenticated user") != NULL;
}

static bool tell(const struct source *source, const struct refusal *r,
		 const struct http_answer *answer, struct err *err)
{
	switch (r->status) {
	case 401:
		return unauthorized(r, err);
	case 403:
		return forbidden(r, err);
	case 422:
		if (is_about_users(r->message))
			return wants_user(r, err);
		return source_refused(source, answer, err);
	case 404:
		return err_set(err, ERR_NOT_FOUND,
			       "%s has no Mastodon API (status 404): is the name right?", r->name);
	case 410:
		return err_set(
			err, ERR_NOT_FOUND,
			"%s says that this is gone for good (status 410): leave this source out",
			r->name);
	case 429:
		err_set(err, ERR_RATE, "%s asks to wait: too many requests", r->name);
		err->retry_at = intake_retry_at(answer, "X-RateLimit-Reset");
		return false;
	default:
		return source_refused(source, answer, err);
	}
}

bool mastodon_deny(const struct source *source, const struct http_answer *answer, struct err *err)
{
	static const char *const paths[] = { "error_description", "error", NULL };
	struct arena arena = ARENA_INIT;
	struct str variable = STR_INIT;
	const char *message = intake_message(&arena, answer, paths);

	source_token_name(source, &variable);
	tell(source,
	     &(struct refusal){
		     .name = source->name.buf,
		     .variable = variable.buf,
		     .message = message ? arena_printf(&arena, " (\"%s\")", message) : "",
		     .signed_in = source->token.len > 0,
		     .status = answer->status,
	     },
	     answer, err);
	str_release(&variable);
	arena_release(&arena);
	return false;
}
