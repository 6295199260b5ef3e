#include "in-store.h"

#include "archive/base/hash.h"
#include "archive/base/mem.h"

/* ---- one post by its names ---- */

/* Numbers of the posts; 0 is not found. */
static int64_t found(struct store *store, const char *name)
{
	struct err err = { 0 };
	int64_t id = 0;

	if (!store_find_post(store, name, &id, &err)) {
		assert_int_equal(err.code, ERR_NOT_FOUND);
		assert_int_equal(id, 0);
		return 0;
	}
	return ((id >> 20) - NOON) / 1000;
}

static void add_named(struct page *page, enum network network, int number, const char *uri,
		      const char *url, const char *network_id)
{
	struct post *post = add_post(page, number, "名前");

	post->network = network;
	post->uri = uri;
	post->url = url;
	post->network_id = network_id;
}

static void name_bluesky(struct page *page, const char *did, const char *handle)
{
	struct author *author = &page->posts[page->count - 1].author;

	author->network = NETWORK_BLUESKY;
	author->uri = did;
	author->handle = handle;
}

static struct store *with_named_posts(void)
{
	struct store *store = opened("db", STORE_WRITE);
	struct page page = PAGE_INIT;

	add_post(&page, 1, "Mastodon");
	add_named(&page, NETWORK_X, 2, "https://x.com/i/status/8800",
		  "https://x.com/hana_of_the_evening/status/8800", "8800");
	add_named(&page, NETWORK_X, 3, "https://x.com/i/status/8801",
		  "https://x.com/hana_of_the_evening/status/8899", "8899");
	add_named(&page, NETWORK_MISSKEY, 4, "https://misskey.example/notes/9abc",
		  "https://misskey.example/notes/9abc", "9abc");
	add_named(&page, NETWORK_BLUESKY, 5, "at://did:plc:q/app.bsky.feed.post/3k",
		  "https://bsky.example/profile/hana.example/post/3k", "3k");
	add_named(&page, NETWORK_BLUESKY, 8, "at://did:plc:hana22/app.bsky.feed.post/3abc",
		  "https://bsky.app/profile/did:plc:hana22/post/3abc",
		  "at://did:plc:hana22/app.bsky.feed.post/3abc");
	name_bluesky(&page, "did:plc:hana22", "@hana.example");
	add_named(&page, NETWORK_BLUESKY, 9, "at://did:plc:taro33/app.bsky.feed.post/3abd",
		  "https://bsky.app/profile/did:plc:taro33/post/3abd",
		  "at://did:plc:taro33/app.bsky.feed.post/3abd");
	name_bluesky(&page, "did:plc:taro33", "@hana.example");
	add_named(&page, NETWORK_MASTODON, 6, "https://pleroma.example/objects/1b-2c",
		  "https://pleroma.example/notice/AAAA/", "AAAA");
	add_named(&page, NETWORK_MASTODON, 7, "http://old.example/objects/1", NULL, "1");
	put_page(store, &page, NOON);
	page_release(&page);
	return store;
}

static void a_post_is_found_by_any_of_its_names(void **state)
{
	static const struct {
		int64_t number;
		const char *name;
	} cases[] = {
		{ 1, "https://social.example/users/a1/statuses/1" },
		{ 1, "https://social.example/@a1/1" },
		{ 1, "https://social.example/@a1/1/" },
		{ 1, "http://www.Social.Example/@a1/1?utm=x#top" },
		{ 0, "https://social.example/@a1/10" },
		{ 0, "https://social.example/@a2/1" },
		{ 0, "https://other.example/@a1/1" },
		{ 8, "at://did:plc:hana22/app.bsky.feed.post/3abc" },
		{ 8, "at://hana.example/app.bsky.feed.post/3abc" },
		{ 8, "https://bsky.app/profile/did:plc:hana22/post/3abc" },
		{ 8, "http://www.bsky.app/profile/did%3Aplc%3Ahana22/post/3abc/?x=1#top" },
		{ 8, "https://bsky.app/profile/Hana.Example/post/3abc" },
		{ 8, "https://bsky.app/profile/@hana.example/post/3abc/liked-by" },
		{ 9, "https://bsky.app/profile/hana.example/post/3abd" },
		{ 0, "https://bsky.app/profile/hana.example/post/3abe" },
		{ 0, "https://bsky.app/profile/taro.example/post/3abc" },
		{ 0, "https://bsky.app/profile/did:plc:taro33/post/3abc" },
		{ 0, "https://bsky.app/profile/hana.example/lists/3abc" },
		{ 0, "https://notbsky.app/profile/hana.example/post/3abc" },
		{ 0, "at://hana.example/app.bsky.feed.like/3abc" },
		{ 2, "https://x.com/i/status/8800" },
		{ 2, "https://x.com/hana_of_the_evening/status/8800" },
		{ 2, "https://twitter.com/hana_of_the_evening/status/8800?s=20&t=abc" },
		{ 2, "https://mobile.twitter.com/anyone/status/8800" },
		{ 2, "https://www.twitter.com/hana_of_the_evening/statuses/8800" },
		{ 2, "https://x.com/i/web/status/8800" },
		{ 2, "https://x.com/hana_of_the_evening/status/8800/photo/1" },
		{ 2, "HTTPS://X.com/i/status/8800/" },
		{ 0, "https://x.com/i/status/880" },
		{ 0, "https://x.com/i/status/8800x" },
		{ 0, "https://notx.com/i/status/8800" },
		{ 3, "https://x.com/i/status/8801" },
		{ 3, "https://twitter.com/anyone/status/8899" },
		{ 4, "https://misskey.example/notes/9abc" },
		{ 4, "https://misskey.example/notes/9abc/#a" },
		{ 5, "at://did:plc:q/app.bsky.feed.post/3k" },
		{ 5, "https://bsky.example/profile/hana.example/post/3k?ref=x" },
		{ 6, "https://pleroma.example/objects/1b-2c" },
		{ 6, "https://pleroma.example/notice/AAAA" },
		{ 6, "https://pleroma.example/notice/AAAA/" },
		{ 7, "https://old.example/objects/1" },
		{ 0, "" },
		{ 0, "://" },
		{ 0, "https://" },
		{ 0, "https:///@a/1" },
		{ 0, "%s%n" },
		{ 0, "abc" },
		{ 0, "0189" },
		{ 0, "はなです" },
	};
	struct store *store = with_named_posts();

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		if (found(store, cases[i].name) != cases[i].number)
			fail_msg("%s is not post %d", cases[i].name, (int)cases[i].number);
	store_close(store);
}

static void a_post_is_found_by_its_short_id(void **state)
{
	struct store *store = with_named_posts();
	char name[9];

	(void)state;
	hash_short_id("https://x.com/i/status/8800", name);
	assert_int_equal(found(store, name), 2);
	for (char *c = name; *c; c++)
		*c = *c >= 'a' ? (char)(*c - 'a' + 'A') : *c;
	assert_int_equal(found(store, name), 2);
	name[4] = '\0';
	assert_int_equal(found(store, name), 2);
	name[3] = '\0';
	assert_int_equal(found(store, name), 0);
	store_close(store);
}

static void a_short_id_of_several_posts_is_refused(void **state)
{
	struct store *store = with_named_posts();
	struct err err = { 0 };
	int64_t id = 0;

	(void)state;
	ask("db", "UPDATE post SET short = 'abcd' || substr(short, 5) WHERE id >> 20 < (SELECT "
		  "max(id) >> 20 FROM post)");
	assert_false(store_find_post(store, "ABCD", &id, &err));
	assert_int_equal(err.code, ERR_USAGE);
	assert_non_null(strstr(err.msg, "could be any of 8 posts"));
	assert_int_equal(id, 0);
	store_close(store);
}

/* ---- lists ---- */

static struct store *with_an_evening(void)
{
	struct store *store = opened("db", STORE_WRITE);
	struct page page = PAGE_INIT;

	for (int i = 12; i > 0; i--) {
		struct post *post = add_post(&page, i, i % 2 ? "東京で sqlite の話" : "大阪の話");

		add_tag(&page, post, i % 3 ? "ssmjp" : "other");
		if (i == 6)
			add_tag(&page, post, "ssmjp");
	}
	page.posts[0].network = NETWORK_X;		/* 12 */
	page.posts[1].visibility = VISIBILITY_UNLISTED; /* 11 */
	page.posts[2].author.name = "ＨＡＮＡ a%_'\"";	/* 10 */
	put_page(store, &page, NOON);
	page_release(&page);
	ask("db", "UPDATE post SET gone = 1 WHERE network_id = '9'");
	return store;
}

static void a_filter_finds_what_it_says(void **state)
{
	static const char *const ssmjp[] = { "ssmjp" };
	static const char *const both[] = { "ssmjp", "other" };
	static const char *const odd[] = { "x\"]", "other", "\\" };
	static const char *const none[] = { "none" };
	static const struct {
		struct post_filter filter;
		const char *found, *typed;
	} cases[] = {
		{ { 0 }, "12 10 8 7 6 5 4 3 2 1", NULL },
		{ { .oldest_first = true }, "1 2 3 4 5 6 7 8 10 12", NULL },
		{ { .unlisted = true, .gone = true }, "12 11 10 9 8 7 6 5 4 3 2 1", NULL },
		{ { .limit = 3 }, "12 10 8", NULL },
		{ { 0 }, "12", "network:x" },
		{ { 0 }, "", "network:bluesky" },
		{ { .since = NOON + 4000, .until = NOON + 7000 }, "6 5 4", NULL },
		{ { .until = INT64_MAX, .since = INT64_MIN, .limit = 1 }, "12", NULL },
		{ { .since = INT64_MAX }, "", NULL },
		{ { .tags = ssmjp, .tag_count = 1 }, "10 8 7 6 5 4 2 1", NULL },
		{ { .tags = ssmjp, .tag_count = 1, .oldest_first = true, .limit = 2 },
		  "1 2",
		  NULL },
		{ { .tags = both, .tag_count = 2, .limit = 5 }, "12 10 8 7 6", NULL },
		{ { .tags = odd, .tag_count = 3, .oldest_first = true }, "3 6 12", NULL },
		{ { .tags = none, .tag_count = 1 }, "", NULL },
		{ { 0 }, "12 2", "from:\"a2\"" },
		{ { 0 }, "12 2", "from:\"@A2@social.example\"" },
		{ { 0 }, "", "from:\"@b\"" },
		{ { 0 }, "10", "from:\"hana a%_'\"" },
		{ { .oldest_first = true, .limit = 2 }, "1 2", "from:\"はな\"" },
		{ { .tags = both + 1, .tag_count = 1 }, "12 6 3", "from:\"はな\"" },
		{ { .tags = both, .tag_count = 2 }, "6", "from:\"a6\"" },
		{ { 0 }, "7 5 3 1", "東京" },
		{ { .unlisted = true, .gone = true, .limit = 2 }, "11 9", "東京" },
		{ { .oldest_first = true }, "1 3 5 7", "SQLite の話" },
		{ { .tags = ssmjp, .tag_count = 1 }, "7 5 1", "東京" },
		{ { .since = NOON + 5000 }, "5", "from:\"a5\" 東京" },
		{ { .until = NOON + 3000 }, "2 1", "話" },
	};
	struct store *store = with_an_evening();

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct post_filter filter = cases[i].filter;

		filter.query = cases[i].typed ? looked(cases[i].typed) : NULL;
		if (strcmp(listed(store, &filter), cases[i].found) != 0)
			fail_msg("case %zu: %s, not %s", i, listed(store, &filter), cases[i].found);
	}
	store_close(store);
}

static void several_lists_are_read_at_once(void **state)
{
	struct store *store = with_an_evening();
	struct post_cursor *a = NULL, *b = NULL;
	struct post post, other;

	(void)state;
	assert_done(store_posts(store, &(struct post_filter){ 0 }, &a, why));
	assert_done(store_posts(store, &(struct post_filter){ .oldest_first = true }, &b, why));
	for (int i = 0; i < 10; i++) {
		assert_int_equal(post_cursor_next(a, &post, why), 1);
		assert_int_equal(post_cursor_next(b, &other, why), 1);
		assert_true(post.text && post.author.name && post.tags[0]);
	}
	assert_string_equal(post.network_id, "1");
	assert_string_equal(other.network_id, "12");
	post_cursor_free(a);
	post_cursor_free(b);
	post_cursor_free(NULL);
	store_close(store);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_FOLDER(a_post_is_found_by_any_of_its_names),
		IN_FOLDER(a_post_is_found_by_its_short_id),
		IN_FOLDER(a_short_id_of_several_posts_is_refused),
		IN_FOLDER(a_filter_finds_what_it_says),
		IN_FOLDER(several_lists_are_read_at_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
