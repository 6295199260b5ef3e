#include "in-source.h"
#define ACCOUNT(more)                                                                      \
	"\"account\":{\"id\":\"7\",\"username\":\"hana\",\"acct\":\"hana\","               \
	"\"url\":\"https://social.example/@hana\",\"uri\":\"https://social.example/users/" \
	"hana\"" more "}"
#define CORE(id)                                                                           \
	"\"id\":\"" id "\",\"uri\":\"https://social.example/users/hana/statuses/" id "\"," \
	"\"url\":\"https://social.example/@hana/" id                                       \
	"\",\"created_at\":\"2026-08-01T13:52:47.767Z\""
#define STATUS(id, more) "{" CORE(id) ",\"visibility\":\"public\"," ACCOUNT("") more "}"

static int set_up(void **state)
{
	return in_source(state, "mastodon:social.example");
}

static const struct post *read_one(struct fixture *f, const char *status)
{
	struct str body = STR_INIT;
	bool ok;

	str_addf(&body, "[%s]", status);
	ok = read_answer(f, 200, "", body.buf);
	str_release(&body);
	assert_true(ok);
	assert_true(f->page.count >= 1);
	return &f->page.posts[0];
}

static void the_request_names_the_tag_and_where_to_go_on(void **state)
{
	struct fixture *f = *state;
	const struct query query = { .tag = "勉強会", .since = 1, .now = NOW };
	struct http_request request = HTTP_REQUEST_INIT;

	assert_true(f->source.ops->request(&f->source, &query, &(struct position){ 0 }, &request,
					   &f->err));
	assert_string_equal(
		request.url.buf,
		"https://social.example/api/v1/timelines/tag/%E5%8B%89%E5%BC%B7%E4%BC%9A?limit=40");
	assert_int_equal(request.bearer.len, 0);
	str_add(&f->source.token, "secret");
	assert_true(f->source.ops->request(
		&f->source, &query,
		&(struct position){ .below = "01ARZ3&x", .above = "5", .page_size = 10 }, &request,
		&f->err));
	assert_string_equal(request.url.buf,
			    "https://social.example/api/v1/timelines/tag/"
			    "%E5%8B%89%E5%BC%B7%E4%BC%9A?limit=10&max_id=01ARZ3%26x");
	assert_string_equal(request.bearer.buf, "secret");
	http_request_release(&request);
}

static const char full[] =
	"{\"id\":\"11\",\"uri\":\"https://social.example/users/hana/statuses/11\",\"url\":null,"
	"\"created_at\":\"2026-08-01T13:52:47.767Z\",\"edited_at\":\"2026-08-01T14:00:00Z\","
	"\"language\":\"ja\","
	"\"visibility\":\"unlisted\",\"sensitive\":true,\"spoiler_text\":\"ネタバレ\\u202e\","
	"\"in_reply_to_id\":\"10\",\"replies_count\":1,\"reblogs_count\":2,\"favourites_count\":3,"
	"\"content\":\"<p>見て :blob: <a href=\\\"https://social.example/tags/SSMJP\\\" "
	"class=\\\"mention hashtag\\\" rel=\\\"tag\\\">"
	"#<span>SSMJP</span></a><script>alert(1)</script></p>\","
	"\"tags\":[{\"name\":\"SSMJP\"},{\"name\":\"ｓｓｍｊｐ\"},{\"name\":\"勉強会\"},{\"name\":"
	"\"!\"}],"
	"\"emojis\":[{\"shortcode\":\"blob\",\"url\":\"https://social.example/blob.png\"},"
	"{\"shortcode\":\"bad\",\"url\":\"javascript:alert(1)\"}],"
	"\"account\":{\"id\":\"8\",\"username\":\"taro\",\"acct\":\"taro@Other.Example\",\"display_"
	"name\":\"\\u202e太郎\\u0007 :x:\","
	"\"url\":\"https://other.example/@taro\",\"avatar\":\"https://other.example/a "
	"b.png\",\"bot\":true,\"indexable\":false,"
	"\"note\":\"<p>#nothing</p>\",\"emojis\":[{\"shortcode\":\"x\",\"url\":\"https://"
	"other.example/x.png\"}]},"
	"\"media_attachments\":[{\"type\":\"image\",\"url\":null,\"remote_url\":\"https://"
	"other.example/1.png\",\"preview_url\":null,"
	"\"description\":\"一枚目\\n二行\",\"blurhash\":\"LKO2?U%2Tw=w]~RBVZRi};RPxuwH\",\"meta\":{"
	"\"original\":{\"width\":640,\"height\":480}}},"
	"{\"type\":\"gifv\",\"url\":\"https://other.example/"
	"2.mp4\",\"meta\":{\"original\":{\"duration\":3.5}}},{\"type\":\"hologram\"}],"
	"\"poll\":{\"expires_at\":null,\"expired\":true,\"multiple\":true,\"voters_count\":null,"
	"\"options\":[{\"title\":\"<b>a</"
	"b>\",\"votes_count\":null},{\"title\":\"b\",\"votes_count\":4}]},"
	"\"card\":{\"url\":\"https://blog.example/"
	"x\",\"title\":\"題\",\"description\":\"\",\"provider_name\":\"Blog\",\"image\":null}}";

static void all_that_a_status_holds_is_kept(void **state)
{
	const struct post *post = read_one(*state, full);

	assert_int_equal(post->network, NETWORK_MASTODON);
	assert_string_equal(post->host, "other.example");
	assert_string_equal(post->uri, "https://social.example/users/hana/statuses/11");
	assert_string_equal(post->url, post->uri);
	assert_string_equal(post->network_id, "11");
	assert_int_equal(post->created, INT64_C(1785592367767));
	assert_int_equal(post->edited, NOW);
	assert_string_equal(post->lang, "ja");
	assert_int_equal(post->visibility, VISIBILITY_UNLISTED);
	assert_true(post->sensitive);
	assert_string_equal(post->spoiler, "ネタバレ");
	assert_string_equal(post->reply_id, "10");
	assert_non_null(strstr(post->html, "<a href=\"https://social.example/tags/SSMJP\""));
	assert_null(strstr(post->html, "script"));
	assert_null(strstr(post->html, "alert"));
	assert_string_equal(post->text, "見て :blob: #SSMJP");
	assert_int_equal(post->tag_count, 2);
	assert_string_equal(post->tags[0], "ssmjp");
	assert_string_equal(post->tags[1], "勉強会");
	assert_int_equal(post->emoji_count, 1);
	assert_string_equal(post->emojis[0].code, "blob");
	assert_int_equal(post->counts.replies, 1);
	assert_int_equal(post->counts.reposts, 2);
	assert_int_equal(post->counts.likes, 3);
	assert_int_equal(post->counts.quotes, -1);
	assert_null(post->quote_uri);
	assert_false(post->optout);
}

static void the_author_is_named_by_handle_and_home(void **state)
{
	const struct author *author = &read_one(*state, full)->author;

	assert_string_equal(author->handle, "@taro@other.example");
	assert_string_equal(author->host, "other.example");
	assert_string_equal(author->name, "太郎 :x:");
	assert_string_equal(author->uri, "https://other.example/@taro");
	assert_string_equal(author->avatar, "https://other.example/a%20b.png");
	assert_int_equal(author->emoji_count, 1);
	assert_true(author->bot);
	assert_false(author->optout);
	author = &read_one(*state, STATUS("1", ""))->author;
	assert_string_equal(author->handle, "@hana@social.example");
	assert_string_equal(author->name, "@hana@social.example");
	assert_string_equal(author->uri, "https://social.example/users/hana");
}

static void media_poll_and_card_are_read(void **state)
{
	const struct post *post = read_one(*state, full);

	assert_int_equal(post->media_count, 3);
	assert_int_equal(post->media[0].kind, MEDIA_IMAGE);
	assert_string_equal(post->media[0].url, "https://other.example/1.png");
	assert_null(post->media[0].preview);
	assert_string_equal(post->media[0].alt, "一枚目\n二行");
	assert_int_equal(post->media[0].width, 640);
	assert_int_equal(post->media[0].height, 480);
	assert_string_equal(post->media[0].blurhash, "LKO2?U%2Tw=w]~RBVZRi};RPxuwH");
	assert_int_equal(post->media[1].kind, MEDIA_GIFV);
	assert_int_equal(post->media[1].duration_ms, 3000);
	assert_int_equal(post->media[2].kind, MEDIA_UNKNOWN);
	assert_null(post->media[2].url);
	assert_int_equal(post->poll->option_count, 2);
	assert_string_equal(post->poll->options[0].title, "<b>a</b>");
	assert_int_equal(post->poll->options[0].votes, -1);
	assert_int_equal(post->poll->options[1].votes, 4);
	assert_int_equal(post->poll->voters, -1);
	assert_true(post->poll->multiple);
	assert_true(post->poll->closed);
	assert_string_equal(post->card->url, "https://blog.example/x");
	assert_string_equal(post->card->title, "題");
	assert_null(post->card->description);
	assert_string_equal(post->card->site, "Blog");
}

static void what_is_not_public_is_cut_out_but_moves_the_cursor(void **state)
{
	static const char *const hidden[] = {
		"{" CORE("9") ",\"visibility\":\"private\",\"content\":\"x\"," ACCOUNT("") "}",
		"{" CORE("9") ",\"visibility\":\"direct\",\"content\":\"x\"," ACCOUNT("") "}",
		"{" CORE("9") ",\"visibility\":\"local\",\"content\":\"x\"," ACCOUNT("") "}",
		"{" CORE("9") ",\"content\":\"x\"," ACCOUNT("") "}",
		"{" CORE("9") ",\"visibility\":\"public\",\"content\":\"x\"," ACCOUNT(
			",\"suspended\":true") "}",
		"{" CORE("9") ",\"visibility\":\"public\",\"content\":\"x\"," ACCOUNT(
			",\"limited\":true") "}",
		"{" CORE("9") ",\"visibility\":\"public\",\"content\":\"x\"," ACCOUNT(
			"") ",\"reblog\":" STATUS("3", "") "}",
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < ARRAY_LEN(hidden); i++) {
		struct str body = STR_INIT;

		str_addf(&body, "[%s, %s]", STATUS("10", ""), hidden[i]);
		assert_true(read_answer(f, 200, "", body.buf));
		assert_int_equal(f->page.count, 1);
		assert_int_equal(f->page.dropped, 1);
		assert_int_equal(f->page.matched, 2);
		assert_string_equal(f->page.highest, "10");
		assert_string_equal(f->page.lowest, "9");
		assert_int_equal(f->page.cut_count, 1);
		assert_int_equal(f->page.cuts[0].from, body.len - 1 - strlen(hidden[i]));
		assert_int_equal(f->page.cuts[0].to, body.len - 1);
		str_release(&body);
	}
}

static void who_opted_out_leaves_uri_and_time_alone(void **state)
{
	static const char *const notes[] = {
		",\"noindex\":true",
		",\"note\":\"<p><a href=\\\"https://a.example/nobot\\\">#<span>NoBot</span></a>\"",
		",\"note\":\"&#35;noarchive\"",
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < ARRAY_LEN(notes); i++) {
		struct str body = STR_INIT;
		const struct post *post;

		str_add(&body,
			"{" CORE("1") ",\"visibility\":\"public\",\"content\":\"secret\",\"tags\":["
				      "{\"name\":\"a\"}],"
				      "\"account\":{\"acct\":\"hana\",\"display_name\":\"Hana\"");
		str_add(&body, notes[i]);
		str_add(&body, "}}");
		post = read_one(f, body.buf);
		assert_true(post->optout);
		assert_non_null(post->uri);
		assert_int_not_equal(post->created, 0);
		assert_null(post->html);
		assert_null(post->text);
		assert_null(post->url);
		assert_null(post->network_id);
		assert_null(post->author.name);
		assert_null(post->author.handle);
		assert_null(post->author.uri);
		assert_int_equal(post->tag_count, 0);
		assert_int_equal(f->page.cut_count, 1);
		assert_int_equal(f->page.cuts[0].from, 1);
		assert_int_equal(f->page.cuts[0].to, body.len + 1);
		str_release(&body);
	}
}

static void only_its_own_server_speaks_for_an_author(void **state)
{
	static const struct {
		const char *uri;
		bool own;
	} cases[] = {
		{ "https://social.example/users/hana", true },
		{ "https://other.example/users/hana", false },
		{ "https://social.example.evil.example/users/hana", false },
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct str body = STR_INIT;
		const struct post *post;

		str_addf(&body,
			 "{" CORE("1") ",\"visibility\":\"public\",\"content\":\"secret\","
				       "\"account\":{\"acct\":\"hana\",\"uri\":\"%s\","
				       "\"note\":\"#noarchive\"}}",
			 cases[i].uri);
		post = read_one(f, body.buf);
		assert_true(post->optout);
		assert_int_equal(post->author.optout, cases[i].own);
		if (cases[i].own)
			assert_string_equal(post->author.uri, cases[i].uri);
		else
			assert_null(post->author.uri);
		assert_null(post->author.handle);
		str_release(&body);
	}
}

static void one_broken_element_costs_only_itself(void **state)
{
	struct fixture *f = *state;

	assert_true(read_answer(
		f, 200, "",
		"[" STATUS("9", "") ",{\"id\":},7,{\"id\":\"8\",\"visibility\":\"public\"}," STATUS(
			"7", "") ","
				 "{"
				 "\"id\":\"6\",\"uri\":\"https://social.example/"
				 "6\",\"created_at\":\"yesterday\","
				 "\"visibility\":\"public\",\"content\":\"x\"," ACCOUNT("") "}]"));
	assert_int_equal(f->page.count, 2);
	assert_int_equal(f->page.malformed, 4);
	assert_int_equal(f->page.matched, 6);
	assert_string_equal(f->page.highest, "9");
	assert_string_equal(f->page.lowest, "6");
	assert_int_equal(f->page.cut_count, 0);
}

static void an_answer_that_breaks_off_is_asked_for_again(void **state)
{
	static const char whole[] = "[" STATUS("9", "") "," STATUS("8", "") "]";
	struct fixture *f = *state;

	for (size_t len = 1; len < sizeof(whole) - 1; len++) {
		char body[sizeof(whole)];

		memcpy(body, whole, len);
		body[len] = '\0';
		assert_false(read_answer(f, 200, "", body));
		assert_int_equal(f->err.code, ERR_NETWORK);
	}
	assert_true(read_answer(f, 200, "", whole));
}

static void the_link_header_says_what_is_last(void **state)
{
	static const char one[] = "[" STATUS("9", "") "]";
	static const struct {
		const char *headers, *body;
		bool last;
	} cases[] = {
		{ "", one, false }, /* snac sends none */
		{ "Link: <https://evil.example/?max_id=1>; rel=\"next\", <https://a.example/>; "
		  "rel=\"prev\"\r\n",
		  one, false },
		{ "link: <https://a.example/?min_id=1>; rel=\"prev\"\r\n", one, true },
		{ "Link: <https://a.example/>; rel=\"next\"\r\nLink: <https://a.example/>; "
		  "rel=\"prev\"\r\n",
		  one, false },
		{ "", "[]", true },
		{ "Link: <https://a.example/>; rel=\"next\"\r\n", "[\n]\n", true },
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		assert_true(read_answer(f, 200, cases[i].headers, cases[i].body));
		assert_int_equal(f->page.last, cases[i].last);
		assert_null(f->page.next);
	}
}

static void the_limit_is_read_from_the_headers(void **state)
{
	struct fixture *f = *state;

	assert_true(read_answer(
		f, 200,
		"X-RateLimit-Remaining: 299\r\nX-RateLimit-Reset: 2026-08-01T14:05:00.070144Z\r\n",
		"[]"));
	assert_int_equal(f->page.remaining, 299);
	assert_int_equal(f->page.wait_until, 0);
	assert_true(read_answer(
		f, 200,
		"x-ratelimit-remaining: 0\r\nx-ratelimit-reset: 2026-08-01T14:05:00.070144Z\r\n",
		"[]"));
	assert_int_equal(f->page.remaining, 0);
	assert_int_equal(f->page.wait_until, NOW + 300070);
	assert_true(read_answer(f, 200, "", "[]"));
	assert_int_equal(f->page.remaining, -1);
}

static void each_refusal_has_its_sentence_and_cure(void **state)
{
	static const struct {
		const char *token;
		int status;
		const char *headers, *body, *said;
		enum err_code code;
		int64_t retry_at;
	} cases[] = {
		{ "", 422, "", "{\"error\":\"This method requires an authenticated user\"}",
		  "accounts only: put a token of yours in ARCHIVE_MASTODON_TOKEN_SOCIAL_EXAMPLE",
		  ERR_AUTH, 0 },
		{ "t", 422, "", "{\"error\":\"This method requires an authenticated user\"}",
		  "application alone", ERR_AUTH, 0 },
		{ "", 422, "", "{\"error\":\"bad tag\"}", "\"bad tag\"", ERR_MALFORMED, 0 },
		{ "", 401, "Content-Type: text/html\r\n", "",
		  "wants an account: put a token in ARCHIVE_MASTODON_TOKEN", ERR_AUTH, 0 },
		{ "t", 401, "", "{\"error\":\"The access token is invalid\"}",
		  "does not accept the token", ERR_AUTH, 0 },
		{ "", 403, "", "{\"error\":\"no\"}", "without an account (\"no\")", ERR_AUTH, 0 },
		{ "t", 403, "", "{\"error\":\"no\"}", "read:statuses", ERR_AUTH, 0 },
		{ "", 404, "Content-Type: text/html\r\n", "<html>", "no Mastodon API",
		  ERR_NOT_FOUND, 0 },
		{ "", 410, "", "{\"error\":\"Gone\"}", "gone for good", ERR_NOT_FOUND, 0 },
		{ "", 429, "X-RateLimit-Reset: 2026-08-01T14:05:00Z\r\n",
		  "{\"error\":\"Throttled\"}", "asks to wait", ERR_RATE, NOW + 300000 },
		{ "", 429, "Retry-After: 7\r\n", "{}", "asks to wait", ERR_RATE, NOW + 7000 },
		{ "", 429, "X-RateLimit-Reset: 2036-08-01T14:05:00Z\r\n", "{}", "asks to wait",
		  ERR_RATE, 0 },
		{ "", 503, "Content-Type: text/html\r\n", "<html>",
		  "web page, not with data (status 503)", ERR_NETWORK, 0 },
		{ "", 500, "", "{\"error\":\"oops\"}", "\"oops\"", ERR_NETWORK, 0 },
		{ "", 200, "Content-Type: text/html\r\n", "<html>", "web page", ERR_MALFORMED, 0 },
		{ "", 200, "", "", "nothing at all", ERR_NETWORK, 0 },
		{ "", 200, "", "{\"error\":\"x\"}", "instead of posts", ERR_MALFORMED, 0 },
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		str_clear(&f->source.token);
		str_add(&f->source.token, cases[i].token);
		assert_false(read_answer(f, cases[i].status, cases[i].headers, cases[i].body));
		if (f->err.code != cases[i].code || !strstr(f->err.msg, cases[i].said))
			fail_msg("%zu: code %d: %s", i, f->err.code, f->err.msg);
		assert_int_equal(f->err.retry_at, cases[i].retry_at);
	}
}

static void a_tag_that_is_unknown_is_an_empty_last_page(void **state)
{
	struct fixture *f = *state;

	assert_true(read_answer(f, 404, "", "{\"error\":\"Record not found\"}"));
	assert_true(f->page.last);
	assert_int_equal(f->page.count, 0);
}

#define QUOTED	 STATUS("5", ",\"quote\":{\"state\":\"accepted\",\"quoted_status_id\":\"4\"}")
#define FALLBACK ",\"content\":\"<p class=\\\"quote-inline\\\">RE: x</p><p>mine</p>\""

static void a_quoted_post_comes_along(void **state)
{
	static const char *const shapes[] = {
		STATUS("9",
		       FALLBACK ",\"quote\":{\"state\":\"accepted\",\"quoted_status\":" QUOTED "}"),
		STATUS("9", FALLBACK ",\"quote\":" QUOTED ",\"quote_id\":\"5\""),
		STATUS("9", FALLBACK ",\"pleroma\":{\"quote\":" QUOTED "}"),
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < ARRAY_LEN(shapes); i++) {
		const struct post *post = read_one(f, shapes[i]);

		assert_int_equal(f->page.count, 2);
		assert_string_equal(post->quote_uri,
				    "https://social.example/users/hana/statuses/5");
		assert_string_equal(post->quote_url, "https://social.example/@hana/5");
		assert_string_equal(post->html, "<p>mine</p>");
		assert_false(post->context);
		assert_true(f->page.posts[1].context);
		assert_string_equal(f->page.posts[1].network_id, "5");
		assert_string_equal(f->page.lowest, "9");
		assert_int_equal(f->page.matched, 1);
		assert_int_equal(f->page.cut_count, 0);
	}
}

static void a_quote_that_was_not_agreed_to_is_a_name_at_most(void **state)
{
	struct fixture *f = *state;
	const struct post *post;

	post = read_one(f,
			STATUS("9", ",\"quote\":{\"state\":\"pending\",\"quoted_status\":null}"));
	assert_int_equal(f->page.count, 1);
	assert_null(post->quote_uri);
	post = read_one(
		f, STATUS("9", ",\"quote\":{\"state\":\"accepted\",\"quoted_status_id\":\"5\"}"));
	assert_int_equal(f->page.count, 1);
	assert_null(post->quote_uri);
	post = read_one(
		f, STATUS("9",
			  ",\"quote\":{\"state\":\"muted_account\",\"quoted_status\":" QUOTED "}"));
	assert_int_equal(f->page.count, 1);
	assert_string_equal(post->quote_uri, "https://social.example/users/hana/statuses/5");
	assert_null(post->quote_url);
}

static void a_quoted_post_that_may_not_be_kept_is_cut_out_alone(void **state)
{
	static const char secret[] =
		"{" CORE("5") ",\"visibility\":\"private\",\"content\":\"geheim\"," ACCOUNT("") "}";
	struct fixture *f = *state;
	struct str body = STR_INIT, left = STR_INIT;
	struct page again = PAGE_INIT;

	str_addf(&body,
		 "{%s,\"visibility\":\"public\",\"content\":\"mine\",%s,\"quote\":{\"state\":"
		 "\"accepted\",\"quoted_status\":%s}}",
		 CORE("9"), ACCOUNT(""), secret);
	read_one(f, body.buf);
	assert_int_equal(f->page.count, 1);
	assert_int_equal(f->page.cut_count, 1);
	assert_int_equal(f->page.dropped, 0);
	str_add_n(&left, f->answer.body.buf, f->page.cuts[0].from);
	str_add(&left, f->answer.body.buf + f->page.cuts[0].to);
	assert_null(strstr(left.buf, "geheim"));
	assert_true(f->source.ops->parse_body(NULL, left.buf, left.len, &again, &f->err));
	assert_int_equal(again.count, 1);
	assert_int_equal(again.malformed, 0);
	page_release(&again);
	str_release(&body);
	str_release(&left);
}

static void a_body_of_unknown_origin_says_itself_where_it_is_from(void **state)
{
	static const char conversation[] =
		"{\"descendants\":[" STATUS("9", "") "],\"ancestors\":[" STATUS("7", "") "]}";
	static const char list[] = "\n [" STATUS("9", "") ",," STATUS("8", "") ",null]";
	struct fixture *f = *state;
	const struct source_ops *ops = &source_mastodon;

	assert_true(ops->parse_body(NULL, conversation, strlen(conversation), &f->page, &f->err));
	assert_int_equal(f->page.count, 2);
	assert_string_equal(f->page.posts[0].author.handle, "@hana@social.example");
	assert_string_equal(f->page.posts[0].host, "social.example");
	page_clear(&f->page);
	assert_true(ops->parse_body(NULL, list, strlen(list), &f->page, &f->err));
	assert_int_equal(f->page.count, 2);
	assert_int_equal(f->page.malformed, 0);
	page_clear(&f->page);
	assert_true(ops->parse_body(NULL, full, strlen(full), &f->page, &f->err));
	assert_int_equal(f->page.count, 1);
	page_clear(&f->page);
	assert_false(ops->parse_body(NULL, "{\"id\":", 6, &f->page, &f->err));
	assert_int_equal(f->err.code, ERR_MALFORMED);
}

static void times_out_of_range_are_clamped_and_the_future_is_kept(void **state)
{
	static const struct {
		const char *time;
		int64_t ms;
	} cases[] = {
		{ "1950-01-01T00:00:00Z", 1 },
		{ "9999-01-01T00:00:00Z", POST_MAX_TIME },
		{ "2100-01-01T00:00:00+09:00", INT64_C(4102412400000) },
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct str body = STR_INIT;

		str_addf(&body,
			 "{\"id\":\"1\",\"uri\":\"https://a.example/"
			 "1\",\"created_at\":\"%s\",\"visibility\":\"public\",%s}",
			 cases[i].time, ACCOUNT(""));
		assert_int_equal(read_one(f, body.buf)->created, cases[i].ms);
		str_release(&body);
	}
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(the_request_names_the_tag_and_where_to_go_on),
		TEST(all_that_a_status_holds_is_kept),
		TEST(the_author_is_named_by_handle_and_home),
		TEST(media_poll_and_card_are_read),
		TEST(what_is_not_public_is_cut_out_but_moves_the_cursor),
		TEST(who_opted_out_leaves_uri_and_time_alone),
		TEST(only_its_own_server_speaks_for_an_author),
		TEST(one_broken_element_costs_only_itself),
		TEST(an_answer_that_breaks_off_is_asked_for_again),
		TEST(the_link_header_says_what_is_last),
		TEST(the_limit_is_read_from_the_headers),
		TEST(each_refusal_has_its_sentence_and_cure),
		TEST(a_tag_that_is_unknown_is_an_empty_last_page),
		TEST(a_quoted_post_comes_along),
		TEST(a_quote_that_was_not_agreed_to_is_a_name_at_most),
		TEST(a_quoted_post_that_may_not_be_kept_is_cut_out_alone),
		TEST(a_body_of_unknown_origin_says_itself_where_it_is_from),
		TEST(times_out_of_range_are_clamped_and_the_future_is_kept),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
