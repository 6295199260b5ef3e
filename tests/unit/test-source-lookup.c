#include "archive/source/lookup.h"

#include "in-source.h"

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

static struct lookup_hit hits[3];

static void at(struct fixture *f, const char *spec)
{
	source_release(&f->source);
	assert_true(source_parse(&f->source, spec, &f->err));
}

static int set_up(void **state)
{
	return in_source(state, "mastodon:social.example");
}

/* headers as of JSON */
static void answer(struct fixture *f, int status, const char *body)
{
	http_answer_clear(&f->answer);
	page_clear(&f->page);
	f->err = (struct err){ 0 };
	f->answer.status = status;
	f->answer.received = NOW;
	str_add(&f->answer.headers, "Content-Type: application/json\r\n");
	str_add(&f->answer.body, body);
	memset(hits, 0, sizeof(hits));
}

static bool look_up_as(struct fixture *f, const char *const *ids, size_t count, int status,
		       const char *body)
{
	const struct lookup_ask ask = { .ids = ids, .count = count };

	answer(f, status, body);
	return f->source.ops->lookup->parse(&f->source, &ask, &f->answer, hits, &f->page, &f->err);
}

static bool look_up(struct fixture *f, size_t count, int status, const char *body)
{
	return look_up_as(f, three, count, status, body);
}

static void check_states(enum lookup_state a, enum lookup_state b, enum lookup_state c)
{
	assert_int_equal(hits[0].state, a);
	assert_int_equal(hits[1].state, b);
	assert_int_equal(hits[2].state, c);
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

	check_request(f, 1, "https://social.example/api/v1/statuses/1");
	check_request(f, 3,
		      "https://social.example/api/v1/statuses?id%5B%5D=1&id%5B%5D=2&id%5B%5D=3");
}

static void mastodon_leaves_out_what_is_gone(void **state)
{
	struct fixture *f = *state;

	assert_true(look_up(f, 3, 200, "[" STATUS("3", "public") "," STATUS("1", "private") "]"));
	check_states(LOOKUP_HIDDEN, LOOKUP_GONE, LOOKUP_FOUND);
	assert_string_equal(hits[2].uri, "https://social.example/users/hana/statuses/3");
	assert_int_equal(f->page.count, 1);
	assert_int_equal(f->page.cut_count, 1);
}

static void a_list_that_says_nothing_of_what_was_asked_is_not_believed(void **state)
{
	struct fixture *f = *state;

	assert_false(look_up(f, 3, 200, "[]"));
	assert_int_equal(f->err.code, ERR_NOT_FOUND);
	assert_false(look_up(f, 3, 200, "[" STATUS("9", "public") "]"));
	assert_int_equal(f->err.code, ERR_NOT_FOUND);
}

static void a_server_without_lists_is_asked_one_by_one(void **state)
{
	static const int statuses[] = { 400, 404, 405, 422 };
	struct fixture *f = *state;

	for (size_t i = 0; i < ARRAY_LEN(statuses); i++) {
		assert_false(look_up(f, 3, statuses[i], "{\"error\":\"Not Found\"}"));
		assert_int_equal(f->err.code, ERR_NOT_FOUND);
	}
}

static void one_status_is_there_or_gone_or_not_shown(void **state)
{
	struct fixture *f = *state;

	assert_true(look_up(f, 1, 200, STATUS("1", "unlisted")));
	assert_int_equal(hits[0].state, LOOKUP_FOUND);
	assert_true(look_up(f, 1, 404, "{\"error\":\"Record not found\"}"));
	assert_int_equal(hits[0].state, LOOKUP_GONE);
	assert_true(look_up(f, 1, 401, ""));
	assert_int_equal(hits[0].state, LOOKUP_REFUSED);
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

	assert_true(look_up(f, 3, 200,
			    "[" STATUS("1", "public") ",{\"id\":\"2\",\"visibility\":"
						      "\"public\"}]"));
	check_states(LOOKUP_FOUND, LOOKUP_NOT_TOLD, LOOKUP_NOT_TOLD);
}

static void a_context_is_a_page(void **state)
{
	const struct conversation what = { .id = "1" };
	struct fixture *f = *state;
	struct http_request request = HTTP_REQUEST_INIT;
	const struct lookup_ops *ops;

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

/* ---- Misskey ---- */

#define NOTE(id, more)                                                                    \
	"{\"id\":\"" id "\",\"createdAt\":\"2026-11-22T08:39:07.980Z\",\"userId\":\"7\"," \
	"\"user\":{\"id\":\"7\",\"name\":null,\"username\":\"alice\",\"host\":null},"     \
	"\"text\":\"note " id "\",\"cw\":null,\"visibility\":\"public\",\"files\":[]" more "}"
#define FAILURE(code) "{\"error\":{\"message\":\"no\",\"code\":\"" code "\"}}"

static void misskey_is_asked_for_one_note(void **state)
{
	const struct lookup_ask ask = { .ids = three, .count = 1 };
	struct fixture *f = *state;

	at(f, "misskey:misskey.example");
	assert_true(f->source.ops->lookup->request(&f->source, &ask, &f->request, &f->err));
	assert_string_equal(f->request.url.buf, "https://misskey.example/api/notes/show");
	assert_string_equal(f->request.body.buf, "{\"noteId\":\"1\"}");
	assert_int_equal(f->source.ops->lookup->most, 1);
}

static void a_note_is_there_or_its_refusal_says_why_not(void **state)
{
	static const struct {
		const char *code;
		enum lookup_state state;
	} cases[] = {
		{ "NO_SUCH_NOTE", LOOKUP_GONE },
		{ "CONTENT_RESTRICTED_BY_USER", LOOKUP_HIDDEN },
		{ "CONTENT_RESTRICTED_BY_SERVER", LOOKUP_REFUSED },
		{ "CREDENTIAL_REQUIRED", LOOKUP_REFUSED },
	};
	struct fixture *f = *state;

	at(f, "misskey:misskey.example");
	assert_true(look_up(f, 1, 200, NOTE("1", "")));
	assert_int_equal(hits[0].state, LOOKUP_FOUND);
	assert_string_equal(hits[0].uri, "https://misskey.example/notes/1");
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct str body = STR_INIT;

		str_addf(&body, "{\"error\":{\"code\":\"%s\"}}", cases[i].code);
		assert_true(look_up(f, 1, 400, body.buf));
		assert_int_equal(hits[0].state, cases[i].state);
		str_release(&body);
	}
	assert_true(look_up(f, 1, 401, FAILURE("AUTHENTICATION_FAILED")));
	assert_int_equal(hits[0].state, LOOKUP_REFUSED);
	assert_false(look_up(f, 1, 400, FAILURE("INVALID_PARAM")));
	assert_false(look_up(f, 1, 404, "<html>no</html>"));
	assert_int_equal(f->err.code, ERR_NOT_FOUND);
	assert_false(look_up(f, 1, 200, "[]"));
}

static void a_note_for_some_alone_is_not_public(void **state)
{
	struct fixture *f = *state;

	at(f, "misskey:misskey.example");
	assert_true(look_up(f, 1, 200, NOTE("1", ",\"localOnly\":false,\"isHidden\":true")));
	assert_int_not_equal(hits[0].state, LOOKUP_FOUND);
	assert_int_equal(f->page.cut_count, 1);
}

static void misskey_tells_what_is_above_and_then_what_is_below_by_pages(void **state)
{
	struct conversation what = { .id = "1" };
	struct fixture *f = *state;
	const struct lookup_ops *ops;

	at(f, "misskey:misskey.example");
	ops = f->source.ops->lookup;
	assert_int_equal(ops->steps, 2);
	assert_true(ops->by_level);
	assert_true(ops->conversation(&f->source, &what, &f->request, &f->err));
	assert_string_equal(f->request.url.buf, "https://misskey.example/api/notes/conversation");
	what.step = 1;
	what.token = "5";
	assert_true(ops->conversation(&f->source, &what, &f->request, &f->err));
	assert_string_equal(f->request.url.buf, "https://misskey.example/api/notes/children");
	assert_string_equal(f->request.body.buf,
			    "{\"noteId\":\"1\",\"limit\":100,\"untilId\":\"5\"}");
	answer(f, 200, "[" NOTE("8", "") "," NOTE("6", "") "]");
	assert_true(ops->parse_conversation(&f->source, &what, &f->answer, &f->page, &f->err));
	assert_int_equal(f->page.count, 2);
	assert_null(f->page.next);
	answer(f, 204, "");
	assert_true(ops->parse_conversation(&f->source, &what, &f->answer, &f->page, &f->err));
	answer(f, 400, FAILURE("NO_SUCH_NOTE"));
	assert_true(ops->parse_conversation(&f->source, &what, &f->answer, &f->page, &f->err));
	answer(f, 500, FAILURE("INTERNAL_ERROR"));
	assert_false(ops->parse_conversation(&f->source, &what, &f->answer, &f->page, &f->err));
}

static void a_full_page_of_answers_has_another_one(void **state)
{
	struct conversation what = { .id = "1", .step = 1 };
	struct fixture *f = *state;
	struct str body = STR_INIT;

	at(f, "misskey:misskey.example");
	for (int i = 0; i < 100; i++)
		str_addf(&body,
			 "%s{\"id\":\"n%03d\",\"createdAt\":\"2026-11-22T08:39:07.980Z\","
			 "\"user\":{\"id\":\"7\",\"username\":\"alice\",\"host\":null},"
			 "\"text\":\"x\",\"visibility\":\"public\"}",
			 i > 0 ? "," : "[", 999 - i);
	str_add_char(&body, ']');
	answer(f, 200, body.buf);
	assert_true(f->source.ops->lookup->parse_conversation(&f->source, &what, &f->answer,
							      &f->page, &f->err));
	assert_string_equal(f->page.next, "n900");
	what.step = 0;
	answer(f, 200, body.buf);
	assert_true(f->source.ops->lookup->parse_conversation(&f->source, &what, &f->answer,
							      &f->page, &f->err));
	assert_null(f->page.next);
	str_release(&body);
}

/* ---- Bluesky ---- */

#define AT(key) "at://did:plc:abc/app.bsky.feed.post/" key
#define VIEW(key, labels)                                                             \
	"{\"uri\":\"" AT(key) "\",\"cid\":\"c\",\"author\":{\"did\":\"did:plc:abc\"," \
			      "\"handle\":\"alice.example\",\"labels\":[" labels      \
			      "]},\"record\":{\"text\":\"post " key                   \
			      "\",\"createdAt\":\"2026-11-22T08:38:52.305Z\"},"       \
			      "\"indexedAt\":\"2026-11-22T08:38:52.305Z\",\"labels\":[]}"
#define SHY                                                                                  \
	"{\"src\":\"did:plc:abc\",\"uri\":\"at://did:plc:abc/app.bsky.actor.profile/self\"," \
	"\"val\":\"!no-unauthenticated\"}"

static const char *const uris[] = { AT("1"), AT("2"), AT("3") };

static void bluesky_leaves_out_what_is_gone(void **state)
{
	const struct lookup_ask ask = { .ids = uris, .count = 2 };
	struct fixture *f = *state;

	at(f, "bluesky");
	assert_true(f->source.ops->lookup->request(&f->source, &ask, &f->request, &f->err));
	assert_non_null(strstr(f->request.url.buf,
			       "/xrpc/app.bsky.feed.getPosts?uris=at%3A%2F%2Fdid"
			       "%3Aplc%3Aabc%2Fapp.bsky.feed.post%2F1&uris="));
	assert_true(
		look_up_as(f, uris, 3, 200, "{\"posts\":[" VIEW("3", "") "," VIEW("1", SHY) "]}"));
	check_states(LOOKUP_OPTED_OUT, LOOKUP_GONE, LOOKUP_FOUND);
	assert_string_equal(hits[2].uri, AT("3"));
	assert_int_equal(f->page.cut_count, 1);
}

static void one_that_is_no_uri_spoils_no_others(void **state)
{
	struct fixture *f = *state;

	at(f, "bluesky");
	assert_false(look_up_as(f, uris, 3, 400, "{\"error\":\"InvalidRequest\"}"));
	assert_int_equal(f->err.code, ERR_NOT_FOUND);
	assert_false(look_up_as(f, uris, 1, 400, "{\"error\":\"InvalidRequest\"}"));
	assert_int_not_equal(f->err.code, ERR_NOT_FOUND);
	assert_false(look_up_as(f, uris, 3, 403, "<html>403</html>"));
	assert_false(look_up_as(f, uris, 3, 200, "{}"));
}

static void a_thread_of_bluesky_is_flat_however_deep_it_is(void **state)
{
	const struct conversation what = { .id = AT("1") };
	struct fixture *f = *state;
	const struct lookup_ops *ops;

	at(f, "bluesky");
	ops = f->source.ops->lookup;
	answer(f, 200,
	       "{\"thread\":{\"post\":" VIEW("2", "") ",\"parent\":{\"post\":" VIEW(
		       "1", "") "},\"replies\":[{\"post\":" VIEW("3",
								 "") ",\"replies\":[{\"post"
								     "\":" VIEW("4",
										"") "}]},"
										    "{\"notFound\":"
										    "true}]}}");
	assert_true(ops->parse_conversation(&f->source, &what, &f->answer, &f->page, &f->err));
	assert_int_equal(f->page.count, 4);
	answer(f, 400, "{\"error\":\"NotFound\"}");
	assert_true(ops->parse_conversation(&f->source, &what, &f->answer, &f->page, &f->err));
	assert_int_equal(f->page.count, 0);
}

static void a_handle_is_asked_for_by_its_name(void **state)
{
	struct fixture *f = *state;

	at(f, "bluesky");
	f->source.ops->lookup->resolve(&f->source, "alice.example", &f->request);
	assert_non_null(strstr(f->request.url.buf,
			       "/xrpc/com.atproto.identity.resolveHandle?handle=alice.example"));
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
	check_states(LOOKUP_GONE, LOOKUP_FOUND, LOOKUP_HIDDEN);
	assert_string_equal(hits[1].uri, "https://x.com/i/status/2");
	assert_int_equal(f->page.billed_posts, 1);
}

static void x_may_have_none_of_them(void **state)
{
	struct fixture *f = *state;

	at(f, "x");
	assert_true(look_up(f, 3, 200, "{\"errors\":[" PROBLEM("1", "resource-not-found") "]}"));
	check_states(LOOKUP_GONE, LOOKUP_NOT_TOLD, LOOKUP_NOT_TOLD);
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
	assert_int_equal(hits[0].state, LOOKUP_FOUND);
}

static void an_edited_post_names_its_newest_version(void **state)
{
	struct fixture *f = *state;

	at(f, "x");
	assert_true(look_up(
		f, 3, 200,
		"{\"data\":[" TWEET(
			"2", ",\"edit_history_tweet_ids\":[\"1\",\"2\",\"30\"]") "]," USERS "}"));
	assert_int_equal(hits[1].state, LOOKUP_FOUND);
	assert_string_equal(hits[1].uri, "https://x.com/i/status/1");
	assert_string_equal(hits[1].newer, "30");
}

static void a_protected_author_is_not_public(void **state)
{
	struct fixture *f = *state;

	at(f, "x");
	assert_true(look_up(
		f, 1, 200,
		"{\"data\":[" TWEET("1", "") "],\"includes\":{\"users\":[{\"id\":\"5\",\"name\":"
					     "\"n\",\"username\":\"u\",\"protected\":true}]}}"));
	assert_int_equal(hits[0].state, LOOKUP_HIDDEN);
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
		TEST(misskey_is_asked_for_one_note),
		TEST(a_note_is_there_or_its_refusal_says_why_not),
		TEST(a_note_for_some_alone_is_not_public),
		TEST(misskey_tells_what_is_above_and_then_what_is_below_by_pages),
		TEST(a_full_page_of_answers_has_another_one),
		TEST(bluesky_leaves_out_what_is_gone),
		TEST(one_that_is_no_uri_spoils_no_others),
		TEST(a_thread_of_bluesky_is_flat_however_deep_it_is),
		TEST(a_handle_is_asked_for_by_its_name),
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
