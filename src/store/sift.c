#include "archive/store/sift.h"

#include "archive/base/mem.h"
#include "archive/store/row.h"
#include "archive/store/threads.h"

#define SIFT_FIRST 20 /* number of the first parameter */

enum { WANTED, UNWANTED };

static const struct search_values *values_of(const struct sift *sift, enum search_field field,
					     int side)
{
	return side == WANTED ? &sift->query->wanted[field] : &sift->query->unwanted[field];
}

/* " x mastodon " */
static void write_words(struct str *out, const struct search_values *values)
{
	for (size_t i = 0; i < values->count; i++)
		str_addf(out, " %s ", values->items[i]);
}

/* ---- authors ---- */

/* Adds the author whom each row names. */
static bool add_authors(struct query *q, struct db_set *set, struct err *err)
{
	int rc;

	while ((rc = db_step(q, err)) > 0)
		db_set_add(set, db_column_int(q, 0));
	db_end(q);
	return rc == 0;
}

/* The handle itself, or with a server behind it; author.folded has a line end behind that. */
static bool find_handle(struct store *store, const char *handle, struct db_set *set,
			struct err *err)
{
	struct query q = db_query(store, SQL_SIFT_HANDLE);
	static const char bounds[] = { '\n', '\n' + 1, '@', '@' + 1 };
	struct str ranges[ARRAY_LEN(bounds)];
	bool ok;

	for (size_t i = 0; i < ARRAY_LEN(bounds); i++) {
		ranges[i] = (struct str)STR_INIT;
		str_addf(&ranges[i], "%s%c", handle, bounds[i]);
		db_text_n(&q, ranges[i].buf, ranges[i].len);
	}
	ok = add_authors(&q, set, err);
	for (size_t i = 0; i < ARRAY_LEN(bounds); i++)
		str_release(&ranges[i]);
	return ok;
}

static bool find_name(struct store *store, const char *part, struct db_set *set, struct err *err)
{
	struct query q = db_query(store, SQL_SIFT_NAME);

	db_text(&q, part);
	return add_authors(&q, set, err);
}

bool sift_find_author(struct store *store, const char *who, struct db_set *set, struct err *err)
{
	bool handle = *who == '@';

	return find_handle(store, who + handle, set, err) &&
	       (handle || find_name(store, who, set, err));
}

static bool find_authors(struct sift *sift, struct store *store, int side, struct err *err)
{
	const struct search_values *values = values_of(sift, SEARCH_FROM, side);
	struct db_set *set = &sift->authors[side];

	for (size_t i = 0; i < values->count; i++)
		if (!sift_find_author(store, values->items[i], set, err))
			return false;
	db_set_sort(set);
	return true;
}

/* ---- threads ---- */

static bool no_thread(struct store *store, const char *slug, struct err *err)
{
	struct arena arena = ARENA_INIT;
	struct thread thread;

	if (thread_load(store, slug, &arena, &thread, err)) /* which names those that there are */
		err_set(err, ERR_USAGE, "there is no thread '%s'", slug);
	else if (err->code == ERR_NOT_FOUND)
		err->code = ERR_USAGE; /* of a value, as of any other */
	arena_release(&arena);
	return false;
}

static bool find_threads(struct sift *sift, struct store *store, int side, struct err *err)
{
	const struct search_values *values = values_of(sift, SEARCH_IN, side);
	struct str *out = &sift->threads[side];

	for (size_t i = 0; i < values->count; i++) {
		struct query q = db_query(store, SQL_SIFT_THREAD);
		int64_t id;

		db_text(&q, values->items[i]);
		if (!db_value(&q, 0, &id, err))
			return false;
		if (id == 0)
			return no_thread(store, values->items[i], err);
		str_addf(out, "%s%lld", i == 0 ? "[" : ",", (long long)id);
		sift->found = id;
	}
	if (values->count > 0)
		str_add_char(out, ']');
	return true;
}

/* ---- which ids ---- */

/* No post is outside of the two that the row of q tells. */
static bool narrow(struct sift *sift, struct query *q, struct err *err)
{
	int rc = db_step(q, err);
	int64_t first = 0, last = -1;

	if (rc > 0 && db_column_count(q, 1) >= 0) {
		first = db_column_int(q, 0);
		last = db_column_int(q, 1);
	}
	db_end(q);
	if (first > sift->first)
		sift->first = first;
	if (last < sift->end - 1)
		sift->end = last + 1;
	return rc >= 0;
}

/* Of what few posts are or have, by its bit. */
static bool narrow_to_trait(struct sift *sift, struct store *store, enum search_trait trait,
			    enum sql sql, struct err *err)
{
	struct query q;

	if (!(sift->query->has & 1u << trait))
		return true;
	q = db_query(store, sql);
	return narrow(sift, &q, err);
}

/* Who is not in the store wrote nothing. */
static bool narrow_to_authors(struct sift *sift, struct store *store, struct err *err)
{
	const struct db_set *set = &sift->authors[WANTED];
	struct query q;

	if (values_of(sift, SEARCH_FROM, WANTED)->count == 0 || set->count > 1)
		return true;
	q = db_query(store, SQL_SIFT_AUTHOR_RANGE);
	db_id(&q, set->count > 0 ? set->ids[0] : 0);
	return narrow(sift, &q, err);
}

static bool narrow_to_parts(struct sift *sift, struct store *store, struct err *err)
{
	const struct search_values *tags = values_of(sift, SEARCH_TAG, WANTED);
	struct query q;

	if (tags->count == 1) {
		q = db_query(store, SQL_SIFT_TAG_RANGE);
		db_text(&q, tags->items[0]);
		if (!narrow(sift, &q, err))
			return false;
	}
	if (!narrow_to_trait(sift, store, SEARCH_IS_GONE, SQL_SIFT_GONE_RANGE, err) ||
	    !narrow_to_trait(sift, store, SEARCH_HAS_POLL, SQL_SIFT_POLL_RANGE, err))
		return false;
	if (values_of(sift, SEARCH_IN, WANTED)->count != 1)
		return true;
	q = db_query(store, SQL_SIFT_THREAD_RANGE);
	db_int(&q, sift->found);
	return narrow(sift, &q, err);
}

/* ---- words that must not occur, by themselves ---- */

/* As an expression that wants nothing. */
static void write_without(struct sift *sift)
{
	if (sift->query->without)
		str_addf(&sift->said, "() NOT (%s)", sift->query->without);
}

/* ---- all of it ---- */

static const struct search_query any;

bool sift_begin(struct sift *sift, struct store *store, const struct search_query *query,
		struct err *err)
{
	*sift = (struct sift){ .query = query ? query : &any, .said = STR_INIT };
	for (int side = WANTED; side <= UNWANTED; side++) {
		sift->networks[side] = sift->langs[side] = (struct str)STR_INIT;
		sift->tags[side] = sift->threads[side] = (struct str)STR_INIT;
	}
	sift->first = row_first_id(sift->query->since);
	sift->end = row_end_id(sift->query->until);
	for (int side = WANTED; side <= UNWANTED; side++) {
		const struct search_values *tags = values_of(sift, SEARCH_TAG, side);

		write_words(&sift->networks[side], values_of(sift, SEARCH_NETWORK, side));
		write_words(&sift->langs[side], values_of(sift, SEARCH_LANG, side));
		if (tags->count > 0)
			row_add_list(&sift->tags[side], tags->items, tags->count);
		if (!find_authors(sift, store, side, err))
			return false;
	}
	if (!find_threads(sift, store, UNWANTED, err) || !find_threads(sift, store, WANTED, err))
		return false;
	if (sift->query->has & sift->query->has_not)
		sift->end = sift->first;
	write_without(sift);
	return narrow_to_authors(sift, store, err) && narrow_to_parts(sift, store, err);
}

void sift_release(struct sift *sift)
{
	for (int side = WANTED; side <= UNWANTED; side++) {
		str_release(&sift->networks[side]);
		str_release(&sift->langs[side]);
		str_release(&sift->tags[side]);
		str_release(&sift->threads[side]);
		db_set_release(&sift->authors[side]);
	}
	str_release(&sift->said);
}

static void bind_text(struct query *q, const struct str *text)
{
	db_text(q, text->len > 0 ? text->buf : NULL);
}

static void bind_both(struct query *q, const struct str texts[2])
{
	bind_text(q, &texts[WANTED]);
	bind_text(q, &texts[UNWANTED]);
}

static void bind_tags(const struct sift *sift, struct query *q)
{
	const struct search_values *tags = values_of(sift, SEARCH_TAG, WANTED);
	bool alone = tags->count == 1;

	db_text(q, alone ? tags->items[0] : NULL);
	db_text(q, tags->count > 1 ? sift->tags[WANTED].buf : NULL);
	bind_text(q, &sift->tags[UNWANTED]);
}

static void bind_traits(const struct search_query *query, struct query *q)
{
	bool asks = query->has || query->has_not;

	db_count(q, asks ? (int64_t)query->has : -1);
	db_int(q, query->has_not);
}

void sift_bind(const struct sift *sift, struct query *q)
{
	q->next = SIFT_FIRST - 1;
	bind_both(q, sift->networks);
	for (int side = WANTED; side <= UNWANTED; side++)
		db_set(q, values_of(sift, SEARCH_FROM, side)->count ? &sift->authors[side] : NULL);
	bind_tags(sift, q);
	bind_both(q, sift->langs);
	bind_both(q, sift->threads);
	bind_traits(sift->query, q);
	db_id(q, sift->thread);
	db_says(q, sift->said.buf);
	db_id(q, sift->said.len > 0);
}
