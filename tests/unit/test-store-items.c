#include "in-ops.h"

static void all_candidates_are_chosen_at_once(void **state)
{
	struct store *store = with_posts(6);
	struct thread thread = created(store, "a");
	struct thread window = { .slug = "b", .since = NOON + 2000, .until = NOON + 7000 };
	struct page page = PAGE_INIT;
	int64_t count = 0;

	(void)state;
	add_post(&page, 6, "別の話");
	add_tag(&page, add_post(&page, 7, "未収載"), "ssmjp");
	page.posts[1].visibility = VISIBILITY_UNLISTED;
	put_page(store, &page, NOON + 1);
	page_release(&page);
	ask("db", "UPDATE post SET gone = 1 WHERE network_id = '5'");
	did(store, OP_CHOOSE, thread.id, 3);
	assert_done(thread_choose_all(store, &thread, false, &count, why));
	assert_int_equal(count, 3);
	assert_string_equal(items(store, thread.id), "1 2 3 4");
	assert_done(thread_choose_all(store, &thread, true, &count, why));
	assert_int_equal(count, 1);
	assert_done(thread_choose_all(store, &thread, true, &count, why));
	assert_int_equal(count, 0);
	assert_string_equal(
		items_with(store, thread.id, &(struct items_options){ .unlisted = true }),
		"1 2 3 4 7");
	assert_done(thread_create(store, &window, &window.id, why));
	assert_done(thread_choose_all(store, &window, false, &count, why));
	assert_string_equal(items(store, window.id), "2 3 4 6");
	store_close(store);
}

static void ten_thousand_candidates_are_few(void **state)
{
	struct store *store = with_posts(10000);
	struct thread thread = created(store, "a");
	const char *last;
	int64_t count = 0;

	(void)state;
	assert_done(thread_choose_all(store, &thread, false, &count, why));
	assert_int_equal(count, 10000);
	last = items(store, thread.id);
	assert_string_equal(last + strlen(last) - 11, " 9999 10000");
	store_close(store);
}

static void what_may_not_be_shown_is_listed_only_when_asked_for(void **state)
{
	struct store *store = with_posts(5);
	struct thread thread = created(store, "a");
	struct thread_summary summary;
	struct page page = PAGE_INIT;
	int64_t count;

	(void)state;
	assert_done(thread_choose_all(store, &thread, false, &count, why));
	add_post(&page, 2, "")->optout = true;
	add_post(&page, 3, "話")->visibility = VISIBILITY_UNLISTED;
	put_page(store, &page, NOON + 50);
	page_release(&page);
	ask("db", "UPDATE post SET gone = 1 WHERE network_id = '4'");
	assert_string_equal(items(store, thread.id), "1 5");
	assert_string_equal(
		items_with(store, thread.id, &(struct items_options){ .unlisted = true }), "1 3 5");
	ask("db", "UPDATE post SET network_id = 'optout' WHERE optout");
	assert_string_equal(items_with(store, thread.id, &(struct items_options){ .hidden = true }),
			    "1 optout 3 4 5");
	assert_done(
		thread_summarize(store, thread.id, &(struct items_options){ 0 }, &summary, why));
	assert_int_equal(summary.posts, 2);
	assert_int_equal(summary.gone, 1);
	assert_int_equal(summary.optouts, 1);
	assert_int_equal(summary.unlisted, 1);
	assert_int_equal(summary.authors, 2);
	assert_int_equal(summary.first, NOON + 1000);
	assert_int_equal(summary.last, NOON + 5000);
	assert_int_equal(summary.collected, NOON);
	assert_true(summary.networks[NETWORK_MASTODON] && !summary.networks[NETWORK_X]);
	assert_done(thread_summarize(store, thread.id, &(struct items_options){ .unlisted = true },
				     &summary, why));
	assert_int_equal(summary.posts, 3);
	assert_int_equal(summary.unlisted, 0);
	assert_int_equal(summary.collected, NOON + 50);
	store_close(store);
}

static void an_empty_thread_has_an_empty_summary(void **state)
{
	struct store *store = with_posts(1);
	struct thread thread = created(store, "a");
	struct thread_summary summary;

	(void)state;
	assert_string_equal(items(store, thread.id), "");
	assert_done(
		thread_summarize(store, thread.id, &(struct items_options){ 0 }, &summary, why));
	assert_int_equal(summary.posts + summary.gone + summary.authors + summary.first +
				 summary.collected,
			 0);
	store_close(store);
}

static void a_quoted_post_comes_along_when_it_may_be_shown(void **state)
{
	struct store *store = opened("db", STORE_WRITE);
	struct thread thread = created(store, "a");
	struct page page = PAGE_INIT;
	int64_t count;

	(void)state;
	for (int i = 1; i <= 5; i++) {
		struct post *post = add_post(&page, i, "引用");

		post->quote_uri = arena_printf(
			&page.arena, "https://social.example/users/a%d/statuses/1%d", i, i);
		add_tag(&page, post, "ssmjp");
	}
	add_post(&page, 11, "一つ目")->context = true;
	add_post(&page, 12, "二つ目")->context = true;
	add_post(&page, 13, "三つ目")->visibility = VISIBILITY_UNLISTED;
	add_post(&page, 14, "")->optout = true;
	put_page(store, &page, NOON);
	page_release(&page);
	ask("db", "UPDATE post SET gone = 1 WHERE network_id = '12'");
	assert_done(thread_choose_all(store, &thread, false, &count, why));
	assert_string_equal(items(store, thread.id), "1[一つ目] 2 3 4 5");
	assert_string_equal(
		items_with(store, thread.id, &(struct items_options){ .unlisted = true }),
		"1[一つ目] 2 3[三つ目] 4 5");
	store_close(store);
}

/* The items, and in brackets what comes along with each. */
static const char *cards(struct store *store, int64_t thread, const struct items_options *options)
{
	static char out[4096];
	struct thread_items *all = NULL;
	struct item_iter iter = { 0 };
	struct item item;
	size_t len = 0;
	int rc;

	out[0] = '\0';
	assert_done(thread_items(store, thread, options, &all, &iter, why));
	while ((rc = iter.next(&iter, &item, why)) > 0) {
		assert_false(item.joined);
		len += (size_t)snprintf(out + len, sizeof(out) - len, "%s%s", len ? " " : "",
					item.post ? item.post->network_id : item.text);
		for (size_t i = 0; i < item.also_count; i++)
			len += (size_t)snprintf(out + len, sizeof(out) - len, "[%s %s]",
						item.also[i]->network_id,
						item.also[i]->author.handle);
	}
	thread_items_free(all);
	assert_int_equal(rc, 0);
	return out;
}

static void joined_posts_come_with_the_one_above(void **state)
{
	const struct items_options shown = { 0 }, all = { .hidden = true };
	struct store *store = with_posts(6);
	struct thread thread = created(store, "a");
	struct thread_summary summary;
	int64_t count;

	(void)state;
	assert_done(thread_choose_all(store, &thread, false, &count, why));
	for (int i = 3; i <= 5; i++)
		join(store, thread.id, i, true);
	assert_string_equal(cards(store, thread.id, &shown),
			    "1 2[3 @a3@social.example][4 @a4@social.example]"
			    "[5 @a5@social.example] 6");
	ask("db", "UPDATE post SET gone = 1 WHERE network_id IN ('2', '4')");
	assert_string_equal(cards(store, thread.id, &shown), "1 3[5 @a5@social.example] 6");
	assert_string_equal(cards(store, thread.id, &all),
			    "1 2[3 @a3@social.example][4 @a4@social.example]"
			    "[5 @a5@social.example] 6");
	assert_done(
		thread_summarize(store, thread.id, &(struct items_options){ 0 }, &summary, why));
	assert_int_equal(summary.posts, 4);
	assert_int_equal(summary.gone, 2);
	store_close(store);
}

static void a_heading_comes_with_all_it_has(void **state)
{
	struct store *store = with_posts(1);
	struct thread thread = created(store, "a");
	const struct op ops[] = { { .kind = OP_INSERT,
				    .words = { .kind = ITEM_HEADING,
					       .text = "題",
					       .key = "k3f",
					       .url = "https://s.example/",
					       .speaker = "花",
					       .label = "資料",
					       .starts = NOON,
					       .fixed = true } },
				  { .kind = OP_CHOOSE,
				    .post = post_id(store, 1),
				    .spot = { .kind = SPOT_END },
				    .words = { .text = "絵",
					       .style = { EMPHASIS_LARGE, COLOUR_RED } } } };
	struct thread_items *all = NULL;
	struct op_report report;
	struct item_iter iter;
	struct item item;

	(void)state;
	assert_done(store_do(store, thread.id, NULL, ops, 2, &report, why));
	assert_done(thread_items(store, thread.id, &(struct items_options){ 0 }, &all, &iter, why));
	assert_int_equal(iter.next(&iter, &item, why), 1);
	assert_string_equal(item.key, "k3f");
	assert_string_equal(item.url, "https://s.example/");
	assert_string_equal(item.speaker, "花");
	assert_string_equal(item.label, "資料");
	assert_int_equal(item.starts, NOON);
	assert_true(item.fixed);
	assert_int_equal(iter.next(&iter, &item, why), 1);
	assert_string_equal(item.text, "絵");
	assert_int_equal(item.style.emphasis, EMPHASIS_LARGE);
	assert_int_equal(item.style.colour, COLOUR_RED);
	assert_int_equal(item.also_count, 0);
	assert_int_equal(iter.next(&iter, &item, why), 0);
	thread_items_free(all);
	store_close(store);
}

/* More than are remembered, and longer names than are. */
static void each_post_has_its_own_author_among_many(void **state)
{
	struct store *store = opened("db", STORE_WRITE);
	struct thread thread = created(store, "a");
	struct page page = PAGE_INIT;
	struct thread_items *all = NULL;
	struct item_iter iter = { 0 };
	struct item item;
	int64_t count;
	int rc, posts = 0;

	(void)state;
	for (int i = 3000; i > 0; i--) {
		struct post *post = add_post(&page, i, "話");

		add_tag(&page, post, "ssmjp");
		post->author.uri = arena_printf(&page.arena, "https://social.example/users/b%d",
						i * 7 % 1500);
		post->author.name = arena_printf(&page.arena, "%0400d", i * 7 % 1500);
	}
	put_page(store, &page, NOON);
	page_release(&page);
	assert_done(thread_choose_all(store, &thread, false, &count, why));
	assert_done(thread_items(store, thread.id, &(struct items_options){ 0 }, &all, &iter, why));
	while ((rc = iter.next(&iter, &item, why)) > 0) {
		char name[401];

		snprintf(name, sizeof(name), "%0400d", ++posts * 7 % 1500);
		assert_string_equal(item.post->author.name, name);
	}
	thread_items_free(all);
	assert_int_equal(rc, 0);
	assert_int_equal(posts, 3000);
	store_close(store);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_FOLDER(all_candidates_are_chosen_at_once),
		IN_FOLDER(ten_thousand_candidates_are_few),
		IN_FOLDER(what_may_not_be_shown_is_listed_only_when_asked_for),
		IN_FOLDER(an_empty_thread_has_an_empty_summary),
		IN_FOLDER(a_quoted_post_comes_along_when_it_may_be_shown),
		IN_FOLDER(joined_posts_come_with_the_one_above),
		IN_FOLDER(a_heading_comes_with_all_it_has),
		IN_FOLDER(each_post_has_its_own_author_among_many),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
