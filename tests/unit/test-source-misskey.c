#include "archive/source/misskey.h"
#include "in-source.h"

#define USER(more)                                                                      \
	"\"userId\":\"u1\",\"user\":{\"id\":\"u1\",\"name\":null,\"username\":\"hana\"" \
	",\"host\":null" more "}"
#define CORE(id) "\"id\":\"" id "\",\"createdAt\":\"2026-08-01T13:52:47.767Z\""
#define NOTE(id, more) \
	"{" CORE(id) ",\"visibility\":\"public\",\"text\":\"x #ssmjp\"," USER("") more "}"
#define REMOTE(id, more)                                                                       \
	"{" CORE(id) ",\"visibility\":\"public\",\"uri\":\"https://far.example/notes/r" id     \
		     "\",\"userId\":\"u2\",\"user\":{\"id\":\"u2\",\"username\":\"taro\","     \
		     "\"host\":\"Far.Example\",\"name\":\"太郎 :cat:\",\"emojis\":{\"cat\":" \
		     "\"https://far.example/cat.png\"},\"isBot\":true}" more "}"

static int set_up(void **state)
{
	return in_source(state, "misskey:misskey.example");
}

static const struct post *read_one(struct fixture *f, const char *note)
{
	struct str body = STR_INIT;
	bool ok;

	str_addf(&body, "[%s]", note);
	ok = read_answer(f, 200, "", body.buf);
	str_release(&body);
	assert_true(ok);
	assert_true(f->page.count >= 1);
	return &f->page.posts[0];
}

/* What is left of the answer when the page's cuts are made. */
static void cut_out(const struct fixture *f, struct str *left)
{
	size_t at = 0;

	for (size_t i = 0; i < f->page.cut_count; i++) {
		assert_true(f->page.cuts[i].from >= at);
		str_add_n(left, f->answer.body.buf + at, f->page.cuts[i].from - at);
		at = f->page.cuts[i].to;
	}
	str_add(left, f->answer.body.buf + at);
}

static void the_question_is_json_and_says_where_to_go_on(void **state)
{
	static const struct {
		struct position position;
		const char *body;
	} cases[] = {
		{ { 0 }, "{\"tag\":\"勉強会\",\"limit\":100}" },
		{ { .below = "9a&\"", .page_size = 10 },
		  "{\"tag\":\"勉強会\",\"limit\":10,\"untilId\":\"9a&\\\"\"}" },
		{ { .above = "9a", .below = "9z", .climbing = true, .page_size = 1000 },
		  "{\"tag\":\"勉強会\",\"limit\":100,\"sinceId\":\"9a\"}" },
		{ { .above = "9a" }, "{\"tag\":\"勉強会\",\"limit\":100}" },
	};
	struct fixture *f = *state;
	const struct query query = { .tag = "勉強会", .since = 1, .now = NOW };
	struct http_request request = HTTP_REQUEST_INIT;

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		assert_true(f->source.ops->request(&f->source, &query, &cases[i].position, &request,
						   &f->err));
		assert_string_equal(request.url.buf,
				    "https://misskey.example/api/notes/search-by-tag");
		assert_string_equal(request.body.buf, cases[i].body);
		assert_true(http_request_is_post(&request));
		assert_int_equal(request.bearer.len, 0);
	}
	str_add(&f->source.token, "secret");
	assert_true(
		f->source.ops->request(&f->source, &query, &cases[0].position, &request, &f->err));
	assert_string_equal(request.bearer.buf, "secret");
	assert_null(strstr(request.body.buf, "secret"));
	http_request_release(&request);
}

static void a_tag_that_would_break_the_server_is_never_sent(void **state)
{
	static const char *const tags[] = { "a\"b", "a'b", "a\\b", "a%b", "a\nb", "a\x7f", "" };
	struct fixture *f = *state;
	struct http_request request = HTTP_REQUEST_INIT;

	for (size_t i = 0; i < ARRAY_LEN(tags); i++) {
		const struct query query = { .tag = tags[i], .now = NOW };

		f->err = (struct err){ 0 };
		assert_false(f->source.ops->request(&f->source, &query, &(struct position){ 0 },
						    &request, &f->err));
		assert_int_equal(f->err.code, ERR_USAGE);
		assert_non_null(strstr(f->err.msg, "leave them out"));
		assert_int_equal(request.url.len, 0);
	}
	http_request_release(&request);
}

static const char full[] =
	"{\"id\":\"9b\",\"createdAt\":\"2026-08-01T13:52:47.767Z\","
	"\"updatedAt\":\"2026-08-01T14:00:00.000Z\",\"visibility\":\"public\","
	"\"localOnly\":false,"
	"\"text\":\"**見て** :blob: :blob: $[tada @taro@far.example] #SSMJP "
	"<script>alert(1)</script>\","
	"\"cw\":\"ネタバレ\\u202e "
	":cw:\",\"tags\":[\"ssmjp\",\"ｓｓｍｊｐ\",\"勉強会\",\"!\",7],"
	"\"replyId\":\"9a\",\"repliesCount\":1,\"renoteCount\":2,\"reactionCount\":3,"
	"\"reactions\":{\":x@.:\":3},\"emojis\":{},\"channel\":{\"id\":\"c\",\"name\":"
	"\"勉強\"}," USER(
		",\"name\":\"はな\\u202e :me:\",\"avatarUrl\":\"https://misskey.example/a "
		"b.png\"") ","
			   "\"files\":[{\"id\":\"f1\",\"type\":\"image/"
			   "webp\",\"url\":\"https://misskey.example/1.webp\","
			   "\"thumbnailUrl\":\"https://misskey.example/"
			   "1s.webp\",\"comment\":\"一枚目\\n二行\","
			   "\"blurhash\":\"LKO2?U%2Tw=w]~RBVZRi};RPxuwH\",\"isSensitive\":"
			   "false,"
			   "\"properties\":{\"width\":640,\"height\":480}},"
			   "{\"type\":\"video/mp4\",\"url\":\"https://misskey.example/"
			   "2.mp4\",\"thumbnailUrl\":null},"
			   "{\"type\":\"audio/mpeg\",\"url\":\"javascript:alert(1)\"},"
			   "{\"type\":\"application/pdf\",\"url\":\"https://"
			   "misskey.example/4.pdf\"},7],"
			   "\"poll\":{\"expiresAt\":\"2026-08-02T00:00:00.000Z\","
			   "\"multiple\":false,\"choices\":["
			   "{\"text\":\"はい "
			   ":yes:\",\"votes\":2,\"isVoted\":false},{\"text\":\"no\","
			   "\"votes\":1}]}}";

static void all_that_a_note_holds_is_kept(void **state)
{
	const struct post *post = read_one(*state, full);

	assert_int_equal(post->network, NETWORK_MISSKEY);
	assert_string_equal(post->host, "misskey.example");
	assert_string_equal(post->uri, "https://misskey.example/notes/9b");
	assert_string_equal(post->url, "https://misskey.example/notes/9b");
	assert_string_equal(post->network_id, "9b");
	assert_int_equal(post->created, INT64_C(1785592367767));
	assert_int_equal(post->edited, NOW);
	assert_int_equal(post->visibility, VISIBILITY_PUBLIC);
	assert_true(post->sensitive);
	assert_string_equal(post->spoiler, "ネタバレ :cw:");
	assert_string_equal(post->reply_id, "9a");
	assert_string_equal(post->html,
			    "<p><strong>見て</strong> :blob: :blob: <a "
			    "href=\"https://far.example/@taro\" class=\"u-url "
			    "mention\">@taro@far.example</a> <a "
			    "href=\"https://misskey.example/tags/SSMJP\" class=\"p-category\" "
			    "rel=\"tag\">#SSMJP</a> &lt;script&gt;alert(1)&lt;/script&gt;</p>");
	assert_int_equal(post->tag_count, 2);
	assert_string_equal(post->tags[0], "ssmjp");
	assert_string_equal(post->tags[1], "勉強会");
	assert_int_equal(post->counts.replies, 1);
	assert_int_equal(post->counts.reposts, 2);
	assert_int_equal(post->counts.likes, 3);
	assert_int_equal(post->counts.quotes, -1);
	assert_null(post->quote_uri);
	assert_null(post->lang);
}

static void media_and_polls_are_read(void **state)
{
	const struct post *post = read_one(*state, full);

	assert_int_equal(post->media_count, 4);
	assert_int_equal(post->media[0].kind, MEDIA_IMAGE);
	assert_string_equal(post->media[0].url, "https://misskey.example/1.webp");
	assert_string_equal(post->media[0].preview, "https://misskey.example/1s.webp");
	assert_string_equal(post->media[0].alt, "一枚目\n二行");
	assert_int_equal(post->media[0].width, 640);
	assert_int_equal(post->media[0].height, 480);
	assert_string_equal(post->media[0].blurhash, "LKO2?U%2Tw=w]~RBVZRi};RPxuwH");
	assert_int_equal(post->media[1].kind, MEDIA_VIDEO);
	assert_null(post->media[1].preview);
	assert_int_equal(post->media[2].kind, MEDIA_AUDIO);
	assert_null(post->media[2].url);
	assert_int_equal(post->media[3].kind, MEDIA_UNKNOWN);
	assert_int_equal(post->poll->option_count, 2);
	assert_string_equal(post->poll->options[0].title, "はい :yes:");
	assert_int_equal(post->poll->options[0].votes, 2);
	assert_int_equal(post->poll->voters, 3);
	assert_int_equal(post->poll->ends, INT64_C(1785628800000));
	assert_false(post->poll->multiple);
}

static void a_picture_that_is_sensitive_makes_the_post_so(void **state)
{
	const struct post *post = read_one(
		*state, NOTE("9b", ",\"files\":[{\"type\":\"image/png\",\"isSensitive\":true}]"));

	assert_true(post->sensitive);
	assert_null(post->spoiler);
	assert_false(read_one(*state, NOTE("9b", ""))->sensitive);
}

static void emojis_of_the_server_are_told_by_their_names(void **state)
{
	static const char *const codes[] = { "blob", "cw", "yes" };
	const struct post *post = read_one(*state, full);

	assert_int_equal(post->emoji_count, ARRAY_LEN(codes));
	for (size_t i = 0; i < ARRAY_LEN(codes); i++)
		assert_string_equal(post->emojis[i].code, codes[i]);
	assert_string_equal(post->emojis[0].url, "https://misskey.example/emoji/blob.webp");
	assert_int_equal(post->author.emoji_count, 1);
	assert_string_equal(post->author.emojis[0].url, "https://misskey.example/emoji/me.webp");
	post = read_one(*state,
			REMOTE("9b", ",\"text\":\":cat: :dog: :bad:\",\"emojis\":{\"cat\":"
				     "\"https://far.example/cat.png\",\"bad\":\"data:x\"}"));
	assert_int_equal(post->emoji_count, 1);
	assert_string_equal(post->emojis[0].url, "https://far.example/cat.png");
	assert_string_equal(post->author.emojis[0].url, "https://far.example/cat.png");
}

static void the_author_is_named_by_handle_and_home(void **state)
{
	const struct author *author = &read_one(*state, full)->author;
	const struct post *post;

	assert_string_equal(author->handle, "@hana@misskey.example");
	assert_string_equal(author->name, "はな :me:");
	assert_string_equal(author->uri, "https://misskey.example/users/u1");
	assert_string_equal(author->url, "https://misskey.example/@hana");
	assert_string_equal(author->avatar, "https://misskey.example/a%20b.png");
	assert_false(author->bot);
	assert_string_equal(read_one(*state, NOTE("1", ""))->author.name, "@hana@misskey.example");
	post = read_one(*state, REMOTE("9b", ",\"text\":\"@jiro #a\""));
	author = &post->author;
	assert_string_equal(author->handle, "@taro@far.example");
	assert_string_equal(author->uri, "https://far.example/@taro");
	assert_true(author->bot);
	assert_string_equal(post->host, "far.example");
	assert_string_equal(post->uri, "https://far.example/notes/r9b");
	assert_string_equal(post->url, "https://far.example/notes/r9b");
	assert_non_null(strstr(post->html, "https://far.example/@jiro"));
	assert_non_null(strstr(post->html, "https://far.example/tags/a"));
}

static void home_and_what_stays_on_the_server_is_unlisted(void **state)
{
	static const char *const notes[] = {
		"{" CORE("9") ",\"visibility\":\"home\",\"text\":\"x\"," USER("") "}",
		NOTE("9", ",\"localOnly\":true"),
	};

	for (size_t i = 0; i < ARRAY_LEN(notes); i++)
		assert_int_equal(read_one(*state, notes[i])->visibility, VISIBILITY_UNLISTED);
}

static void what_is_not_public_is_cut_out_but_moves_the_cursor(void **state)
{
	static const char *const hidden[] = {
		"{" CORE("9") ",\"visibility\":\"followers\",\"text\":\"geheim\"," USER("") "}",
		"{" CORE("9") ",\"visibility\":\"specified\",\"text\":\"geheim\"," USER("") "}",
		"{" CORE("9") ",\"text\":\"geheim\"," USER("") "}",
		"{" CORE("9") ",\"visibility\":\"public\",\"isHidden\":true,\"text\":null,"
			      "\"files\":[]," USER("") "}",
		"{" CORE("9") ",\"visibility\":\"public\",\"text\":null,\"cw\":null,\"replyId\":"
			      "null,"
			      "\"files\":[],\"fileIds\":[],\"renoteId\":\"8\",\"renote\":" NOTE(
				      "8", "") "," USER("") "}",
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < ARRAY_LEN(hidden); i++) {
		struct str body = STR_INIT;

		str_addf(&body, "[%s, %s]", NOTE("91", ""), hidden[i]);
		assert_true(read_answer(f, 200, "", body.buf));
		assert_int_equal(f->page.count, 1);
		assert_int_equal(f->page.dropped, 1);
		assert_int_equal(f->page.matched, 2);
		assert_string_equal(f->page.highest, "91");
		assert_string_equal(f->page.lowest, "9");
		assert_int_equal(f->page.cut_count, 1);
		assert_int_equal(f->page.cuts[0].from, body.len - 1 - strlen(hidden[i]));
		assert_int_equal(f->page.cuts[0].to, body.len - 1);
		str_release(&body);
	}
}

static void who_wants_readers_signed_in_leaves_uri_and_time_alone(void **state)
{
	static const struct {
		const char *host, *author;
	} cases[] = {
		{ "null", "https://misskey.example/users/u1" },
		{ "\"far.example\"", NULL },
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct str body = STR_INIT;
		const struct post *post;

		str_addf(&body,
			 "{%s,\"visibility\":\"public\",\"isHidden\":true,\"text\":\"secret\","
			 "\"userId\":\"u1\",\"user\":{\"id\":\"u1\",\"username\":\"hana\",\"host\":"
			 "%s,"
			 "\"requireSigninToViewContents\":true}}",
			 CORE("9"), cases[i].host);
		post = read_one(f, body.buf);
		assert_true(post->optout);
		assert_non_null(post->uri);
		assert_null(post->html);
		assert_null(post->author.handle);
		if (cases[i].author)
			assert_string_equal(post->author.uri, cases[i].author);
		else
			assert_null(post->author.uri);
		assert_int_equal(f->page.cut_count, 1);
		str_release(&body);
	}
}

static enum fate nobody_wants(void *owner, const struct post *post)
{
	(void)owner;
	return str_same(post->network_id, "9b") ? FATE_DROPPED : FATE_KEPT;
}

static void the_judge_is_asked_for_each_post(void **state)
{
	struct fixture *f = *state;

	f->page.judge = nobody_wants;
	assert_true(read_answer(f, 200, "", "[" NOTE("9c", "") "," NOTE("9b", "") "]"));
	assert_int_equal(f->page.count, 1);
	assert_int_equal(f->page.dropped, 1);
	assert_int_equal(f->page.cut_count, 1);
}

static void quoted_and_answered_posts_come_along(void **state)
{
	const struct post *post = read_one(
		*state, NOTE("9c", ",\"renoteId\":\"9b\",\"replyId\":\"9a\",\"renote\":" REMOTE(
					   "9b", ",\"text\":\"q\"") ",\"reply\":" NOTE("9a", "")));
	struct fixture *f = *state;

	assert_int_equal(f->page.count, 3);
	assert_string_equal(post->quote_uri, "https://far.example/notes/r9b");
	assert_string_equal(post->quote_url, "https://far.example/notes/r9b");
	assert_string_equal(post->reply_uri, "https://misskey.example/notes/9a");
	assert_string_equal(post->reply_id, "9a");
	assert_false(post->context);
	assert_true(f->page.posts[1].context);
	assert_true(f->page.posts[2].context);
	assert_int_equal(f->page.matched, 1);
	assert_string_equal(f->page.lowest, "9c");
	assert_int_equal(f->page.cut_count, 0);
	post = read_one(f, NOTE("9c", ",\"renoteId\":\"9b\""));
	assert_null(post->quote_uri);
}

#define SECRET(id) "{" CORE(id) ",\"visibility\":\"followers\",\"text\":\"geheim\"," USER("") "}"

static void parts_that_may_not_be_kept_are_emptied_alone(void **state)
{
	static const char *const notes[] = {
		NOTE("9c", ",\"reply\":" SECRET("9a") ",\"renote\":" SECRET("9b")),
		NOTE("9c", ",\"renote\":" SECRET("9b") ",\"reply\":" SECRET("9a") ",\"poll\":null"),
		NOTE("9c", ",\"renote\":" REMOTE("9b", ",\"text\":\"q\",\"renote\":" SECRET(
							       "9a") ",\"reply\":" SECRET("99"))),
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < ARRAY_LEN(notes); i++) {
		struct str left = STR_INIT;
		struct page again = PAGE_INIT;
		size_t count;

		read_one(f, notes[i]);
		count = f->page.count;
		assert_int_equal(f->page.dropped, 0);
		assert_int_equal(f->page.cut_count, 2);
		cut_out(f, &left);
		assert_null(strstr(left.buf, "geheim"));
		assert_true(
			f->source.ops->parse_body(&f->source, left.buf, left.len, &again, &f->err));
		assert_int_equal(again.count, count);
		assert_int_equal(again.malformed, 0);
		assert_string_equal(again.posts[0].html, f->page.posts[0].html);
		page_release(&again);
		str_release(&left);
	}
}

static void an_answer_that_climbs_is_oldest_first(void **state)
{
	static const struct {
		const char *body, *lowest, *highest;
		bool climbed;
	} cases[] = {
		{ "[" NOTE("9a", "") "," NOTE("9b", "") "," NOTE("9c", "") "]", "9a", "9c", true },
		{ "[" NOTE("9c", "") "," NOTE("9b", "") "," NOTE("9a", "") "]", "9a", "9c", false },
		{ "[" NOTE("9b", "") "," NOTE("9c", "") "," NOTE("9a", "") "]", "9a", "9b", false },
		{ "[" NOTE("9b", "") "]", "9b", "9b", true },
		{ "[" SECRET("9a") "," NOTE("9b", "") "," SECRET("9c") "]", "9a", "9c", true },
		{ "[]", NULL, NULL, true },
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		assert_true(read_answer(f, 200, "", cases[i].body));
		assert_int_equal(f->page.climbed, cases[i].climbed);
		if (!cases[i].lowest) {
			assert_null(f->page.lowest);
			continue;
		}
		assert_string_equal(f->page.lowest, cases[i].lowest);
		assert_string_equal(f->page.highest, cases[i].highest);
	}
}

static void only_an_empty_page_is_the_last(void **state)
{
	struct fixture *f = *state;

	assert_true(read_answer(f, 200, "", "[" NOTE("9a", "") "]"));
	assert_false(f->page.last);
	assert_true(read_answer(f, 200, "", " [\n]"));
	assert_true(f->page.last);
	assert_true(read_answer(f, 204, "", ""));
	assert_true(f->page.last);
	assert_int_equal(f->page.count, 0);
}

static void one_broken_element_costs_only_itself(void **state)
{
	struct fixture *f = *state;

	assert_true(read_answer(
		f, 200, "",
		"[" NOTE("9c", "") ",{\"id\":},7,{\"id\":\"9b\",\"visibility\":"
				   "\"public\"}," NOTE(
					   "9a", "") ",{\"id\":\"99\","
						     "\"createdAt\":\"yesterday\",\"visibility\":"
						     "\"public\"," USER("") "}]"));
	assert_int_equal(f->page.count, 2);
	assert_int_equal(f->page.malformed, 4);
	assert_int_equal(f->page.matched, 6);
	assert_string_equal(f->page.highest, "9c");
	assert_string_equal(f->page.lowest, "99");
	assert_false(read_answer(f, 200, "", "[" NOTE("9c", "") ","));
	assert_int_equal(f->err.code, ERR_NETWORK);
}

static void the_limit_is_read_from_the_headers(void **state)
{
	static const struct {
		const char *headers;
		int64_t remaining, wait_until;
	} cases[] = {
		{ "X-RateLimit-Remaining: 9\r\nX-RateLimit-Clear: 0.1\r\n", 9, 0 },
		{ "X-RateLimit-Remaining: 0\r\nX-RateLimit-Clear: 2\r\n", 0, NOW + 2000 },
		{ "x-ratelimit-remaining: 0\r\nx-ratelimit-reset: 0.35\r\n", 0, NOW + 351 },
		{ "X-RateLimit-Remaining: 0\r\nX-RateLimit-Reset: 1785593100\r\n", 0, 0 },
		{ "X-RateLimit-Remaining: many\r\n", -1, 0 },
		{ "", -1, 0 },
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		assert_true(read_answer(f, 200, cases[i].headers, "[]"));
		assert_int_equal(f->page.remaining, cases[i].remaining);
		assert_int_equal(f->page.wait_until, cases[i].wait_until);
	}
}

#define ERROR(code) "{\"error\":{\"message\":\"No.\",\"code\":\"" code "\",\"id\":\"x\"}}"
#define VARIABLE    "ARCHIVE_MISSKEY_TOKEN_MISSKEY_EXAMPLE"

static void each_refusal_has_its_sentence_and_cure(void **state)
{
	static const struct {
		const char *token;
		int status;
		const char *headers, *body, *said;
		enum err_code code;
		int64_t retry_at;
	} cases[] = {
		{ "", 401, "", ERROR("CREDENTIAL_REQUIRED"),
		  "without an account (\"No.\"): put a token in " VARIABLE, ERR_AUTH, 0 },
		{ "t", 401, "", ERROR("AUTHENTICATION_FAILED"),
		  "does not accept the token in " VARIABLE, ERR_AUTH, 0 },
		{ "t", 403, "", ERROR("AUTHENTICATION_FAILED"), "does not accept the token",
		  ERR_AUTH, 0 },
		{ "", 403, "Content-Type: text/html\r\n", "<html>", "without an account", ERR_AUTH,
		  0 },
		{ "t", 403, "", ERROR("PERMISSION_DENIED"), "forbids this to the token", ERR_AUTH,
		  0 },
		{ "", 400, "", ERROR("CREDENTIAL_REQUIRED"), "put a token in " VARIABLE, ERR_AUTH,
		  0 },
		{ "", 400, "", ERROR("NO_SUCH_NOTE"), "no such note", ERR_NOT_FOUND, 0 },
		{ "", 400, "", ERROR("CONTENT_RESTRICTED_BY_USER"), "its author wants",
		  ERR_NOT_FOUND, 0 },
		{ "", 400, "", ERROR("CONTENT_RESTRICTED_BY_SERVER"), "put a token in " VARIABLE,
		  ERR_AUTH, 0 },
		{ "", 400, "", ERROR("INVALID_PARAM"), "does it speak Misskey's API?",
		  ERR_MALFORMED, 0 },
		{ "", 400, "", ERROR("STRANGE"), "refused the request (status 400", ERR_MALFORMED,
		  0 },
		{ "", 404, "Content-Type: text/html\r\n", "<html>", "no Misskey API (status 404)",
		  ERR_NOT_FOUND, 0 },
		{ "", 405, "", "", "no Misskey API (status 405)", ERR_NOT_FOUND, 0 },
		{ "", 410, "", "", "gone for good", ERR_NOT_FOUND, 0 },
		{ "", 429, "Retry-After: 7\r\n", ERROR("RATE_LIMIT_EXCEEDED"), "asks to wait",
		  ERR_RATE, NOW + 7000 },
		{ "", 429, "Retry-After: 1\r\nX-RateLimit-Reset: 850\r\n", "{}", "asks to wait",
		  ERR_RATE, NOW + 1000 },
		{ "", 429, "X-RateLimit-Reset: 12.5\r\n", "{}", "asks to wait", ERR_RATE,
		  NOW + 12501 },
		{ "", 429, "X-RateLimit-Reset: 1785593100\r\n", "{}", "asks to wait", ERR_RATE, 0 },
		{ "", 400, "Retry-After: 7\r\n", ERROR("RATE_LIMIT_EXCEEDED"), "asks to wait",
		  ERR_RATE, NOW + 7000 },
		{ "", 500, "", ERROR("INTERNAL_ERROR"), "failure of its own (status 500, \"No.\")",
		  ERR_NETWORK, 0 },
		{ "", 502, "Content-Type: text/html\r\n", "<html>", "web page", ERR_NETWORK, 0 },
		{ "", 200, "Content-Type: text/html\r\n", "<html>", "web page", ERR_MALFORMED, 0 },
		{ "", 200, "", "", "nothing at all", ERR_NETWORK, 0 },
		{ "", 200, "", ERROR("STRANGE"), "instead of posts: \"No.\"", ERR_MALFORMED, 0 },
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

static void a_body_of_unknown_origin_says_itself_where_it_is_from(void **state)
{
	static const char local[] =
		"{" CORE("9b") ",\"visibility\":\"public\",\"text\":\"x\"," USER(
			",\"avatarUrl\":\"https://here.example/identicon/hana@here.example\"") "}";
	static const char list[] = "\n [" REMOTE("9b", "") ",null," NOTE("9a", "") "]";
	struct fixture *f = *state;
	const struct source_ops *ops = &source_misskey;

	assert_true(ops->parse_body(NULL, local, strlen(local), &f->page, &f->err));
	assert_int_equal(f->page.count, 1);
	assert_string_equal(f->page.posts[0].uri, "https://here.example/notes/9b");
	page_clear(&f->page);
	assert_true(ops->parse_body(NULL, list, strlen(list), &f->page, &f->err));
	assert_int_equal(f->page.count, 1);
	assert_int_equal(f->page.malformed, 1);
	page_clear(&f->page);
	assert_false(ops->parse_body(NULL, "{\"id\":", 6, &f->page, &f->err));
	assert_int_equal(f->err.code, ERR_MALFORMED);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(the_question_is_json_and_says_where_to_go_on),
		TEST(a_tag_that_would_break_the_server_is_never_sent),
		TEST(all_that_a_note_holds_is_kept),
		TEST(media_and_polls_are_read),
		TEST(a_picture_that_is_sensitive_makes_the_post_so),
		TEST(emojis_of_the_server_are_told_by_their_names),
		TEST(the_author_is_named_by_handle_and_home),
		TEST(home_and_what_stays_on_the_server_is_unlisted),
		TEST(what_is_not_public_is_cut_out_but_moves_the_cursor),
		TEST(who_wants_readers_signed_in_leaves_uri_and_time_alone),
		TEST(the_judge_is_asked_for_each_post),
		TEST(quoted_and_answered_posts_come_along),
		TEST(parts_that_may_not_be_kept_are_emptied_alone),
		TEST(an_answer_that_climbs_is_oldest_first),
		TEST(only_an_empty_page_is_the_last),
		TEST(one_broken_element_costs_only_itself),
		TEST(the_limit_is_read_from_the_headers),
		TEST(each_refusal_has_its_sentence_and_cure),
		TEST(a_body_of_unknown_origin_says_itself_where_it_is_from),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
