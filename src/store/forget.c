#include "archive/store/forget.h"

#include <stdlib.h>
#include <string.h>

#include "archive/base/idset.h"
#include "archive/base/mem.h"
#include "archive/store/find.h"
#include "archive/store/put.h"
#include "archive/store/search.h"

/* What is under way: all posts first, so that the files can be named before the posts are gone. */
struct forgetting {
	struct store *store;
	int64_t now;
	int64_t *posts;
	size_t count, room;
	struct idset authors; /* who wrote them */
	struct forget_report *report;
};

static void add_post(struct forgetting *f, int64_t id)
{
	if (f->count == f->room) {
		f->room = f->room ? f->room * 2 : 64;
		f->posts = xreallocarray(f->posts, f->room, sizeof(*f->posts));
	}
	f->posts[f->count++] = id;
}

static int by_id(const void *a, const void *b)
{
	int64_t left = *(const int64_t *)a, right = *(const int64_t *)b;

	return (left > right) - (left < right);
}

/* A post may be named by itself and by its author. */
static void each_once(struct forgetting *f)
{
	size_t left = 0;

	if (f->count > 1)
		qsort(f->posts, f->count, sizeof(*f->posts), by_id);
	for (size_t i = 0; i < f->count; i++)
		if (left == 0 || f->posts[left - 1] != f->posts[i])
			f->posts[left++] = f->posts[i];
	f->count = left;
}

/* ---- what is meant ---- */

/* The handle, as it is noted, is in store->words then. */
static bool find_author(struct store *store, const char *uri, int64_t *id, struct err *err)
{
	struct query q = db_query(store, SQL_AUTHOR_FIND);
	struct author author = { 0 };
	int rc;

	db_text(&q, uri);
	rc = db_step(&q, err);
	*id = rc > 0 ? db_column_int(&q, 0) : 0;
	author.handle = rc > 0 ? db_column(&q, 4) : NULL;
	forgotten_handle(&author, &store->words);
	db_end(&q);
	return rc >= 0;
}

static bool add_posts_by(struct forgetting *f, int64_t author, struct err *err)
{
	int64_t id = 0;

	for (;;) {
		struct query q = db_query(f->store, SQL_AUTHOR_POST);

		db_int(&q, author);
		db_int(&q, id);
		if (!db_value(&q, 0, &id, err))
			return false;
		if (!id)
			return true;
		add_post(f, id);
	}
}

/* Of those who opted out the store does not tell the author; the uri itself may. */
static bool add_emptied_posts(struct forgetting *f, const char *uri, struct err *err)
{
	int64_t id = 0;

	for (;;) {
		struct query q = db_query(f->store, SQL_OPTOUT_POST);

		db_text(&q, uri);
		db_int(&q, id);
		if (!db_value(&q, 0, &id, err))
			return false;
		if (!id)
			return true;
		add_post(f, id);
	}
}

static bool add_item(struct forgetting *f, const struct forget_item *item, struct err *err)
{
	int64_t id = 0;

	if (item->author)
		return find_author(f->store, item->uri, &id, err) &&
		       (!id || add_posts_by(f, id, err)) && add_emptied_posts(f, item->uri, err);
	if (!find_by_uri(f->store, item->uri, &id, err))
		return false;
	if (id)
		add_post(f, id);
	return true;
}

/* ---- taking away ---- */

static bool run(struct store *store, enum sql sql, int64_t id, struct err *err)
{
	struct query q = db_query(store, sql);

	db_int(&q, id);
	return db_done(&q, err);
}

/* What was joined to the post stays together. */
static bool lead_groups(struct store *store, int64_t post, struct err *err)
{
	struct query find, lead;
	int64_t item = 0;
	int rc;

	do {
		find = db_query(store, SQL_GROUPS_OF_POST);
		db_int(&find, post);
		db_int(&find, item);
		rc = db_step(&find, err);
		if (rc > 0) {
			item = db_column_int(&find, 1);
			lead = db_query(store, SQL_GROUP_LED_BY);
			db_int(&lead, db_column_int(&find, 0));
			db_int(&lead, item);
			db_int(&lead, db_column_int(&find, 2));
		}
		db_end(&find);
		if (rc > 0 && !db_done(&lead, err))
			return false;
	} while (rc > 0);
	return rc == 0;
}

/* Out of everything that is or was; what stands around it, in the journal too, stays. */
static bool take_out_of_journal(struct store *store, int64_t post, struct err *err)
{
	static const enum sql out[] = { SQL_EDITS_UNJOIN,	  SQL_EDITS_FORGET,
					SQL_EDIT_VERDICTS_FORGET, SQL_VERDICTS_FORGET,
					SQL_STEPS_FORGET,	  SQL_ITEMS_FORGET };

	if (!lead_groups(store, post, err))
		return false;
	for (size_t i = 0; i < ARRAY_LEN(out); i++)
		if (!run(store, out[i], post, err))
			return false;
	return true;
}

/* No operation of the journal, on purpose: an undo would bring it back. */
static bool take_out_of_threads(struct forgetting *f, int64_t post, struct err *err)
{
	struct query q = db_query(f->store, SQL_ITEMS_OF_POST);
	int64_t items = 0;

	db_int(&q, post);
	if (!db_value(&q, 0, &items, err))
		return false;
	f->report->items += (size_t)items;
	if (!f->now)
		return take_out_of_journal(f->store, post, err);
	q = db_query(f->store, SQL_THREADS_TOUCH);
	db_int(&q, post);
	db_int(&q, f->now);
	return db_done(&q, err) && take_out_of_journal(f->store, post, err);
}

static bool note_author(struct forgetting *f, int64_t post, struct err *err)
{
	int64_t author = 0;

	if (!author_of_post(f->store, post, &author, err))
		return false;
	if (author)
		idset_add(&f->authors, author);
	return true;
}

static bool remove_posts(struct forgetting *f, struct err *err)
{
	for (size_t i = 0; i < f->count; i++)
		if (!note_author(f, f->posts[i], err) ||
		    !take_out_of_threads(f, f->posts[i], err) ||
		    !post_remove(f->store, f->posts[i], err))
			return false;
	f->report->posts = f->count;
	return true;
}

static bool remove_idle_authors(struct forgetting *f, struct err *err)
{
	for (size_t i = 0; i < f->authors.room; i++)
		if (f->authors.slots[i] && !author_remove_idle(f->store, f->authors.slots[i], err))
			return false;
	return true;
}

static bool add_hash(struct forgetting *f, const char *name, bool author, struct err *err)
{
	struct query q = db_query(f->store, SQL_FORGOTTEN_ADD);
	uint8_t hash[HASH_SIZE];

	if (!f->now)
		return true;
	hash_sha256(name, strlen(name), hash);
	db_blob(&q, hash, sizeof(hash));
	db_text(&q, author ? "author" : "post");
	db_int(&q, f->now);
	f->store->forgotten = FORGOTTEN_SOME;
	return db_done(&q, err);
}

static bool remove_author(struct forgetting *f, const char *uri, struct err *err)
{
	static const struct author nobody = { 0 };
	int64_t id = 0;

	if (!find_author(f->store, uri, &id, err))
		return false;
	if (!id)
		return true;
	f->report->authors++;
	f->store->pictures_stale = true;
	return (f->store->words.len == 0 || add_hash(f, f->store->words.buf, true, err)) &&
	       author_emojis_write(f->store, id, &nobody, err) &&
	       run(f->store, SQL_AUTHOR_REMOVE, id, err);
}

static bool forget_all(struct forgetting *f, const struct forget_item *items, size_t count,
		       struct arena *arena, struct err *err)
{
	for (size_t i = 0; i < count; i++)
		if (!add_item(f, &items[i], err))
			return false;
	each_once(f);
	if (!store_targets_of(f->store, f->posts, f->count, arena, &f->report->targets,
			      &f->report->target_count, err) ||
	    !remove_posts(f, err))
		return false;
	for (size_t i = 0; i < count; i++)
		if ((items[i].author && !remove_author(f, items[i].uri, err)) ||
		    !add_hash(f, items[i].uri, items[i].author, err))
			return false;
	return remove_idle_authors(f, err) && search_mark(f->store, true, err);
}

bool store_forget(struct store *store, const struct forget_item *items, size_t count, int64_t now,
		  struct arena *arena, struct forget_report *report, struct err *err)
{
	struct forgetting f = { .store = store, .now = now, .report = report };
	bool ok;

	*report = (struct forget_report){ 0 };
	ok = forget_all(&f, items, count, arena, err);
	idset_release(&f.authors);
	free(f.posts);
	return ok;
}

bool store_name_post(struct store *store, int64_t id, struct arena *arena, struct named_post *out,
		     struct err *err)
{
	struct query q = db_query(store, SQL_POST_NAMES);
	int rc;

	db_int(&q, id);
	rc = db_step(&q, err);
	if (rc > 0)
		*out = (struct named_post){
			.uri = arena_strdup(arena, db_column(&q, 0)),
			.short_id = arena_strdup(arena, db_column(&q, 1)),
			.handle = arena_strdup(arena, db_column(&q, 2)),
		};
	db_end(&q);
	return rc > 0 ||
	       (rc == 0 && err_set(err, ERR_NOT_FOUND, "%s: that post is gone", store->path));
}

/* ---- the transaction, and what is left behind it ---- */

/* Takes effect when it is prepared, so it is not kept. */
static bool check_keys(struct store *store, bool check, struct err *err)
{
	struct query q = db_query_own(store, check ? SQL_CHECK_KEYS : SQL_CHECK_NO_KEYS);
	bool ok = db_done(&q, err);

	db_finish(&q);
	return ok;
}

bool store_forget_begin(struct store *store, struct err *err)
{
	struct err ignored = { 0 };

	if (!check_keys(store, false, err))
		return false;
	if (store_begin(store, err))
		return true;
	return check_keys(store, true, &ignored) && false;
}

bool store_forget_end(struct store *store, bool ok, struct err *err)
{
	struct err ignored = { 0 };

	ok = ok && store_commit(store, err);
	store_rollback(store);
	return check_keys(store, true, &ignored) && ok;
}

bool store_scrub(struct store *store, bool *clean, struct err *err)
{
	return search_scrub(store, true, clean, err);
}

bool store_post_uri(const char *url, struct str *out)
{
	return find_uri_of(url, out);
}

bool store_unforget(struct store *store, const char *uri, bool *was, struct err *err)
{
	struct query q = db_query(store, SQL_FORGOTTEN_REMOVE);
	uint8_t hash[HASH_SIZE];
	int64_t removed = 0;

	hash_sha256(uri, strlen(uri), hash);
	db_blob(&q, hash, sizeof(hash));
	store->forgotten = FORGOTTEN_UNKNOWN;
	if (!db_value(&q, 0, &removed, err))
		return false;
	*was = removed != 0;
	return true;
}
