/*
 * Being signed in at a source that gives sessions for a name and a password: when one is to be
 * opened, when renewed, and where it is kept meanwhile. Opening is rationed (apis.md 3.1: 300 a day
 * for an account), so a session outlives the program in a file of its own, mode 0600. Asks nobody
 * itself: whoever drives the loop sends the request and hands over the answer.
 */
#ifndef ARCHIVE_COLLECT_SIGNIN_H
#define ARCHIVE_COLLECT_SIGNIN_H

#include "archive/source/session.h"

struct signin {
	struct source *source; /* its token is the session's */
	struct str path;       /* of the file; empty = not kept */
	struct session session;
	bool looked;  /* into the file */
	bool expired; /* the server says so, whatever the time */
	bool anew;    /* it cannot be renewed: a new one is opened */
	bool renewing;
};

/* folder is where sessions are kept; NULL = nowhere. */
void signin_init(struct signin *signin, struct source *source, const char *folder);
void signin_release(struct signin *signin);
/* Is a request of it to be sent before others? When not, the source's token is good, or the source
 * wants none. */
bool signin_is_due(struct signin *signin, int64_t now);
MUST_CHECK bool signin_request(struct signin *signin, struct http_request *out, struct err *err);
/* The answer. true: the token is there, or another request is due, as signin_is_due() says. A file
 * that cannot be written is no failure: then the session lasts as long as the program. */
MUST_CHECK bool signin_take(struct signin *signin, const struct http_answer *answer,
			    struct err *err);
/* The server does not take the token any more. */
void signin_expire(struct signin *signin);

#endif
