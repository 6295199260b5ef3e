#include "archive/http/guard.h"

#include <arpa/inet.h>
#include <netdb.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "archive/base/mem.h"

#define MAX_PROXY_ADDRESSES 16

struct guard {
	struct http_url *origins;
	size_t count;
	struct sockaddr_storage proxies[MAX_PROXY_ADDRESSES];
	size_t proxy_count;
};

/* ---- addresses ---- */

struct block {
	uint8_t bytes[16];
	unsigned bits;
};

/* IANA's special-purpose registries (RFC 6890 and its successors). */
static const struct block private4[] = {
	{ { 0 }, 8 },
	{ { 10 }, 8 },
	{ { 100, 64 }, 10 },
	{ { 127 }, 8 },
	{ { 169, 254 }, 16 },
	{ { 172, 16 }, 12 },
	{ { 192, 0, 0 }, 24 },
	{ { 192, 0, 2 }, 24 },
	{ { 192, 88, 99 }, 24 },
	{ { 192, 168 }, 16 },
	{ { 198, 18 }, 15 },
	{ { 198, 51, 100 }, 24 },
	{ { 203, 0, 113 }, 24 },
	{ { 224 }, 4 },
	{ { 240 }, 4 },
};

/* A network without IPv4 reaches it so (RFC 6052): the last four bytes tell where it leads. */
static const struct block translated = { { 0x00, 0x64, 0xff, 0x9b }, 96 };

/* Of IPv6 only what is given out for the world (2000::/3), less these: Teredo and ORCHID (2001::/23
 * has no hosts of the open network), documentation, 6to4, which holds an IPv4 address, and 3fff. */
static const struct block world6 = { { 0x20 }, 3 };
static const struct block private6[] = {
	{ { 0x20, 0x01, 0x00 }, 23 },
	{ { 0x20, 0x01, 0x0d, 0xb8 }, 32 },
	{ { 0x20, 0x02 }, 16 },
	{ { 0x3f, 0xff, 0x00 }, 20 },
};

static bool is_in(const uint8_t *bytes, const struct block *block)
{
	size_t whole = block->bits / 8;
	unsigned rest = block->bits % 8;

	if (memcmp(bytes, block->bytes, whole) != 0)
		return false;
	return rest == 0 || (bytes[whole] ^ block->bytes[whole]) >> (8 - rest) == 0;
}

static bool is_in_any(const uint8_t *bytes, const struct block *blocks, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (is_in(bytes, &blocks[i]))
			return true;
	return false;
}

static bool is_public4(const uint8_t *bytes)
{
	return !is_in_any(bytes, private4, ARRAY_LEN(private4));
}

static bool is_public6(const uint8_t *bytes)
{
	if (is_in(bytes, &translated))
		return is_public4(bytes + 12);
	return is_in(bytes, &world6) && !is_in_any(bytes, private6, ARRAY_LEN(private6));
}

bool guard_is_public(const struct sockaddr *address)
{
	struct sockaddr_in four = { 0 };
	struct sockaddr_in6 six = { 0 };

	switch (address->sa_family) {
	case AF_INET:
		memcpy(&four, address, sizeof(four));
		return is_public4((const uint8_t *)&four.sin_addr);
	case AF_INET6:
		memcpy(&six, address, sizeof(six));
		return is_public6(six.sin6_addr.s6_addr);
	default:
		return false;
	}
}

static bool same_address(const struct sockaddr *a, const struct sockaddr_storage *b)
{
	struct sockaddr_in a4 = { 0 }, b4 = { 0 };
	struct sockaddr_in6 a6 = { 0 }, b6 = { 0 };

	if (a->sa_family != b->ss_family)
		return false;
	if (a->sa_family == AF_INET) {
		memcpy(&a4, a, sizeof(a4));
		memcpy(&b4, b, sizeof(b4));
		return a4.sin_port == b4.sin_port && a4.sin_addr.s_addr == b4.sin_addr.s_addr;
	}
	memcpy(&a6, a, sizeof(a6));
	memcpy(&b6, b, sizeof(b6));
	return a6.sin6_port == b6.sin6_port &&
	       memcmp(&a6.sin6_addr, &b6.sin6_addr, sizeof(a6.sin6_addr)) == 0;
}

bool guard_may_open(const struct guard *guard, const struct sockaddr *address)
{
	for (size_t i = 0; i < guard->proxy_count; i++)
		if (same_address(address, &guard->proxies[i]))
			return true;
	return guard_is_public(address);
}

/* ---- names ---- */

static bool is_private_literal(const char *host)
{
	struct sockaddr_in four = { .sin_family = AF_INET };
	struct sockaddr_in6 six = { .sin6_family = AF_INET6 };
	char inner[INET6_ADDRSTRLEN];
	size_t len = strlen(host);

	if (inet_pton(AF_INET, host, &four.sin_addr) == 1)
		return !guard_is_public((const struct sockaddr *)&four);
	if (host[0] != '[')
		return false;
	if (len < 3 || len - 2 >= sizeof(inner))
		return true;
	memcpy(inner, host + 1, len - 2);
	inner[len - 2] = '\0';
	return inet_pton(AF_INET6, inner, &six.sin6_addr) != 1 ||
	       !guard_is_public((const struct sockaddr *)&six);
}

/* A dot behind the whole name changes nothing of where it leads. */
static bool is_private_name(const char *host)
{
	static const char *const endings[] = { ".localhost",  ".local", ".internal",
					       ".intranet",   ".lan",	".home.arpa",
					       ".localdomain" };
	char *name = xstrdup(host);
	size_t len = strlen(name);
	bool inside;

	if (len > 0 && name[len - 1] == '.')
		name[len - 1] = '\0';
	inside = name[0] != '[' && !strchr(name, '.');
	for (size_t i = 0; i < ARRAY_LEN(endings); i++)
		inside = inside || str_ends(name, endings[i]);
	inside = inside || is_private_literal(name);
	free(name);
	return inside;
}

bool guard_knows(const struct guard *guard, const struct http_url *url)
{
	for (size_t i = 0; i < guard->count; i++)
		if (http_url_same_origin(&guard->origins[i], url))
			return true;
	return false;
}

bool guard_may_ask(const struct guard *guard, const struct http_url *url, struct err *err)
{
	if (guard_knows(guard, url))
		return true;
	if (!str_same(url->scheme.buf, "https"))
		return err_set(err, ERR_MALFORMED,
			       "%s: only https:// is asked for what a post names, not %s://",
			       url->name.buf, url->scheme.buf);
	if (is_private_name(url->host.buf))
		return err_set(err, ERR_MALFORMED,
			       "%s: is of a private network, where nothing that a post names is "
			       "asked for",
			       url->name.buf);
	return true;
}

/* ---- what the user named ---- */

static void add_proxy(struct guard *guard, const char *text)
{
	const struct addrinfo hints = { .ai_socktype = SOCK_STREAM };
	struct http_url url = HTTP_URL_INIT;
	struct addrinfo *found = NULL;

	if (http_url_proxy(&url, text) &&
	    getaddrinfo(url.host.buf, url.port.buf, &hints, &found) == 0) {
		for (const struct addrinfo *one = found; one; one = one->ai_next)
			if (guard->proxy_count < MAX_PROXY_ADDRESSES &&
			    one->ai_addrlen <= sizeof(guard->proxies[0]))
				memcpy(&guard->proxies[guard->proxy_count++], one->ai_addr,
				       one->ai_addrlen);
		freeaddrinfo(found);
	}
	http_url_release(&url);
}

/* As libcurl reads the environment for https. */
static void find_proxy(struct guard *guard)
{
	static const char *const names[] = { "https_proxy", "HTTPS_PROXY", "all_proxy",
					     "ALL_PROXY" };

	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		const char *text = getenv(names[i]);

		if (!text || !*text)
			continue;
		add_proxy(guard, text);
		return;
	}
}

struct guard *guard_new(const char *const *origins, size_t count, struct err *err)
{
	struct guard *guard = xcalloc(1, sizeof(*guard));

	guard->origins = xcalloc(count, sizeof(*guard->origins));
	for (size_t i = 0; i < count; i++) {
		guard->origins[i] = (struct http_url)HTTP_URL_INIT;
		guard->count++;
		if (http_url_parse(&guard->origins[i], origins[i], err))
			continue;
		guard_free(guard);
		return NULL;
	}
	find_proxy(guard);
	return guard;
}

void guard_free(struct guard *guard)
{
	if (!guard)
		return;
	for (size_t i = 0; i < guard->count; i++)
		http_url_release(&guard->origins[i]);
	free(guard->origins);
	free(guard);
}
