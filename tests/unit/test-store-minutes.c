#include "in-store.h"

#include "archive/store/minutes.h"

static const char *const both[] = { "ssmjp", "other" };

/* Posts at these seconds after noon; the first half with one tag, every third with the other, too.
 */
static void fill(struct store *store)
{
	static const int seconds[] = { 1, 2, 59, 60, 61, 300, 301, 3599, 3600 };
	struct page page = PAGE_INIT;

	for (size_t i = 0; i < sizeof(seconds) / sizeof(seconds[0]); i++) {
		struct post *post = add_post(&page, seconds[i], "やあ");

		add_tag(&page, post, "ssmjp");
		if (i % 3 == 0)
			add_tag(&page, post, "other");
		if (i == 4) {
			post->network = NETWORK_X;
			post->uri = "https://x.com/i/status/61";
		}
	}
	add_tag(&page, add_post(&page, 30, "別の話"), "other");
	(void)add_post(&page, 31, "印のない話");
	put_page(store, &page, NOON);
	page_release(&page);
}

static void check(struct store *store, size_t tags, int64_t since, int64_t until,
		  const struct minute *wanted, size_t wanted_count)
{
	struct arena arena = ARENA_INIT;
	struct minute *minutes = NULL;
	size_t count = 0;

	assert_done(store_minutes(store, both, tags, since, until, &arena, &minutes, &count, why));
	assert_int_equal(count, wanted_count);
	for (size_t i = 0; i < count; i++) {
		assert_int_equal(minutes[i].time, wanted[i].time);
		assert_int_equal(minutes[i].network, wanted[i].network);
		assert_int_equal(minutes[i].posts, wanted[i].posts);
	}
	arena_release(&arena);
}

static void posts_are_counted_by_minute_and_network(void **state)
{
	static const struct minute all[] = {
		{ NOON, NETWORK_MASTODON, 3 },
		{ NOON + MINUTE_MS, NETWORK_MASTODON, 1 },
		{ NOON + MINUTE_MS, NETWORK_X, 1 },
		{ NOON + 5 * MINUTE_MS, NETWORK_MASTODON, 2 },
		{ NOON + 59 * MINUTE_MS, NETWORK_MASTODON, 1 },
		{ NOON + 60 * MINUTE_MS, NETWORK_MASTODON, 1 },
	};
	struct store *store = opened("db", STORE_WRITE);

	(void)state;
	fill(store);
	check(store, 1, 0, 0, all, 6);
	check(store, 1, NOON + MINUTE_MS, NOON + 3599000, all + 1, 3);
	check(store, 1, NOON + 2 * INT64_C(86400000), 0, NULL, 0);
	check(store, 0, 0, 0, NULL, 0);
	store_close(store);
}

static void a_post_with_two_of_the_tags_counts_once(void **state)
{
	static const struct minute first = { NOON, NETWORK_MASTODON, 4 };
	struct store *store = opened("db", STORE_WRITE);

	(void)state;
	fill(store);
	check(store, 2, 0, NOON + MINUTE_MS, &first, 1);
	store_close(store);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_FOLDER(posts_are_counted_by_minute_and_network),
		IN_FOLDER(a_post_with_two_of_the_tags_counts_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
