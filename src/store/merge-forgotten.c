#include "archive/store/merge.h"
#include "archive/store/put.h"

static bool add_hash(struct store *into, const struct query *row, int64_t latest, struct err *err)
{
	struct query q = db_query(into, SQL_FORGOTTEN_MERGE);
	size_t len = 0;
	const void *hash = db_column_blob(row, 0, &len);
	int64_t at = db_column_int(row, 2);

	if (len != HASH_SIZE)
		return true;
	db_blob(&q, hash, len);
	db_text(&q, str_same(db_column(row, 1), "author") ? "author" : "post");
	db_int(&q, at < 0 ? 0 : at > latest ? latest : at);
	return db_done(&q, err);
}

bool merge_forgotten(struct store *into, struct store *from, int64_t latest, bool *fresh,
		     struct err *err)
{
	struct query q = db_query(from, SQL_FORGOTTEN_ALL);
	int64_t before = db_changes(into);
	bool ok = true;
	int rc = 0;

	while (ok && (rc = db_step(&q, err)) > 0)
		ok = add_hash(into, &q, latest, err);
	db_end(&q);
	into->forgotten = FORGOTTEN_UNKNOWN;
	*fresh = db_changes(into) != before;
	return ok && rc == 0;
}

struct finding {
	struct arena *arena;
	struct store *store;
	struct forget_item *items;
	size_t count, most;
};

static void add_item(struct finding *f, bool author, const char *uri)
{
	if (f->count < f->most)
		f->items[f->count++] = (struct forget_item){ author, arena_strdup(f->arena, uri) };
}

static bool find_author(void *owner, const struct author *author, int64_t fetched, struct err *err)
{
	struct finding *f = owner;
	bool forgotten = false;

	(void)fetched;
	if (!forgotten_author(f->store, author, &forgotten, err))
		return false;
	if (forgotten)
		add_item(f, true, author_identity(author));
	return true;
}

/* Of a post whose author opted out nothing but the uri is known. */
static bool find_posts(struct finding *f, struct err *err)
{
	struct query q = db_query(f->store, SQL_POSTS_NAMED);
	bool ok = true;
	int rc = 0;

	while (ok && f->count < f->most && (rc = db_step(&q, err)) > 0) {
		const struct post post = { .uri = db_column(&q, 0),
					   .author.uri = db_column(&q, 2),
					   .author.handle = db_column(&q, 3) };
		bool forgotten = false;

		ok = db_column_int(&q, 1) ? forgotten_prefix(f->store, post.uri, &forgotten, err)
					  : forgotten_post(f->store, &post, &forgotten, err);
		if (ok && forgotten)
			add_item(f, false, post.uri);
	}
	db_end(&q);
	return ok && rc >= 0;
}

/* People first: their posts go with them. */
bool merge_find_forgotten(struct store *store, size_t most, struct arena *arena,
			  struct forget_item **items, size_t *count, struct err *err)
{
	struct finding f = { .arena = arena, .store = store, .most = most };
	bool ok;

	f.items = arena_array(arena, most, sizeof(*f.items));
	ok = merge_each_author(store, find_author, &f, err) && (f.count > 0 || find_posts(&f, err));
	*items = f.items;
	*count = f.count;
	return ok;
}
