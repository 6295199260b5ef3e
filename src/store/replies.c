#include "archive/store/replies.h"

#include "archive/base/hash.h"
#include "archive/store/db.h"

bool store_put_reply(struct store *store, const char *uri, const char *tag, struct err *err)
{
	char short_id[HASH_SHORT_LEN + 1];
	struct query q = db_query(store, SQL_REPLY_ADD);

	hash_short_id(uri, short_id);
	db_text(&q, tag);
	db_text(&q, short_id);
	db_text(&q, uri);
	return db_done(&q, err);
}

bool store_put_replies(struct store *store, const struct page *page, const char *tag,
		       struct err *err)
{
	for (size_t i = 0; i < page->count; i++) {
		const struct post *post = &page->posts[i];

		if (!post->context && post->uri && !store_put_reply(store, post->uri, tag, err))
			return false;
	}
	return true;
}
