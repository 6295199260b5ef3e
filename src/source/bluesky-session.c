#include "archive/source/bluesky.h"

#include <string.h>

#include "archive/json/write.h"
#include "archive/source/intake.h"
#include "archive/source/session.h"

#define SERVER	 "/xrpc/com.atproto.server."
#define LIVES_MS (INT64_C(110) * 60000) /* of two hours (apis.md 3.1) */

static void begin(const struct source *source, const char *method, struct http_request *out)
{
	http_request_clear(out);
	str_addf(&out->url, "%s" SERVER "%s", source->base.buf, method);
	out->post = true;
	out->secret = true;
}

static bool open(const struct source *source, struct http_request *out, struct err *err)
{
	const char *login = source->login.buf;
	struct jwrite w;

	if (*login == '@')
		login++;
	if (!*login || !source->password.len)
		return err_set(err, ERR_AUTH, "%s wants a name and a password: put %s",
			       source->name.buf, BLUESKY_CREDENTIALS);
	begin(source, "createSession", out);
	jwrite_begin(&w, &out->body);
	jwrite_open_object(&w, NULL);
	jwrite_text(&w, "identifier", login);
	jwrite_text(&w, "password", source->password.buf);
	jwrite_close_object(&w);
	return true;
}

static bool renew(const struct source *source, const struct session *session,
		  struct http_request *out, struct err *err)
{
	if (!session->refresh.len)
		return err_set(err, ERR_EXPIRED, "%s: the session cannot be renewed: sign in again",
			       source->name.buf);
	begin(source, "refreshSession", out);
	str_add(&out->bearer, session->refresh.buf);
	return true;
}

/* ---- the answer ---- */

static bool wrong_password(const struct source *source, struct err *err)
{
	return err_set(err, ERR_AUTH,
		       "%s does not know this handle and password: make an app password in the "
		       "settings of Bluesky, under privacy and security, and put %s",
		       source->name.buf, BLUESKY_CREDENTIALS);
}

static bool wants_code(const struct source *source, struct err *err)
{
	return err_set(err, ERR_AUTH,
		       "%s wants a code by mail with this password: make an app password in the "
		       "settings of Bluesky, which needs none, and put it in "
		       "ARCHIVE_BLUESKY_PASSWORD",
		       source->name.buf);
}

static bool too_often(const struct source *source, const struct http_answer *answer,
		      struct err *err)
{
	err_set(err, ERR_RATE, "%s asks to wait: this account has signed in too often",
		source->name.buf);
	err->retry_at = intake_retry_at(answer, "RateLimit-Reset");
	return false;
}

static bool refuse(const struct source *source, const struct http_answer *answer, const char *error,
		   struct err *err)
{
	const char *name = source->name.buf;

	if (str_same(error, "ExpiredToken") || str_same(error, "InvalidToken") ||
	    str_same(error, "AuthMissing"))
		return err_set(err, ERR_EXPIRED, "%s: the session has ended: sign in again", name);
	if (str_same(error, "AuthFactorTokenRequired"))
		return wants_code(source, err);
	if (bluesky_account_is_closed(name, error, err))
		return false;
	if (answer->status == 401)
		return wrong_password(source, err);
	if (answer->status == 429)
		return too_often(source, answer, err);
	if (answer->status == 404 || answer->status == 501)
		return err_set(err, ERR_NOT_FOUND,
			       "%s is no server that one signs in at (status %d): leave the "
			       "address out, or name your own server",
			       name, answer->status);
	return source_refused(source, answer, err);
}

/* What may stand behind "Bearer " (RFC 6750 section 2.1). */
static bool is_token(const char *text)
{
	static const char allowed[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
				      "0123456789-._~+/=";

	return text && strlen(text) <= SESSION_MAX_TOKEN && strspn(text, allowed) == strlen(text);
}

static bool take_tokens(const struct source *source, const struct jnode *root, int64_t now,
			struct session *session, struct err *err)
{
	const char *access = jnode_string(root, "accessJwt");
	const char *refresh = jnode_string(root, "refreshJwt");
	const char *status = jnode_string(root, "status");

	if (!jnode_bool(root, "active", true) &&
	    bluesky_account_is_closed(source->name.buf, status ? status : "deactivated", err))
		return false;
	if (!is_token(access) || !is_token(refresh))
		return err_set(err, ERR_MALFORMED, "%s answered with something that is no session",
			       source->name.buf);
	str_clear(&session->access);
	str_add(&session->access, access);
	str_clear(&session->refresh);
	str_add(&session->refresh, refresh);
	session->made = now;
	return true;
}

static bool take(const struct source *source, const struct http_answer *answer,
		 struct session *session, struct err *err)
{
	struct arena arena = ARENA_INIT;
	struct err why = { 0 };
	struct jnode *root = NULL;
	bool ok = false;

	if (answer->status != 200) {
		refuse(source, answer, bluesky_error(&arena, answer), err);
		goto out;
	}
	root = jnode_parse(answer->body.buf, answer->body.len, &why);
	ok = take_tokens(source, root, answer->received, session, err);
out:
	jnode_free(root);
	arena_release(&arena);
	return ok;
}

const struct session_ops bluesky_session = {
	.lives_ms = LIVES_MS,
	.open = open,
	.renew = renew,
	.take = take,
};
