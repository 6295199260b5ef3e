#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "archive/base/mem.h"
#include "archive/source/lookup.h"

#define ACCOUNT                                                     \
	"\"account\":{\"id\":\"7\",\"username\":\"hana\",\"acct\":" \
	"\"hana\",\"url\":\"https://social.example/@hana\","        \
	"\"uri\":\"https://social.example/users/hana\"}"
#define STATUS(id, visibility)                                                        \
	"{\"id\":\"" id "\",\"uri\":\"https://social.example/users/hana/"             \
	"statuses/" id "\",\"url\":\"https://social.example/@hana/" id                \
	"\",\"created_at\":\"2026-08-01T13:52:47.767Z\",\"visibility\":\"" visibility \
	"\"," ACCOUNT "}"
#define TWEET(id, more)                                                 \
	"{\"id\":\"" id "\",\"text\":\"t " id "\",\"author_id\":\"5\"," \
	"\"created_at\":\"2026-05-28T18:00:00.000Z\"" more "}"
#define USERS "\"includes\":{\"users\":[{\"id\":\"5\",\"name\":\"n\",\"username\":\"u\"}]}"
#define PROBLEM(id, type)                                                     \
	"{\"resource_id\":\"" id "\",\"resource_type\":\"tweet\",\"type\":\"" \
	"https://api.x.com/2/problems/" type "\"}"

static const char *const three[] = { "1", "2", "3" };

struct fixture {
	struct source source;
	struct http_answer answer;
	struct page page;
	struct lookup_hit hits[3];
	struct err err;
};

static int set_up(void **state)
{
	struct fixture *f = xcalloc(1, sizeof(*f));

	f->source = (struct source)SOURCE_INIT;
	f->answer = (struct http_answer)HTTP_ANSWER_INIT;
	f->page = (struct page)PAGE_INIT;
	*state = f;
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *f = *state;

	source_release(&f->source);
	http_answer_release(&f->answer);
	page_release(&f->page);
	free(f);
	return 0;
}

static void at(struct fixture *f, const char *spec)
{
	assert_true(source_parse(&f->source, spec, &f->err));
}

static void answer(struct fixture *f, int status, const char *body)
{
	http_answer_clear(&f->answer);
	page_clear(&f->page);
	f->err = (struct err){ 0 };
	f->answer.status = status;
	f->answer.received = 1;
	str_add(&f->answer.headers, "Content-Type: application/json\r\n");
	str_add(&f->answer.body, body);
	for (size_t i = 0; i < ARRAY_LEN(f->hits); i++)
		f->hits[i] = (struct lookup_hit){ 0 };
}

static bool look_up(struct fixture *f, size_t count, int status, const char *body)
{
	const struct lookup_ask ask = { .ids = three, .count = count };

	answer(f, status, body);
	return f->source.ops->lookup->parse(&f->source, &ask, &f->answer, f->hits, &f->page,
					    &f->err);
}

static void check_states(const struct fixture *f, enum lookup_state a, enum lookup_state b,
			 enum lookup_state c)
{
	assert_int_equal(f->hits[0].state, a);
	assert_int_equal(f->hits[1].state, b);
	assert_int_equal(f->hits[2].state, c);
}

static void check_request(struct fixture *f, size_t count, const char *url)
{
	const struct lookup_ask ask = { .ids = three, .count = count };
	struct http_request request = HTTP_REQUEST_INIT;

	assert_true(f->source.ops->lookup->request(&f->source, &ask, &request, &f->err));
	assert_true(str_starts(request.url.buf, url));
	http_request_release(&request);
}

/* ---- Mastodon ---- */

static void mastodon_is_asked_for_one_or_for_a_list(void **state)
{
	struct fixture *f = *state;

	at(f, "mastodon:social.example");
	check_request(f, 1, "https://social.example/api/v1/statuses/1");
	check_request(f, 3,
		      "https://social.example/api/v1/statuses?id%5B%5D=1&id%5B%5D=2&id%5B%5D=3");
}

static void mastodon_leaves_out_what_is_gone(void **state)
{
	struct fixture *f = *state;

	at(f, "mastodon:social.example");
	assert_true(look_up(f, 3, 200, "[" STATUS("3", "public") "," STATUS("1", "private") "]"));
	check_states(f, LOOKUP_HIDDEN, LOOKUP_GONE, LOOKUP_FOUND);
	assert_string_equal(f->hits[2].uri, "https://social.example/users/hana/statuses/3");
	assert_int_equal(f->page.count, 1);
	assert_int_equal(f->page.cut_count, 1);
}

static void a_list_that_says_nothing_of_what_was_asked_is_not_believed(void **state)
{
	struct fixture *f = *state;

	at(f, "mastodon:social.example");
	assert_false(look_up(f, 3, 200, "[]"));
	assert_int_equal(f->err.code, ERR_NOT_FOUND);
	assert_false(look_up(f, 3, 200, "[" STATUS("9", "public") "]"));
	assert_int_equal(f->err.code, ERR_NOT_FOUND);
}

static void a_server_without_lists_is_asked_one_by_one(void **state)
{
	static const int statuses[] = { 400, 404, 405, 422 };
	struct fixture *f = *state;

	at(f, "mastodon:social.example");
	for (size_t i = 0; i < ARRAY_LEN(statuses); i++) {
		assert_false(look_up(f, 3, statuses[i], "{\"error\":\"Not Found\"}"));
		assert_int_equal(f->err.code, ERR_NOT_FOUND);
	}
}

static void one_status_is_there_or_gone_or_not_shown(void **state)
{
	struct fixture *f = *state;

	at(f, "mastodon:social.example");
	assert_true(look_up(f, 1, 200, STATUS("1", "unlisted")));
	assert_int_equal(f->hits[0].state, LOOKUP_FOUND);
	assert_true(look_up(f, 1, 404, "{\"error\":\"Record not found\"}"));
	assert_int_equal(f->hits[0].state, LOOKUP_GONE);
	assert_true(look_up(f, 1, 401, ""));
	assert_int_equal(f->hits[0].state, LOOKUP_REFUSED);
	assert_false(look_up(f, 1, 404, "{\"error\":{\"code\":\"UNKNOWN_API_ENDPOINT\"}}"));
	assert_int_equal(f->err.code, ERR_NOT_FOUND);
	assert_false(look_up(f, 1, 404, "<html>no</html>"));
	assert_int_equal(f->err.code, ERR_NOT_FOUND);
	assert_false(look_up(f, 1, 503, "busy"));
	assert_int_equal(f->err.code, ERR_NETWORK);
	assert_false(look_up(f, 1, 200, "[]"));
	assert_false(look_up(f, 1, 200, "{\"id\":"));
}

static void an_element_that_cannot_be_read_says_nothing(void **state)
{
	struct fixture *f = *state;

	at(f, "mastodon:social.example");
	assert_true(look_up(f, 3, 200,
			    "[" STATUS("1", "public") ",{\"id\":\"2\",\"visibility\":"
						      "\"public\"}]"));
	check_states(f, LOOKUP_FOUND, LOOKUP_NOT_TOLD, LOOKUP_NOT_TOLD);
}

static void a_context_is_a_page(void **state)
{
	const struct conversation what = { .id = "1" };
	struct fixture *f = *state;
	struct http_request request = HTTP_REQUEST_INIT;
	const struct lookup_ops *ops;

	at(f, "mastodon:social.example");
	ops = f->source.ops->lookup;
	assert_true(ops->conversation(&f->source, &what, &request, &f->err));
	assert_string_equal(request.url.buf, "https://social.example/api/v1/statuses/1/context");
	http_request_release(&request);
	answer(f, 200,
	       "{\"ancestors\":[" STATUS("4", "public") "],\"descendants\":[" STATUS(
		       "5", "public") "," STATUS("6", "direct") "]}");
	assert_true(ops->parse_conversation(&f->source, &what, &f->answer, &f->page, &f->err));
	assert_int_equal(f->page.count, 2);
	assert_int_equal(f->page.cut_count, 1);
	answer(f, 404, "{\"error\":\"Record not found\"}");
	assert_true(ops->parse_conversation(&f->source, &what, &f->answer, &f->page, &f->err));
	assert_int_equal(f->page.count, 0);
	answer(f, 401, "");
	assert_false(ops->parse_conversation(&f->source, &what, &f->answer, &f->page, &f->err));
	assert_int_equal(f->err.code, ERR_AUTH);
	answer(f, 200, "{\"id\":\"1\"}");
	assert_false(ops->parse_conversation(&f->source, &what, &f->answer, &f->page, &f->err));
}

/* ---- X ---- */

static void x_is_asked_for_a_list_with_all_that_a_search_wants(void **state)
{
	struct fixture *f = *state;

	at(f, "x");
	check_request(f, 3, "https://api.x.com/2/tweets?ids=1%2C2%2C3&tweet.fields=");
	assert_int_equal(f->source.ops->lookup->most, 100);
}

static void x_says_which_are_missing_and_why(void **state)
{
	struct fixture *f = *state;

	at(f, "x");
	assert_true(
		look_up(f, 3, 200,
			"{\"data\":[" TWEET("2", "") "]," USERS ",\"errors\":[" PROBLEM(
				"1", "resource-not-found") "," PROBLEM("3", "not-authorized-for-"
									    "resource") "]}"));
	check_states(f, LOOKUP_GONE, LOOKUP_FOUND, LOOKUP_HIDDEN);
	assert_string_equal(f->hits[1].uri, "https://x.com/i/status/2");
	assert_int_equal(f->page.billed_posts, 1);
}

static void x_may_have_none_of_them(void **state)
{
	struct fixture *f = *state;

	at(f, "x");
	assert_true(look_up(f, 3, 200, "{\"errors\":[" PROBLEM("1", "resource-not-found") "]}"));
	check_states(f, LOOKUP_GONE, LOOKUP_NOT_TOLD, LOOKUP_NOT_TOLD);
	assert_int_equal(f->page.billed_posts, 0);
	assert_false(look_up(f, 3, 200, "{\"errors\":[{\"message\":\"no\",\"code\":88}]}"));
	assert_int_equal(f->err.code, ERR_RATE);
	assert_false(look_up(f, 3, 402, "{\"title\":\"CreditsDepleted\"}"));
	assert_int_equal(f->err.code, ERR_PAYMENT);
}

static void what_a_found_post_quotes_may_be_missing(void **state)
{
	struct fixture *f = *state;

	at(f, "x");
	assert_true(look_up(f, 1, 200,
			    "{\"data\":[" TWEET("1", "") "]," USERS ",\"errors\":[" PROBLEM(
				    "1", "resource-not-found") "]}"));
	assert_int_equal(f->hits[0].state, LOOKUP_FOUND);
}

static void an_edited_post_names_its_newest_version(void **state)
{
	struct fixture *f = *state;

	at(f, "x");
	assert_true(look_up(
		f, 3, 200,
		"{\"data\":[" TWEET(
			"2", ",\"edit_history_tweet_ids\":[\"1\",\"2\",\"30\"]") "]," USERS "}"));
	assert_int_equal(f->hits[1].state, LOOKUP_FOUND);
	assert_string_equal(f->hits[1].uri, "https://x.com/i/status/1");
	assert_string_equal(f->hits[1].newer, "30");
}

static void a_protected_author_is_not_public(void **state)
{
	struct fixture *f = *state;

	at(f, "x");
	assert_true(look_up(
		f, 1, 200,
		"{\"data\":[" TWEET("1", "") "],\"includes\":{\"users\":[{\"id\":\"5\",\"name\":"
					     "\"n\",\"username\":\"u\",\"protected\":true}]}}"));
	assert_int_equal(f->hits[0].state, LOOKUP_HIDDEN);
}

static void a_conversation_of_x_is_a_search(void **state)
{
	const struct conversation what = { .id = "9", .root = "7", .token = "abc", .page_size = 5 };
	struct fixture *f = *state;
	struct http_request request = HTTP_REQUEST_INIT;

	at(f, "x");
	assert_true(f->source.ops->lookup->conversation(&f->source, &what, &request, &f->err));
	assert_true(str_starts(request.url.buf,
			       "https://api.x.com/2/tweets/search/recent?query=conversation_id%3A7"
			       "&max_results=10&"));
	assert_non_null(strstr(request.url.buf, "&next_token=abc"));
	http_request_release(&request);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(mastodon_is_asked_for_one_or_for_a_list),
		TEST(mastodon_leaves_out_what_is_gone),
		TEST(a_list_that_says_nothing_of_what_was_asked_is_not_believed),
		TEST(a_server_without_lists_is_asked_one_by_one),
		TEST(one_status_is_there_or_gone_or_not_shown),
		TEST(an_element_that_cannot_be_read_says_nothing),
		TEST(a_context_is_a_page),
		TEST(x_is_asked_for_a_list_with_all_that_a_search_wants),
		TEST(x_says_which_are_missing_and_why),
		TEST(x_may_have_none_of_them),
		TEST(what_a_found_post_quotes_may_be_missing),
		TEST(an_edited_post_names_its_newest_version),
		TEST(a_protected_author_is_not_public),
		TEST(a_conversation_of_x_is_a_search),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
