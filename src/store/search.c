#include "archive/store/search.h"

#include <string.h>

#include "archive/store/row.h"
#include "archive/text/words.h"

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

	db_int(&q, post);
	db_text_n(&q, words->buf, words->len);
	return db_done(&q, err);
}

bool search_add(struct store *store, int64_t post, const struct str *words, struct err *err)
{
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

bool search_mark(struct store *store, struct err *err)
{
	return run(store, SQL_SCRUB_MARK, err);
}

static bool meta_int(struct store *store, const char *name, int64_t *value, struct err *err)
{
	struct query q = db_query(store, SQL_META);

	db_text(&q, name);
	return db_value(&q, 0, value, err);
}

bool search_scrub(struct store *store, struct err *err)
{
	int64_t marked = 0;
	bool ok;

	if (!meta_int(store, "scrub", &marked, err))
		return false;
	if (!marked)
		return true;
	if (!store_begin(store, err))
		return false;
	ok = run(store, SQL_SEARCH_OPTIMIZE, err) && run(store, SQL_SCRUB_UNMARK, err) &&
	     store_commit(store, err);
	store_rollback(store);
	return ok && run(store, SQL_CHECKPOINT, err);
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

static bool rebuild(struct store *store, struct err *err)
{
	int64_t version = 0;
	bool ok = false;

	if (!store_begin(store, err))
		return false;
	if (!meta_int(store, "words", &version, err))
		goto out;
	if (version != WORDS_VERSION && !(run(store, SQL_SEARCH_EMPTY, err) &&
					  add_all(store, err) && write_version(store, err)))
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
	if (!search_check(store, err))
		return false;
	if (store->words_stale && !rebuild(store, err))
		return false;
	store->words_stale = false;
	return search_scrub(store, err);
}
