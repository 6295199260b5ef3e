#include "in-store.h"

#include "archive/base/hash.h"

#define ALL (&(struct post_filter){ 0 })

/* ---- one post, whole ---- */

static const struct emoji emojis[] = { { "blob", "https://files.example/blob.png" },
				       { "wave", "https://files.example/wave.png" } };
static const struct media media[] = {
	{ MEDIA_IMAGE, "https://files.example/1.png", "https://files.example/1s.png", "会場の写真",
	  800, 600, 0, "LEHV6n" },
	{ MEDIA_VIDEO, NULL, "https://files.example/2s.png", NULL, 0, 0, 61000, NULL },
};
static const struct poll_option options[] = { { "はい", 12 }, { "いいえ", -1 } };
static const struct poll poll = { options, 2, NOON + 99, 12, true, false };
static const struct card card = { "https://slides.example/deck", "スライド", "三つの話", NULL,
				  "Slides" };
static const char *const tags[] = { "ssmjp", "運用" };

static void fill(struct post *post)
{
	post->edited = NOON + 5;
	post->lang = "ja";
	post->spoiler = "長い";
	post->sensitive = true;
	post->visibility = VISIBILITY_UNLISTED;
	post->reply_uri = "https://social.example/users/a1/statuses/1";
	post->reply_id = "1";
	post->quote_uri = "https://social.example/users/a2/statuses/2";
	post->quote_url = "https://social.example/@a2/2";
	post->conversation = "tag:social.example,2017:1";
	post->tags = tags;
	post->tag_count = 2;
	post->media = media;
	post->media_count = 2;
	post->emojis = emojis;
	post->emoji_count = 2;
	post->poll = &poll;
	post->card = &card;
	post->counts = (struct counts){ 0, 3, -1, 7 };
	post->author.network_id = "42";
	post->author.url = "https://social.example/@a7";
	post->author.avatar = "https://files.example/a7.png";
	post->author.emojis = emojis;
	post->author.emoji_count = 1;
	post->author.bot = true;
}

static void assert_parts(const struct post *got)
{
	assert_int_equal(got->media_count, 2);
	assert_int_equal(got->media[0].kind, MEDIA_IMAGE);
	assert_string_equal(got->media[0].alt, "会場の写真");
	assert_string_equal(got->media[0].blurhash, "LEHV6n");
	assert_int_equal(got->media[0].height, 600);
	assert_int_equal(got->media[1].kind, MEDIA_VIDEO);
	assert_null(got->media[1].url);
	assert_int_equal(got->media[1].duration_ms, 61000);
	assert_int_equal(got->emoji_count, 2);
	assert_string_equal(got->emojis[1].url, "https://files.example/wave.png");
	assert_non_null(got->poll);
	assert_int_equal(got->poll->option_count, 2);
	assert_string_equal(got->poll->options[0].title, "はい");
	assert_int_equal(got->poll->options[1].votes, -1);
	assert_int_equal(got->poll->ends, NOON + 99);
	assert_true(got->poll->multiple && !got->poll->closed);
	assert_non_null(got->card);
	assert_string_equal(got->card->title, "スライド");
	assert_null(got->card->image);
}

static void assert_whole(const struct post *got)
{
	char short_id[9];

	hash_short_id(got->uri, short_id);
	assert_string_equal(got->short_id, short_id);
	assert_int_equal(got->id >> 20, NOON + 7000);
	assert_int_equal(got->created, NOON + 7000);
	assert_string_equal(got->url, "https://social.example/@a7/7");
	assert_string_equal(got->host, "social.example");
	assert_int_equal(got->network, NETWORK_MASTODON);
	assert_int_equal(got->fetched, NOON + 1);
	assert_int_equal(got->edited, NOON + 5);
	assert_int_equal(got->visibility, VISIBILITY_UNLISTED);
	assert_true(got->sensitive);
	assert_string_equal(got->spoiler, "長い");
	assert_string_equal(got->html, "<p>全部入り</p>");
	assert_string_equal(got->conversation, "tag:social.example,2017:1");
	assert_string_equal(got->quote_uri, "https://social.example/users/a2/statuses/2");
	assert_string_equal(got->reply_id, "1");
	assert_int_equal(got->tag_count, 2);
	assert_string_equal(got->tags[1], "運用");
	assert_int_equal(got->counts.replies, 0);
	assert_int_equal(got->counts.likes, -1);
	assert_int_equal(got->counts.quotes, 7);
	assert_string_equal(got->author.handle, "@a7@social.example");
	assert_string_equal(got->author.name, "はな 7");
	assert_string_equal(got->author.avatar, "https://files.example/a7.png");
	assert_int_equal(got->author.emoji_count, 1);
	assert_true(got->author.bot);
}

static void a_post_comes_back_whole(void **state)
{
	struct store *store = opened("db", STORE_WRITE);
	struct post_cursor *cursor = NULL;
	struct page page = PAGE_INIT;
	struct post got;

	(void)state;
	fill(add_post(&page, 7, "全部入り"));
	put_page(store, &page, NOON + 1);
	page_release(&page);
	assert_string_equal(listed(store, ALL), "");
	assert_done(store_posts(store, &(struct post_filter){ .unlisted = true }, &cursor, why));
	assert_int_equal(post_cursor_next(cursor, &got, why), 1);
	assert_whole(&got);
	assert_parts(&got);
	assert_int_equal(post_cursor_next(cursor, &got, why), 0);
	post_cursor_free(cursor);
	store_close(store);
}

static void a_bare_post_has_nothing_but_what_it_was_given(void **state)
{
	struct store *store = opened("db", STORE_WRITE);
	struct post_cursor *cursor = NULL;
	struct page page = PAGE_INIT;
	struct post *bare = page_add(&page);
	struct post got;

	(void)state;
	*bare = (struct post){ .uri = "at://did:plc:x/app.bsky.feed.post/1", .created = NOON };
	bare->network = NETWORK_BLUESKY;
	bare->counts = (struct counts){ -1, -1, -1, -1 };
	put_page(store, &page, NOON);
	page_release(&page);
	assert_done(store_posts(store, ALL, &cursor, why));
	assert_int_equal(post_cursor_next(cursor, &got, why), 1);
	assert_true(!got.url && !got.text && !got.html && !got.lang && !got.author.uri &&
		    !got.poll && !got.card);
	assert_int_equal(got.tag_count + got.media_count + got.emoji_count, 0);
	assert_int_equal(got.counts.replies, -1);
	post_cursor_free(cursor);
	store_close(store);
}

static void what_is_no_post_is_left_out(void **state)
{
	struct store *store = opened("db", STORE_WRITE);
	struct page page = PAGE_INIT;
	struct put_report report;

	(void)state;
	add_post(&page, 1, "uri がない")->uri = NULL;
	add_post(&page, 2, "uri が空")->uri = "";
	add_post(&page, 3, "時刻がない")->created = 0;
	add_post(&page, 4, "再投稿")->repost = true;
	add_post(&page, 5, "ここまで");
	report = put_page(store, &page, NOON);
	assert_int_equal(report.fresh, 1);
	assert_int_equal(report.known + report.optouts, 0);
	assert_string_equal(listed(store, ALL), "5");
	put_page(store, &page, NOON);
	page_release(&page);
	store_close(store);
}

static void times_and_places_are_clamped_to_what_an_id_holds(void **state)
{
	struct store *store = opened("db", STORE_WRITE);
	struct page page = PAGE_INIT;

	(void)state;
	add_post(&page, 1, "太古")->created = INT64_MIN;
	add_post(&page, 2, "未来")->created = INT64_MAX;
	add_post(&page, 3, "未来")->created = INT64_MAX;
	for (int i = 4; i < 8; i++)
		add_post(&page, i, "同時")->created = NOON;
	put_page(store, &page, NOON);
	page_release(&page);
	assert_string_equal(listed(store, ALL), "2 3 4 5 6 7 1");
	store_close(store);
	assert_int_equal(ask("db", "SELECT max(created) FROM post"), POST_MAX_TIME);
	assert_int_equal(ask("db", "SELECT min(created) FROM post"), 1);
}

static void a_millisecond_without_a_free_place_takes_no_more(void **state)
{
	struct store *store = opened("db", STORE_WRITE);
	struct put_report report;

	(void)state;
	store_close(store);
	ask("db", "INSERT INTO post (id, uri, short, network, fetched, fingerprint) "
		  "VALUES ((9223372036854775807), 'u', 'aaaaaaaa', 'x', 1, 0)");
	store = opened("db", STORE_WRITE);
	{
		struct page page = PAGE_INIT;

		add_post(&page, 1, "満員")->created = POST_MAX_TIME;
		report = put_page(store, &page, NOON);
		page_release(&page);
	}
	assert_int_equal(report.fresh, 0);
	store_close(store);
	assert_int_equal(ask("db", "SELECT count(*) FROM post"), 1);
}

/* ---- read again ---- */

static const char *text_of(struct store *store, int64_t *fetched)
{
	static char text[256];
	struct post_cursor *cursor = NULL;
	struct post post = { 0 };

	assert_done(store_posts(store, ALL, &cursor, why));
	assert_int_equal(post_cursor_next(cursor, &post, why), 1);
	snprintf(text, sizeof(text), "%s", post.text);
	*fetched = post.fetched;
	post_cursor_free(cursor);
	return text;
}

static void the_newer_reading_wins_in_whatever_order_they_come(void **state)
{
	static const int orders[][3] = { { 1, 2, 3 }, { 1, 3, 2 }, { 2, 1, 3 },
					 { 2, 3, 1 }, { 3, 1, 2 }, { 3, 2, 1 } };
	static const char *const texts[] = { "", "初稿", "直した", "また直した" };

	(void)state;
	for (size_t i = 0; i < 6; i++) {
		struct store *store = opened("db", STORE_WRITE);
		int64_t fetched;

		for (int k = 0; k < 3; k++)
			put_text(store, 1, texts[orders[i][k]], NOON + orders[i][k]);
		assert_string_equal(text_of(store, &fetched), "また直した");
		assert_int_equal(fetched, NOON + 3);
		assert_string_equal(listed(store, &(struct post_filter){ .query = looked("また") }),
				    "1");
		assert_string_equal(listed(store, &(struct post_filter){ .query = looked("初稿") }),
				    "");
		store_close(store);
		assert_int_equal(ask("db", "SELECT count(*) FROM post"), 1);
		assert_int_equal(ask("db", "SELECT first FROM sighting"), NOON + 1);
		assert_int_equal(ask("db", "SELECT last FROM sighting"), NOON + 3);
		unlink(in_folder("db"));
	}
}

static void a_post_is_in_the_report_once(void **state)
{
	struct store *store = opened("db", STORE_WRITE);
	struct page page = PAGE_INIT;
	struct put_report report;

	(void)state;
	add_post(&page, 1, "二度");
	add_post(&page, 1, "二度");
	add_post(&page, 2, "一度");
	report = put_page(store, &page, NOON);
	assert_int_equal(report.fresh, 2);
	assert_int_equal(report.known, 1);
	page_release(&page);
	store_close(store);
}

static void what_hangs_on_a_post_is_replaced(void **state)
{
	struct store *store = opened("db", STORE_WRITE);
	struct page page = PAGE_INIT;
	struct post *post;

	(void)state;
	post = add_post(&page, 7, "全部入り");
	fill(post);
	post->html =
		"<p><a href=\"https://a.example/?x=1&amp;y=2\">a</a> <a "
		"href=\"https://social.example/tags/x\" "
		"class=\"p-category\" rel=\"tag\">#x</a> <a href=\"mailto:a@a.example\">m</a></p>";
	put_page(store, &page, NOON);
	assert_int_equal(
		ask("db", "SELECT count(*) FROM link WHERE url IN ('https://a.example/?x=1&y=2', "
			  "'https://slides.example/deck')"),
		2);
	assert_int_equal(ask("db", "SELECT count(*) FROM link"), 2);
	add_post(&page, 7, "空っぽ");
	put_page(store, &page, NOON + 1);
	page_release(&page);
	store_close(store);
	assert_int_equal(
		ask("db",
		    "SELECT (SELECT count(*) FROM link) + (SELECT count(*) FROM media) + (SELECT "
		    "count(*) FROM poll) + (SELECT count(*) FROM poll_option) + (SELECT count(*) "
		    "FROM "
		    "card) + (SELECT count(*) FROM post_emoji) + (SELECT count(*) FROM tag) + "
		    "(SELECT "
		    "count(*) FROM author_emoji)"),
		0);
}

static void a_gone_post_that_is_seen_again_is_there_again(void **state)
{
	struct store *store = opened("db", STORE_WRITE);

	(void)state;
	put_text(store, 1, "消えた", NOON);
	ask("db", "UPDATE post SET gone = 5");
	assert_string_equal(listed(store, ALL), "");
	assert_string_equal(listed(store, &(struct post_filter){ .gone = true }), "1");
	put_text(store, 1, "消えた", NOON);
	assert_string_equal(listed(store, ALL), "1");
	store_close(store);
}

static void the_newest_reading_of_an_author_counts(void **state)
{
	struct store *store = opened("db", STORE_WRITE);
	struct page page = PAGE_INIT;

	(void)state;
	add_post(&page, 1, "一");
	put_page(store, &page, NOON + 10);
	add_post(&page, 11, "古い名前")->author.name = "むかし";
	put_page(store, &page, NOON);
	assert_string_equal(
		listed(store, &(struct post_filter){ .query = looked("from:\"はな 1\"") }), "11 1");
	add_post(&page, 21, "新しい名前")->author.name = "いま";
	put_page(store, &page, NOON + 20);
	assert_string_equal(
		listed(store, &(struct post_filter){ .query = looked("from:\"いま\"") }),
		"21 11 1");
	page_release(&page);
	store_close(store);
}

static void a_post_that_came_along_has_a_sighting_without_tag(void **state)
{
	struct store *store = opened("db", STORE_WRITE);
	struct page page = PAGE_INIT;

	(void)state;
	add_post(&page, 1, "引用された")->context = true;
	put_page(store, &page, NOON);
	assert_int_equal(ask("db", "SELECT count(*) FROM sighting WHERE tag = ''"), 1);
	add_post(&page, 1, "引用された");
	put_page(store, &page, NOON);
	page_release(&page);
	store_close(store);
	assert_int_equal(ask("db", "SELECT count(*) FROM sighting WHERE tag = 'ssmjp'"), 1);
	assert_int_equal(ask("db", "SELECT count(*) FROM sighting"), 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_FOLDER(a_post_comes_back_whole),
		IN_FOLDER(a_bare_post_has_nothing_but_what_it_was_given),
		IN_FOLDER(what_is_no_post_is_left_out),
		IN_FOLDER(times_and_places_are_clamped_to_what_an_id_holds),
		IN_FOLDER(a_millisecond_without_a_free_place_takes_no_more),
		IN_FOLDER(the_newer_reading_wins_in_whatever_order_they_come),
		IN_FOLDER(a_post_is_in_the_report_once),
		IN_FOLDER(what_hangs_on_a_post_is_replaced),
		IN_FOLDER(a_gone_post_that_is_seen_again_is_there_again),
		IN_FOLDER(the_newest_reading_of_an_author_counts),
		IN_FOLDER(a_post_that_came_along_has_a_sighting_without_tag),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
