#include "archive/store/authors.h"

#include <string.h>

#include "archive/store/put.h"
#include "archive/store/stored.h"
#include "archive/text/utf8.h"

/* What store_posts() looks through for a name; the '@' in front is left out there, too. */
static void add_folded(struct str *out, const struct author *author)
{
	const char *handle = author->handle ? author->handle : "";

	str_clear(out);
	handle += *handle == '@';
	utf8_add_folded(out, handle, strlen(handle));
	str_add_char(out, '\n');
	if (author->name)
		utf8_add_folded(out, author->name, strlen(author->name));
}

static bool write_row(struct store *store, enum sql sql, const struct author *author,
		      int64_t fetched, struct err *err)
{
	struct query q = db_query(store, sql);

	add_folded(&store->words, author);
	db_text(&q, author_identity(author));
	db_int(&q, fetched);
	db_int(&q, fingerprint_of_author(author));
	db_text(&q, network_name(author->network));
	db_text(&q, author->host);
	db_text(&q, author->network_id);
	db_text(&q, author->handle);
	db_text(&q, author->name);
	db_text_n(&q, store->words.buf, store->words.len);
	db_text(&q, author->url);
	db_text(&q, author->avatar);
	db_int(&q, author->bot);
	db_int(&q, (int64_t)author->emoji_count);
	return db_done(&q, err);
}

static bool add(struct store *store, const struct author *author, int64_t fetched, int64_t *id,
		struct err *err)
{
	if (!write_row(store, SQL_AUTHOR_ADD, author, fetched, err))
		return false;
	*id = db_last_id(store);
	return author->emoji_count == 0 || author_emojis_write(store, *id, author, err);
}

static bool change(struct store *store, const struct author *author, int64_t fetched,
		   struct err *err)
{
	struct stored_author stored;

	return write_row(store, SQL_AUTHOR_CHANGE, author, fetched, err) &&
	       stored_author(store, author_identity(author), &stored, err) &&
	       author_emojis_write(store, stored.id, author, err);
}

static bool touch(struct store *store, int64_t id, int64_t fetched, struct err *err)
{
	struct query q = db_query(store, SQL_AUTHOR_TOUCH);

	db_int(&q, id);
	db_int(&q, fetched);
	return db_done(&q, err);
}

static bool empty_posts(struct store *store, int64_t author, int64_t fetched, struct err *err)
{
	int64_t post = 0;

	for (;;) {
		struct query q = db_query(store, SQL_AUTHOR_POST);

		db_int(&q, author);
		db_int(&q, post);
		if (!db_value(&q, 0, &post, err))
			return false;
		if (!post)
			return true;
		if (!post_empty(store, post, fetched, err))
			return false;
	}
}

static bool opt_out(struct store *store, int64_t id, int64_t fetched, struct err *err)
{
	static const struct author nobody = { 0 };
	struct query q = db_query(store, SQL_AUTHOR_OPTOUT);

	store->pictures_stale = true;
	db_int(&q, id);
	db_int(&q, fetched);
	return db_done(&q, err) && author_emojis_write(store, id, &nobody, err) &&
	       empty_posts(store, id, fetched, err);
}

static bool renew(struct store *store, const struct author *author, int64_t fetched,
		  const struct stored_author *stored, struct err *err)
{
	if (author->optout && !stored->optout)
		return opt_out(store, stored->id, fetched, err);
	if (!author->optout &&
	    (stored->optout || stored->fingerprint != fingerprint_of_author(author)))
		return change(store, author, fetched, err);
	return stored->fetched == fetched || touch(store, stored->id, fetched, err);
}

/* One whom a page showed is known by the page on X alone until the network tells the uri. */
static bool adopt(struct store *store, const struct author *author, struct stored_author *out,
		  struct err *err)
{
	struct query q;

	if (author->network != NETWORK_X || !author->uri || !author->url ||
	    str_same(author->uri, author->url))
		return true;
	q = db_query(store, SQL_AUTHOR_ADOPT);
	db_text(&q, author->url);
	db_text(&q, author->uri);
	return db_done(&q, err) && stored_author(store, author->uri, out, err);
}

bool author_put(struct store *store, const struct author *author, int64_t fetched,
		struct put_author *out, struct err *err)
{
	struct stored_author stored;

	*out = (struct put_author){ .optout = author->optout };
	if (!author_identity(author))
		return true;
	if (!stored_author(store, author_identity(author), &stored, err) ||
	    (!stored.id && !adopt(store, author, &stored, err)))
		return false;
	out->id = stored.id;
	if (!stored.id)
		return author->optout || add(store, author, fetched, &out->id, err);
	if (!author->optout && !author->handle) {
		out->optout = stored.optout;
		return true;
	}
	if (fetched < stored.fetched && !stored.bare) {
		out->optout = stored.optout;
		return true;
	}
	return renew(store, author, fetched, &stored, err);
}

bool author_renew(struct store *store, const struct author *author, int64_t fetched,
		  struct err *err)
{
	return change(store, author, fetched, err);
}

bool author_put_taken(struct store *store, const struct author *author, struct put_author *out,
		      struct err *err)
{
	struct stored_author stored;

	*out = (struct put_author){ 0 };
	if (!author_identity(author))
		return true;
	if (!stored_author(store, author_identity(author), &stored, err))
		return false;
	if (!stored.id && author->network == NETWORK_X && author->url &&
	    !stored_author_of_page(store, author->url, &stored, err))
		return false;
	*out = (struct put_author){ .id = stored.id, .optout = stored.optout };
	return stored.id || add(store, author, 0, &out->id, err);
}

/* ---- without a post ---- */

bool author_of_post(struct store *store, int64_t post, int64_t *author, struct err *err)
{
	struct query q = db_query(store, SQL_AUTHOR_OF_POST);

	*author = 0;
	db_int(&q, post);
	return db_value(&q, 0, author, err);
}

/* The emojis first: they refer to the author. */
bool author_remove_idle(struct store *store, int64_t author, struct err *err)
{
	struct query q = db_query(store, SQL_AUTHOR_EMOJIS_IDLE);
	int64_t removed = 0;

	db_int(&q, author);
	if (!db_done(&q, err))
		return false;
	q = db_query(store, SQL_AUTHOR_REMOVE_IDLE);
	db_int(&q, author);
	if (!db_value(&q, 0, &removed, err))
		return false;
	store->pictures_stale = store->pictures_stale || removed;
	return true;
}

bool store_authors_unknown(struct store *store, const char *const *uris, size_t count,
			   bool *unknown, struct err *err)
{
	for (size_t i = 0; i < count; i++) {
		struct stored_author stored;

		if (!stored_author(store, uris[i], &stored, err))
			return false;
		unknown[i] = !stored.id || stored.bare;
	}
	return true;
}

/* One who asks not to be archived is noted even when nothing is there of them yet: nobody is looked
 * up twice. */
static bool put_alone(struct store *store, const struct author *author, int64_t fetched,
		      struct err *err)
{
	const struct author bare = { .network = author->network, .uri = author_identity(author) };
	struct put_author put;
	bool forgotten;

	if (!forgotten_author(store, author, &forgotten, err))
		return false;
	if (forgotten)
		return true;
	return (!author->optout || author_put(store, &bare, fetched, &put, err)) &&
	       author_put(store, author, fetched, &put, err);
}

static bool put_each(struct store *store, const struct author *authors, size_t count,
		     int64_t fetched, struct err *err)
{
	for (size_t i = 0; i < count; i++)
		if (!put_alone(store, &authors[i], fetched, err))
			return false;
	return true;
}

bool store_put_authors(struct store *store, const struct author *authors, size_t count,
		       int64_t fetched, struct err *err)
{
	struct db_scope scope;

	return db_enter(store, &scope, err) &&
	       db_leave(store, &scope, put_each(store, authors, count, fetched, err), err);
}
