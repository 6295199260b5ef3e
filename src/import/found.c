#include "archive/import/found.h"

#include <string.h>
#include <strings.h>

#include "archive/base/mem.h"
#include "archive/source/bluesky.h"
#include "archive/source/intake.h"
#include "archive/source/x.h"
#include "archive/text/link.h"

#define MAX_PARTS 6
#define MAX_ID	  64
#define LETTERS	  "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
#define DIGITS	  "0123456789"

const char *found_fact(struct arena *arena, const struct node *root, const struct fact *facts)
{
	struct str text = STR_INIT;
	const char *found = NULL;

	for (; facts->selector && !found; facts++) {
		const struct node *node = node_find(root, facts->selector);

		for (; node && !found; node = node_find_next(root, node, facts->selector)) {
			str_clear(&text);
			if (facts->attr)
				str_add(&text, node_attr(node, facts->attr)
						       ? node_attr(node, facts->attr)
						       : "");
			else
				node_add_text(node, &text);
			found = intake_line(arena, text.buf);
		}
	}
	str_release(&text);
	return found;
}

/* ---- addresses ---- */

struct address {
	const char *host; /* without "www." */
	const char *parts[MAX_PARTS];
	size_t count;
};

static bool is_made_of(const char *text, const char *letters, size_t least, size_t most)
{
	size_t len = strlen(text);

	return len >= least && len <= most && strspn(text, letters) == len;
}

static bool take_apart(struct arena *arena, const char *url, struct address *out)
{
	struct str host = STR_INIT;
	const char *path = strstr(url, "://");
	bool ok = path && link_safe_web(url) && link_host(url, &host);

	if (ok) {
		out->host = arena_strdup(arena,
					 str_starts(host.buf, "www.") ? host.buf + 4 : host.buf);
		path += 3;
		path += strcspn(path, "/?#");
	}
	while (ok && *path == '/' && out->count < MAX_PARTS) {
		size_t len = strcspn(++path, "/?#");

		if (len > 0)
			out->parts[out->count++] = arena_strndup(arena, path, len);
		path += len;
	}
	str_release(&host);
	return ok;
}

static bool is_x_host(const char *host)
{
	static const char *const hosts[] = { "x.com", "twitter.com", "mobile.x.com",
					     "mobile.twitter.com", "m.twitter.com" };

	for (size_t i = 0; i < ARRAY_LEN(hosts); i++)
		if (str_same(host, hosts[i]))
			return true;
	return false;
}

static bool name_x(struct arena *arena, const struct address *a, struct post *out)
{
	const char *id = NULL, *name = a->parts[0];

	for (size_t i = 1; i + 1 < a->count && !id; i++)
		if (str_same(a->parts[i], "status") || str_same(a->parts[i], "statuses"))
			id = a->parts[i + 1];
	if (!id || !is_made_of(id, DIGITS, 1, 19))
		return false;
	out->network = NETWORK_X;
	out->host = X_HOST;
	out->network_id = id;
	out->uri = arena_printf(arena, X_POST_URI "%s", id);
	out->url = arena_printf(arena, X_PAGE_URL "i/web/status/%s", id);
	if (str_same(name, "i") || !is_made_of(name, LETTERS DIGITS "_", 1, 20))
		return true;
	out->author.handle = arena_printf(arena, "@%s", name);
	out->author.url = arena_printf(arena, X_PAGE_URL "%s", name);
	out->url = arena_printf(arena, "%s/status/%s", out->author.url, id);
	return true;
}

static bool name_bluesky(struct arena *arena, const char *who, const char *key, struct post *out)
{
	if (!is_made_of(key, LETTERS DIGITS "-_.~:", 1, MAX_ID) ||
	    !is_made_of(who, LETTERS DIGITS "-_.:%", 3, 256))
		return false;
	out->network = NETWORK_BLUESKY;
	out->host = BLUESKY_HOST;
	out->url = arena_printf(arena, "https://bsky.app/profile/%s/post/%s", who, key);
	out->author.url = arena_printf(arena, "https://bsky.app/profile/%s", who);
	if (bluesky_is_did(who)) {
		out->uri = arena_printf(arena, "at://%s/app.bsky.feed.post/%s", who, key);
		out->network_id = out->uri;
		out->author.uri = who;
	} else {
		out->author.handle = arena_printf(arena, "@%s", who);
	}
	return true;
}

static bool name_at_uri(struct arena *arena, const char *uri, struct post *out)
{
	static const char mark[] = "/app.bsky.feed.post/";
	const char *who = uri + strlen("at://");
	const char *at = strstr(who, mark);

	return at && name_bluesky(arena, arena_strndup(arena, who, (size_t)(at - who)),
				  arena_strdup(arena, at + strlen(mark)), out);
}

/* "/@hana/1", "/users/hana/statuses/1"; a name with another host shows that host's post, whose uri
 * is not told. */
static bool name_mastodon(struct arena *arena, const struct address *a, struct post *out)
{
	const char *name = NULL, *id = NULL, *far;

	if ((a->count == 2 || (a->count == 3 && str_same(a->parts[2], "embed"))) &&
	    a->parts[0][0] == '@' && a->parts[0][1]) {
		name = a->parts[0] + 1;
		id = a->parts[1];
	} else if (a->count == 4 && str_same(a->parts[0], "users") &&
		   str_same(a->parts[2], "statuses")) {
		name = a->parts[1];
		id = a->parts[3];
	}
	if (!name || !is_made_of(id, DIGITS, 10, 20))
		return false;
	far = strchr(name, '@');
	out->network = NETWORK_MASTODON;
	out->host = far ? arena_strdup(arena, far + 1) : a->host;
	out->network_id = far ? NULL : id;
	out->url = arena_printf(arena, "https://%s/@%s/%s", a->host, name, id);
	out->author.handle = far ? arena_printf(arena, "@%s", name)
				 : arena_printf(arena, "@%s@%s", name, a->host);
	if (far)
		return true;
	out->uri = arena_printf(arena, "https://%s/users/%s/statuses/%s", a->host, name, id);
	out->author.url = arena_printf(arena, "https://%s/@%s", a->host, name);
	out->author.uri = arena_printf(arena, "https://%s/users/%s", a->host, name);
	return true;
}

static bool name_misskey(struct arena *arena, const struct address *a, struct post *out)
{
	const char *const *parts = a->parts + (a->count == 3 && str_same(a->parts[0], "embed"));
	size_t count = a->count - (size_t)(parts - a->parts);

	if (count != 2 || !str_same(parts[0], "notes") ||
	    !is_made_of(parts[1], LETTERS DIGITS, 10, 32))
		return false;
	out->network = NETWORK_MISSKEY;
	out->host = a->host;
	out->network_id = parts[1];
	out->url = arena_printf(arena, "https://%s/notes/%s", a->host, parts[1]);
	out->uri = out->url;
	return true;
}

bool found_names(struct arena *arena, const char *url, struct post *out)
{
	struct address a = { 0 };
	struct post named = { .counts = { -1, -1, -1, -1 } };
	bool ok;

	if (str_starts(url, "at://")) {
		ok = name_at_uri(arena, url, &named);
	} else {
		if (!take_apart(arena, url, &a) || a.count == 0)
			return false;
		if (is_x_host(a.host))
			ok = name_x(arena, &a, &named);
		else if (str_same(a.host, BLUESKY_HOST))
			ok = a.count >= 4 && str_same(a.parts[0], "profile") &&
			     str_same(a.parts[2], "post") &&
			     name_bluesky(arena, a.parts[1], a.parts[3], &named);
		else
			ok = name_mastodon(arena, &a, &named) || name_misskey(arena, &a, &named);
	}
	if (!ok || (named.uri && !intake_uri(arena, named.uri)))
		return false;
	if (!named.author.uri)
		named.author.uri = named.author.url;
	named.author.network = named.network;
	named.author.host = named.host;
	*out = named;
	return true;
}

const char *found_uri(struct arena *arena, const char *url)
{
	struct post post;

	return found_names(arena, url, &post) ? post.uri : NULL;
}

bool found_is_post(struct arena *arena, const char *url)
{
	struct post post;

	return found_names(arena, url, &post);
}

int found_part(const char *url)
{
	const char *at = url ? strstr(url, "page=") : NULL;
	char digits[8] = "";
	int64_t part;
	size_t len;

	if (!at || at == url || !strchr("?&;", at[-1]))
		return 0;
	at += strlen("page=");
	len = strspn(at, DIGITS);
	if (len >= sizeof(digits))
		return 0;
	memcpy(digits, at, len);
	return str_to_int(digits, 1, 1000000, &part) ? (int)part : 0;
}

const char *found_origin(struct arena *arena, const char *url)
{
	struct address a = { 0 };
	struct str out = STR_INIT;
	const char *made;

	if (!url || !take_apart(arena, url, &a))
		return NULL;
	str_addf(&out, "https://%s", a.host);
	for (size_t i = 0; i < a.count; i++)
		str_addf(&out, "/%s", a.parts[i]);
	made = arena_strdup(arena, out.buf);
	str_release(&out);
	return made;
}
