/*
 * Logging in: the requests of source/login.h one after the other, with a person between them, and
 * the check that a credential is good. Nothing is stored or kept here; what a login brings stands
 * in the source.
 */
#ifndef ARCHIVE_COLLECT_LOGIN_H
#define ARCHIVE_COLLECT_LOGIN_H

#include "archive/http/loop.h"
#include "archive/source/login.h"

/* Makes the program known to the server, and adds the address where a person is shown a code. */
MUST_CHECK bool login_begin(struct http_loop *loop, const struct source *source,
			    struct login_app *app, struct str *page, struct err *err);
/* Gives the code for a token, which goes into the source. */
MUST_CHECK bool login_finish(struct http_loop *loop, struct source *source,
			     const struct login_app *app, const char *code, struct err *err);
/* Opens a session with the source's login and password, to see whether they are good; ERR_AUTH when
 * not. The session is given up. */
MUST_CHECK bool login_try_session(struct http_loop *loop, const struct source *source,
				  struct err *err);
/* Asks with the source's token whether it is good, by what costs nothing; ERR_AUTH when not.
 * account is added to: whose it is, where that is told. sure is false where a good token cannot be
 * told from a bad one. */
MUST_CHECK bool login_try_token(struct http_loop *loop, struct source *source, struct str *account,
				bool *sure, struct err *err);

#endif
