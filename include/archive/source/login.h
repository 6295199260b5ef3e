/*
 * Getting a token of one's own from a Mastodon server: out of band, that is, a person allows it in
 * a browser and carries a code over (OAuth 2, RFC 6749 section 4.1; apis.md 2.1). Pure, as all of
 * an adapter is. Questions and answers hold credentials: they are marked secret, stand on no tape
 * and are no evidence.
 */
#ifndef ARCHIVE_SOURCE_LOGIN_H
#define ARCHIVE_SOURCE_LOGIN_H

#include "archive/source/source.h"

/* What the server knows this program by. */
struct login_app {
	struct str id, secret;
};

#define LOGIN_APP_INIT                             \
	{                                          \
		.id = STR_INIT, .secret = STR_INIT \
	}

void login_app_release(struct login_app *app);

/* POST /api/v1/apps: makes the program known; reads posts only. */
void login_ask_app(const struct source *source, struct http_request *out);
MUST_CHECK bool login_read_app(const struct source *source, const struct http_answer *answer,
			       struct login_app *app, struct err *err);
/* Adds the address that a person opens, to be shown a code. */
void login_page(const struct source *source, const struct login_app *app, struct str *url);
/* POST /oauth/token: the code for a token. */
void login_ask_token(const struct source *source, const struct login_app *app, const char *code,
		     struct http_request *out);
/* ERR_AUTH when the code is not accepted. */
MUST_CHECK bool login_read_token(const struct source *source, const struct http_answer *answer,
				 struct str *token, struct err *err);

#endif
