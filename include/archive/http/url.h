/*
 * Where a request may go: addresses taken apart, and the rules for plain http, for redirects and
 * for the credential. Knows names only, no addresses behind them. Sentences name the host, never a
 * path or parameter.
 */
#ifndef ARCHIVE_HTTP_URL_H
#define ARCHIVE_HTTP_URL_H

#include "archive/base/str.h"

struct http_url {
	struct str text;   /* as it is asked, without fragment */
	struct str scheme; /* lower-case */
	struct str host;   /* lower-case, [::1] with its brackets */
	struct str port;   /* always told */
	struct str name;   /* host, with ":port" when it is not the scheme's own: for sentences */
	bool loopback;	   /* localhost, 127.0.0.0/8, [::1] */
};

#define HTTP_URL_INIT                                                                     \
	{                                                                                 \
		.text = STR_INIT, .scheme = STR_INIT, .host = STR_INIT, .port = STR_INIT, \
		.name = STR_INIT                                                          \
	}

void http_url_release(struct http_url *url);
/* ERR_USAGE when it is no absolute URL, or holds a user's name or password. */
MUST_CHECK bool http_url_parse(struct http_url *url, const char *text, struct err *err);
/* What a Location header means at base (RFC 9110 section 10.2.2). ERR_MALFORMED. */
MUST_CHECK bool http_url_resolve(struct http_url *url, const struct http_url *base,
				 const char *location, struct err *err);
/* http and https alone, http only to loopback unless insecure. ERR_USAGE. */
MUST_CHECK bool http_url_may_ask(const struct http_url *url, bool insecure, struct err *err);
/* The same for a redirect; and nobody elsewhere sends us to this machine. ERR_MALFORMED. */
MUST_CHECK bool http_url_may_follow(const struct http_url *from, const struct http_url *to,
				    bool insecure, struct err *err);
/* A proxy, as the environment may name it: with or without scheme and port. host is without
 * brackets. false when it is none. */
bool http_url_proxy(struct http_url *url, const char *text);
/* Equal scheme, host and port: what a credential is given to. */
bool http_url_same_origin(const struct http_url *a, const struct http_url *b);

#endif
