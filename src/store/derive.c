#include "archive/store/derive.h"

#include <stdlib.h>
#include <string.h>

#include "archive/base/mem.h"
#include "archive/store/put.h"
#include "archive/store/stored.h"

/* ---- is it the same? ---- */

static int by_code(const void *a, const void *b)
{
	return strcmp(((const struct emoji *)a)->code, ((const struct emoji *)b)->code);
}

/* As the store gives them back: by their codes, each once. */
static void tidy_emojis(struct arena *arena, const struct emoji **emojis, size_t *count)
{
	struct emoji *list = arena_array(arena, *count, sizeof(*list));
	size_t left = 0;

	for (size_t i = 0; i < *count; i++) {
		bool twice = false;

		for (size_t j = 0; j < left; j++)
			twice = twice || str_same(list[j].code, (*emojis)[i].code);
		if (!twice)
			list[left++] = (*emojis)[i];
	}
	if (left > 1)
		qsort(list, left, sizeof(*list), by_code);
	*emojis = list;
	*count = left;
}

/* A number for the content of a post, however it was come by. */
int64_t content_of_post(struct arena *arena, const struct post *post)
{
	struct post tidy = *post;

	tidy.author.uri = author_identity(&post->author);
	tidy_emojis(arena, &tidy.emojis, &tidy.emoji_count);
	if (tidy.poll && tidy.poll->option_count == 0)
		tidy.poll = NULL;
	return fingerprint_of_post(&tidy);
}

int64_t content_of_author(struct arena *arena, const struct author *author)
{
	struct author tidy = *author;

	tidy_emojis(arena, &tidy.emojis, &tidy.emoji_count);
	return fingerprint_of_author(&tidy);
}

/* ---- which answer counts? ---- */

/* Of a post's own readings the newest, of what pages showed the first; several may be of the same
 * moment. Is the answer among them? */
static bool counts(struct store *store, enum sql sql, int64_t post, int64_t answer, bool *counted,
		   int64_t *read, struct err *err)
{
	struct query q = db_query(store, sql);
	int rc;

	*counted = false;
	db_int(&q, post);
	for (bool first = true; (rc = db_step(&q, err)) > 0; first = false) {
		if (first)
			*read = db_column_int(&q, 1);
		if (db_column_int(&q, 1) != *read)
			break;
		*counted = *counted || db_column_int(&q, 0) == answer;
	}
	db_end(&q);
	return rc >= 0;
}

/* ---- what is stored ---- */

/* One whom a page showed was known by the page on X alone; the uri that the network told since, and
 * the name that it has now, are theirs. */
static void settle_author(const struct post *post, struct post *row)
{
	const struct author *stored = &row->author;

	if (post->taken && stored->network == NETWORK_X && stored->uri &&
	    !str_same(stored->uri, stored->url))
		row->author.uri = author_identity(&post->author);
}

/* A row that cannot be read is another one than any answer tells. One that another store gave has
 * the fingerprint of what is stored instead of that of a reading. */
static void compare(struct store *store, const struct post *post, const struct stored_post *found,
		    struct derivation *out)
{
	struct query q = db_query(store, SQL_POST_GET);
	struct post row = { 0 };
	struct err ignored = { 0 };
	int64_t content, stored;
	bool same;

	arena_clear(&store->arena);
	same = row_find_post(&q, found->id, &store->arena, &row, &ignored) > 0;
	stored = content_of_post(&store->arena, &row);
	settle_author(post, &row);
	content = content_of_post(&store->arena, post);
	same = same && content == content_of_post(&store->arena, &row) &&
	       (found->fingerprint == fingerprint_of_post(post) || found->fingerprint == content ||
		found->fingerprint == stored) &&
	       found->fetched >= out->read;
	db_end(&q);
	out->post = same ? DERIVED_SAME : DERIVED_OTHER;
}

static bool is_same_author(struct store *store, const struct author *author,
			   const struct stored_author *found)
{
	struct query q = db_query(store, SQL_AUTHOR_GET);
	struct author row = { 0 };
	struct err ignored = { 0 };
	int64_t content;
	bool same;

	arena_clear(&store->arena);
	content = content_of_author(&store->arena, author);
	db_int(&q, found->id);
	same = db_step(&q, &ignored) > 0 && row_read_author(&q, &store->arena, &row, &ignored) &&
	       content == content_of_author(&store->arena, &row) &&
	       (found->fingerprint == fingerprint_of_author(author) ||
		found->fingerprint == content);
	db_end(&q);
	return same;
}

static bool compare_author(struct store *store, const struct post *post, struct derivation *out,
			   struct err *err)
{
	const struct author *author = &post->author;
	struct stored_author found;

	if (!author_identity(author) || !author->handle || author->optout || post->taken)
		return true;
	if (!stored_author(store, author_identity(author), &found, err))
		return false;
	out->author_id = found.id;
	if (!found.id || found.optout || found.fetched != out->read)
		return true;
	out->author = is_same_author(store, author, &found) ? DERIVED_SAME : DERIVED_OTHER;
	return true;
}

bool store_derive(struct store *store, const struct post *post, int64_t answer,
		  struct derivation *out, struct err *err)
{
	struct stored_post found;
	bool counted = false;

	*out = (struct derivation){ 0 };
	if (!post->uri || !*post->uri || post->created == 0 || post->repost || post->optout)
		return true;
	if (!stored_post(store, post->uri, &found, err))
		return false;
	out->id = found.id;
	if (!found.id)
		out->post = DERIVED_MISSING;
	if (!found.id || found.optout || (post->taken && !found.taken))
		return true;
	if (!counts(store, post->taken ? SQL_TAKINGS_OF : SQL_READINGS_OF, found.id, answer,
		    &counted, &out->read, err))
		return false;
	if (!counted || (!post->taken && !found.taken && found.fetched > out->read))
		return true;
	compare(store, post, &found, out);
	return compare_author(store, post, out, err);
}

/* ---- what belongs to an answer ---- */

static bool text_of(struct query *q, struct str *out, struct err *err)
{
	int rc = db_step(q, err);

	str_clear(out);
	if (rc > 0 && db_column(q, 0))
		str_add(out, db_column(q, 0));
	db_end(q);
	return rc >= 0;
}

bool store_file_form(struct store *store, const char *source, struct str *out, struct err *err)
{
	struct query q = db_query(store, SQL_FILE_FORM);

	db_text(&q, source);
	return text_of(&q, out, err);
}

bool store_answer_tag(struct store *store, int64_t answer, struct str *out, struct err *err)
{
	struct query q = db_query(store, SQL_TAGS_OF_ANSWERS);

	if (!db_done(&q, err))
		return false;
	q = db_query(store, SQL_TAG_OF_ANSWER);
	db_int(&q, answer);
	return text_of(&q, out, err);
}

bool store_count_posts(struct store *store, struct post_counts *out, struct err *err)
{
	struct query q = db_query(store, SQL_POST_COUNTS);
	int rc = db_step(&q, err);

	if (rc > 0) {
		out->posts = db_column_int(&q, 0);
		out->all = db_column_int(&q, 1);
	}
	db_end(&q);
	if (rc < 0)
		return false;
	q = db_query(store, SQL_ANSWER_COUNT);
	return db_value(&q, 0, &out->answers, err);
}
