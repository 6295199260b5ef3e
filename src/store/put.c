#include "archive/store/put.h"

#include <stdlib.h>
#include <string.h>

#include "archive/base/hash.h"
#include "archive/base/mem.h"
#include "archive/store/search.h"
#include "archive/text/link.h"

/* One call of store_put_page(). */
struct putting {
	struct store *store;
	const char *source, *tag;
	int64_t answer, fetched;
	struct put_report *report;
};

struct stored {
	int64_t id, fingerprint, fetched;
	bool gone, optout;
};

static bool find(struct store *store, const char *uri, struct stored *out, struct err *err)
{
	struct query q = db_query(store, SQL_POST_FIND);
	int rc;

	db_text(&q, uri);
	rc = db_step(&q, err);
	if (rc > 0) {
		out->id = db_column_int(&q, 0);
		out->fingerprint = db_column_int(&q, 1);
		out->fetched = db_column_int(&q, 2);
		out->gone = db_column_int(&q, 3) != 0;
		out->optout = db_column_int(&q, 4) != 0;
	}
	db_end(&q);
	return rc >= 0;
}

static int64_t first_id(int64_t created)
{
	if (created < 1)
		created = 1;
	return (created > POST_MAX_TIME ? POST_MAX_TIME : created) << 20;
}

/* ---- tags and links ---- */

static void join_tags(struct str *out, const struct post *post)
{
	str_clear(out);
	for (size_t i = 0; i < post->tag_count; i++) {
		if (i > 0)
			str_add_char(out, ' ');
		str_add(out, post->tags[i]);
	}
}

static bool change_tags(struct store *store, enum sql sql, int64_t id, const struct post *post, struct err *err)
{
	for (size_t i = 0; i < post->tag_count; i++) {
		struct query q = db_query(store, sql);

		db_text(&q, post->tags[i]);
		db_int(&q, id);
		if (!db_done(&q, err))
			return false;
	}
	return true;
}

static bool add_link(struct store *store, int64_t id, const char *url, size_t len, struct err *err)
{
	struct str *plain = &store->former;
	struct query q = db_query(store, SQL_LINK_ADD);

	str_clear(plain);
	for (size_t i = 0; i < len; i++) {
		str_add_char(plain, url[i]);
		if (len - i >= 5 && memcmp(url + i, "&amp;", 5) == 0)
			i += 4;
	}
	if (!link_safe_web(plain->buf))
		return true;
	db_int(&q, id);
	db_text_n(&q, plain->buf, plain->len);
	return db_done(&q, err);
}

/* The canonical HTML writes href first; a link of a hashtag or a mention has a class after it. */
static bool add_links(struct store *store, int64_t id, const char *html, struct err *err)
{
	static const char start[] = "<a href=\"";
	const char *at = html;

	while (at && (at = strstr(at, start))) {
		size_t len;

		at += sizeof(start) - 1;
		len = strcspn(at, "\"");
		if (at[len] == '"' && at[len + 1] == '>' && !add_link(store, id, at, len, err))
			return false;
		at += len;
	}
	return true;
}

static bool remove_links(struct store *store, int64_t id, struct err *err)
{
	struct query q = db_query(store, SQL_LINKS_REMOVE);

	db_int(&q, id);
	return db_done(&q, err);
}

static bool add_all_links(struct store *store, int64_t id, const struct post *post, struct err *err)
{
	const char *url = post->card ? post->card->url : NULL;

	return add_links(store, id, post->html, err) && (!url || add_link(store, id, url, strlen(url), err));
}

/* ---- the row ---- */

/* In the order of POST_CONTENT (sql.h). */
static void bind_content(struct query *q, const struct post *post, const struct str *tags)
{
	struct parts parts = parts_of(post);

	db_text(q, visibility_name(post->visibility));
	db_int(q, post->edited);
	db_text(q, post->host);
	db_text(q, post->network_id);
	db_text(q, post->url);
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
}

static bool write_row(struct store *store, enum sql sql, int64_t id, const struct post *post, int64_t author,
		      int64_t fetched, struct err *err)
{
	char short_id[HASH_SHORT_LEN + 1];
	struct query q = db_query(store, sql);

	hash_short_id(post->uri, short_id);
	join_tags(&store->former, post);
	db_int(&q, id);
	db_text(&q, post->uri);
	db_text(&q, short_id);
	db_text(&q, network_name(post->network));
	db_int(&q, fetched);
	db_int(&q, fingerprint_of_post(post));
	db_id(&q, author);
	bind_content(&q, post, &store->former);
	return db_done(&q, err);
}

/* The id stays 0 when so many posts are of the very same millisecond that no id is left: it is left out. */
static bool insert(struct store *store, const struct post *post, int64_t author, int64_t fetched, int64_t *id,
		   struct err *err)
{
	if (!write_row(store, SQL_POST_ADD, first_id(post->created), post, author, fetched, err))
		return false;
	*id = db_changes(store) > 0 ? db_last_id(store) : 0;
	if (!*id)
		return true;
	search_words(&store->words, post);
	return change_tags(store, SQL_TAG_ADD, *id, post, err) && add_all_links(store, *id, post, err) &&
	       parts_write(store, *id, post, err) && search_add(store, *id, &store->words, err);
}

/* Takes away what hangs on the post as it is stored, its words last: they are in store->former then. */
static bool detach(struct store *store, const struct post *former, struct err *err)
{
	struct parts parts = parts_of(former);

	if (!change_tags(store, SQL_TAG_REMOVE, former->id, former, err) || !remove_links(store, former->id, err) ||
	    !parts_remove(store, former->id, &parts, err))
		return false;
	search_words(&store->former, former);
	return true;
}

static bool read_former(struct store *store, int64_t id, struct post *former, struct query *q, struct err *err)
{
	int rc;

	arena_clear(&store->arena);
	*q = db_query(store, SQL_POST_GET);
	rc = row_find_post(q, id, &store->arena, former, err);
	if (rc == 0)
		err_set(err, ERR_MALFORMED, "%s: the store is damaged: a post's index leads to no post", store->path);
	return rc > 0;
}

static bool change_words(struct store *store, int64_t id, const struct post *post, struct err *err)
{
	search_words(&store->words, post);
	if (str_same(store->words.buf, store->former.buf))
		return true;
	return search_remove(store, id, &store->former, err) && search_add(store, id, &store->words, err);
}

static bool rewrite(struct store *store, int64_t id, const struct post *post, int64_t author, int64_t fetched,
		    struct err *err)
{
	struct post former = { 0 };
	struct query q = { 0 };
	bool ok = read_former(store, id, &former, &q, err) && detach(store, &former, err);

	db_end(&q);
	return ok && change_words(store, id, post, err) &&
	       write_row(store, SQL_POST_CHANGE, id, post, author, fetched, err) &&
	       change_tags(store, SQL_TAG_ADD, id, post, err) && add_all_links(store, id, post, err) &&
	       parts_write(store, id, post, err);
}

static bool touch(struct store *store, int64_t id, int64_t fetched, struct err *err)
{
	struct query q = db_query(store, SQL_POST_TOUCH);

	db_int(&q, id);
	db_int(&q, fetched);
	return db_done(&q, err);
}

/* ---- opted out ---- */

static bool insert_empty(struct store *store, const struct post *post, int64_t fetched, struct err *err)
{
	char short_id[HASH_SHORT_LEN + 1];
	struct query q = db_query(store, SQL_POST_ADD_EMPTY);

	hash_short_id(post->uri, short_id);
	db_int(&q, first_id(post->created));
	db_text(&q, post->uri);
	db_text(&q, short_id);
	db_text(&q, network_name(post->network));
	db_int(&q, fetched);
	return db_done(&q, err);
}

static bool run(struct store *store, enum sql sql, int64_t id, struct err *err)
{
	struct query q = db_query(store, sql);

	db_int(&q, id);
	return db_done(&q, err);
}

bool post_empty(struct store *store, int64_t id, int64_t fetched, struct err *err)
{
	struct post former = { 0 };
	struct query q = { 0 };
	bool ok = read_former(store, id, &former, &q, err);

	if (ok && !former.optout)
		ok = detach(store, &former, err) && search_remove(store, id, &store->former, err) &&
		     search_mark(store, err) && run(store, SQL_SIGHTINGS_REMOVE, id, err);
	db_end(&q);
	return ok && run(store, SQL_POST_EMPTY, id, err) && touch(store, id, fetched, err);
}

/* ---- a page ---- */

static bool see(const struct putting *p, int64_t id, const struct post *post, struct err *err)
{
	struct query q = db_query(p->store, SQL_SIGHTING_PUT);

	db_int(&q, id);
	db_text(&q, p->source);
	db_text(&q, post->context || !p->tag ? "" : p->tag);
	db_int(&q, p->fetched);
	db_id(&q, p->answer);
	return db_done(&q, err);
}

static bool put_optout(const struct putting *p, const struct post *post, const struct stored *stored, struct err *err)
{
	p->report->optouts++;
	if (!stored->id)
		return insert_empty(p->store, post, p->fetched, err);
	return p->fetched < stored->fetched || post_empty(p->store, stored->id, p->fetched, err);
}

static bool put_known(const struct putting *p, const struct post *post, const struct stored *stored, int64_t author,
		      struct err *err)
{
	p->report->known++;
	if (p->fetched >= stored->fetched) {
		bool same = !stored->optout && stored->fingerprint == fingerprint_of_post(post);

		if (!same && !rewrite(p->store, stored->id, post, author, p->fetched, err))
			return false;
		if (same && (stored->gone || p->fetched > stored->fetched) &&
		    !touch(p->store, stored->id, p->fetched, err))
			return false;
	} else if (stored->optout) {
		return true;
	}
	return see(p, stored->id, post, err);
}

static bool put_post(const struct putting *p, const struct post *post, struct err *err)
{
	struct put_author author = { 0 };
	struct stored stored = { 0 };
	int64_t id = 0;

	if (!author_put(p->store, &post->author, p->fetched, &author, err) ||
	    !find(p->store, post->uri, &stored, err))
		return false;
	if (post->optout || author.optout)
		return put_optout(p, post, &stored, err);
	if (stored.id)
		return put_known(p, post, &stored, author.id, err);
	if (!insert(p->store, post, author.id, p->fetched, &id, err))
		return false;
	p->report->fresh += id != 0;
	return !id || see(p, id, post, err);
}

/* Oldest first: the search index is written at once only while the ids rise. A page is mostly newest first, so of two of the
 * same moment the later in the page is the older. */
static int by_time(const void *a, const void *b)
{
	const struct post *left = *(const struct post *const *)a;
	const struct post *right = *(const struct post *const *)b;

	if (left->created != right->created)
		return left->created < right->created ? -1 : 1;
	return left > right ? -1 : left < right;
}

static size_t select_posts(const struct page *page, const struct post **out)
{
	size_t count = 0;

	for (size_t i = 0; i < page->count; i++) {
		const struct post *post = &page->posts[i];

		if (post->uri && *post->uri && post->created != 0 && !post->repost)
			out[count++] = post;
	}
	qsort(out, count, sizeof(*out), by_time);
	return count;
}

bool store_put_page(struct store *store, const struct page *page, const char *source, const char *tag,
		    int64_t answer_id, int64_t fetched, struct put_report *report, struct err *err)
{
	struct put_report counted = *report;
	const struct putting p = { store, source, tag, answer_id, fetched, &counted };
	const struct post **posts = xcalloc(page->count, sizeof(*posts));
	size_t count = select_posts(page, posts);
	struct db_scope scope = { 0 };
	bool ok = db_enter(store, &scope, err);

	if (!ok)
		goto out;
	for (size_t i = 0; ok && i < count; i++)
		ok = put_post(&p, posts[i], err);
	ok = db_leave(store, &scope, ok, err);
	if (ok)
		*report = counted;
out:
	free(posts);
	return ok;
}
