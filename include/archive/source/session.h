/*
 * Signing in with a name and a password where a network gives a session for them: pure, as all of
 * an adapter is. What a session holds is secret: it stands in no tape, log or error; the requests
 * are marked so.
 */
#ifndef ARCHIVE_SOURCE_SESSION_H
#define ARCHIVE_SOURCE_SESSION_H

#include "archive/http/message.h"
#include "archive/source/source.h"

#define SESSION_MAX_TOKEN 8192 /* bytes */

struct session {
	struct str access;  /* what requests are made with */
	struct str refresh; /* what a new one is asked for with; empty = none */
	int64_t made;	    /* UTC ms */
};

#define SESSION_INIT                                    \
	{                                               \
		.access = STR_INIT, .refresh = STR_INIT \
	}

struct session_ops {
	int64_t lives_ms; /* how long an access lasts; a little less than the network says */
	/* A new session out of the source's login and password. */
	bool (*open)(const struct source *source, struct http_request *out, struct err *err);
	/* The next one out of one that ran out. */
	bool (*renew)(const struct source *source, const struct session *session,
		      struct http_request *out, struct err *err);
	/* The answer of either. ERR_EXPIRED: it cannot be renewed, open a new one; ERR_AUTH: the
	 * name or the password is wrong; and what any answer may be. The session changes only when
	 * it succeeds. */
	bool (*take)(const struct source *source, const struct http_answer *answer,
		     struct session *session, struct err *err);
};

void session_release(struct session *session);
/* As a file keeps it, and back; false for what is no session. */
void session_write(const struct session *session, struct str *out);
MUST_CHECK bool session_read(const char *bytes, size_t len, struct session *session,
			     struct err *err);

#endif
