/*
 * Where a request may go whose address comes from outside, out of a post: to https alone, and never
 * into a private network. The name is looked at before it is asked, and what it resolves to when a
 * socket is opened for it, on every redirect. Only the origins of sources that the user named are
 * asked as they are: over http, or at a private address. Through a proxy names alone can be looked
 * at: what they resolve to, the proxy knows.
 */
#ifndef ARCHIVE_HTTP_GUARD_H
#define ARCHIVE_HTTP_GUARD_H

#include <stddef.h>

#include "archive/http/url.h"

struct sockaddr;
struct guard;

/* origins are addresses of any page on them; NULL for none. ERR_USAGE for what is no address. */
MUST_CHECK struct guard *guard_new(const char *const *origins, size_t count, struct err *err);
void guard_free(struct guard *guard);

/* Is it one of the origins? Then nothing more is looked at. */
bool guard_knows(const struct guard *guard, const struct http_url *url);
/* ERR_MALFORMED for http, and for a host that can only be of a private network: an address of one,
 * a name without a dot or under .local and the like. */
MUST_CHECK bool guard_may_ask(const struct guard *guard, const struct http_url *url,
			      struct err *err);
/* May a socket be opened to this address? A proxy of the environment is the user's own choice. */
bool guard_may_open(const struct guard *guard, const struct sockaddr *address);

/* Can it be reached by everyone? Not: private, this machine, link-local, shared by a provider
 * (RFC 6598), multicast, reserved, and what only stands for another address (RFC 4291, 6052). */
bool guard_is_public(const struct sockaddr *address);

#endif
