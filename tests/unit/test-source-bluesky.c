#include "archive/base/clock.h"
#include "in-source.h"

#define DAY	  (INT64_C(24) * 3600 * 1000)
#define DID	  "did:plc:hana22"
#define OTHER	  "did:plc:taro33"
#define MINE(key) "at://" DID "/app.bsky.feed.post/" key

#define FACETS                                                                             \
	"\"facets\":[{\"index\":{\"byteStart\":0,\"byteEnd\":6},\"features\":[{\"$type\":" \
	"\"app.bsky.richtext.facet#tag\",\"tag\":\"SSMJP\"}]}]"
#define RECORD(time, more) "{\"text\":\"#ssmjp text\",\"createdAt\":\"" time "\"" more "}"
#define VIEW(key, label, time, record, more)                                                     \
	"{\"uri\":\"" MINE(key) "\",\"author\":{\"did\":\"" DID                                  \
				"\",\"handle\":\"hana.example\"" label "},\"indexedAt\":\"" time \
				"\",\"record\":" record more "}"
#define POST(key, time)	 VIEW(key, "", time, RECORD(time, "," FACETS), "")
#define PLAIN(key, time) VIEW(key, "", time, RECORD(time, ""), "")
#define NO_STRANGERS	 ",\"labels\":[{\"src\":\"" DID "\",\"val\":\"!no-unauthenticated\"}]"
#define HIDDEN		 ",\"labels\":[{\"val\":\"!hide\"}]"

static int set_up(void **state)
{
	return in_source(state, "bluesky");
}

static bool read_body(struct fixture *f, const char *body)
{
	http_answer_clear(&f->answer);
	page_clear(&f->page);
	f->err = (struct err){ 0 };
	str_add(&f->answer.body, body);
	return f->source.ops->parse_body(NULL, body, strlen(body), &f->page, &f->err);
}

/* What is left of the answer as evidence. */
static void add_evidence(const struct fixture *f, struct str *out)
{
	size_t at = 0;

	for (size_t i = 0; i < f->page.cut_count; i++) {
		const struct page_cut *cut = &f->page.cuts[i];

		assert_true(cut->from >= at && cut->to > cut->from);
		str_add_n(out, f->answer.body.buf + at, cut->from - at);
		at = cut->to;
	}
	str_add(out, f->answer.body.buf + at);
}

/* ---- the request ---- */

static const char *ask(struct fixture *f, const struct query *query,
		       const struct position *position)
{
	assert_true(f->source.ops->request(&f->source, query, position, &f->request, &f->err));
	assert_false(http_request_is_post(&f->request));
	return f->request.url.buf;
}

#define SEARCH "https://api.bsky.app/xrpc/app.bsky.feed.searchPosts?q=%23"

static void the_request_names_the_tag_the_window_and_the_page(void **state)
{
	struct fixture *f = *state;
	const struct query open = { .tag = "ssmjp", .now = NOW };
	const struct query window = {
		.tag = "勉強会", .since = NOW - DAY, .until = NOW, .now = NOW
	};

	assert_string_equal(ask(f, &open, &(struct position){ 0 }),
			    SEARCH "ssmjp&sort=latest&limit=100");
	assert_int_equal(f->request.bearer.len, 0);
	str_add(&f->source.token, "secret");
	assert_string_equal(
		ask(f, &window,
		    &(struct position){ .token = "a/b=&", .page_size = 5, .below = "x" }),
		SEARCH "%E5%8B%89%E5%BC%B7%E4%BC%9A&sort=latest&limit=5"
		       "&since=2026-07-31T14%3A00%3A00.000Z&until=2026-08-01T14%3A00%3A00.000Z"
		       "&cursor=a%2Fb%3D%26");
	assert_string_equal(f->request.bearer.buf, "secret");
}

static void a_walk_goes_on_by_the_earlier_of_the_times(void **state)
{
	struct fixture *f = *state;
	const struct query open = { .tag = "a", .now = NOW };
	const struct query until = { .tag = "a", .until = NOW - DAY, .now = NOW };

	assert_non_null(strstr(ask(f, &open, &(struct position){ .before = NOW - 1 }),
			       "&until=2026-08-01T13%3A59%3A59.999Z"));
	assert_non_null(strstr(ask(f, &until, &(struct position){ .before = NOW - 1 }),
			       "&until=2026-07-31T14%3A00%3A00.000Z"));
	assert_non_null(strstr(ask(f, &until, &(struct position){ .before = NOW - 2 * DAY }),
			       "&until=2026-07-30T14%3A00%3A00.000Z"));
}

/* ---- the page ---- */

static void a_page_tells_where_it_stands(void **state)
{
	struct fixture *f = *state;

	assert_true(read_answer(
		f, 200, "",
		"{\"cursor\":\"1_x\",\"posts\":[" POST("b", "2026-08-01T12:00:00Z") "," POST(
			"c", "2026-08-01T13:00:00.5Z") "," POST("a", "2026-08-01T11:00:00Z") "]}"));
	assert_int_equal(f->page.count, 3);
	assert_int_equal(f->page.matched, 3);
	assert_string_equal(f->page.highest, MINE("c"));
	assert_string_equal(f->page.lowest, MINE("a"));
	assert_int_equal(f->page.newest, NOW - 3600000 + 500);
	assert_int_equal(f->page.oldest, NOW - 3 * INT64_C(3600000));
	assert_string_equal(f->page.next, "1_x");
	assert_false(f->page.last);
	assert_int_equal(f->page.remaining, -1);
	assert_int_equal(f->page.cut_count, 0);
}

static void only_a_page_without_a_cursor_is_the_last(void **state)
{
	static const struct {
		const char *body;
		bool last;
	} cases[] = {
		{ "{\"posts\":[],\"cursor\":\"next\"}", false },
		{ "{\"posts\":[" POST("a", "2026-08-01T11:00:00Z") "],\"cursor\":\"next\"}",
		  false },
		{ "{\"posts\":[]}", true },
		{ "{\"posts\":[],\"hitsTotal\":9}", true },
		{ "{\"posts\":[" POST("a", "2026-08-01T11:00:00Z") "]}", true },
		{ "{\"posts\":[],\"cursor\":null}", true },
		{ "{\"posts\":[],\"cursor\":\"\"}", true },
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		assert_true(read_answer(f, 200, "", cases[i].body));
		assert_int_equal(f->page.last, cases[i].last);
		if (cases[i].last)
			assert_null(f->page.next);
		else
			assert_string_equal(f->page.next, "next");
	}
}

static void a_cursor_that_cannot_be_followed_is_no_end(void **state)
{
	struct fixture *f = *state;
	struct str body = STR_INIT;

	assert_false(read_answer(f, 200, "", "{\"posts\":[],\"cursor\":{\"a\":1}}"));
	assert_int_equal(f->err.code, ERR_MALFORMED);
	assert_non_null(strstr(f->err.msg, "next page"));
	str_add(&body, "{\"posts\":[],\"cursor\":\"");
	for (int i = 0; i < 9000; i++)
		str_add_char(&body, 'x');
	str_add(&body, "\"}");
	assert_false(read_answer(f, 200, "", body.buf));
	str_release(&body);
}

static void what_does_not_carry_the_tag_is_counted_and_cut_out(void **state)
{
	struct fixture *f = *state;
	struct str evidence = STR_INIT;

	f->page.tag = "ssmjp";
	assert_true(read_answer(
		f, 200, "",
		"{\"posts\":[" PLAIN("c", "2026-08-01T13:00:00Z") "," POST(
			"b", "2026-08-01T12:00:"
			     "00Z") "," VIEW("a", NO_STRANGERS, "2026-08-01T11:00:00Z",
					     RECORD("2026-08-01T11:00:00Z", ""),
					     "") "," VIEW("9", "", "2026-08-01T10:00:00Z",
							  RECORD("2026-08-01T10:00:00Z",
								 ",\"tags\":[\"ｓｓｍｊｐ\"]"),
							  "") "]}"));
	assert_int_equal(f->page.count, 2);
	assert_string_equal(f->page.posts[0].uri, MINE("b"));
	assert_string_equal(f->page.posts[1].uri, MINE("9"));
	assert_int_equal(f->page.matched, 4);
	assert_int_equal(f->page.unwanted, 2);
	assert_int_equal(f->page.dropped, 0);
	assert_string_equal(f->page.highest, MINE("c"));
	add_evidence(f, &evidence);
	assert_null(strstr(evidence.buf, MINE("c")));
	assert_null(strstr(evidence.buf, MINE("a")));
	assert_non_null(strstr(evidence.buf, MINE("b")));
	str_release(&evidence);
}

static void what_may_not_be_kept_is_cut_out(void **state)
{
	struct fixture *f = *state;
	struct str evidence = STR_INIT;

	assert_true(read_answer(
		f, 200, "",
		"{\"posts\":[" VIEW(
			"c", "", "2026-08-01T13:00:00Z", RECORD("2026-08-01T13:00:00Z", "," FACETS),
			HIDDEN) "," VIEW("b", NO_STRANGERS, "2026-08-01T12:00:00Z",
					 RECORD("2026-08-01T12:00:00Z", "," FACETS),
					 "") ",7,{}," POST("a", "2026-08-01T11:00:00Z") "]}"));
	assert_int_equal(f->page.count, 2);
	assert_true(f->page.posts[0].optout);
	assert_string_equal(f->page.posts[0].uri, MINE("b"));
	assert_int_equal(f->page.dropped, 1);
	assert_int_equal(f->page.malformed, 2);
	assert_int_equal(f->page.matched, 5);
	add_evidence(f, &evidence);
	assert_null(strstr(evidence.buf, MINE("c")));
	assert_null(strstr(evidence.buf, MINE("b")));
	str_release(&evidence);
}

static enum fate refuse_hana(void *owner, const struct post *post)
{
	(void)owner;
	return post->author.uri && str_same(post->author.uri, DID) ? FATE_DROPPED : FATE_KEPT;
}

static void the_judge_is_asked(void **state)
{
	struct fixture *f = *state;

	f->page.judge = refuse_hana;
	assert_true(read_answer(f, 200, "", "{\"posts\":[" POST("a", "2026-08-01T11:00:00Z") "]}"));
	assert_int_equal(f->page.count, 0);
	assert_int_equal(f->page.dropped, 1);
	assert_int_equal(f->page.cut_count, 1);
}

/* ---- what is quoted ---- */

#define HELD(who, label, text, embeds)                                                           \
	"{\"$type\":\"app.bsky.embed.record#viewRecord\",\"uri\":\"at://" who                    \
	"/app.bsky.feed.post/q\",\"author\":{\"did\":\"" who "\",\"handle\":\"q.example\"" label \
	"},\"indexedAt\":\"2020-01-01T00:00:00Z\",\"value\":{\"text\":\"" text                   \
	"\",\"createdAt\":\"2020-01-01T00:00:00Z\"},\"embeds\":[" embeds "]}"
#define QUOTE(held) "{\"$type\":\"app.bsky.embed.record#view\",\"record\":" held "}"
#define QUOTING(key, embed)                                                               \
	VIEW(key, "", "2026-08-01T11:00:00Z", RECORD("2026-08-01T11:00:00Z", "," FACETS), \
	     ",\"embed\":" embed)

static void a_quoted_post_comes_along_and_what_it_quotes_does_not(void **state)
{
	static const char body[] = "{\"posts\":[" QUOTING(
		"a",
		QUOTE(HELD(OTHER, "", "middle", "7," QUOTE(HELD(DID, "", "innermost", ""))))) "]}";
	struct fixture *f = *state;
	struct str evidence = STR_INIT;

	f->page.tag = "ssmjp";
	assert_true(read_answer(f, 200, "", body));
	assert_int_equal(f->page.count, 2);
	assert_string_equal(f->page.posts[0].quote_uri, f->page.posts[1].uri);
	assert_string_equal(f->page.posts[0].quote_url,
			    "https://bsky.app/profile/" OTHER "/post/q");
	assert_true(f->page.posts[1].context);
	assert_string_equal(f->page.posts[1].text, "middle");
	assert_int_equal(f->page.matched, 1);
	assert_string_equal(f->page.lowest, MINE("a"));
	add_evidence(f, &evidence);
	assert_non_null(strstr(evidence.buf, "middle"));
	assert_null(strstr(evidence.buf, "innermost"));
	assert_true(read_body(f, evidence.buf));
	assert_int_equal(f->page.count, 2);
	assert_int_equal(f->page.cut_count, 0);
	str_release(&evidence);
}

#define WITH_FILM(held)                                                                \
	"{\"$type\":\"app.bsky.embed.recordWithMedia#view\",\"media\":{},\"record\":{" \
	"\"record\":" held "}}"
#define OTHER_SAYS_NO ",\"labels\":[{\"src\":\"" OTHER "\",\"val\":\"!no-unauthenticated\"}]"
#define HIDDEN_ONE    HELD(OTHER, HIDDEN, "quoted", "")
#define SHY_ONE	      HELD(OTHER, OTHER_SAYS_NO, "quoted", "")

static void a_quoted_post_that_may_not_be_kept_is_cut_out(void **state)
{
	static const struct {
		const char *body;
		size_t count;
	} cases[] = {
		{ "{\"posts\":[" QUOTING("a", QUOTE(HIDDEN_ONE)) "]}", 1 },
		{ "{\"posts\":[" QUOTING("a", QUOTE(SHY_ONE)) "]}", 2 },
		{ "{\"posts\":[" QUOTING("a", WITH_FILM(HIDDEN_ONE)) "]}", 1 },
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct str evidence = STR_INIT;

		assert_true(read_answer(f, 200, "", cases[i].body));
		assert_int_equal(f->page.count, cases[i].count);
		assert_false(f->page.posts[0].optout);
		add_evidence(f, &evidence);
		assert_null(strstr(evidence.buf, "quoted\""));
		assert_non_null(strstr(evidence.buf, MINE("a")));
		str_release(&evidence);
	}
}

/* ---- files ---- */

#define A POST("a", "2026-08-01T11:00:00Z")
#define B POST("b", "2026-08-01T12:00:00Z")
#define C POST("c", "2026-08-01T13:00:00Z")

static const char thread[] = "{\"thread\":{\"post\":" A
			     ",\"parent\":{\"parent\":{\"notFound\":true},\"post\":" B "},"
			     "\"replies\":[{\"post\":" C ",\"replies\":[]},{\"blocked\":true},"
			     "{\"replies\":[{\"post\" : " A "}],\"post\":" B "}]},"
			     "\"threadgate\":{\"record\":{\"post\":\"at://x\"}}}";

static void saved_answers_are_read_in_any_form(void **state)
{
	static const struct {
		const char *body;
		size_t count;
	} cases[] = {
		{ "{\"posts\":[" A "],\"cursor\":\"x\"}", 1 },
		{ " [" A "," B "]", 2 },
		{ A, 1 },
		{ thread, 5 },
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		assert_true(read_body(f, cases[i].body));
		assert_int_equal(f->page.count, cases[i].count);
		assert_int_equal(f->page.malformed, 0);
	}
	assert_false(read_body(f, "{\"posts\":["));
	assert_false(read_body(f, "["));
}

static void a_thread_may_be_as_deep_as_it_likes(void **state)
{
	struct fixture *f = *state;
	struct str body = STR_INIT, evidence = STR_INIT;

	str_add(&body, "{\"thread\":");
	for (int i = 0; i < 3000; i++)
		str_add(&body, "{\"replies\":[");
	str_add(&body, "{\"post\":" VIEW("a", NO_STRANGERS, "2026-08-01T11:00:00Z",
					 RECORD("2026-08-01T11:00:00Z", "," FACETS), "") "}");
	for (int i = 0; i < 3000; i++)
		str_add(&body, "],\"post\":" POST("b", "2026-08-01T11:00:00Z") "}");
	str_add(&body, "}");
	assert_true(read_body(f, body.buf));
	assert_int_equal(f->page.count, 3001);
	assert_true(f->page.posts[0].optout);
	add_evidence(f, &evidence);
	assert_null(strstr(evidence.buf, MINE("a")));
	assert_true(read_body(f, evidence.buf));
	assert_int_equal(f->page.count, 3000);
	str_release(&body);
	str_release(&evidence);
}

/* ---- refusals ---- */

static void refused(struct fixture *f, int status, const char *headers, const char *body,
		    enum err_code code, const char *said)
{
	assert_false(read_answer(f, status, headers, body));
	if (!strstr(f->err.msg, said))
		fail_msg("%d: %s", status, f->err.msg);
	assert_int_equal(f->err.code, code);
	assert_null(strstr(f->err.msg, "sesame"));
}

static void a_stranger_is_told_what_an_account_would_open(void **state)
{
	static const char page[] = "<!DOCTYPE html><title>403 Forbidden</title>";
	struct fixture *f = *state;

	refused(f, 403, "", "{\"error\":\"Forbidden\",\"message\":\"Request forbidden by rules.\"}",
		ERR_AUTH,
		"Bluesky shows strangers only its first page: put ARCHIVE_BLUESKY_HANDLE and "
		"ARCHIVE_BLUESKY_PASSWORD (an app password)");
	refused(f, 403, "Content-Type: text/html\r\n", page, ERR_AUTH,
		"shows strangers nothing (status 403): ask the source bluesky, and put "
		"ARCHIVE_BLUESKY_HANDLE");
	refused(f, 401, "", "{\"error\":\"AuthMissing\",\"message\":\"Authentication Required\"}",
		ERR_AUTH, "wants an account: put ARCHIVE_BLUESKY_HANDLE");
	str_add(&f->source.token, "sesame");
	refused(f, 403, "", "{\"error\":\"Forbidden\",\"message\":\"No.\"}", ERR_AUTH,
		"forbids the search to this account (\"No.\")");
	refused(f, 403, "Content-Type: text/html\r\n", page, ERR_AUTH,
		"turns this computer's network address away");
	refused(f, 401, "", "{\"error\":\"AuthMissing\"}", ERR_AUTH, "does not accept the session");
}

static void a_session_that_ended_is_told_from_one_that_never_was(void **state)
{
	struct fixture *f = *state;

	str_add(&f->source.token, "sesame");
	refused(f, 400, "", "{\"error\":\"ExpiredToken\",\"message\":\"Token has expired\"}",
		ERR_EXPIRED, "the session has ended (\"Token has expired\"): sign in again");
	refused(f, 401, "", "{\"error\":\"InvalidToken\"}", ERR_EXPIRED, "sign in again");
	refused(f, 400, "", "{\"error\":\"InvalidToken\"}", ERR_EXPIRED, "sign in again");
	refused(f, 400, "", "{\"error\":\"AccountTakedown\"}", ERR_AUTH, "taken down");
	str_clear(&f->source.token);
	refused(f, 400, "", "{\"error\":\"InvalidToken\"}", ERR_AUTH, "wants an account");
}

static void a_request_that_is_not_understood_is_said_with_the_servers_words(void **state)
{
	struct fixture *f = *state;

	refused(f, 400, "", "{\"error\":\"InvalidRequest\",\"message\":\"Invalid cursor format\"}",
		ERR_MALFORMED, "its own next page any more (\"Invalid cursor format\")");
	refused(f, 400, "", "{\"error\":\"InvalidRequest\",\"message\":\"integer too big\"}",
		ERR_MALFORMED, "does not understand the request (\"integer too big\")");
	refused(f, 400, "", "{\"error\":\"BadQueryString\",\"message\":\"\\u001b[1mq\"}",
		ERR_MALFORMED, "does not understand the request (\"[1mq\")");
	refused(f, 400, "", "{\"error\":\"NotFound\",\"message\":\"Post not found: at://x\"}",
		ERR_NOT_FOUND, "has no such post any more (\"Post not found: at://x\")");
	refused(f, 404, "", "{\"error\":\"XRPCNotSupported\"}", ERR_NOT_FOUND, "is the name right");
	refused(f, 501, "", "{\"error\":\"MethodNotImplemented\"}", ERR_NOT_FOUND,
		"is the name right");
}

static void a_server_in_need_is_given_time(void **state)
{
	struct fixture *f = *state;

	refused(f, 429, "RateLimit-Remaining: 0\r\nRateLimit-Reset: 1785592860\r\n",
		"{\"error\":\"RateLimitExceeded\",\"message\":\"Rate Limit Exceeded\"}", ERR_RATE,
		"asks to wait");
	assert_int_equal(f->err.retry_at, NOW + 60000);
	refused(f, 429, "Retry-After: 30\r\n", "{\"error\":\"RateLimitExceeded\"}", ERR_RATE,
		"asks to wait");
	assert_int_equal(f->err.retry_at, NOW + 30000);
	refused(f, 502, "", "{\"error\":\"UpstreamFailure\",\"message\":\"Upstream Failure\"}",
		ERR_NETWORK, "does not reach the search behind it");
	refused(f, 502, "Content-Type: text/html\r\n", "<html>", ERR_NETWORK, "web page");
	refused(f, 503, "Content-Type: text/plain\r\n", "Service Unavailable", ERR_NETWORK,
		"a failure of its own (status 503)");
	refused(f, 500, "", "", ERR_NETWORK, "a failure of its own");
}

static void an_answer_that_is_no_list_is_told(void **state)
{
	struct fixture *f = *state;

	refused(f, 200, "", "", ERR_NETWORK, "nothing at all");
	refused(f, 200, "", "[]", ERR_MALFORMED, "not a list of posts");
	refused(f, 200, "", "{\"feed\":[]}", ERR_MALFORMED, "not a list of posts");
	refused(f, 200, "", "{\"posts\":{}}", ERR_MALFORMED, "not a list of posts");
	refused(f, 200, "Content-Type: text/html\r\n", "<html>", ERR_MALFORMED, "web page");
	refused(f, 200, "", "{\"posts\":[" POST("a", "2026-08-01T11:00:00Z"), ERR_NETWORK,
		"broke off");
}

static void the_limit_is_told_where_the_server_tells_it(void **state)
{
	struct fixture *f = *state;

	assert_true(read_answer(f, 200,
				"RateLimit-Limit: 3000\r\nRateLimit-Remaining: 2999\r\n"
				"RateLimit-Reset: 1785592860\r\n",
				"{\"posts\":[]}"));
	assert_int_equal(f->page.remaining, 2999);
	assert_int_equal(f->page.wait_until, 0);
	assert_true(read_answer(f, 200, "RateLimit-Remaining: 0\r\nRateLimit-Reset: 1785592860\r\n",
				"{\"posts\":[]}"));
	assert_int_equal(f->page.wait_until, NOW + 60000);
}

static void a_walk_is_by_tokens_and_by_time(void **state)
{
	struct fixture *f = *state;

	assert_int_equal(f->source.ops->flags, SOURCE_TOKENS_PAGE | SOURCE_GOES_BY_TIME);
	assert_int_equal(f->source.ops->max_page, 100);
	assert_non_null(f->source.ops->session);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(the_request_names_the_tag_the_window_and_the_page,
						set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_walk_goes_on_by_the_earlier_of_the_times, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(a_page_tells_where_it_stands, set_up, tear_down),
		cmocka_unit_test_setup_teardown(only_a_page_without_a_cursor_is_the_last, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(a_cursor_that_cannot_be_followed_is_no_end, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(what_does_not_carry_the_tag_is_counted_and_cut_out,
						set_up, tear_down),
		cmocka_unit_test_setup_teardown(what_may_not_be_kept_is_cut_out, set_up, tear_down),
		cmocka_unit_test_setup_teardown(the_judge_is_asked, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			a_quoted_post_comes_along_and_what_it_quotes_does_not, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_quoted_post_that_may_not_be_kept_is_cut_out,
						set_up, tear_down),
		cmocka_unit_test_setup_teardown(saved_answers_are_read_in_any_form, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(a_thread_may_be_as_deep_as_it_likes, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(a_stranger_is_told_what_an_account_would_open,
						set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			a_session_that_ended_is_told_from_one_that_never_was, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			a_request_that_is_not_understood_is_said_with_the_servers_words, set_up,
			tear_down),
		cmocka_unit_test_setup_teardown(a_server_in_need_is_given_time, set_up, tear_down),
		cmocka_unit_test_setup_teardown(an_answer_that_is_no_list_is_told, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(the_limit_is_told_where_the_server_tells_it, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(a_walk_is_by_tokens_and_by_time, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
