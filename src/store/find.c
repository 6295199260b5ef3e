#include "archive/store/db.h"

#include <string.h>

#include "archive/base/hash.h"

#define SHORT_MIN 4

static bool find_by(struct store *store, enum sql sql, const char *name, int64_t *id, struct err *err)
{
	struct query q = db_query(store, sql);

	db_text(&q, name);
	return db_value(&q, 0, id, err);
}

/* ---- addresses ---- */

/* "https", host in lower case without "www.", path; the query, the fragment and a slash at the end are taken off. false when it
 * is no web address. */
static bool plain_url(struct str *out, const char *url)
{
	const char *rest = strstr(url, "://");
	size_t host, path;

	if (!rest || !(str_starts(url, "http") || str_starts(url, "HTTP")))
		return false;
	rest += strlen("://");
	if (strncmp(rest, "www.", 4) == 0)
		rest += 4;
	host = strcspn(rest, "/?#");
	path = host + strcspn(rest + host, "?#");
	while (path > host && rest[path - 1] == '/')
		path--;
	str_add(out, "https://");
	for (size_t i = 0; i < host; i++)
		str_add_char(out, rest[i] >= 'A' && rest[i] <= 'Z' ? (char)(rest[i] - 'A' + 'a') : rest[i]);
	str_add_n(out, rest + host, path - host);
	return true;
}

static const char *after_x_host(const char *url)
{
	static const char *const hosts[] = {
		"https://x.com/", "https://twitter.com/", "https://mobile.twitter.com/", "https://mobile.x.com/",
		"https://m.twitter.com/",
	};

	for (size_t i = 0; i < sizeof(hosts) / sizeof(*hosts); i++)
		if (str_starts(url, hosts[i]))
			return url + strlen(hosts[i]);
	return NULL;
}

/* The number behind "/status/" or "/statuses/" of any page of X that shows a post: "USER/status/1", "i/web/status/1/photo/1". */
static bool x_id(const char *url, struct str *out)
{
	const char *path = after_x_host(url);
	const char *id = path ? strstr(path, "/status") : NULL;
	size_t digits;

	if (!id)
		return false;
	id += strlen("/status");
	id += str_starts(id, "es/") ? 3 : *id == '/';
	digits = strspn(id, "0123456789");
	str_add_n(out, id, digits);
	return digits > 0;
}

static bool find_x(struct store *store, const char *number, int64_t *id, struct err *err)
{
	struct str uri = STR_INIT;
	bool ok;

	str_addf(&uri, "https://x.com/i/status/%s", number);
	ok = find_by(store, SQL_FIND_EXACT, uri.buf, id, err) &&
	     (*id || find_by(store, SQL_FIND_X, number, id, err));
	str_release(&uri);
	return ok;
}

/* As it is kept, or with the slash or the "www." or the "http" that it may have been kept with. */
static bool find_spelled(struct store *store, const char *url, int64_t *id, struct err *err)
{
	static const char *const forms[] = { "https://%s", "https://%s/", "https://www.%s", "http://%s", "http://%s/" };
	struct str form = STR_INIT;
	bool ok = true;

	for (size_t i = 0; ok && !*id && i < sizeof(forms) / sizeof(*forms); i++) {
		const char *hole = strstr(forms[i], "%s");

		str_clear(&form);
		str_add_n(&form, forms[i], (size_t)(hole - forms[i]));
		str_add(&form, url + strlen("https://"));
		str_add(&form, hole + 2);
		ok = find_by(store, SQL_FIND_EXACT, form.buf, id, err);
	}
	str_release(&form);
	return ok;
}

static bool find_url(struct store *store, const char *name, int64_t *id, struct err *err)
{
	struct str url = STR_INIT;
	struct str number = STR_INIT;
	bool ok = true;

	if (!plain_url(&url, name))
		goto out;
	if (x_id(url.buf, &number))
		ok = find_x(store, number.buf, id, err);
	if (ok && !*id)
		ok = find_spelled(store, url.buf, id, err);
out:
	str_release(&url);
	str_release(&number);
	return ok;
}

/* ---- short ids ---- */

static bool fold_short(const char *name, char out[HASH_SHORT_LEN + 1])
{
	size_t len = strlen(name);

	if (len < SHORT_MIN || len > HASH_SHORT_LEN)
		return false;
	for (size_t i = 0; i <= len; i++)
		out[i] = name[i] >= 'A' && name[i] <= 'Z' ? (char)(name[i] - 'A' + 'a') : name[i];
	return strspn(out, "abcdefghijklmnopqrstuvwxyz234567") == len;
}

static bool find_short(struct store *store, const char *name, int64_t *id, struct err *err)
{
	char from[HASH_SHORT_LEN + 1];
	struct str below = STR_INIT;
	struct query q;
	int64_t count;
	int rc;

	if (!fold_short(name, from))
		return true;
	str_addf(&below, "%s~", from);
	q = db_query(store, SQL_FIND_SHORT);
	db_text(&q, from);
	db_text(&q, below.buf);
	rc = db_step(&q, err);
	count = rc > 0 ? db_column_int(&q, 0) : 0;
	*id = count == 1 ? db_column_int(&q, 1) : 0;
	db_end(&q);
	str_release(&below);
	if (count > 1)
		return err_set(err, ERR_USAGE, "%s could be any of %lld posts: give more of its short id", name,
			       (long long)count);
	return rc >= 0;
}

bool store_find_post(struct store *store, const char *name, int64_t *id, struct err *err)
{
	int64_t found = 0;

	if (!find_by(store, SQL_FIND_EXACT, name, &found, err))
		return false;
	if (!found && !find_url(store, name, &found, err))
		return false;
	if (!found && !find_short(store, name, &found, err))
		return false;
	if (!found)
		return err_set(err, ERR_NOT_FOUND,
			       "no post %s in %s: give its address, or its short id as archive search prints it", name,
			       store->path);
	*id = found;
	return true;
}
