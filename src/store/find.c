#include "archive/store/find.h"

#include <string.h>

#include "archive/base/hash.h"
#include "archive/base/mem.h"

#define SHORT_MIN 4

/* ---- addresses ---- */

static void add_lower(struct str *out, const char *text, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		bool upper = text[i] >= 'A' && text[i] <= 'Z';

		str_add_char(out, upper ? (char)(text[i] - 'A' + 'a') : text[i]);
	}
}

bool find_plain_address(const char *url, struct str *out)
{
	const char *rest = strstr(url, "://");
	size_t host, path;

	str_clear(out);
	if (!rest || strncasecmp(url, "http", 4) != 0)
		return false;
	rest += strlen("://");
	if (strncasecmp(rest, "www.", 4) == 0)
		rest += 4;
	host = strcspn(rest, "/?#");
	path = host + strcspn(rest + host, "?#");
	while (path > host && rest[path - 1] == '/')
		path--;
	add_lower(out, rest, host);
	str_add_n(out, rest + host, path - host);
	return host > 0;
}

/* The digits behind the mark, when nothing but another step of the path follows them. */
static const char *number_behind(const char *address, const char *mark, size_t *digits)
{
	const char *at = strstr(address, mark);

	if (!at)
		return NULL;
	at += strlen(mark);
	*digits = strspn(at, "0123456789");
	return *digits > 0 && (at[*digits] == '\0' || at[*digits] == '/') ? at : NULL;
}

const char *find_x_path(const char *address)
{
	static const char *const hosts[] = { "x.com/", "twitter.com/", "mobile.x.com/",
					     "mobile.twitter.com/", "m.twitter.com/" };

	for (size_t i = 0; i < ARRAY_LEN(hosts); i++)
		if (str_starts(address, hosts[i]))
			return address + strlen(hosts[i]);
	return NULL;
}

/* The number of a post in the address of any page of X that shows one: "user/status/1",
 * "i/web/status/1/photo/1". NULL when it is none. */
static const char *x_number(const char *address, size_t *digits)
{
	const char *number;

	if (!find_x_path(address))
		return NULL;
	number = number_behind(address, "/status/", digits);
	return number ? number : number_behind(address, "/statuses/", digits);
}

/* "host/@name/1": the name, and the number behind it. */
static const char *mastodon_number(const char *address, const char **name)
{
	const char *slash = strchr(address, '/');
	const char *number = slash && slash[1] == '@' ? strchr(slash + 1, '/') : NULL;

	if (!number || number == slash + 2 || memchr(slash + 2, '@', (size_t)(number - slash - 2)))
		return NULL;
	number++;
	*name = slash + 2;
	return *number && number[strspn(number, "0123456789")] == '\0' ? number : NULL;
}

/* ---- Bluesky ---- */

/* A post as its addresses name it: whose it is, a DID or a handle, and its key. */
struct bluesky_name {
	struct str owner, key;
};

static void release_name(struct bluesky_name *name)
{
	str_release(&name->owner);
	str_release(&name->key);
}

/* Up to a slash; the colons of a DID may be escaped. */
static void add_owner(struct str *out, const char *text, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		bool colon = len - i >= 3 && !strncasecmp(text + i, "%3a", 3);

		str_add_char(out, colon ? ':' : text[i]);
		i += colon ? 2 : 0;
	}
}

/* "bsky.app/profile/OWNER/post/KEY", or "at://OWNER/app.bsky.feed.post/KEY". */
static bool read_bluesky(const char *address, struct bluesky_name *name)
{
	static const struct {
		const char *before, *between;
	} forms[] = { { "bsky.app/profile/", "/post/" }, { "at://", "/app.bsky.feed.post/" } };

	for (size_t i = 0; i < ARRAY_LEN(forms); i++) {
		const char *owner = address + strlen(forms[i].before);
		const char *key;

		if (!str_starts(address, forms[i].before))
			continue;
		key = owner + strcspn(owner, "/");
		if (key == owner || !str_starts(key, forms[i].between))
			return false;
		add_owner(&name->owner, owner, (size_t)(key - owner));
		key += strlen(forms[i].between);
		str_add_n(&name->key, key, strcspn(key, "/"));
		return name->key.len > 0;
	}
	return false;
}

static void add_at_uri(struct str *out, const char *did, const struct bluesky_name *name)
{
	str_addf(out, "at://%s/app.bsky.feed.post/%s", did, name->key.buf);
}

/* Only a DID tells the uri; whose a handle is, is looked up. */
static bool add_bluesky(struct str *out, const char *address)
{
	struct bluesky_name name = { STR_INIT, STR_INIT };
	bool told = read_bluesky(address, &name) && str_starts(name.owner.buf, "did:");

	if (told)
		add_at_uri(out, name.owner.buf, &name);
	release_name(&name);
	return told;
}

static void add_custom(struct str *out, const char *address)
{
	const char *name = NULL;
	size_t digits = 0;
	const char *number = x_number(address, &digits);

	if (add_bluesky(out, address))
		return;
	if (number) {
		str_add(out, "https://x.com/i/status/");
		str_add_n(out, number, digits);
		return;
	}
	number = mastodon_number(address, &name);
	str_add(out, "https://");
	if (!number) {
		str_add(out, address);
		return;
	}
	str_add_n(out, address, strcspn(address, "/"));
	str_add(out, "/users/");
	str_add_n(out, name, strcspn(name, "/"));
	str_add(out, "/statuses/");
	str_add(out, number);
}

bool find_uri_of(const char *url, struct str *out)
{
	struct str address = STR_INIT;
	bool web = find_plain_address(url, &address);

	str_clear(out);
	if (web)
		add_custom(out, address.buf);
	str_release(&address);
	return web;
}

/* ---- looking ---- */

bool find_by_uri(struct store *store, const char *uri, int64_t *id, struct err *err)
{
	char short_id[HASH_SHORT_LEN + 1];
	struct query q = db_query(store, SQL_FIND_URI);

	hash_short_id(uri, short_id);
	db_text(&q, short_id);
	db_text(&q, uri);
	return db_value(&q, 0, id, err);
}

static bool find_text(struct store *store, enum sql sql, const char *text, int64_t *id,
		      struct err *err)
{
	struct query q = db_query(store, sql);

	db_text(&q, text);
	return db_value(&q, 0, id, err);
}

static bool find_name(struct store *store, const char *name, int64_t *id, struct err *err)
{
	return find_by_uri(store, name, id, err) &&
	       (*id || find_text(store, SQL_FIND_URL, name, id, err));
}

/* A post of X that was edited has a later number in its address than in its uri. */
static bool find_x(struct store *store, const char *address, int64_t *id, struct err *err)
{
	struct str number = STR_INIT;
	size_t digits = 0;
	const char *at = x_number(address, &digits);
	bool ok = true;

	if (at) {
		str_add_n(&number, at, digits);
		ok = find_text(store, SQL_FIND_X, number.buf, id, err);
	}
	str_release(&number);
	return ok;
}

/* By the handle that the authors were last seen with. */
static bool find_by_handle(struct store *store, const struct bluesky_name *name, int64_t *id,
			   struct err *err)
{
	struct query q = db_query(store, SQL_FIND_BLUESKY_DIDS);
	struct str handle = STR_INIT, uri = STR_INIT;
	int rc;

	str_addf(&handle, "@%s", name->owner.buf);
	db_text(&q, handle.buf);
	while ((rc = db_step(&q, err)) > 0 && !*id) {
		str_clear(&uri);
		add_at_uri(&uri, db_column(&q, 0), name);
		if (!find_by_uri(store, uri.buf, id, err)) {
			rc = -1;
			break;
		}
	}
	db_end(&q);
	str_release(&handle);
	str_release(&uri);
	return rc >= 0;
}

static bool find_bluesky(struct store *store, const char *address, int64_t *id, struct err *err)
{
	struct bluesky_name name = { STR_INIT, STR_INIT };
	struct str owner = STR_INIT;
	bool ok = true;

	if (!read_bluesky(address, &name))
		goto out;
	add_lower(&owner, name.owner.buf + (name.owner.buf[0] == '@'),
		  strlen(name.owner.buf + (name.owner.buf[0] == '@')));
	str_clear(&name.owner);
	str_add_n(&name.owner, owner.buf, owner.len);
	ok = find_by_handle(store, &name, id, err);
out:
	release_name(&name);
	str_release(&owner);
	return ok;
}

/* As it may have been kept. */
static bool find_spelled(struct store *store, const char *address, int64_t *id, struct err *err)
{
	static const struct {
		const char *before, *behind;
	} forms[] = { { "https://", "" },
		      { "https://", "/" },
		      { "https://www.", "" },
		      { "http://", "" },
		      { "http://", "/" } };
	struct str form = STR_INIT;
	bool ok = true;

	for (size_t i = 0; ok && !*id && i < ARRAY_LEN(forms); i++) {
		str_clear(&form);
		str_add(&form, forms[i].before);
		str_add(&form, address);
		str_add(&form, forms[i].behind);
		ok = find_name(store, form.buf, id, err);
	}
	str_release(&form);
	return ok;
}

static bool find_address(struct store *store, const char *name, int64_t *id, struct err *err)
{
	struct str address = STR_INIT;
	struct str uri = STR_INIT;
	bool ok = true;

	if (str_starts(name, "at://")) {
		ok = find_bluesky(store, name, id, err);
		goto out;
	}
	if (!find_uri_of(name, &uri) || !find_plain_address(name, &address))
		goto out;
	ok = find_by_uri(store, uri.buf, id, err) && (*id || find_x(store, address.buf, id, err)) &&
	     (*id || find_bluesky(store, address.buf, id, err)) &&
	     (*id || find_spelled(store, address.buf, id, err));
out:
	str_release(&address);
	str_release(&uri);
	return ok;
}

/* ---- short ids ---- */

static bool is_short(const struct str *name)
{
	return name->len >= SHORT_MIN && name->len <= HASH_SHORT_LEN &&
	       strspn(name->buf, "abcdefghijklmnopqrstuvwxyz234567") == name->len;
}

static bool count_short(struct store *store, struct str *name, int64_t *count, int64_t *id,
			struct err *err)
{
	struct query q = db_query(store, SQL_FIND_SHORT);
	size_t len = name->len;
	int rc;

	str_add_char(name, '~'); /* behind every letter and digit */
	db_text_n(&q, name->buf, len);
	db_text_n(&q, name->buf, name->len);
	rc = db_step(&q, err);
	*count = rc > 0 ? db_column_int(&q, 0) : 0;
	*id = *count == 1 ? db_column_int(&q, 1) : 0;
	db_end(&q);
	return rc >= 0;
}

static bool find_short(struct store *store, const char *name, int64_t *id, struct err *err)
{
	struct str lower = STR_INIT;
	int64_t count = 0;
	bool ok = true;

	add_lower(&lower, name, strlen(name));
	if (is_short(&lower))
		ok = count_short(store, &lower, &count, id, err);
	if (ok && count > 1)
		ok = err_set(err, ERR_USAGE,
			     "%s could be any of %lld posts: give more of its short id", name,
			     (long long)count);
	str_release(&lower);
	return ok;
}

bool store_find_post(struct store *store, const char *name, int64_t *id, struct err *err)
{
	int64_t found = 0;

	if (!find_name(store, name, &found, err) ||
	    (!found && !find_address(store, name, &found, err)) ||
	    (!found && !find_short(store, name, &found, err)))
		return false;
	if (!found)
		return err_set(err, ERR_NOT_FOUND,
			       "no post %s in %s: give its address, or its short id as archive "
			       "search prints it",
			       name, store->path);
	*id = found;
	return true;
}
