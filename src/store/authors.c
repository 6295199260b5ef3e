#include "archive/store/put.h"

#include <string.h>

#include "archive/text/utf8.h"

struct stored {
	int64_t id, fingerprint, fetched;
	bool optout;
};

static const char *identity(const struct author *author)
{
	return author->uri ? author->uri : author->url;
}

static bool find(struct store *store, const char *uri, struct stored *out, struct err *err)
{
	struct query q = db_query(store, SQL_AUTHOR_FIND);
	int rc;

	db_text(&q, uri);
	rc = db_step(&q, err);
	if (rc > 0) {
		out->id = db_column_int(&q, 0);
		out->fingerprint = db_column_int(&q, 1);
		out->fetched = db_column_int(&q, 2);
		out->optout = db_column_int(&q, 3) != 0;
	}
	db_end(&q);
	return rc >= 0;
}

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
		      int64_t fetched, int64_t *id, struct err *err)
{
	struct query q = db_query(store, sql);

	add_folded(&store->words, author);
	db_text(&q, identity(author));
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
	return db_value(&q, 0, id, err);
}

static bool add(struct store *store, const struct author *author, int64_t fetched, int64_t *id,
		struct err *err)
{
	return write_row(store, SQL_AUTHOR_ADD, author, fetched, id, err) &&
	       (author->emoji_count == 0 || author_emojis_write(store, *id, author, err));
}

static bool change(struct store *store, const struct author *author, int64_t fetched,
		   struct err *err)
{
	int64_t id = 0;

	return write_row(store, SQL_AUTHOR_CHANGE, author, fetched, &id, err) &&
	       author_emojis_write(store, id, author, err);
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

	db_int(&q, id);
	db_int(&q, fetched);
	return db_done(&q, err) && author_emojis_write(store, id, &nobody, err) &&
	       empty_posts(store, id, fetched, err);
}

static bool renew(struct store *store, const struct author *author, int64_t fetched,
		  const struct stored *stored, struct err *err)
{
	if (author->optout && !stored->optout)
		return opt_out(store, stored->id, fetched, err);
	if (!author->optout &&
	    (stored->optout || stored->fingerprint != fingerprint_of_author(author)))
		return change(store, author, fetched, err);
	return stored->fetched == fetched || touch(store, stored->id, fetched, err);
}

bool author_put(struct store *store, const struct author *author, int64_t fetched,
		struct put_author *out, struct err *err)
{
	struct stored stored = { 0 };

	*out = (struct put_author){ .optout = author->optout };
	if (!identity(author))
		return true;
	if (!find(store, identity(author), &stored, err))
		return false;
	out->id = stored.id;
	if (!stored.id)
		return author->optout || add(store, author, fetched, &out->id, err);
	if (fetched < stored.fetched) {
		out->optout = stored.optout;
		return true;
	}
	return renew(store, author, fetched, &stored, err);
}
