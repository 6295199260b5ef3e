#include "archive/source/place.h"

#include <string.h>

#include "archive/base/mem.h"
#include "archive/source/bluesky.h"
#include "archive/source/source.h"
#include "archive/text/link.h"
#include "archive/text/utf8.h"

#define MAX_PARTS  8
#define MAX_ID	   256 /* bytes */
#define MAX_NUMBER 19
#define MAX_HANDLE 253
#define RIGHT	   "try the address of a post's page, such as https://social.example/@hana/1"

/* An address taken apart. */
struct address {
	bool plain_http;
	const char *host; /* lower-case, with the port when there is one */
	const char *bare; /* the same without "www." */
	const char *parts[MAX_PARTS];
	size_t count;	 /* parts of the path; MAX_PARTS may be fewer than there are */
	const char *url; /* without fragment, with its scheme */
};

static bool is_made_of(const char *text, size_t most, const char *more)
{
	size_t len = strlen(text);

	for (size_t i = 0; i < len; i++) {
		bool letter = (text[i] >= 'a' && text[i] <= 'z') ||
			      (text[i] >= 'A' && text[i] <= 'Z') ||
			      (text[i] >= '0' && text[i] <= '9');

		if (!letter && !strchr(more, text[i]))
			return false;
	}
	return len > 0 && len <= most;
}

static bool is_id(const char *text)
{
	return is_made_of(text, MAX_ID, "-_.~") && !str_same(text, ".") && !str_same(text, "..");
}

static bool is_number(const char *text)
{
	return is_made_of(text, MAX_NUMBER, "") && strspn(text, "0123456789") == strlen(text);
}

/* A handle is the name of a host (atproto handle specification). */
static bool is_handle(const char *text)
{
	return is_made_of(text, MAX_HANDLE, ".-") && strchr(text, '.') && text[0] != '.' &&
	       !str_ends(text, ".") && !strstr(text, "..");
}

static const char *lower(struct arena *arena, const char *text, size_t len)
{
	char *small = (char *)arena_alloc(arena, len + 1);

	for (size_t i = 0; i < len; i++)
		small[i] = (char)(text[i] >= 'A' && text[i] <= 'Z' ? text[i] - 'A' + 'a' : text[i]);
	return small;
}

static void split_path(struct arena *arena, const char *path, size_t len, struct address *out)
{
	size_t at = 0;

	while (at < len && out->count < MAX_PARTS) {
		size_t part = strcspn(path + at, "/");

		if (part > len - at)
			part = len - at;
		if (part > 0)
			out->parts[out->count++] = arena_strndup(arena, path + at, part);
		at += part + 1;
	}
}

/* Old links to servers that have long spoken TLS say http; only a port of its own is meant so. */
static bool is_plain(const char *scheme, const char *host)
{
	return strncasecmp(scheme, "http:", 5) == 0 && strchr(host, ':');
}

static bool split(struct arena *arena, const char *name, struct address *out)
{
	const char *mark = strstr(name, "://");
	const char *rest = mark ? mark + 3 : name;
	size_t host = strcspn(rest, "/?#");
	size_t path = strcspn(rest + host, "?#");
	size_t whole = strcspn(rest, "#");

	if (mark && strncasecmp(name, "http://", 7) != 0 && strncasecmp(name, "https://", 8) != 0)
		return false;
	if (host == 0 || memchr(rest, '@', host) || (!mark && !memchr(rest, '.', host)))
		return false;
	out->host = lower(arena, rest, host);
	out->bare = str_starts(out->host, "www.") ? out->host + 4 : out->host;
	out->plain_http = mark && is_plain(name, out->host);
	split_path(arena, rest + host, path, out);
	out->url = arena_printf(arena, "%s://%s%.*s", out->plain_http ? "http" : "https", out->host,
				(int)(whole - host), rest + host);
	return true;
}

static void add_way(struct place *place, enum place_kind kind, const char *source, const char *id)
{
	place->ways[place->way_count++] = (struct place_way){ kind, source, id };
}

/* ---- X ---- */

static bool is_x(const char *host)
{
	static const char *const hosts[] = { "x.com", "twitter.com", "mobile.x.com",
					     "mobile.twitter.com", "m.twitter.com" };

	for (size_t i = 0; i < ARRAY_LEN(hosts); i++)
		if (str_same(host, hosts[i]))
			return true;
	return false;
}

static bool place_on_x(const struct address *address, struct place *out, struct err *err)
{
	out->network = NETWORK_X;
	for (size_t i = 1; i + 1 < address->count; i++) {
		bool status = str_same(address->parts[i], "status") ||
			      str_same(address->parts[i], "statuses");

		if (!status || !is_number(address->parts[i + 1]))
			continue;
		add_way(out, PLACE_LOOKUP, "x", address->parts[i + 1]);
		return true;
	}
	return err_set(err, ERR_USAGE,
		       "this page of X shows no single post: try https://x.com/hana/status/1");
}

/* ---- Bluesky ---- */

static bool place_on_bluesky(struct arena *arena, const char *who, const char *key,
			     struct place *out, struct err *err)
{
	out->network = NETWORK_BLUESKY;
	if (!is_id(key) || (!bluesky_is_did(who) && !is_handle(who)))
		return err_set(err, ERR_USAGE,
			       "this names no post of Bluesky: try "
			       "https://bsky.app/profile/hana.example/post/3abc");
	out->key = key;
	if (!bluesky_is_did(who))
		out->handle = lower(arena, who, strlen(who));
	add_way(out, PLACE_LOOKUP, "bluesky",
		arena_printf(arena, "at://%s/app.bsky.feed.post/%s",
			     out->handle ? out->handle : who, key));
	return true;
}

static bool place_on_bluesky_page(struct arena *arena, const struct address *address,
				  struct place *out, struct err *err)
{
	const char *const *parts = address->parts;

	if (address->count >= 4 && str_same(parts[0], "profile") && str_same(parts[2], "post"))
		return place_on_bluesky(arena, parts[1], parts[3], out, err);
	return place_on_bluesky(arena, "", "", out, err);
}

static bool place_at(struct arena *arena, const char *name, struct place *out, struct err *err)
{
	static const char collection[] = "/app.bsky.feed.post/";
	const char *who = name + strlen("at://");
	const char *mark = strstr(who, collection);

	if (!mark)
		return place_on_bluesky(arena, "", "", out, err);
	return place_on_bluesky(arena, arena_strndup(arena, who, (size_t)(mark - who)),
				arena_strdup(arena, mark + strlen(collection)), out, err);
}

bool place_resolve(struct arena *arena, struct place *place, const char *did, struct err *err)
{
	if (!bluesky_is_did(did))
		return err_set(err, ERR_MALFORMED, "%s has no identity on Bluesky", place->handle);
	place->ways[0].id = arena_printf(arena, "at://%s/app.bsky.feed.post/%s", did, place->key);
	place->handle = NULL;
	return true;
}

/* ---- the Fediverse ---- */

/* "/@hana/1", "/@hana@other.example/1", "/users/hana/statuses/1", "/ap/users/1/statuses/1",
 * "/notice/1", "/@hana/statuses/1", "/web/statuses/1": the id that Mastodon's API takes. */
static const char *mastodon_id(const struct address *address)
{
	const char *const *parts = address->parts;
	size_t count = address->count;
	const char *last = count > 0 ? parts[count - 1] : "";
	const char *before = count > 1 ? parts[count - 2] : "";

	if (count < 2 || count >= MAX_PARTS || !is_id(last))
		return NULL;
	if (str_same(before, "notice") || str_same(before, "statuses"))
		return last;
	return before[0] == '@' && before[1] ? last : NULL;
}

static const char *source_at(struct arena *arena, const char *network,
			     const struct address *address)
{
	return arena_printf(arena, "%s:%s%s", network, address->plain_http ? "http://" : "",
			    address->host);
}

static const char *clean_url(struct arena *arena, const char *url)
{
	struct str out = STR_INIT;
	const char *made = NULL;

	if (link_safe_web(url))
		return url;
	if (link_add_clean(&out, url) && link_safe_web(out.buf))
		made = arena_strdup(arena, out.buf);
	str_release(&out);
	return made;
}

static bool is_server(const char *spec)
{
	struct source source = SOURCE_INIT;
	struct err ignored = { 0 };
	bool ok = source_parse(&source, spec, &ignored);

	source_release(&source);
	return ok;
}

static bool place_in_fediverse(struct arena *arena, const struct address *address,
			       struct place *out, struct err *err)
{
	const char *mastodon = source_at(arena, "mastodon", address);
	const char *id = mastodon_id(address);
	const char *url = clean_url(arena, address->url);

	out->network = NETWORK_MASTODON;
	if ((address->count == 0 && !strchr(address->url, '?')) || !is_server(mastodon))
		return err_set(err, ERR_USAGE, "this is the address of no post: " RIGHT);
	if (address->count == 2 && str_same(address->parts[0], "notes") &&
	    is_id(address->parts[1])) {
		const char *misskey = source_at(arena, "misskey", address);

		out->network = NETWORK_MISSKEY;
		id = address->parts[1];
		if (is_server(misskey))
			add_way(out, PLACE_LOOKUP, misskey, id);
	}
	if (id)
		add_way(out, PLACE_LOOKUP, mastodon, id);
	if (url)
		add_way(out, PLACE_OBJECT, mastodon, url);
	return out->way_count > 0 || err_set(err, ERR_USAGE, "this is no address: " RIGHT);
}

/* ---- any name ---- */

static bool is_tidy(const char *name)
{
	struct str plain = STR_INIT;
	bool tidy;

	utf8_add_plain(&plain, name, strlen(name), true);
	tidy = str_same(plain.buf, name) && !strpbrk(name, " \\") && utf8_valid(name, strlen(name));
	str_release(&plain);
	return tidy;
}

bool place_of(struct arena *arena, const char *name, struct place *out, struct err *err)
{
	struct address address = { 0 };

	*out = (struct place){ 0 };
	if (!*name || strnlen(name, PLACE_MAX_BYTES + 1) > PLACE_MAX_BYTES || !is_tidy(name))
		return err_set(err, ERR_USAGE, "a post's address is one word of at most %d bytes",
			       PLACE_MAX_BYTES);
	if (str_starts(name, "at://"))
		return place_at(arena, name, out, err);
	if (!split(arena, name, &address))
		return err_set(err, ERR_USAGE, "this is no address: " RIGHT);
	if (is_x(address.bare))
		return place_on_x(&address, out, err);
	if (str_same(address.bare, "bsky.app"))
		return place_on_bluesky_page(arena, &address, out, err);
	return place_in_fediverse(arena, &address, out, err);
}
