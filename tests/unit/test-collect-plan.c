#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "archive/base/mem.h"
#include "archive/collect/plan.h"
#include "archive/source/counts.h"
#include "archive/source/source.h"

#define NOW  INT64_C(1785592800000)
#define HOUR INT64_C(3600000)

static const struct source mastodon = { .ops = &source_mastodon };

static void what_is_left_is_priced_by_what_was_billed_before(void **state)
{
	static const struct {
		int64_t posts, there;
		struct plan_past past;
		int64_t authors, about, most;
	} cases[] = {
		{ 0, 0, { 0 }, 0, 0, 0 },
		{ 10, 0, { 0 }, 10, 150000, 450000 },
		{ 10, 4, { 0 }, 6, 90000, 270000 },
		{ 10, 12, { 0 }, 0, 0, 0 },
		{ 100, 0, { 50, 60, 10 }, 20, 800000, 4500000 },
		{ 100, 0, { 50, 50, 0 }, 0, 500000, 4500000 },
		{ 10, 0, { 1, 900, 900 }, 9000, 450000, 450000 },
	};
	const struct price price = price_usual;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct plan_view view = { .posts = cases[i].posts, .there = cases[i].there };

		plan_price(&view, &price, &cases[i].past);
		assert_int_equal(view.authors, cases[i].authors);
		assert_int_equal(view.about, cases[i].about);
		assert_int_equal(view.most, cases[i].most);
	}
}

/* Forty posts in the two hours before now fill a page of Mastodon's. */
static void a_first_page_tells_how_dense_the_posts_are(void **state)
{
	static const struct {
		int64_t shown, since, until;
		enum plan_state state;
		int64_t posts, pages;
	} cases[] = {
		{ 0, 0, 0, PLAN_GUESSED, 0, 1 },
		{ 7, 0, 0, PLAN_GUESSED, 7, 2 },
		{ 7, NOW - 9 * HOUR, 0, PLAN_GUESSED, 7, 2 },
		{ 40, 0, 0, PLAN_ENDLESS, 10000, 251 },
		{ 40, NOW - 2 * HOUR, 0, PLAN_GUESSED, 40, 2 },
		{ 40, NOW - 5 * HOUR, 0, PLAN_GUESSED, 100, 4 },
		{ 40, NOW - 5 * HOUR, NOW - 4 * HOUR, PLAN_GUESSED, 20, 2 },
		{ 40, NOW + HOUR, 0, PLAN_GUESSED, 0, 1 },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		const struct probe_view page = {
			.source = &mastodon,
			.posts = cases[i].shown,
			.newest = cases[i].shown ? NOW : 0,
			.oldest = cases[i].shown ? NOW - 2 * HOUR : 0,
			.remaining = -1,
		};
		struct plan_view view = { 0 };

		plan_guess(&view, &page, cases[i].since, cases[i].until, NOW);
		assert_int_equal(view.state, cases[i].state);
		assert_int_equal(view.posts, cases[i].posts);
		assert_int_equal(view.pages, cases[i].pages);
		assert_true(view.wait_ms > 0 && view.wait_ms < HOUR);
	}
}

static void a_limit_makes_it_longer(void **state)
{
	struct probe_view page = {
		.source = &mastodon, .posts = 40, .newest = NOW, .oldest = NOW - HOUR
	};
	struct plan_view view = { 0 };

	(void)state;
	page.remaining = 251;
	plan_guess(&view, &page, 0, 0, NOW);
	assert_int_equal(view.wait_ms, 251 * 500);
	page.remaining = 250;
	page.limit_ends = NOW + 60000;
	plan_guess(&view, &page, 0, 0, NOW);
	assert_int_equal(view.wait_ms, 251 * 500 + 60000);
	page.remaining = 0;
	page.limit_ends = 0;
	plan_guess(&view, &page, 0, 0, NOW);
	assert_int_equal(view.wait_ms, 251 * 500 + 5 * 60000);
}

static bool read_counts(const char *body, int status, struct arena *arena, struct tally *out)
{
	struct source x = SOURCE_INIT;
	struct http_answer answer = HTTP_ANSWER_INIT;
	struct err err = { 0 };
	bool ok;

	*out = (struct tally){ 0 };
	assert_true(source_parse(&x, "x", &err));
	answer.status = status;
	answer.received = NOW;
	str_add(&answer.headers, "Content-Type: application/json\r\n");
	str_add(&answer.body, body);
	ok = x.ops->counts->parse(&x, &answer, arena, out, &err);
	assert_true(ok || err.msg[0]);
	http_answer_release(&answer);
	source_release(&x);
	return ok;
}

static void counts_are_read_as_a_sum_or_added_up(void **state)
{
	static const struct {
		const char *body;
		int64_t posts;
		const char *next;
	} cases[] = {
		{ "{\"data\":[],\"meta\":{\"total_tweet_count\":0}}", 0, NULL },
		{ "{\"data\":[{\"tweet_count\":3}],\"meta\":{\"total_tweet_count\":7,"
		  "\"next_token\":\"n\"}}",
		  7, "n" },
		{ "{\"data\":[{\"post_count\":3},{\"post_count\":4}],\"meta\":{"
		  "\"total_post_count\":7}}",
		  7, NULL },
		{ "{\"data\":[{\"tweet_count\":3},{\"tweet_count\":4}]}", 7, NULL },
		{ "{\"data\":[{\"tweet_count\":-3},{\"tweet_count\":9223372036854775807},5,null,"
		  "{\"tweet_count\":4}]}",
		  4, NULL },
		{ "{\"meta\":{\"total_tweet_count\":-1}}", 0, NULL },
	};
	static const char *const broken[] = { "",	"[]",
					      "{}",	"{\"data\":[",
					      "<html>", "{\"data\":1,\"meta\":2}" };
	struct arena arena = ARENA_INIT;
	struct tally tally;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		assert_true(read_counts(cases[i].body, 200, &arena, &tally));
		assert_int_equal(tally.posts, cases[i].posts);
		assert_true(str_same(tally.next, cases[i].next));
	}
	for (size_t i = 0; i < ARRAY_LEN(broken); i++)
		assert_false(read_counts(broken[i], 200, &arena, &tally));
	assert_false(read_counts(cases[0].body, 402, &arena, &tally));
	arena_release(&arena);
}

static void counts_are_asked_for_the_window_that_can_be_reached(void **state)
{
	struct source x = SOURCE_INIT;
	struct http_request request = HTTP_REQUEST_INIT;
	struct err err = { 0 };
	const struct query query = { .tag = "勉強会", .since = NOW - HOUR, .now = NOW };
	const struct query old = { .tag = "a", .since = NOW - 9000 * HOUR, .now = NOW };

	(void)state;
	assert_true(source_parse(&x, "x", &err));
	str_add(&x.token, "secret");
	x.ops->counts->request(&x, &query, "t", &request);
	assert_string_equal(request.url.buf,
			    "https://api.x.com/2/tweets/counts/recent?query=%23%E5%8B%89%E5%BC%B7%"
			    "E4%BC%9A&granularity=day&start_time=2026-08-01T13%3A00%3A00Z&"
			    "next_token=t");
	assert_string_equal(request.bearer.buf, "secret");
	x.ops->counts->request(&x, &old, NULL, &request);
	assert_null(strstr(request.url.buf, "start_time"));
	http_request_release(&request);
	source_release(&x);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_left_is_priced_by_what_was_billed_before),
		cmocka_unit_test(a_first_page_tells_how_dense_the_posts_are),
		cmocka_unit_test(a_limit_makes_it_longer),
		cmocka_unit_test(counts_are_read_as_a_sum_or_added_up),
		cmocka_unit_test(counts_are_asked_for_the_window_that_can_be_reached),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
