/* Each filter of a search, in the list of posts and among the candidates of a thread alike. */
#include "in-store.h"

#include "archive/base/mem.h"
#include "archive/store/threads.h"
#include "archive/store/view.h"

static const struct media pictures[] = { { .kind = MEDIA_IMAGE, .alt = "白板" } };
static const struct media sounds[] = { { .kind = MEDIA_AUDIO } };
static const struct poll_option options[] = { { "はい", 1 }, { "いいえ", 2 } };
static const struct poll poll = { options, 2, 0, 3, false, true };

/* What makes each post another one; all of them say 会 and have the tag ssmjp. */
static void make_posts(struct page *page)
{
	struct post *post[10];

	for (int i = 0; i < 10; i++) {
		post[i] = add_post(page, i, i % 2 ? "奇数の会" : "偶数の会 even");
		add_tag(page, post[i], "ssmjp");
		post[i]->lang = "ja";
	}
	post[0]->network = post[0]->author.network = NETWORK_X;
	post[1]->media = pictures;
	post[2]->media = sounds;
	post[1]->media_count = post[2]->media_count = 1;
	post[3]->html = "<p><a href=\"https://slides.example/\">資料</a></p>";
	post[3]->poll = &poll;
	post[4]->spoiler = "長い";
	post[5]->reply_uri = "https://social.example/users/a1/statuses/1";
	post[6]->quote_uri = "https://social.example/users/a2/statuses/2";
	post[6]->edited = NOON;
	post[7]->visibility = VISIBILITY_UNLISTED;
	post[7]->lang = "en-GB";
	post[8]->lang = NULL;
	post[8]->author.name = "ＭＩＺＵＮＯ a1";
	add_tag(page, post[8], "運用");
	add_tag(page, post[9], "infra");
}

static const struct {
	const char *typed, *found;
} cases[] = {
	{ "", "9 8 7 6 5 4 3 2 1 0" },
	{ "from:@a1", "1" },
	{ "from:a1", "8 1" },
	{ "from:@a1@social.example", "1" },
	{ "from:a1@social", "" },
	{ "from:@mizuno", "" },
	{ "from:mizuno", "8" },
	{ "from:@a1 from:@a2", "2 1" },
	{ "from:nobody", "" },
	{ "-from:a1", "9 7 6 5 4 3 2 0" },
	{ "-from:nobody from:@a3", "3" },
	{ "from:@a1 -from:@a1", "" },
	{ "tag:運用", "8" },
	{ "tag:運用 tag:infra", "9 8" },
	{ "tag:ssmjp -tag:運用 -tag:infra", "7 6 5 4 3 2 1 0" },
	{ "tag:none", "" },
	{ "network:x", "0" },
	{ "network:x network:bluesky", "0" },
	{ "-network:mastodon", "0" },
	{ "lang:en", "7" },
	{ "lang:en-gb", "7" },
	{ "lang:e", NULL },
	{ "lang:en lang:ja -from:@a7", "9 6 5 4 3 2 1 0" },
	{ "-lang:ja", "8 7" },
	{ "has:media", "2 1" },
	{ "has:alt", "1" },
	{ "has:link", "3" },
	{ "has:poll", "3" },
	{ "has:cw", "4" },
	{ "has:media -has:alt", "2" },
	{ "has:media -has:media", "" },
	{ "has:media has:poll", "" },
	{ "is:reply", "5" },
	{ "is:quote", "6" },
	{ "is:edited", "6" },
	{ "is:unlisted", "7" },
	{ "is:gone", "9" },
	{ "is:chosen", "9 2" },
	{ "-is:chosen -is:gone -has:media -is:reply", "8 7 6 4 3 0" },
	{ "in:night", "9 2" },
	{ "-in:night", "8 7 6 5 4 3 1 0" },
	{ "in:night in:empty", "9 2" },
	{ "in:empty", "" },
	{ "since:2017-06-30T09:00:07Z", "9 8 7" },
	{ "until:2017-06-30T09:00:02Z", "1 0" },
	{ "-since:2017-06-30T09:00:02Z", "1 0" },
	{ "-until:2017-06-30T09:00:07Z", "9 8 7" },
	{ "since:2017-06-30T09:00:07Z until:2017-06-30T09:00:09Z", "8 7" },
	{ "奇数", "9 7 5 3 1" },
	{ "-奇数", "8 6 4 2 0" },
	{ "-奇数 -even", "" },
	{ "-白板 -はい -長い 奇数", "9 7 5" },
	{ "会 has:media", "2 1" },
	{ "会 -even tag:ssmjp from:a1", "1" },
	{ "会 tag:運用 tag:infra", "9 8" },
	{ "even in:night", "2" },
	{ "-even is:chosen", "9" },
	{ "会 lang:en is:unlisted since:2017-06-30", "7" },
};

static struct store *with_posts(int64_t *night)
{
	static const char *const ssmjp[] = { "ssmjp" };
	struct thread thread = { .slug = "night", .tags = ssmjp, .tag_count = 1 };
	struct thread empty = { .slug = "empty", .tags = ssmjp, .tag_count = 1 };
	struct store *store = opened("db", STORE_WRITE);
	struct page page = PAGE_INIT;
	struct op ops[2] = { { .kind = OP_CHOOSE }, { .kind = OP_CHOOSE } };
	struct op_report report = { 0 };

	make_posts(&page);
	put_page(store, &page, NOON);
	page_release(&page);
	assert_done(thread_create(store, &thread, night, why));
	assert_done(thread_create(store, &empty, &empty.id, why));
	ops[0].post = ask("db", "SELECT id FROM post WHERE network_id = '2'");
	ops[1].post = ask("db", "SELECT id FROM post WHERE network_id = '9'");
	assert_done(store_do(store, *night, NULL, ops, 2, &report, why));
	ask("db", "UPDATE post SET gone = 5 WHERE network_id = '9'");
	return store;
}

static bool can_be_read(const char *typed)
{
	struct arena arena = ARENA_INIT;
	struct search_query query;
	struct err err = { 0 };
	bool ok = search_parse(&(struct search_reading){ &arena, NOON, "UTC" }, typed, &query,
			       &err);

	arena_release(&arena);
	return ok;
}

static void a_filter_finds_what_it_says(void **state)
{
	int64_t night;
	struct store *store = with_posts(&night);

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct post_filter filter = { .unlisted = true, .gone = true };

		assert_int_equal(can_be_read(cases[i].typed), cases[i].found != NULL);
		if (!cases[i].found)
			continue;
		filter.query = looked(cases[i].typed);
		if (strcmp(listed(store, &filter), cases[i].found) != 0)
			fail_msg("%s: %s", cases[i].typed, listed(store, &filter));
	}
	store_close(store);
}

/* Their numbers, from the newest on. */
static const char *candidates(struct store *store, const struct thread *thread, const char *typed)
{
	static struct str out = STR_INIT;
	const struct view_filter filter = { .network = -1, .query = looked(typed) };
	struct view_page page = { .reached = INT64_MAX };
	struct arena arena = ARENA_INIT;

	str_clear(&out);
	while (!page.end) {
		const struct view_span span = {
			.from = page.reached, .back = true, .limit = 3, .budget = 9
		};

		assert_done(view_candidates(store, thread, &filter, &span, &arena, &page, why));
		for (size_t i = page.count; i > 0; i--)
			str_addf(&out, "%s%lld", out.len > 0 ? " " : "",
				 (long long)((page.rows[i - 1].time - NOON) / 1000));
	}
	arena_release(&arena);
	return out.buf;
}

static void the_same_is_found_among_candidates(void **state)
{
	int64_t night;
	struct store *store = with_posts(&night);
	struct arena arena = ARENA_INIT;
	struct thread thread;

	(void)state;
	assert_done(thread_load(store, "night", &arena, &thread, why));
	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		if (cases[i].found &&
		    strcmp(candidates(store, &thread, cases[i].typed), cases[i].found) != 0)
			fail_msg("%s: %s", cases[i].typed,
				 candidates(store, &thread, cases[i].typed));
	/* chosen means for this thread */
	arena_clear(&arena);
	assert_done(thread_load(store, "empty", &arena, &thread, why));
	assert_string_equal(candidates(store, &thread, "is:chosen"), "");
	assert_string_equal(candidates(store, &thread, "in:night"), "2");
	arena_release(&arena);
	store_close(store);
}

static void the_filters_own_tags_hold_beside_the_search(void **state)
{
	static const char *const tags[] = { "infra", "運用" };
	int64_t night;
	struct store *store = with_posts(&night);
	struct post_filter filter = { .tags = tags, .tag_count = 1, .gone = true };

	(void)state;
	filter.query = looked("tag:ssmjp");
	assert_string_equal(listed(store, &filter), "9");
	filter.query = looked("会");
	assert_string_equal(listed(store, &filter), "9");
	filter.tag_count = 2;
	assert_string_equal(listed(store, &filter), "9 8");
	filter.query = looked("tag:ssmjp -tag:infra");
	assert_string_equal(listed(store, &filter), "8");
	filter.until = NOON + 8000;
	assert_string_equal(listed(store, &filter), "");
	store_close(store);
}

/* ---- in which order ---- */

static void the_order_is_the_one_that_was_asked_for(void **state)
{
	struct store *store = opened("db", STORE_WRITE);

	(void)state;
	put_text(store, 1, "監視 監視 監視 と復旧", NOON);
	put_text(store, 2, "監視", NOON);
	put_text(store, 3, "監視と復旧", NOON);
	put_text(store, 4, "監視", NOON);
	put_text(store, 5, "別の話", NOON);
	assert_string_equal(listed(store, &(struct post_filter){ .query = looked("監視") }),
			    "4 3 2 1");
	assert_string_equal(
		listed(store, &(struct post_filter){ .query = looked("監視 sort:oldest") }),
		"1 2 3 4");
	/* more often is better; of equals the newer is */
	assert_string_equal(
		listed(store, &(struct post_filter){ .query = looked("監視 sort:relevance") }),
		"1 4 3 2");
	assert_string_equal(
		listed(store, &(struct post_filter){ .query = looked("監視 -復旧 sort:relevance"),
						     .limit = 1 }),
		"4");
	store_close(store);
}

static void a_search_that_cannot_be_done_is_said(void **state)
{
	static const struct {
		const char *typed, *sentence;
	} refused[] = {
		{ "sort:relevance", "sort:relevance wants a word to look for" },
		{ "in:nihgt", "there is no thread 'nihgt'" },
		{ "-in:nihgt", "there is no thread 'nihgt'" },
		{ "-w*", NULL },
		{ "-wo*", NULL },
	};
	int64_t night;
	struct store *store = with_posts(&night);
	struct str words = STR_INIT;

	(void)state;
	for (int i = 0; i < 70; i++)
		str_addf(&words, "word%d ", i);
	put_text(store, 11, words.buf, NOON);
	for (size_t i = 0; i < ARRAY_LEN(refused); i++) {
		struct post_filter filter = { .query = looked(refused[i].typed) };
		struct post_cursor *cursor = NULL;
		struct err err = { 0 };
		bool ok = store_posts(store, &filter, &cursor, &err);

		post_cursor_free(cursor);
		assert_int_equal(ok, refused[i].sentence == NULL);
		if (!ok && (err.code != ERR_USAGE || !str_starts(err.msg, refused[i].sentence)))
			fail_msg("%s: %s", refused[i].typed, err.msg);
	}
	/* however many words begin so */
	assert_string_equal(listed(store, &(struct post_filter){ .query = looked("-wo* -奇数") }),
			    "8 6 4 2 0");
	str_release(&words);
	store_close(store);
}

/* ---- who wrote little, who wrote much ---- */

#define MANY 4010 /* more than are collected of several authors */

static bool by(int number, const char *authors)
{
	return strchr(authors, '0' + number % 10) != NULL;
}

static void make_many(struct store *store)
{
	struct page page = PAGE_INIT;

	for (int i = 0; i < MANY; i++) {
		struct post *post = add_post(&page, i, i % 3 ? "監視の会" : "会");

		add_tag(&page, post, i % 7 ? "ssmjp" : "infra");
		post->spoiler = i == 42 ? "薔薇" : NULL;
	}
	put_page(store, &page, NOON);
	page_release(&page);
}

static const struct {
	const char *typed, *authors;
	int word, tag; /* of 3 and of 7 numbers: 1 with, -1 without, 0 either */
} by_authors[] = {
	{ "from:@a4", "4", 0, 0 },
	{ "from:@a4 tag:infra", "4", 0, -1 },
	{ "from:@a4 from:@a7", "47", 0, 0 },
	{ "from:@a4 from:@a7 tag:ssmjp tag:none", "47", 0, 1 },
	{ "監視 from:@a4", "4", 1, 0 },
	{ "-監視 from:@a4", "4", -1, 0 },
	{ "監視 from:@a4 -tag:ssmjp", "4", 1, -1 },
	{ "監視 from:@a4 from:@a7", "47", 1, 0 },
	{ "監視 from:はな -tag:infra", "0123456789", 1, 1 },
	{ "from:はな", "0123456789", 0, 0 },
	{ "from:はな tag:infra", "0123456789", 0, -1 },
	{ "監視 from:@a4 tag:infra", "4", 1, -1 },
	{ "-監視 from:@a4 from:@a7 tag:ssmjp", "47", -1, 1 },
	{ "監視 tag:infra", "0123456789", 1, -1 },
	{ "会 -監視 tag:infra", "0123456789", -1, -1 },
	{ "監視 tag:infra tag:none", "0123456789", 1, -1 },
	{ "tag:infra tag:none", "0123456789", 0, -1 },
	{ "tag:infra tag:ssmjp", "0123456789", 0, 0 },
	{ "-監視 tag:infra tag:ssmjp", "0123456789", -1, 0 },
	{ "-監", "0123456789", -1, 0 },
	{ "from:@nobody 監視", "", 0, 0 },
	{ "from:@nobody", "", 0, 0 },
};

static void find_all_of(struct store *store, size_t i, bool oldest)
{
	const struct post_filter filter = { .query = looked(by_authors[i].typed),
					    .oldest_first = oldest };
	struct post_cursor *cursor = NULL;
	struct post post;
	int number = oldest ? 0 : MANY - 1, rc;

	assert_done(store_posts(store, &filter, &cursor, why));
	while ((rc = post_cursor_next(cursor, &post, why)) >= 0) {
		const int word = by_authors[i].word, tag = by_authors[i].tag;

		while (number >= 0 && number < MANY &&
		       (!by(number, by_authors[i].authors) ||
			(word && (word > 0) != (number % 3 != 0)) ||
			(tag && (tag > 0) != (number % 7 != 0))))
			number += oldest ? 1 : -1;
		if (rc == 0)
			break;
		if ((int)strtol(post.network_id, NULL, 10) != number)
			fail_msg("%s: %s instead of %d", by_authors[i].typed, post.network_id,
				 number);
		number += oldest ? 1 : -1;
	}
	assert_int_equal(rc, 0);
	assert_int_equal(number, oldest ? MANY : -1);
	post_cursor_free(cursor);
}

static void the_same_is_found_whoever_wrote_how_much(void **state)
{
	struct store *store = opened("db", STORE_WRITE);

	(void)state;
	make_many(store);
	for (size_t i = 0; i < ARRAY_LEN(by_authors); i++)
		for (int oldest = 0; oldest < 2; oldest++)
			find_all_of(store, i, oldest != 0);
	assert_string_equal(
		listed(store, &(struct post_filter){ .query = looked("薔薇 from:@a2") }), "42");
	assert_string_equal(listed(store, &(struct post_filter){ .query = looked("監視 from:@a4"),
								 .limit = 2 }),
			    "4004 3994");
	store_close(store);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_FOLDER(a_filter_finds_what_it_says),
		IN_FOLDER(the_same_is_found_among_candidates),
		IN_FOLDER(the_filters_own_tags_hold_beside_the_search),
		IN_FOLDER(the_order_is_the_one_that_was_asked_for),
		IN_FOLDER(a_search_that_cannot_be_done_is_said),
		IN_FOLDER(the_same_is_found_whoever_wrote_how_much),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
