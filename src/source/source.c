#include "archive/source/source.h"

#include <string.h>

#include "archive/text/utf8.h"

#define MAX_SPEC 300 /* bytes; a host name has at most 253 */
#define MAX_PORT 65535

#define UNDERSTOOD                                                                     \
	"what is understood: mastodon:HOST, mastodon:URL, misskey:HOST, misskey:URL, " \
	"bluesky, bluesky:URL, x, x:URL"

static const struct source_ops *const adapters[NETWORK_COUNT] = {
	[NETWORK_X] = &source_x,
	[NETWORK_MASTODON] = &source_mastodon,
	[NETWORK_BLUESKY] = &source_bluesky,
	[NETWORK_MISSKEY] = &source_misskey,
};

const struct source_ops *source_ops_for(enum network network)
{
	return (unsigned)network < NETWORK_COUNT ? adapters[network] : NULL;
}

/* An address taken apart. */
struct address {
	bool plain_http;
	const char *host; /* with the port, up to the end */
	size_t host_len;
	int64_t port; /* 0 = the scheme's own */
};

static bool host_may_hold(uint32_t c)
{
	if (c < 0x80)
		return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.' ||
		       c == '_';
	return c != UTF8_REPLACEMENT && (utf8_is_letter(c) || utf8_is_mark(c) || utf8_is_digit(c));
}

static bool is_name(const char *host, size_t len)
{
	const char *p = host, *end = host + len;

	if (!len || host[0] == '.' || host[len - 1] == '.' || memmem(host, len, "..", 2))
		return false;
	while (p < end)
		if (!host_may_hold(utf8_next(&p, end)))
			return false;
	return true;
}

/* "[::1]": an IPv6 address in brackets. */
static bool is_literal(const char *host, size_t len)
{
	return len > 3 && host[0] == '[' && host[len - 1] == ']' &&
	       strspn(host + 1, "0123456789abcdef:.") == len - 2;
}

static bool split_port(struct address *address)
{
	const char *end = address->host + address->host_len;
	const char *bracket = memchr(address->host, ']', address->host_len);
	const char *colon = memchr(bracket ? bracket : address->host, ':',
				   (size_t)(end - (bracket ? bracket : address->host)));
	struct str port = STR_INIT;
	bool ok;

	if (!colon)
		return true;
	address->host_len = (size_t)(colon - address->host);
	str_add_n(&port, colon + 1, (size_t)(end - colon - 1));
	ok = str_to_int(port.buf, 1, MAX_PORT, &address->port);
	str_release(&port);
	return ok;
}

/* text is lower-case and holds neither blanks nor control characters. */
static bool split(struct address *address, const char *text, const char **why)
{
	*address = (struct address){ .host = text };
	if (str_starts(text, "https://") || str_starts(text, "http://")) {
		address->plain_http = str_starts(text, "http://");
		address->host = strstr(text, "//") + 2;
	}
	address->host_len = strlen(address->host);
	if (address->host_len && address->host[address->host_len - 1] == '/')
		address->host_len--;
	*why = "a source's address holds no user and no password: a token goes into the "
	       "environment or the configuration";
	if (strchr(text, '@'))
		return false;
	*why = "a source is a server, without a path behind its name";
	if (memchr(address->host, '/', address->host_len) || strpbrk(address->host, "?#\\"))
		return false;
	*why = "that is not the name of a server";
	if (!split_port(address))
		return false;
	return is_name(address->host, address->host_len) ||
	       is_literal(address->host, address->host_len);
}

static void lower(struct str *out, const char *text)
{
	for (; *text; text++)
		str_add_char(out, *text >= 'A' && *text <= 'Z' ? (char)(*text - 'A' + 'a') : *text);
}

static void name_source(struct source *source, const struct source_ops *ops,
			const struct address *address)
{
	bool own_port = address->port && address->port != (address->plain_http ? 80 : 443);

	str_clear(&source->name);
	str_clear(&source->base);
	str_clear(&source->host);
	str_add_n(&source->host, address->host, address->host_len);
	if (own_port)
		str_addf(&source->host, ":%d", (int)address->port);
	str_addf(&source->base, "%s%s", address->plain_http ? "http://" : "https://",
		 source->host.buf);
	str_add(&source->name, network_name(ops->network));
	if (!str_same(ops->default_url, source->base.buf)) {
		bool host_alone = !ops->default_url && !address->plain_http;

		str_addf(&source->name, ":%s", host_alone ? source->host.buf : source->base.buf);
	}
	source->ops = ops;
}

/* Blanks and control characters in an address are a slip of the hand or worse. */
static bool is_tidy(const char *text)
{
	struct str plain = STR_INIT;
	bool tidy;

	utf8_add_plain(&plain, text, strlen(text), true);
	tidy = str_same(plain.buf, text) && !strchr(text, ' ') && utf8_valid(text, strlen(text));
	str_release(&plain);
	return tidy;
}

static bool parse_address(struct source *source, const struct source_ops *ops, const char *text,
			  struct err *err)
{
	const char *network = network_name(ops->network);
	struct address address;
	struct str small = STR_INIT;
	const char *why;
	bool ok = false;

	lower(&small, text);
	if (!split(&address, small.buf, &why)) {
		err_set(err, ERR_USAGE, "%s: %s; right would be %s:%s", network, why, network,
			ops->default_url ? "https://api.social.example" : "social.example");
		goto out;
	}
	name_source(source, ops, &address);
	ok = true;
out:
	str_release(&small);
	return ok;
}

static bool find_network(const char *spec, size_t len, enum network *out)
{
	struct str name = STR_INIT;
	struct str small = STR_INIT;
	bool found;

	str_add_n(&name, spec, len);
	lower(&small, name.buf);
	found = network_parse(small.buf, out);
	str_release(&name);
	str_release(&small);
	return found;
}

bool source_parse(struct source *source, const char *spec, struct err *err)
{
	size_t len = strcspn(spec, ":");
	const struct source_ops *ops;
	enum network network;

	if (!*spec || strlen(spec) > MAX_SPEC || !is_tidy(spec))
		return err_set(err, ERR_USAGE, "a source is one word without blanks; %s",
			       UNDERSTOOD);
	if (!find_network(spec, len, &network)) {
		if (!strchr(spec, '@') && memchr(spec, '.', len))
			return err_set(err, ERR_USAGE,
				       "%s names no network: did you mean mastodon:%s? (%s)", spec,
				       spec, UNDERSTOOD);
		return err_set(err, ERR_USAGE, "%.*s is not a network that is known here; %s",
			       (int)len, spec, UNDERSTOOD);
	}
	ops = source_ops_for(network);
	if (!ops)
		return err_set(err, ERR_USAGE, "this version does not speak %s yet; %s",
			       network_label(network), UNDERSTOOD);
	if (spec[len])
		return parse_address(source, ops, spec + len + 1, err);
	if (!ops->default_url)
		return err_set(err, ERR_USAGE, "%s needs a server: %s:social.example",
			       network_name(network), network_name(network));
	return parse_address(source, ops, ops->default_url, err);
}

void source_release(struct source *source)
{
	if (!source)
		return;
	str_release(&source->name);
	str_release(&source->base);
	str_release(&source->host);
	str_release(&source->token);
	str_release(&source->login);
	str_release(&source->password);
	*source = (struct source)SOURCE_INIT;
}
