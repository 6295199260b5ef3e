/*
 * For tests of threads: posts to choose from, and what became of a thread.
 */
#ifndef ARCHIVE_TESTS_IN_THREAD_H
#define ARCHIVE_TESTS_IN_THREAD_H

#include "in-store.h"

#include "archive/store/threads.h"

static const char *const ssmjp[] = { "ssmjp" };

/* Posts 1 to count, one a second, under the tag. */
static inline struct store *with_posts(int count)
{
	struct store *store = opened("db", STORE_WRITE);
	struct page page = PAGE_INIT;

	for (int i = count; i > 0; i--)
		add_tag(&page, add_post(&page, i, "話"), "ssmjp");
	put_page(store, &page, NOON);
	page_release(&page);
	return store;
}

static inline struct thread created(struct store *store, const char *slug)
{
	struct thread thread = { .slug = slug,
				 .title = "六月",
				 .lang = "ja",
				 .zone = "Asia/Tokyo",
				 .tags = ssmjp,
				 .tag_count = 1 };

	assert_done(thread_create(store, &thread, &thread.id, why));
	assert_true(thread.id > 0);
	return thread;
}

static inline int64_t post_id(struct store *store, int number)
{
	char uri[80];
	int64_t id = 0;

	snprintf(uri, sizeof(uri), "https://social.example/users/a%d/statuses/%d", number % 10,
		 number);
	assert_done(store_find_post(store, uri, &id, why));
	return id;
}

static inline bool did(struct store *store, enum op_kind kind, int64_t thread, int number)
{
	const struct op op = { .kind = kind, .post = post_id(store, number) };
	struct op_report report = { 0 };

	assert_done(store_do(store, thread, NULL, &op, 1, &report, why));
	return report.changed > 0;
}

/* The items in order: numbers of posts, or "kind:text"; a quoted post in brackets. Valid until the
 * next call. */
static inline const char *items_with(struct store *store, int64_t thread,
				     const struct items_options *options)
{
	static char out[65536];
	struct thread_items *items = NULL;
	struct item_iter iter = { 0 };
	struct item item;
	size_t len = 0;
	int rc;

	out[0] = '\0';
	assert_done(thread_items(store, thread, options, &items, &iter, why));
	while ((rc = iter.next(&iter, &item, why)) > 0) {
		len += (size_t)snprintf(out + len, sizeof(out) - len, "%s%s", len ? " " : "",
					item.post ? item.post->network_id
						  : item_kind_name(item.kind));
		if (item.text)
			len += (size_t)snprintf(out + len, sizeof(out) - len, ":%s", item.text);
		if (item.quote)
			len += (size_t)snprintf(out + len, sizeof(out) - len, "[%s]",
						item.quote->text);
	}
	thread_items_free(items);
	assert_int_equal(rc, 0);
	return out;
}

static inline const char *items(struct store *store, int64_t thread)
{
	return items_with(store, thread, &(struct items_options){ 0 });
}

#endif
