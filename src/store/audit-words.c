#include <stdlib.h>
#include <string.h>

#include "archive/base/mem.h"
#include "archive/store/audit.h"
#include "archive/store/put.h"
#include "archive/store/search.h"

/* Every post's words and their places, summed up in a number that does not depend on their order:
 * once as the index has them, once as the tokenizer makes them of the post's text. The texts go
 * through a small index of their own, some at a time. */
#define AT_ONCE 2000 /* posts */

struct sum {
	int64_t post;
	uint64_t words;
};

struct sums {
	struct sum *list; /* by post */
	size_t count, room;
	int64_t strangers; /* words of posts that are not there */
};

/* The hash of a word is made once for all its places. */
struct word {
	struct str text;
	uint64_t hash;
};

static uint64_t hash_of(const char *text, size_t len)
{
	uint64_t hash = UINT64_C(0xcbf29ce484222325);

	for (size_t i = 0; i < len; i++)
		hash = (hash ^ (unsigned char)text[i]) * UINT64_C(0x100000001b3);
	return hash;
}

static uint64_t at_place(struct word *word, const char *text, int64_t place)
{
	uint64_t mixed;

	if (!str_same(word->text.buf, text)) {
		str_clear(&word->text);
		str_add(&word->text, text);
		word->hash = hash_of(word->text.buf, word->text.len);
	}
	mixed = (word->hash ^ (uint64_t)place) * UINT64_C(0x9e3779b97f4a7c15);
	return mixed ^ mixed >> 29;
}

static struct sum *find(const struct sums *sums, int64_t post)
{
	size_t low = 0, high = sums->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (sums->list[middle].post < post)
			low = middle + 1;
		else
			high = middle;
	}
	return low < sums->count && sums->list[low].post == post ? &sums->list[low] : NULL;
}

static void add_post(struct sums *sums, int64_t post)
{
	if (sums->count == sums->room) {
		sums->room = sums->room ? sums->room * 2 : 1024;
		sums->list = xreallocarray(sums->list, sums->room, sizeof(*sums->list));
	}
	sums->list[sums->count++] = (struct sum){ .post = post };
}

/* Adds the words of an index, or takes them away. */
static bool sum_up(struct store *store, enum sql sql, struct sums *sums, bool add, struct err *err)
{
	struct query q = db_query(store, sql);
	struct word word = { .text = STR_INIT };
	int rc;

	while ((rc = db_step(&q, err)) > 0) {
		const char *text = db_column(&q, 0);
		uint64_t value = at_place(&word, text ? text : "", db_column_int(&q, 2));
		struct sum *sum = find(sums, db_column_int(&q, 1));

		if (sum)
			sum->words += add ? value : -value;
		else
			sums->strangers++;
	}
	db_end(&q);
	str_release(&word.text);
	return rc == 0;
}

static bool run(struct store *store, enum sql sql, struct err *err)
{
	struct query q = db_query_own(store, sql);
	bool ok = db_done(&q, err);

	db_finish(&q);
	return ok;
}

static bool add_scratch(struct store *store, const struct post *post, struct err *err)
{
	struct query q = db_query(store, SQL_WORDS_SCRATCH_ADD);

	search_words(&store->words, post);
	db_int(&q, post->id);
	db_text_n(&q, store->words.buf, store->words.len);
	return db_done(&q, err);
}

static bool flush(struct store *store, struct sums *sums, struct err *err)
{
	struct query q = db_query(store, SQL_WORDS_SCRATCH_EMPTY);

	return sum_up(store, SQL_WORDS_SCRATCH_READ, sums, true, err) && db_done(&q, err);
}

/* One that cannot be read is told elsewhere, and its words are not looked at. */
static bool sum_posts(struct store *store, struct sums *sums, struct err *err)
{
	struct query q = db_query(store, SQL_AUDIT_POSTS);
	struct arena arena = ARENA_INIT;
	struct post post;
	bool ok = true;
	int rc = 0;

	while (ok && (rc = db_step(&q, err)) > 0) {
		struct err why = { 0 };

		arena_clear(&arena);
		if (!row_read_post(&q, 0, &arena, &post, &why) || post.optout)
			continue;
		add_post(sums, post.id);
		ok = add_scratch(store, &post, err) &&
		     (sums->count % AT_ONCE != 0 || flush(store, sums, err));
	}
	db_end(&q);
	arena_release(&arena);
	return ok && rc == 0 && flush(store, sums, err);
}

static void tell(struct store *store, struct audit *audit, const struct sums *sums)
{
	struct str name = STR_INIT;
	int64_t kind = 0;

	for (size_t i = 0; i < sums->count; i++) {
		if (sums->list[i].words == 0)
			continue;
		audit_name(store, sums->list[i].post, &name);
		audit_add(audit, &kind, CURE_REBUILD,
			  "post %s is not found by the words that it has", name.buf);
	}
	audit_close(audit, kind, CURE_REBUILD, "posts that are not found by their words");
	kind = 0;
	if (sums->strangers > 0)
		audit_add(audit, &kind, CURE_REBUILD,
			  "the search index holds %lld words of posts that are not there",
			  (long long)sums->strangers);
	str_release(&name);
}

bool audit_words(struct store *store, struct audit *audit, struct err *err)
{
	struct sums sums = { 0 };
	struct err ignored = { 0 };
	bool ok = false;

	if (store->words_stale)
		return true; /* another version made the index: the next command that writes makes
				it anew */
	if (!watch_tell(audit->watch, "looking at the words of the search", 0, 0))
		return err_set(err, ERR_IO, "ended before it was done");
	db_watch(store, audit->watch);
	if (!run(store, SQL_WORDS_SCRATCH, err) || !run(store, SQL_WORDS_SCRATCH_WORD, err))
		goto out;
	ok = sum_posts(store, &sums, err) && sum_up(store, SQL_WORDS_READ, &sums, false, err);
	if (ok)
		tell(store, audit, &sums);
out:
	db_watch(store, NULL);
	free(sums.list);
	db_forget(store, SQL_WORDS_SCRATCH_ADD);
	db_forget(store, SQL_WORDS_SCRATCH_EMPTY);
	db_forget(store, SQL_WORDS_SCRATCH_READ);
	if (!run(store, SQL_WORDS_SCRATCH_DROP_WORD, &ignored) ||
	    !run(store, SQL_WORDS_SCRATCH_DROP, &ignored))
		return ok && err_set(err, ERR_IO, "%s: %s", store->path, ignored.msg);
	return ok;
}
