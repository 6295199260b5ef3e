#include "archive/store/search.h"

#include <string.h>

#include "archive/store/row.h"
#include "archive/text/words.h"

#define POSTS_PER_PAGE 16  /* as many pages are joined in the long run */
#define PAGES_AT_ONCE  250 /* in a transaction: a tenth of a second at most that others wait */

/* meta's "scrub": what is to be done before no byte is left of what was taken away. Secure deletion
 * empties what is freed; but where SQLite moved a row to another page, the first page keeps a copy
 * in the gap between its rows. Only a file that is written anew has none. */
enum scrub { SCRUB_NOTHING, SCRUB_INDEX, SCRUB_WAL, SCRUB_FILE };

static void add_words(struct str *out, const char *text)
{
	if (!text)
		return;
	if (out->len > 0)
		str_add_char(out, ' ');
	words_prepare(out, text, strlen(text));
}

void search_words(struct str *out, const struct post *post)
{
	str_clear(out);
	add_words(out, post->text);
	add_words(out, post->spoiler);
	for (size_t i = 0; i < post->media_count; i++)
		add_words(out, post->media[i].alt);
	for (size_t i = 0; post->poll && i < post->poll->option_count; i++)
		add_words(out, post->poll->options[i].title);
	if (post->card)
		add_words(out, post->card->title);
}

static bool change(struct store *store, enum sql sql, int64_t post, const struct str *words,
		   struct err *err)
{
	struct query q = db_query(store, sql);

	if (store->unindexed)
		return true;
	db_int(&q, post);
	db_text_n(&q, words->buf, words->len);
	return db_done(&q, err);
}

bool search_add(struct store *store, int64_t post, const struct str *words, struct err *err)
{
	store->added++;
	return change(store, SQL_SEARCH_ADD, post, words, err);
}

bool search_remove(struct store *store, int64_t post, const struct str *words, struct err *err)
{
	return change(store, SQL_SEARCH_REMOVE, post, words, err);
}

static bool run(struct store *store, enum sql sql, struct err *err)
{
	struct query q = db_query(store, sql);

	return db_done(&q, err);
}

void search_settle(struct store *store, int64_t posts)
{
	int64_t pages = posts / POSTS_PER_PAGE + PAGES_AT_ONCE;
	struct err ignored = { 0 };

	db_wait(store, false);
	for (; pages > 0; pages -= PAGES_AT_ONCE) {
		int64_t before = db_changes(store);
		struct query q = db_query(store, SQL_SEARCH_MERGE);

		db_int(&q, PAGES_AT_ONCE);
		if (!db_done(&q, &ignored) || db_changes(store) - before < 2)
			break; /* FTS5: less than two changes, and there is nothing to join */
	}
	db_wait(store, true);
}

bool search_mark(struct store *store, bool whole_file, struct err *err)
{
	return run(store, whole_file ? SQL_SCRUB_MARK_FILE : SQL_SCRUB_MARK, err);
}

static bool meta_int(struct store *store, const char *name, int64_t *value, struct err *err)
{
	struct query q = db_query(store, SQL_META);

	db_text(&q, name);
	return db_value(&q, 0, value, err);
}

static bool scrub_index(struct store *store, enum sql mark, struct err *err)
{
	bool ok;

	if (!store_begin(store, err))
		return false;
	ok = run(store, SQL_SEARCH_OPTIMIZE, err) && run(store, mark, err) &&
	     store_commit(store, err);
	store_rollback(store);
	return ok;
}

static bool scrub_pages(struct store *store, int64_t marked, struct err *err)
{
	if (marked == SCRUB_WAL)
		return true;
	if (marked != SCRUB_FILE)
		return scrub_index(store, SQL_SCRUB_MARK_WAL, err);
	return scrub_index(store, SQL_SCRUB_MARK_FILE, err) && run(store, SQL_VACUUM, err) &&
	       run(store, SQL_SCRUB_MARK_WAL, err);
}

static bool empty_wal(struct store *store, bool wait, bool *emptied, struct err *err)
{
	struct query q = db_query(store, SQL_CHECKPOINT);
	int64_t busy = 0;
	bool ok;

	db_wait(store, wait);
	ok = db_value(&q, 0, &busy, err);
	db_wait(store, true);
	*emptied = ok && busy == 0;
	return ok;
}

bool search_scrub(struct store *store, bool wait, bool *clean, struct err *err)
{
	int64_t marked = 0;

	*clean = true;
	if (!meta_int(store, "scrub", &marked, err))
		return false;
	if (marked == SCRUB_NOTHING)
		return true;
	return scrub_pages(store, marked, err) && empty_wal(store, wait, clean, err) &&
	       (!*clean || run(store, SQL_SCRUB_UNMARK, err));
}

static bool add_all(struct store *store, struct err *err)
{
	struct query q = db_query(store, SQL_POSTS_ALL);
	struct arena arena = ARENA_INIT;
	struct post post;
	int rc;

	while ((rc = db_step(&q, err)) > 0) {
		arena_clear(&arena);
		rc = row_read_post(&q, 0, &arena, &post, err) ? 1 : -1;
		if (rc < 0)
			break;
		search_words(&store->words, &post);
		rc = search_add(store, post.id, &store->words, err) ? 1 : -1;
		if (rc < 0)
			break;
	}
	db_end(&q);
	arena_release(&arena);
	return rc == 0;
}

static bool write_version(struct store *store, struct err *err)
{
	struct query q = db_query(store, SQL_META_WORDS);

	db_int(&q, WORDS_VERSION);
	return db_done(&q, err);
}

bool search_make(struct store *store, struct err *err)
{
	return run(store, SQL_SEARCH_EMPTY, err) && add_all(store, err) &&
	       write_version(store, err);
}

static bool rebuild(struct store *store, struct err *err)
{
	int64_t version = 0;
	bool ok = false;

	if (!store_begin(store, err))
		return false;
	if (!meta_int(store, "words", &version, err))
		goto out;
	if (version != WORDS_VERSION && !search_make(store, err))
		goto out;
	ok = store_commit(store, err);
out:
	store_rollback(store);
	return ok;
}

bool search_check(struct store *store, struct err *err)
{
	int64_t version = 0;

	if (!meta_int(store, "words", &version, err))
		return false;
	store->words_stale = version != WORDS_VERSION;
	return true;
}

bool search_renew(struct store *store, struct err *err)
{
	struct err ignored = { 0 };
	bool clean;

	if (!search_check(store, err))
		return false;
	if (store->words_stale && !rebuild(store, err))
		return false;
	store->words_stale = false;
	if (!search_scrub(store, false, &clean, &ignored))
		store_rollback(store); /* the mark stays; who writes little must not fail for it */
	return true;
}
