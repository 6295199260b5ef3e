#include "archive/source/bluesky.h"

#include <string.h>

#include "archive/base/mem.h"
#include "archive/source/intake.h"

/* What a refusal is told with. */
struct refusal {
	const char *name;    /* the source's */
	const char *error;   /* the server's word for it: "ExpiredToken"; "" = none */
	const char *message; /* the server's words, quoted, or "" */
	bool signed_in;
};

static bool is_error(const struct refusal *r, const char *error)
{
	return str_same(r->error, error);
}

static bool expired(const struct refusal *r, struct err *err)
{
	return err_set(err, ERR_EXPIRED, "%s: the session has ended%s: sign in again", r->name,
		       r->message);
}

static bool unauthorized(const struct refusal *r, struct err *err)
{
	if (!r->signed_in)
		return err_set(err, ERR_AUTH, "%s wants an account: put %s", r->name,
			       BLUESKY_CREDENTIALS);
	return err_set(err, ERR_AUTH,
		       "%s does not accept the session%s: is the app password in "
		       "ARCHIVE_BLUESKY_PASSWORD still there, in the settings of Bluesky?",
		       r->name, r->message);
}

/* As JSON it is the search that refuses; as a web page it is what stands before the server. */
static bool forbidden(const struct refusal *r, bool json, struct err *err)
{
	if (!r->signed_in && json)
		return err_set(err, ERR_AUTH, "Bluesky shows strangers only its first page: put %s",
			       BLUESKY_CREDENTIALS);
	if (!r->signed_in)
		return err_set(err, ERR_AUTH,
			       "%s shows strangers nothing (status 403): ask the source bluesky, "
			       "and put %s",
			       r->name, BLUESKY_CREDENTIALS);
	if (json)
		return err_set(err, ERR_AUTH, "%s forbids the search to this account%s", r->name,
			       r->message);
	return err_set(err, ERR_AUTH,
		       "%s turns this computer's network address away (status 403): ask the source "
		       "bluesky without an address, or fetch from another network",
		       r->name);
}

static bool misunderstood(const struct refusal *r, struct err *err)
{
	if (strcasestr(r->message, "cursor"))
		return err_set(err, ERR_MALFORMED,
			       "%s does not know its own next page any more%s: the same command "
			       "goes on",
			       r->name, r->message);
	return err_set(err, ERR_MALFORMED, "%s does not understand the request%s", r->name,
		       r->message);
}

static bool too_many(const struct refusal *r, const struct http_answer *answer, struct err *err)
{
	err_set(err, ERR_RATE, "%s asks to wait: too many requests", r->name);
	err->retry_at = intake_retry_at(answer, "RateLimit-Reset");
	return false;
}

static bool tell(const struct source *source, const struct refusal *r,
		 const struct http_answer *answer, struct err *err)
{
	if (is_error(r, "ExpiredToken") || (is_error(r, "InvalidToken") && r->signed_in))
		return expired(r, err);
	if (bluesky_account_is_closed(r->name, r->error, err))
		return false;
	switch (answer->status) {
	case 400:
		if (is_error(r, "NotFound"))
			return err_set(err, ERR_NOT_FOUND, "%s has no such post any more%s",
				       r->name, r->message);
		if (is_error(r, "AuthMissing") || is_error(r, "InvalidToken"))
			return unauthorized(r, err);
		return *r->error ? misunderstood(r, err) : source_refused(source, answer, err);
	case 401:
		return unauthorized(r, err);
	case 403:
		return forbidden(r, http_answer_is_json(answer), err);
	case 404:
	case 501:
		return err_set(err, ERR_NOT_FOUND,
			       "%s has no search of Bluesky's (status %d): is the name right?",
			       r->name, answer->status);
	case 429:
		return too_many(r, answer, err);
	case 502:
		if (is_error(r, "UpstreamFailure"))
			return err_set(err, ERR_NETWORK,
				       "%s does not reach the search behind it%s: try again later",
				       r->name, r->message);
		return source_refused(source, answer, err);
	default:
		return source_refused(source, answer, err);
	}
}

bool bluesky_account_is_closed(const char *name, const char *status, struct err *err)
{
	static const struct {
		const char *status, *what;
	} closed[] = {
		{ "AccountTakedown", "has been taken down by its server" },
		{ "takendown", "has been taken down by its server" },
		{ "AccountSuspended", "is suspended" },
		{ "suspended", "is suspended" },
		{ "AccountDeactivated", "is deactivated" },
		{ "deactivated", "is deactivated" },
	};

	for (size_t i = 0; i < ARRAY_LEN(closed); i++)
		if (str_same(status, closed[i].status))
			return !err_set(err, ERR_AUTH,
					"%s: the account in ARCHIVE_BLUESKY_HANDLE %s: see its "
					"settings in Bluesky, or sign in with another one",
					name, closed[i].what);
	return false;
}

bool bluesky_deny(const struct source *source, const struct http_answer *answer, struct err *err)
{
	struct arena arena = ARENA_INIT;
	const char *error = bluesky_error(&arena, answer);
	const char *message = bluesky_message(&arena, answer);

	tell(source,
	     &(struct refusal){
		     .name = source->name.buf,
		     .error = error,
		     .message = message,
		     .signed_in = source->token.len > 0,
	     },
	     answer, err);
	arena_release(&arena);
	return false;
}

const char *bluesky_error(struct arena *arena, const struct http_answer *answer)
{
	static const char *const paths[] = { "error", NULL };
	const char *error = intake_message(arena, answer, paths);

	return error ? error : "";
}

const char *bluesky_message(struct arena *arena, const struct http_answer *answer)
{
	static const char *const paths[] = { "message", "error", NULL };
	const char *message = intake_message(arena, answer, paths);

	return message ? arena_printf(arena, " (\"%s\")", message) : "";
}
