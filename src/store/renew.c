#include <sqlite3.h>
#include <string.h>

#include "archive/base/mem.h"
#include "archive/store/derive.h"
#include "archive/store/known.h"
#include "archive/store/put.h"
#include "archive/store/search.h"
#include "archive/store/stored.h"

/* ---- one post again ---- */

static bool renew_post(struct store *store, const struct post *post, int64_t author,
		       const struct derivation *derivation, struct err *err)
{
	struct reading reading = { .post = post,
				   .author = author,
				   .fetched = derivation->read,
				   .fingerprint = fingerprint_of_post(post) };
	struct stored_post stored;
	struct query q;

	hash_short_id(post->uri, reading.short_id);
	if (!stored_post_at(store, reading.short_id, post->uri, &stored, err) ||
	    !post_renew(store, &reading, derivation->id, err))
		return false;
	q = db_query(store, SQL_GONE_AGAIN);
	db_int(&q, derivation->id);
	db_int(&q, stored.gone);
	return db_done(&q, err);
}

bool store_put_again(struct store *store, const struct post *post,
		     const struct derivation *derivation, struct err *err)
{
	struct put_author author = { 0 };

	if (derivation->author == DERIVED_OTHER &&
	    !author_renew(store, &post->author, derivation->read, err))
		return false;
	if (derivation->post != DERIVED_OTHER)
		return true;
	if (post->taken ? !author_put_taken(store, &post->author, &author, err)
			: !author_put(store, &post->author, derivation->read, &author, err))
		return false;
	return renew_post(store, post, author.id, derivation, err);
}

/* ---- the indexes ---- */

void store_hold_index(struct store *store)
{
	store->unindexed = true;
}

static bool run(struct store *store, enum sql sql, struct err *err)
{
	struct query q = db_query(store, sql);

	return db_done(&q, err);
}

bool store_reindex(struct store *store, const struct watch *watch, struct err *err)
{
	bool ok;

	store->unindexed = false;
	if (!watch_tell(watch, "making the search index anew", 0, 0))
		return err_set(err, ERR_IO, "ended before it was done; nothing was changed");
	db_watch(store, watch);
	ok = run(store, SQL_TAGS_STRAY_REMOVE, err) && run(store, SQL_TAGS_LOST_ADD, err) &&
	     search_make(store, err);
	db_watch(store, NULL);
	return ok;
}

/* ---- what stays ---- */

static const enum sql kept[] = {
	SQL_KEPT_ANSWERS,  SQL_KEPT_FORGOTTEN,	  SQL_KEPT_REPLIES,	SQL_KEPT_RUNS,
	SQL_KEPT_SPANS,	   SQL_KEPT_THREADS,	  SQL_KEPT_THREAD_TAGS, SQL_KEPT_ITEMS,
	SQL_KEPT_VERDICTS, SQL_KEPT_STEPS,	  SQL_KEPT_EDITS,	SQL_KEPT_EDIT_VERDICTS,
	SQL_KEPT_TARGETS,  SQL_KEPT_EDIT_THREADS, SQL_KEPT_ORIGINS,	SQL_KEPT_FILES,
	SQL_KEPT_PICTURES,
};

static uint64_t mix(uint64_t hash, uint64_t value)
{
	hash = (hash ^ value) * UINT64_C(0x9e3779b97f4a7c15);
	return hash ^ hash >> 29;
}

static uint64_t mix_value(uint64_t hash, const struct query *q, int column)
{
	size_t len = 0;
	const unsigned char *bytes;

	hash = mix(hash, (uint64_t)sqlite3_column_type(q->stmt, column));
	if (sqlite3_column_type(q->stmt, column) == SQLITE_INTEGER)
		return mix(hash, (uint64_t)db_column_int(q, column));
	bytes = db_column_blob(q, column, &len);
	for (size_t i = 0; i < len; i++)
		hash = mix(hash, bytes[i]);
	return mix(hash, len);
}

static bool digest_rows(struct store *store, enum sql sql, uint64_t *digest, struct err *err)
{
	struct query q = db_query(store, sql);
	int rc;

	while ((rc = db_step(&q, err)) > 0)
		for (int i = 0; i < sqlite3_column_count(q.stmt); i++)
			*digest = mix_value(*digest, &q, i);
	db_end(&q);
	*digest = mix(*digest, sql);
	return rc == 0;
}

bool store_rest_digest(struct store *store, uint64_t *digest, struct err *err)
{
	*digest = 0;
	for (size_t i = 0; i < ARRAY_LEN(kept); i++)
		if (!digest_rows(store, kept[i], digest, err))
			return false;
	return true;
}
