#include "archive/store/forget.h"

#include <string.h>

#include "archive/store/put.h"

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

bool forgotten_author(struct store *store, const struct author *author, bool *forgotten,
		      struct err *err)
{
	bool any = false;

	*forgotten = false;
	return is_any(store, &any, err) &&
	       (!any || find(store, author_identity(author), forgotten, err));
}

bool forgotten_post(struct store *store, const struct post *post, bool *forgotten, struct err *err)
{
	bool any = false;

	*forgotten = false;
	return is_any(store, &any, err) &&
	       (!any ||
		(find(store, post->uri, forgotten, err) &&
		 (*forgotten || find(store, author_identity(&post->author), forgotten, err))));
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

enum fate store_judge(void *owner, const struct post *post)
{
	struct store *store = owner;
	struct err ignored = { 0 };
	bool forgotten = false;

	if (forgotten_post(store, post, &forgotten, &ignored) && forgotten)
		return FATE_DROPPED;
	return opted_out(store, &post->author, &ignored) ? FATE_OPTED_OUT : FATE_KEPT;
}
