#include "archive/store/stored.h"

#include "archive/base/hash.h"

bool stored_post_at(struct store *store, const char *short_id, const char *uri,
		    struct stored_post *out, struct err *err)
{
	struct query q = db_query(store, SQL_POST_FIND);
	int rc;

	*out = (struct stored_post){ 0 };
	db_text(&q, short_id);
	db_text(&q, uri);
	rc = db_step(&q, err);
	if (rc > 0)
		*out = (struct stored_post){
			.id = db_column_int(&q, 0),
			.fingerprint = db_column_int(&q, 1),
			.fetched = db_column_int(&q, 2),
			.gone = db_column_int(&q, 3),
			.optout = db_column_int(&q, 4) != 0,
			.taken = db_column_int(&q, 5) != 0,
			.edited = db_column_int(&q, 6),
		};
	db_end(&q);
	return rc >= 0;
}

bool stored_post(struct store *store, const char *uri, struct stored_post *out, struct err *err)
{
	char short_id[HASH_SHORT_LEN + 1];

	hash_short_id(uri, short_id);
	return stored_post_at(store, short_id, uri, out, err);
}

static bool find_author(struct store *store, enum sql sql, const char *name,
			struct stored_author *out, struct err *err)
{
	struct query q = db_query(store, sql);
	int rc;

	*out = (struct stored_author){ 0 };
	db_text(&q, name);
	rc = db_step(&q, err);
	if (rc > 0) {
		bool optout = db_column_int(&q, 3) != 0;

		*out = (struct stored_author){
			.id = db_column_int(&q, 0),
			.fingerprint = db_column_int(&q, 1),
			.fetched = db_column_int(&q, 2),
			.optout = optout,
			.bare = !optout && !db_column(&q, 4),
		};
	}
	db_end(&q);
	return rc >= 0;
}

bool stored_author(struct store *store, const char *identity, struct stored_author *out,
		   struct err *err)
{
	return find_author(store, SQL_AUTHOR_FIND, identity, out, err);
}

bool stored_author_of_page(struct store *store, const char *url, struct stored_author *out,
			   struct err *err)
{
	return find_author(store, SQL_AUTHOR_BY_PAGE, url, out, err);
}
