#include "archive/source/misskey.h"

#include <string.h>

#include "archive/source/intake.h"

#define DAY_SECONDS (INT64_C(24) * 3600)

/* What a refusal is told with. */
struct refusal {
	const char *name;     /* the source's */
	const char *variable; /* where its token comes from */
	const char *code;     /* "RATE_LIMIT_EXCEEDED", or "" */
	const char *message;  /* the server's words, quoted, or "" */
	bool signed_in;
};

/* Milliseconds in the digits behind a decimal point, rounded up. */
static int64_t read_fraction(const char *digits)
{
	int64_t ms = 0;

	for (int64_t unit = 100; *digits >= '0' && *digits <= '9'; digits++, unit /= 10)
		ms += unit ? (*digits - '0') * unit : 0;
	return ms + 1;
}

/* "12", "0.35": seconds from now on, as UTC ms; 0 = not told, or not believed: more than a day. */
static int64_t relative_time(const struct http_answer *answer, const char *header)
{
	struct str value = STR_INIT;
	int64_t seconds = 0, ms = 0;
	bool told = http_answer_header(answer, header, &value);
	char *point = strchr(value.buf, '.');

	if (point) {
		ms = read_fraction(point + 1);
		str_truncate(&value, (size_t)(point - value.buf));
	}
	told = told && str_to_int(value.buf, 0, DAY_SECONDS, &seconds);
	str_release(&value);
	return told ? answer->received + seconds * 1000 + ms : 0;
}

/* Sharkey's headers, "-Reset" only when it blocks. */
static int64_t reset_time(const struct http_answer *answer)
{
	int64_t at = relative_time(answer, "X-RateLimit-Reset");

	return at ? at : relative_time(answer, "X-RateLimit-Clear");
}

/* Retry-After first: older builds of Sharkey tell the other one in milliseconds. */
static int64_t retry_time(const struct http_answer *answer)
{
	int64_t at = http_answer_retry_after(answer);

	if (at > answer->received && at <= answer->received + DAY_SECONDS * 1000)
		return at;
	return reset_time(answer);
}

void misskey_limits(const struct http_answer *answer, struct page *page)
{
	struct str value = STR_INIT;
	int64_t left;

	if (http_answer_header(answer, "X-RateLimit-Remaining", &value) &&
	    str_to_int(value.buf, 0, INT32_MAX, &left)) {
		page->remaining = left;
		if (!left)
			page->wait_until = reset_time(answer);
	}
	str_release(&value);
}

static bool unauthorized(const struct refusal *r, struct err *err)
{
	if (!r->signed_in)
		return err_set(err, ERR_AUTH,
			       "%s shows nothing without an account%s: put a token in %s", r->name,
			       r->message, r->variable);
	return err_set(err, ERR_AUTH,
		       "%s does not accept the token in %s%s: make a new one in the account's "
		       "settings, under API",
		       r->name, r->variable, r->message);
}

static bool forbidden(const struct refusal *r, struct err *err)
{
	if (!r->signed_in || str_same(r->code, "AUTHENTICATION_FAILED"))
		return unauthorized(r, err);
	return err_set(err, ERR_AUTH,
		       "%s forbids this to the token in %s%s: make one that may view the account's "
		       "information",
		       r->name, r->variable, r->message);
}

static bool too_many(const struct refusal *r, const struct http_answer *answer, struct err *err)
{
	err_set(err, ERR_RATE, "%s asks to wait: too many requests", r->name);
	err->retry_at = retry_time(answer);
	return false;
}

/* Client errors that have a meaning of their own are all of status 400 (apis.md 4.4). */
static bool tell_by_code(const struct source *source, const struct refusal *r,
			 const struct http_answer *answer, struct err *err)
{
	if (str_same(r->code, "NO_SUCH_NOTE"))
		return err_set(err, ERR_NOT_FOUND, "%s has no such note, or not any more", r->name);
	if (str_same(r->code, "CONTENT_RESTRICTED_BY_USER"))
		return err_set(err, ERR_NOT_FOUND,
			       "%s does not show this note: its author wants to be read by those "
			       "signed in alone",
			       r->name);
	if (str_same(r->code, "CONTENT_RESTRICTED_BY_SERVER"))
		return err_set(
			err, ERR_AUTH,
			"%s shows notes of other servers to accounts only: put a token in %s, "
			"or ask the server that the note lives on",
			r->name, r->variable);
	if (str_same(r->code, "CREDENTIAL_REQUIRED") || str_same(r->code, "AUTHENTICATION_FAILED"))
		return unauthorized(r, err);
	if (str_same(r->code, "RATE_LIMIT_EXCEEDED"))
		return too_many(r, answer, err);
	if (str_same(r->code, "INVALID_PARAM"))
		return err_set(err, ERR_MALFORMED,
			       "%s does not understand the request%s: does it speak Misskey's API?",
			       r->name, r->message);
	return source_refused(source, answer, err);
}

static bool tell(const struct source *source, const struct refusal *r,
		 const struct http_answer *answer, struct err *err)
{
	switch (answer->status) {
	case 401:
		return unauthorized(r, err);
	case 403:
		return forbidden(r, err);
	case 404:
	case 405:
		return err_set(err, ERR_NOT_FOUND,
			       "%s has no Misskey API (status %d): is the name right?", r->name,
			       answer->status);
	case 410:
		return err_set(
			err, ERR_NOT_FOUND,
			"%s says that this is gone for good (status 410): leave this source out",
			r->name);
	case 429:
		return too_many(r, answer, err);
	default:
		return tell_by_code(source, r, answer, err);
	}
}

bool misskey_deny(const struct source *source, const struct http_answer *answer, struct err *err)
{
	static const char *const codes[] = { "error.code", NULL };
	static const char *const messages[] = { "error.message", "message", "error", NULL };
	struct arena arena = ARENA_INIT;
	struct str variable = STR_INIT;
	const char *code = intake_message(&arena, answer, codes);
	const char *message = intake_message(&arena, answer, messages);

	source_token_name(source, &variable);
	tell(source,
	     &(struct refusal){
		     .name = source->name.buf,
		     .variable = variable.buf,
		     .code = code ? code : "",
		     .message = message ? arena_printf(&arena, " (\"%s\")", message) : "",
		     .signed_in = source->token.len > 0,
	     },
	     answer, err);
	str_release(&variable);
	arena_release(&arena);
	return false;
}
