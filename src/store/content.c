#include "archive/store/find.h"
#include "archive/store/put.h"
#include "archive/store/search.h"

#define IDS_A_MS (INT64_C(1) << 20)

/* The next free id of the millisecond; 0 when there is none. */
static bool next_id(struct store *store, int64_t created, int64_t *id, struct err *err)
{
	struct query q = db_query(store, SQL_POST_LAST_ID);
	int64_t first, last = 0;

	if (created < 1)
		created = 1;
	first = (created > POST_MAX_TIME ? POST_MAX_TIME : created) * IDS_A_MS;
	db_int(&q, first);
	if (!db_value(&q, 0, &last, err))
		return false;
	*id = first;
	if (last != 0)
		*id = last - first < IDS_A_MS - 1 ? last + 1 : 0;
	return true;
}

static void join_tags(struct str *out, const struct post *post)
{
	str_clear(out);
	for (size_t i = 0; i < post->tag_count; i++) {
		if (i > 0)
			str_add_char(out, ' ');
		str_add(out, post->tags[i]);
	}
}

static bool is_odd(const struct post *post, struct str *scratch)
{
	return post->url && !(find_uri_of(post->url, scratch) && str_same(scratch->buf, post->uri));
}

/* In the order of POST_CONTENT (sql.h). */
static void bind_content(struct query *q, const struct post *post, bool odd_url,
			 const struct str *tags)
{
	struct parts parts = parts_of(post);

	db_text(q, visibility_name(post->visibility));
	db_int(q, post->edited);
	db_text(q, post->host);
	db_text(q, post->network_id);
	db_text(q, post->url);
	db_int(q, odd_url);
	db_text(q, post->lang);
	db_text(q, post->html);
	db_text(q, post->text);
	db_text(q, post->spoiler);
	db_int(q, post->sensitive);
	db_text(q, post->reply_uri);
	db_text(q, post->reply_id);
	db_text(q, post->quote_uri);
	db_text(q, post->quote_url);
	db_text(q, post->conversation);
	db_text_n(q, tags->len > 0 ? tags->buf : NULL, tags->len);
	db_count(q, post->counts.replies);
	db_count(q, post->counts.reposts);
	db_count(q, post->counts.likes);
	db_count(q, post->counts.quotes);
	db_int(q, parts.media);
	db_int(q, parts.emojis);
	db_int(q, parts.options);
	db_int(q, parts.card);
	db_text(q, post->taken);
}

static bool write_row(struct store *store, enum sql sql, int64_t id, const struct reading *reading,
		      struct err *err)
{
	const struct post *post = reading->post;
	bool odd_url = is_odd(post, &store->former);
	struct query q = db_query(store, sql);

	join_tags(&store->former, post);
	db_int(&q, id);
	db_text(&q, post->uri);
	db_text(&q, reading->short_id);
	db_text(&q, network_name(post->network));
	db_int(&q, reading->fetched);
	db_int(&q, reading->fingerprint);
	db_id(&q, reading->author);
	bind_content(&q, post, odd_url, &store->former);
	return db_done(&q, err);
}

bool post_add(struct store *store, const struct reading *reading, int64_t *id, struct err *err)
{
	if (!next_id(store, reading->post->created, id, err))
		return false;
	if (!*id)
		return true;
	search_words(&store->words, reading->post);
	return write_row(store, SQL_POST_ADD, *id, reading, err) &&
	       leads_add(store, *id, reading->post, err) &&
	       parts_write(store, *id, reading->post, err) &&
	       search_add(store, *id, &store->words, err);
}

/* Reads a post as it is stored and takes away what hangs on it but its words; those are in
 * store->former then. */
static bool detach(struct store *store, int64_t id, bool *optout, struct err *err)
{
	struct query q = db_query(store, SQL_POST_GET);
	struct post former = { 0 };
	struct parts parts;
	bool ok = false;
	int rc;

	arena_clear(&store->arena);
	rc = row_find_post(&q, id, &store->arena, &former, err);
	if (rc == 0)
		err_set(err, ERR_MALFORMED, "%s: the store is damaged: bring back a backup",
			store->path);
	if (rc <= 0)
		goto out;
	parts = parts_of(&former);
	*optout = former.optout;
	ok = leads_remove(store, &former, err) && parts_remove(store, id, &parts, err);
	search_words(&store->former, &former);
out:
	db_end(&q);
	return ok;
}

static bool change_words(struct store *store, const struct reading *reading, int64_t id,
			 bool optout, struct err *err)
{
	search_words(&store->words, reading->post);
	if (!optout && str_same(store->words.buf, store->former.buf))
		return true;
	return (optout || search_remove(store, id, &store->former, err)) &&
	       search_add(store, id, &store->words, err);
}

bool post_change(struct store *store, const struct reading *reading, int64_t id, struct err *err)
{
	bool optout = false;

	return detach(store, id, &optout, err) && change_words(store, reading, id, optout, err) &&
	       write_row(store, SQL_POST_CHANGE, id, reading, err) &&
	       leads_add(store, id, reading->post, err) &&
	       parts_write(store, id, reading->post, err);
}

static bool run(struct store *store, enum sql sql, int64_t id, struct err *err)
{
	struct query q = db_query(store, sql);

	db_int(&q, id);
	return db_done(&q, err);
}

bool post_renew(struct store *store, const struct reading *reading, int64_t id, struct err *err)
{
	static const struct parts all = { .media = 1, .emojis = 1, .options = 1, .card = 1 };

	return parts_remove(store, id, &all, err) && run(store, SQL_LINKS_REMOVE, id, err) &&
	       write_row(store, SQL_POST_CHANGE, id, reading, err) &&
	       leads_add(store, id, reading->post, err) &&
	       parts_write(store, id, reading->post, err);
}

bool post_touch(struct store *store, int64_t id, int64_t fetched, struct err *err)
{
	struct query q = db_query(store, SQL_POST_TOUCH);

	db_int(&q, id);
	db_int(&q, fetched);
	return db_done(&q, err);
}

bool post_add_empty(struct store *store, const struct reading *reading, struct err *err)
{
	struct query q;
	int64_t id = 0;

	if (!next_id(store, reading->post->created, &id, err))
		return false;
	if (!id)
		return true;
	q = db_query(store, SQL_POST_ADD_EMPTY);
	db_int(&q, id);
	db_text(&q, reading->post->uri);
	db_text(&q, reading->short_id);
	db_text(&q, network_name(reading->post->network));
	db_int(&q, reading->fetched);
	return db_done(&q, err);
}

bool post_remove(struct store *store, int64_t id, struct err *err)
{
	bool optout = false;

	store->pictures_stale = true;
	return detach(store, id, &optout, err) &&
	       (optout || search_remove(store, id, &store->former, err)) &&
	       run(store, SQL_SIGHTINGS_REMOVE, id, err) &&
	       run(store, SQL_REPLIES_REMOVE, id, err) && run(store, SQL_POST_REMOVE, id, err);
}

bool post_empty(struct store *store, int64_t id, int64_t fetched, struct err *err)
{
	bool optout = false;

	if (!detach(store, id, &optout, err))
		return false;
	store->pictures_stale = store->pictures_stale || !optout;
	if (!optout &&
	    !(search_remove(store, id, &store->former, err) && search_mark(store, false, err) &&
	      run(store, SQL_SIGHTINGS_REMOVE, id, err) && run(store, SQL_POST_EMPTY, id, err) &&
	      run(store, SQL_ITEM_WORDS_FORGET, id, err) &&
	      run(store, SQL_EDIT_WORDS_FORGET, id, err)))
		return false;
	return post_touch(store, id, fetched, err);
}
