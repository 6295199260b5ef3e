#include "archive/store/forget.h"

#include <string.h>

#include "archive/store/put.h"
#include "archive/text/utf8.h"

/* Whether there is anything forgotten at all is asked once a transaction. */
static bool is_any(struct store *store, bool *any, struct err *err)
{
	struct query q;
	int64_t found = 0;

	if (store->forgotten == FORGOTTEN_UNKNOWN) {
		q = db_query(store, SQL_FORGOTTEN_ANY);
		if (!db_value(&q, 0, &found, err))
			return false;
		store->forgotten = found ? FORGOTTEN_SOME : FORGOTTEN_NONE;
	}
	*any = store->forgotten == FORGOTTEN_SOME;
	return true;
}

bool store_has_forgotten(struct store *store)
{
	struct err ignored = { 0 };
	bool any = false;

	return !is_any(store, &any, &ignored) || any;
}

static bool find(struct store *store, const char *uri, bool *found, struct err *err)
{
	struct query q = db_query(store, SQL_FORGOTTEN_FIND);
	uint8_t hash[HASH_SIZE];
	int64_t kept = 0;

	if (!uri)
		return true;
	hash_sha256(uri, strlen(uri), hash);
	db_blob(&q, hash, sizeof(hash));
	if (!db_value(&q, 0, &kept, err))
		return false;
	*found = kept != 0;
	return true;
}

void forgotten_handle(const struct author *author, struct str *out)
{
	const char *handle = author->handle;

	str_clear(out);
	if (handle && *handle == '@' && strchr(handle + 1, '@'))
		utf8_add_folded(out, handle, strlen(handle));
}

/* Two networks know one person by two uris, but by the same handle. */
static bool find_author(struct store *store, const struct author *author, bool *found,
			struct err *err)
{
	if (!find(store, author_identity(author), found, err))
		return false;
	if (*found)
		return true;
	forgotten_handle(author, &store->words);
	return store->words.len == 0 || find(store, store->words.buf, found, err);
}

bool forgotten_author(struct store *store, const struct author *author, bool *forgotten,
		      struct err *err)
{
	bool any = false;

	*forgotten = false;
	return is_any(store, &any, err) && (!any || find_author(store, author, forgotten, err));
}

bool forgotten_post(struct store *store, const struct post *post, bool *forgotten, struct err *err)
{
	bool any = false;

	*forgotten = false;
	if (!is_any(store, &any, err) || (any && !find(store, post->uri, forgotten, err)))
		return false;
	return !any || *forgotten || find_author(store, &post->author, forgotten, err);
}

/* Is what begins the uri forgotten: the post, or somebody whose posts' uris begin so? */
static bool find_beginning(struct store *store, const char *uri, bool *found, struct err *err)
{
	struct str name = STR_INIT;
	bool ok = find(store, uri, found, err);

	for (const char *slash = strchr(uri, '/'); ok && !*found && slash;
	     slash = strchr(slash + 1, '/')) {
		str_clear(&name);
		str_add_n(&name, uri, (size_t)(slash - uri));
		ok = find(store, name.buf, found, err);
	}
	str_release(&name);
	return ok;
}

bool forgotten_prefix(struct store *store, const char *uri, bool *forgotten, struct err *err)
{
	bool any = false;

	*forgotten = false;
	if (!is_any(store, &any, err))
		return false;
	if (!any)
		return true;
	return find_beginning(store, uri, forgotten, err) &&
	       (*forgotten || !str_starts(uri, "at://") ||
		find_beginning(store, uri + strlen("at://"), forgotten, err));
}

static bool opted_out(struct store *store, const struct author *author, struct err *err)
{
	struct query q = db_query(store, SQL_AUTHOR_OPTED_OUT);
	int64_t optout = 0;

	if (!author_identity(author))
		return false;
	db_text(&q, author_identity(author));
	return db_value(&q, 0, &optout, err) && optout;
}

/* A note of Misskey comes without what its author says of archives: that it says nothing takes no
 * opt-out back. */
static bool stays_opted_out(struct store *store, const struct post *post, struct err *err)
{
	char short_id[HASH_SHORT_LEN + 1];
	struct query q;
	int64_t optout = 0;

	if (post->network != NETWORK_MISSKEY || !post->uri)
		return false;
	hash_short_id(post->uri, short_id);
	q = db_query(store, SQL_POST_OPTED_OUT);
	db_text(&q, short_id);
	db_text(&q, post->uri);
	return db_value(&q, 0, &optout, err) && optout;
}

enum fate store_judge(void *owner, const struct post *post)
{
	struct store *store = owner;
	struct err ignored = { 0 };
	bool forgotten = false;

	if (forgotten_post(store, post, &forgotten, &ignored) && forgotten)
		return FATE_DROPPED;
	if (opted_out(store, &post->author, &ignored) || stays_opted_out(store, post, &ignored))
		return FATE_OPTED_OUT;
	return FATE_KEPT;
}
