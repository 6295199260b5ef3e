#include <string.h>

#include "archive/store/put.h"
#include "archive/text/link.h"

static bool change_tags(struct store *store, enum sql sql, int64_t id, const struct post *post,
			struct err *err)
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
	struct query q = db_query(store, SQL_LINK_ADD);

	db_int(&q, id);
	db_text_n(&q, url, len);
	return db_done(&q, err);
}

static void unescape(struct str *out, const char *url, size_t len)
{
	static const char amp[] = "&amp;";
	size_t amp_len = sizeof(amp) - 1;

	str_clear(out);
	for (size_t i = 0; i < len; i++) {
		str_add_char(out, url[i]);
		if (len - i >= amp_len && memcmp(url + i, amp, amp_len) == 0)
			i += amp_len - 1;
	}
}

/* The canonical HTML writes href first; a link of a hashtag or a mention has a class behind it. */
static bool add_links(struct store *store, int64_t id, const char *html, struct err *err)
{
	static const char start[] = "<a href=\"";
	struct str *url = &store->former;
	const char *at = html;

	while (at && (at = strstr(at, start))) {
		size_t len;

		at += sizeof(start) - 1;
		len = strcspn(at, "\"");
		if (str_starts(at + len, "\">")) {
			unescape(url, at, len);
			if (link_safe_web(url->buf) &&
			    !add_link(store, id, url->buf, url->len, err))
				return false;
		}
		at += len;
	}
	return true;
}

bool leads_add(struct store *store, int64_t id, const struct post *post, struct err *err)
{
	const char *url = post->card ? post->card->url : NULL;

	return change_tags(store, SQL_TAG_ADD, id, post, err) &&
	       add_links(store, id, post->html, err) &&
	       (!url || add_link(store, id, url, strlen(url), err));
}

bool leads_remove(struct store *store, const struct post *post, struct err *err)
{
	struct query q = db_query(store, SQL_LINKS_REMOVE);

	db_int(&q, post->id);
	return db_done(&q, err) && change_tags(store, SQL_TAG_REMOVE, post->id, post, err);
}
