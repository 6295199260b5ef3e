#include <inttypes.h>
#include <stdio.h>

#include "archive/source/x-entity.h"
#include "archive/source/x.h"
#include "in-source.h"

#define HOUR INT64_C(3600000)
#define DAY  (24 * HOUR)

#define USERS                                                                                      \
	"\"users\":[{\"id\":\"1\",\"name\":\"はな\",\"username\":\"hana_longer_than_x\","        \
	"\"profile_image_url\":\"https://img.example/1_normal.png\"},"                             \
	"{\"id\":\"2\",\"name\":\"P\",\"username\":\"private_longer_than_x\",\"protected\":true}," \
	"{\"id\":\"3\",\"name\":\"N\",\"username\":\"nobody_longer_than_x\",\"description\":\"no " \
	"#NoArchive\"}]"
#define TWEET(id, more)                                                                    \
	"{\"id\":\"" id                                                                    \
	"\",\"created_at\":\"2026-08-01T13:52:47.000Z\",\"edit_history_tweet_ids\":[\"" id \
	"\"]" more "}"
#define REFERS(type, id) ",\"referenced_tweets\":[{\"type\":\"" type "\",\"id\":\"" id "\"}]"
#define PLAIN		 "Content-Type: text/plain\r\n"
#define BY(author)	 ",\"author_id\":\"" author "\""
#define TEXT(text)	 ",\"text\":\"" text "\""

static int set_up(void **state)
{
	return in_source(state, "x");
}

static const struct post *read_one(struct fixture *f, const char *data, const char *includes)
{
	struct str body = STR_INIT;
	bool ok;

	str_addf(&body, "{\"data\":[%s],\"includes\":{%s},\"meta\":{\"result_count\":1}}", data,
		 includes);
	ok = read_answer(f, 200, "", body.buf);
	str_release(&body);
	assert_true(ok);
	assert_true(f->page.count >= 1);
	return &f->page.posts[0];
}

/* The value of a parameter, as it stands in the URL; NULL when it is not there. */
static const char *param(const struct http_request *request, const char *name, struct str *out)
{
	struct str key = STR_INIT;
	const char *at;

	str_addf(&key, "&%s=", name);
	at = strstr(request->url.buf, key.buf);
	str_clear(out);
	if (at)
		str_add_n(out, at + key.len, strcspn(at + key.len, "&"));
	str_release(&key);
	return at ? out->buf : NULL;
}

static void the_request_asks_for_all_that_is_shown(void **state)
{
	struct fixture *f = *state;
	const struct query query = { .tag = "勉強会", .now = NOW };
	struct http_request request = HTTP_REQUEST_INIT;
	struct str value = STR_INIT;

	str_add(&f->source.token, "secret");
	assert_true(f->source.ops->request(&f->source, &query, &(struct position){ .token = "n/1" },
					   &request, &f->err));
	assert_true(str_starts(
		request.url.buf,
		"https://api.x.com/2/tweets/search/recent?query=%23%E5%8B%89%E5%BC%B7%E4%BC%9A&"));
	assert_string_equal(param(&request, "max_results", &value), "100");
	assert_string_equal(param(&request, "next_token", &value), "n%2F1");
	assert_non_null(strstr(param(&request, "tweet.fields", &value), "note_tweet"));
	assert_null(strstr(param(&request, "expansions", &value), "author_id"));
	assert_null(param(&request, "post.fields", &value));
	assert_null(param(&request, "since_id", &value));
	assert_null(param(&request, "start_time", &value));
	assert_null(strstr(request.url.buf, "secret"));
	assert_string_equal(request.bearer.buf, "secret");
	http_request_release(&request);
	str_release(&value);
}

static void page_sizes_stay_within_what_the_api_takes(void **state)
{
	static const struct {
		int wanted;
		const char *sent;
	} cases[] = { { 0, "100" }, { 5, "10" },    { 10, "10" },
		      { 37, "37" }, { 500, "100" }, { -1, "100" } };
	struct fixture *f = *state;
	struct http_request request = HTTP_REQUEST_INIT;
	struct str value = STR_INIT;

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		const struct position position = { .page_size = cases[i].wanted };

		assert_true(f->source.ops->request(&f->source,
						   &(struct query){ .tag = "a", .now = NOW },
						   &position, &request, &f->err));
		assert_string_equal(param(&request, "max_results", &value), cases[i].sent);
	}
	http_request_release(&request);
	str_release(&value);
}

/* A post's id at a time. */
static const char *id_at(int64_t ms, char out[24])
{
	snprintf(out, 24, "%" PRId64, (ms - INT64_C(1288834974657)) << 22);
	return out;
}

static void check_param(const struct http_request *request, const char *name, const char *wanted)
{
	struct str value = STR_INIT;
	const char *found = param(request, name, &value);

	if (!found || !wanted)
		assert_true(!found && !wanted);
	else
		assert_string_equal(found, wanted);
	str_release(&value);
}

static void the_window_is_what_the_api_can_serve(void **state)
{
	char yesterday[24], old[24], older[24], hours[24], edge[24];
	const struct {
		struct query query;
		struct position position;
		const char *since_id, *until_id, *start, *end;
	} cases[] = {
		{ { .since = NOW - DAY }, { 0 }, NULL, NULL, "2026-07-31T14%3A00%3A00Z", NULL },
		{ { .since = NOW - 30 * DAY }, { 0 }, NULL, NULL, NULL, NULL },
		{ { .until = NOW - 1500 }, { 0 }, NULL, NULL, NULL, NULL },
		{ { .until = NOW - HOUR }, { 0 }, NULL, NULL, NULL, "2026-08-01T13%3A00%3A00Z" },
		{ { .since = NOW - DAY },
		  { .above = id_at(NOW - 2 * DAY, old) },
		  NULL,
		  NULL,
		  "2026-07-31T14%3A00%3A00Z",
		  NULL },
		{ { .since = NOW - 2 * DAY },
		  { .above = id_at(NOW - DAY, yesterday) },
		  yesterday,
		  NULL,
		  NULL,
		  NULL },
		{ { 0 },
		  { .above = yesterday, .below = id_at(NOW - HOUR, hours) },
		  yesterday,
		  hours,
		  NULL,
		  NULL },
		{ { .until = NOW - 2 * HOUR },
		  { .above = yesterday, .below = hours },
		  yesterday,
		  id_at(NOW - 2 * HOUR, edge),
		  NULL,
		  NULL },
		{ { 0 },
		  { .above = id_at(NOW - 8 * DAY, older) },
		  NULL,
		  NULL,
		  "2026-07-25T14%3A01%3A00Z",
		  NULL },
		{ { .until = NOW - 9 * DAY },
		  { 0 },
		  NULL,
		  NULL,
		  "2026-07-25T14%3A01%3A00Z",
		  "2026-07-25T14%3A01%3A01Z" },
		{ { 0 },
		  { .below = older },
		  NULL,
		  NULL,
		  "2026-07-25T14%3A01%3A00Z",
		  "2026-07-25T14%3A01%3A01Z" },
		{ { 0 }, { .above = "537", .below = "569" }, "537", "569", NULL, NULL },
	};
	struct fixture *f = *state;
	struct http_request request = HTTP_REQUEST_INIT;

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct query query = cases[i].query;

		query.tag = "ssmjp";
		query.now = NOW;
		assert_true(f->source.ops->request(&f->source, &query, &cases[i].position, &request,
						   &f->err));
		check_param(&request, "since_id", cases[i].since_id);
		check_param(&request, "until_id", cases[i].until_id);
		check_param(&request, "start_time", cases[i].start);
		check_param(&request, "end_time", cases[i].end);
	}
	http_request_release(&request);
}

static const char full[] =
	"{\"id\":\"2051668213616377958\",\"created_at\":\"2026-08-01T13:52:47.000Z\","
	"\"edit_history_tweet_ids\":[\"2051668213616377857\",\"2051668213616377958\"],\"author_"
	"id\":\"1\",\"lang\":\"ja\","
	"\"conversation_id\":\"77\",\"possibly_sensitive\":true,\"attachments\":{\"media_keys\":["
	"\"3_1\",\"7_2\",\"16_3\",\"3_none\"],"
	"\"poll_ids\":[\"p\"]},\"public_metrics\":{\"retweet_count\":1,\"reply_count\":2,\"like_"
	"count\":3,\"quote_count\":4},"
	"\"referenced_tweets\":[{\"type\":\"quoted\",\"id\":\"50\"},{\"type\":\"replied_to\","
	"\"id\":\"40\"}],"
	"\"text\":\"short… https://t.co/x\",\"note_tweet\":{\"text\":"
	"\"😀😀 #SSMJP &lt;b&gt; @taro_longer_than_x https://t.co/blog です https://t.co/quot "
	"https://t.co/pics\",\"entities\":{"
	"\"hashtags\":[{\"start\":3,\"end\":9,\"tag\":\"SSMJP\"}],\"mentions\":[{\"start\":20,"
	"\"end\":39,\"username\":\"taro_longer_than_x\"}],"
	"\"urls\":[{\"start\":40,\"end\":57,\"url\":\"https://t.co/"
	"blog\",\"expanded_url\":\"https://blog.example/a?b=1&c=2\","
	"\"display_url\":\"blog.example/"
	"a?b=1…\",\"title\":\"題\",\"description\":\"文\",\"images\":[{\"url\":\"https://"
	"img.example/c.png\"}]},"
	"{\"start\":61,\"end\":78,\"url\":\"https://t.co/quot\",\"expanded_url\":\"https://"
	"twitter.com/q/status/50\",\"display_url\":\"x.com/q\"},"
	"{\"start\":79,\"end\":96,\"url\":\"https://t.co/pics\","
	"\"expanded_url\":\"https://x.com/hana_longer_than_x/status/2051668213616377857/photo/"
	"1\",\"display_url\":\"pic.x.com/pics\"}]}}}";

static const char full_includes[] = USERS
	",\"tweets\":[{\"id\":\"50\",\"author_id\":\"1\",\"created_at\":\"2026-08-01T12:00:00Z\","
	"\"text\":\"quoted\","
	"\"edit_history_tweet_ids\":[\"49\",\"50\"]},{\"id\":\"99\",\"author_id\":\"1\",\"created_"
	"at\":\"2026-08-01T12:00:00Z\","
	"\"text\":\"unasked\"}],\"media\":[{\"media_key\":\"3_1\",\"type\":\"photo\",\"url\":"
	"\"https://img.example/1.jpg\",\"alt_text\":\"絵\","
	"\"width\":10,\"height\":20},{\"media_key\":\"7_2\",\"type\":\"video\",\"preview_image_"
	"url\":\"https://img.example/2.jpg\","
	"\"duration_ms\":1500,\"variants\":[{\"content_type\":\"application/"
	"x-mpegURL\",\"url\":\"https://v.example/a.m3u8\"},"
	"{\"bit_rate\":100,\"content_type\":\"video/mp4\",\"url\":\"https://v.example/small.mp4\"},"
	"{\"bit_rate\":900,\"content_type\":\"video/mp4\",\"url\":\"https://v.example/big.mp4\"}]},"
	"{\"media_key\":\"16_3\",\"type\":\"animated_gif\",\"variants\":[{\"bit_rate\":0,\"content_"
	"type\":\"video/mp4\","
	"\"url\":\"https://v.example/"
	"gif.mp4\"}]}],\"polls\":[{\"id\":\"p\",\"voting_status\":\"closed\","
	"\"end_datetime\":\"2026-08-01T15:00:00Z\",\"options\":[{\"position\":1,\"label\":\"はい\","
	"\"votes\":3},"
	"{\"position\":2,\"label\":\"いいえ\",\"votes\":4}]}]";

static void all_that_a_post_holds_is_kept(void **state)
{
	const struct post *post = read_one(*state, full, full_includes);

	assert_int_equal(post->network, NETWORK_X);
	assert_string_equal(post->host, "x.com");
	assert_string_equal(post->uri, "https://x.com/i/status/2051668213616377857");
	assert_string_equal(post->url,
			    "https://x.com/hana_longer_than_x/status/2051668213616377958");
	assert_string_equal(post->network_id, "2051668213616377958");
	assert_int_equal(post->edited, INT64_C(1785592367000));
	assert_int_equal(post->created, x_id_time("2051668213616377857"));
	assert_string_equal(post->author.handle, "@hana_longer_than_x");
	assert_string_equal(post->author.name, "はな");
	assert_string_equal(post->author.uri, "https://x.com/i/user/1");
	assert_string_equal(post->author.url, "https://x.com/hana_longer_than_x");
	assert_string_equal(post->author.avatar, "https://img.example/1_normal.png");
	assert_string_equal(post->lang, "ja");
	assert_true(post->sensitive);
	assert_string_equal(post->conversation, "77");
	assert_string_equal(post->quote_uri, "https://x.com/i/status/49");
	assert_string_equal(post->quote_url, "https://x.com/hana_longer_than_x/status/50");
	assert_string_equal(post->reply_uri, "https://x.com/i/status/40");
	assert_int_equal(post->counts.reposts, 1);
	assert_int_equal(post->counts.replies, 2);
	assert_int_equal(post->counts.likes, 3);
	assert_int_equal(post->counts.quotes, 4);
	assert_int_equal(post->tag_count, 1);
	assert_string_equal(post->tags[0], "ssmjp");
}

static void links_stand_for_what_they_lead_to(void **state)
{
	const struct post *post = read_one(*state, full, full_includes);

	assert_string_equal(
		post->text,
		"😀😀 #SSMJP <b> @taro_longer_than_x https://blog.example/a?b=1&c=2 です");
	assert_non_null(strstr(post->html, "href=\"https://x.com/hashtag/SSMJP\""));
	assert_non_null(strstr(post->html, "href=\"https://x.com/taro_longer_than_x\""));
	assert_non_null(strstr(post->html, "href=\"https://blog.example/a?b=1&amp;c=2\""));
	assert_non_null(strstr(post->html, "&lt;b&gt;"));
	assert_null(strstr(post->html, "t.co"));
}

static void media_poll_and_card_are_read(void **state)
{
	const struct post *post = read_one(*state, full, full_includes);

	assert_int_equal(post->media_count, 3);
	assert_int_equal(post->media[0].kind, MEDIA_IMAGE);
	assert_string_equal(post->media[0].alt, "絵");
	assert_int_equal(post->media[0].height, 20);
	assert_int_equal(post->media[1].kind, MEDIA_VIDEO);
	assert_string_equal(post->media[1].url, "https://v.example/big.mp4");
	assert_string_equal(post->media[1].preview, "https://img.example/2.jpg");
	assert_int_equal(post->media[1].duration_ms, 1500);
	assert_int_equal(post->media[2].kind, MEDIA_GIFV);
	assert_string_equal(post->media[2].url, "https://v.example/gif.mp4");
	assert_int_equal(post->poll->option_count, 2);
	assert_string_equal(post->poll->options[0].title, "はい");
	assert_int_equal(post->poll->voters, 7);
	assert_true(post->poll->closed);
	assert_string_equal(post->card->title, "題");
	assert_string_equal(post->card->url, "https://blog.example/a?b=1&c=2");
	assert_string_equal(post->card->image, "https://img.example/c.png");
	assert_string_equal(post->card->site, "blog.example");
}

static void what_is_quoted_comes_along_and_nothing_else(void **state)
{
	struct fixture *f = *state;
	struct str data = STR_INIT;

	read_one(f, full, full_includes);
	assert_int_equal(f->page.count, 2);
	assert_true(f->page.posts[1].context);
	assert_string_equal(f->page.posts[1].uri, "https://x.com/i/status/49");
	assert_string_equal(f->page.posts[1].text, "quoted");
	assert_int_equal(f->page.matched, 1);
	assert_int_equal(f->page.billed_posts, 3);
	assert_int_equal(f->page.billed_authors, 3);
	/* the playground's shuffled order, and what stands in the data already */
	str_addf(&data, "%s,%s,%s", TWEET("9", BY("1") TEXT("a")),
		 TWEET("10", BY("1") TEXT("b") REFERS("replied_to", "9")),
		 TWEET("8", BY("1") TEXT("c")));
	read_one(f, data.buf, USERS ",\"tweets\":[" TWEET("9", BY("1") TEXT("a")) "]");
	str_release(&data);
	assert_int_equal(f->page.count, 3);
	assert_string_equal(f->page.lowest, "8");
	assert_string_equal(f->page.highest, "10");
}

static void the_words_of_posts_are_read_like_those_of_tweets(void **state)
{
	struct fixture *f = *state;
	const struct post *post =
		read_one(f,
			 "{\"id\":\"12\",\"created_at\":\"2026-08-01T13:52:47.000Z\",\"edit_"
			 "history_post_ids\":[\"11\",\"12\"],"
			 "\"author_id\":\"1\",\"text\":\"cut…\",\"note_post\":{\"text\":\"whole\"},"
			 "\"public_metrics\":{\"repost_count\":6},\"referenced_posts\":[{\"type\":"
			 "\"quoted\",\"id\":\"5\"}]}",
			 USERS ",\"posts\":[" TWEET("5", BY("1") TEXT("q")) "]");

	assert_string_equal(post->uri, "https://x.com/i/status/11");
	assert_string_equal(post->text, "whole");
	assert_int_equal(post->counts.reposts, 6);
	assert_string_equal(post->quote_uri, "https://x.com/i/status/5");
	assert_int_equal(f->page.count, 2);
}

static void offsets_are_hints_and_words_decide(void **state)
{
	static const struct {
		const char *text, *entities, *plain, *html;
	} cases[] = {
		/* bytes of the escaped text, as the playground counts them */
		{ "post 12 #ssmjp 日本語 12 🎉 &lt;b&gt;&amp;amp; https://t.example/1?a=b&amp;c=d",
		  "\"urls\":[{\"start\":52,\"end\":83,\"url\":\"https://t.example/"
		  "1?a=b&amp;c=d\"}],"
		  "\"hashtags\":[{\"start\":8,\"end\":14,\"tag\":\"ssmjp\"}]",
		  "post 12 #ssmjp 日本語 12 🎉 <b>&amp; https://t.example/1?a=b&c=d",
		  "href=\"https://t.example/1?a=b&amp;c=d\"" },
		/* code points of the unescaped text */
		{ "&amp;&amp;&amp; #b", "\"hashtags\":[{\"start\":4,\"end\":6,\"tag\":\"b\"}]",
		  "&&& #b", "href=\"https://x.com/hashtag/b\"" },
		/* an offset that is far off */
		{ "a #b", "\"hashtags\":[{\"start\":900,\"end\":902,\"tag\":\"b\"}]", "a #b",
		  "href=\"https://x.com/hashtag/b\"" },
		{ "a #b", "\"hashtags\":[{\"start\":-5,\"end\":2,\"tag\":\"b\"}]", "a #b",
		  "href=\"https://x.com/hashtag/b\"" },
		/* full-width sign; the longer word is another one */
		{ "#bc ＃b", "\"hashtags\":[{\"start\":0,\"end\":2,\"tag\":\"b\"}]", "#bc ＃b",
		  "<p>#bc <a" },
		/* two alike, each its own place */
		{ "#b #b", "\"hashtags\":[{\"start\":0,\"tag\":\"b\"},{\"start\":0,\"tag\":\"b\"}]",
		  "#b #b", "</a> <a" },
		/* a name is found in any case */
		{ "hi @Hana_Longer",
		  "\"mentions\":[{\"start\":3,\"end\":9,\"username\":\"hana_longer\"}]",
		  "hi @Hana_Longer", "href=\"https://x.com/hana_longer\"" },
		/* words that do not stand there at all are left alone, and what does is found by
		 * rule */
		{ "see https://a.example",
		  "\"urls\":[{\"start\":4,\"end\":9,\"url\":\"https://t.co/zzz\"}]",
		  "see https://a.example", "href=\"https://a.example\"" },
		/* an unsafe target is none */
		{ "x https://t.co/1 y",
		  "\"urls\":[{\"start\":2,\"end\":16,\"url\":\"https://t.co/"
		  "1\",\"expanded_url\":\"javascript:x\","
		  "\"display_url\":\"ja\\u202ex\"}]",
		  "x jax y", "href=\"https://t.co/1\"" },
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct str data = STR_INIT;
		const struct post *post;

		str_addf(&data, TWEET("5", BY("1") ",\"text\":\"%s\",\"entities\":{%s}"),
			 cases[i].text, cases[i].entities);
		post = read_one(f, data.buf, USERS);
		assert_string_equal(post->text, cases[i].plain);
		if (!strstr(post->html, cases[i].html))
			fail_msg("%zu: %s", i, post->html);
		str_release(&data);
	}
}

static void a_link_to_own_pictures_goes_only_at_the_end_and_when_they_came_along(void **state)
{
	static const char link[] =
		"\"entities\":{\"urls\":[{\"start\":%d,\"end\":%d,\"url\":\"https://t.co/p\","
		"\"expanded_url\":\"https://x.com/a/status/5/photo/1\",\"display_url\":\"pic.x.com/"
		"p\"}]}";
	static const struct {
		const char *text;
		int start;
		bool media;
		const char *plain;
	} cases[] = {
		{ "look https://t.co/p", 5, true, "look" },
		{ "look https://t.co/p", 5, false, "look pic.x.com/p" },
		{ "https://t.co/p look", 0, true, "pic.x.com/p look" },
		{ "https://t.co/p", 0, true, NULL },
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct str data = STR_INIT, entities = STR_INIT;
		const struct post *post;

		str_addf(&entities, link, cases[i].start, cases[i].start + 14);
		str_addf(&data, TWEET("5", BY("1") ",\"text\":\"%s\",%s%s"), cases[i].text,
			 entities.buf,
			 cases[i].media ? ",\"attachments\":{\"media_keys\":[\"m\"]}" : "");
		post = read_one(f, data.buf,
				USERS ",\"media\":[{\"media_key\":\"m\",\"type\":\"photo\"}]");
		if (cases[i].plain)
			assert_string_equal(post->text, cases[i].plain);
		else
			assert_null(post->text);
		str_release(&data);
		str_release(&entities);
	}
}

static void text_without_entities_is_linked_by_rule(void **state)
{
	const struct post *post =
		read_one(*state, TWEET("5", BY("1") TEXT("#ssmjp https://a.example/x。")), USERS);

	assert_non_null(strstr(post->html, "href=\"https://x.com/hashtag/ssmjp\""));
	assert_non_null(strstr(post->html, "href=\"https://a.example/x\""));
}

static void check_cuts(const struct fixture *f)
{
	size_t end = 0;

	for (size_t i = 0; i < f->page.cut_count; i++) {
		assert_true(f->page.cuts[i].from >= end);
		assert_true(f->page.cuts[i].to > f->page.cuts[i].from);
		assert_int_equal(f->answer.body.buf[f->page.cuts[i].from], '{');
		end = f->page.cuts[i].to;
	}
	assert_true(end <= f->answer.body.len);
}

static void what_may_not_be_kept_is_cut_out(void **state)
{
	static const char *const hidden[] = {
		TWEET("9", BY("2") TEXT("x")),
		TWEET("9",
		      BY("1") TEXT(
			      "x") ",\"withheld\":{\"copyright\":true,\"country_codes\":[\"XX\"]}"),
		TWEET("9", BY("1") TEXT("RT @a: x") ",\"referenced_tweets\":[{\"type\":"
						    "\"retweeted\",\"id\":\"8\"}]"),
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < ARRAY_LEN(hidden); i++) {
		struct str data = STR_INIT;

		str_addf(&data, "%s,%s", hidden[i], TWEET("10", BY("1") TEXT("y")));
		read_one(f, data.buf, USERS);
		assert_int_equal(f->page.count, 1);
		assert_int_equal(f->page.dropped, 1);
		assert_string_equal(f->page.lowest, "9");
		/* the element, and the two users who are not to be named */
		assert_int_equal(f->page.cut_count, 3);
		assert_memory_equal(f->answer.body.buf + f->page.cuts[0].from, hidden[i],
				    strlen(hidden[i]));
		check_cuts(f);
		str_release(&data);
	}
}

static void who_opted_out_leaves_uri_and_time_alone(void **state)
{
	struct fixture *f = *state;
	/* what is included stands before the data here, and the cuts still ascend */
	static const char secret[] = TWEET("10", BY("3") TEXT("secret #a"));
	static const char open[] = TWEET("11", BY("1") TEXT("y") REFERS("quoted", "5"));
	struct str body = STR_INIT;

	str_addf(&body, "{\"includes\":{\"tweets\":[%s],%s},\"data\":[%s,%s],\"meta\":{}}",
		 TWEET("5", BY("3") TEXT("s")), USERS, secret, open);
	assert_true(read_answer(f, 200, "", body.buf));
	str_release(&body);
	assert_int_equal(f->page.count, 3);
	for (size_t i = 0; i < 3; i += 2) {
		const struct post *post = &f->page.posts[i];

		assert_true(post->optout);
		assert_non_null(post->uri);
		assert_int_not_equal(post->created, 0);
		assert_null(post->text);
		assert_null(post->html);
		assert_null(post->url);
		assert_null(post->author.handle);
		assert_int_equal(post->tag_count, 0);
	}
	assert_true(f->page.posts[2].context);
	assert_string_equal(f->page.posts[1].quote_uri, "https://x.com/i/status/5");
	assert_int_equal(f->page.cut_count, 4);
	check_cuts(f);
}

static void an_author_who_did_not_come_along_is_an_address(void **state)
{
	const struct post *post = read_one(*state, TWEET("5", BY("4") TEXT("x")), USERS);

	assert_null(post->author.handle);
	assert_null(post->author.name);
	assert_null(post->author.url);
	assert_string_equal(post->author.network_id, "4");
	assert_string_equal(post->author.host, "x.com");
	assert_string_equal(post->author.uri, "https://x.com/i/user/4");
	assert_string_equal(post->url, "https://x.com/i/web/status/5");
	post = read_one(*state, TWEET("5", TEXT("x") ",\"username\":\"taro_longer_than\""), USERS);
	assert_string_equal(post->author.handle, "@taro_longer_than");
}

/* Nobody looks up who wrote it, so nobody knows whether it may be kept. */
static void what_came_along_for_nothing_and_from_nobody_is_cut_out(void **state)
{
	struct fixture *f = *state;
	static const char other[] = TWEET("5", BY("4") TEXT("s"));

	read_one(f, TWEET("9", BY("1") TEXT("x")),
		 "\"tweets\":[" TWEET("5", BY("4") TEXT("s")) "]");
	assert_int_equal(f->page.count, 1);
	assert_int_equal(f->page.cut_count, 1);
	assert_memory_equal(f->answer.body.buf + f->page.cuts[0].from, other, strlen(other));
	read_one(f, TWEET("9", BY("1") TEXT("x") REFERS("quoted", "5")),
		 "\"tweets\":[" TWEET("5", BY("4") TEXT("s")) "]");
	assert_int_equal(f->page.count, 2);
	assert_int_equal(f->page.cut_count, 0);
	assert_int_equal(f->page.billed_authors, 0);
}

static void a_since_id_that_is_too_old_is_told_how_far_it_reaches(void **state)
{
	static const struct {
		const char *message, *reaches;
	} cases[] = {
		{ "'since_id' must be a tweet id created after [2026-07-25T14:01Z]. Please use a "
		  "'since_id' that is larger than 2049131607142400001",
		  "2049131607142400001" },
		{ "The since_id [5] is too old: use one larger than 123456.", "123456" },
		{ "since_id: \\\"77\\\" is the smallest", "77" },
		{ "The `since_id` query parameter value [abc] does not match ^[0-9]{1,19}$", NULL },
		{ "Invalid use of since_id", NULL },
		{ "since_id larger than 99999999999999999999", NULL },
		{ "since_id larger than 9999999999999999999", NULL },
		{ "max_results must be larger than 10", NULL },
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct str body = STR_INIT;
		bool ok;

		str_addf(&body,
			 "{\"errors\":[{\"message\":\"%s\",\"parameters\":{}}],"
			 "\"title\":\"Invalid Request\"}",
			 cases[i].message);
		ok = read_answer(f, 400, "", body.buf);
		if (ok != (cases[i].reaches != NULL) ||
		    !str_same(f->page.reaches_to, cases[i].reaches))
			fail_msg("%s: %s", cases[i].message, ok ? f->page.reaches_to : f->err.msg);
		if (ok)
			assert_true(!f->page.matched && !f->page.last && !f->page.billed_posts);
		else
			assert_int_equal(f->err.code, ERR_MALFORMED);
		str_release(&body);
	}
	assert_false(read_answer(f, 200, "", "{\"errors\":[{\"message\":\"since_id 12\"}]}"));
}

static void one_broken_element_costs_only_itself(void **state)
{
	struct fixture *f = *state;

	read_one(f,
		 TWEET("9",
		       BY("1") TEXT(
			       "x")) ",{\"id\":},{\"id\":\"abc\",\"text\":\"x\"},{\"id\":\"7\"},3",
		 USERS);
	assert_int_equal(f->page.count, 1);
	assert_int_equal(f->page.malformed, 4);
	assert_int_equal(f->page.matched, 5);
	assert_string_equal(f->page.lowest, "7");
}

static void pages_go_on_by_a_token_until_there_is_none(void **state)
{
	static const struct {
		const char *body, *next;
		bool last;
	} cases[] = {
		{ "{\"meta\":{\"result_count\":0}}", NULL, true },
		{ "{\"data\":[],\"includes\":{},\"meta\":{\"newest_id\":\"\",\"result_count\":0}}",
		  NULL, true },
		{ "{\"data\":[],\"meta\":{\"result_count\":0,\"next_token\":\"abc\"}}", "abc",
		  false },
		{ "{\"data\":[" TWEET(
			  "9", BY("1") TEXT("x")) "],\"errors\":[{\"title\":\"Not Found Error\"}],"
						  "\"meta\":{\"next_token\":\"d\"}}",
		  "d", false },
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		assert_true(read_answer(f, 200, "", cases[i].body));
		assert_true(str_same(f->page.next, cases[i].next));
		assert_int_equal(f->page.last, cases[i].last);
	}
}

static void an_answer_that_breaks_off_is_asked_for_again(void **state)
{
	static const char whole[] =
		"{\"data\":[" TWEET("9", BY("1") TEXT("x")) "],\"meta\":{\"result_count\":1}}";
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

static void the_limit_is_read_from_the_headers(void **state)
{
	struct fixture *f = *state;

	assert_true(read_answer(f, 200,
				"x-rate-limit-remaining: 0\r\nx-rate-limit-reset: 1785593000\r\n",
				"{\"meta\":{}}"));
	assert_int_equal(f->page.remaining, 0);
	assert_int_equal(f->page.wait_until, NOW + 200000);
	assert_true(read_answer(f, 200,
				"x-rate-limit-remaining: 3\r\nx-rate-limit-reset: 1785593000\r\n",
				"{\"meta\":{}}"));
	assert_int_equal(f->page.remaining, 3);
	assert_int_equal(f->page.wait_until, 0);
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
		{ "", 401, "", "{\"title\":\"Unauthorized\",\"status\":401}",
		  "put the app's bearer token in ARCHIVE_X_TOKEN", ERR_AUTH, 0 },
		{ "t", 401, "", "{\"title\":\"Unauthorized\",\"status\":401}",
		  "does not accept the token", ERR_AUTH, 0 },
		{ "t", 402, "",
		  "{\"title\":\"CreditsDepleted\",\"type\":\"https://x/2/problems/credits\"}",
		  "no credit left", ERR_PAYMENT, 0 },
		{ "t", 402, PLAIN, "pay", "no credit left", ERR_PAYMENT, 0 },
		{ "t", 403, "", "{\"reason\":\"client-not-enrolled\",\"title\":\"Forbidden\"}",
		  "not enrolled", ERR_AUTH, 0 },
		{ "t", 403, "", "{\"title\":\"Forbidden\",\"detail\":\"no way\"}", "\"no way\"",
		  ERR_AUTH, 0 },
		{ "t", 429, "x-rate-limit-reset: 1785593000\r\n",
		  "{\"title\":\"Rate Limit Exceeded\"}", "asks to wait", ERR_RATE, NOW + 200000 },
		{ "t", 429, "Retry-After: 9\r\n", "{}", "asks to wait", ERR_RATE, NOW + 9000 },
		{ "t", 429, "x-rate-limit-remaining: 400\r\nx-rate-limit-reset: 1785593000\r\n",
		  "{\"title\":\"UsageCapExceeded\",\"period\":\"Monthly\",\"type\":\"https://"
		  "api.twitter.com/2/problems/usage-capped\"}",
		  "used up", ERR_PAYMENT, 0 },
		{ "t", 403, "", "{\"errors\":[{\"code\":88,\"message\":\"Rate limit exceeded\"}]}",
		  "asks to wait", ERR_RATE, 0 },
		{ "t", 200, "", "{\"errors\":[{\"code\":88,\"message\":\"Rate limit exceeded\"}]}",
		  "asks to wait", ERR_RATE, 0 },
		{ "t", 400, "",
		  "{\"errors\":[{\"parameters\":{\"max_results\":[\"5\"]},\"message\":\"between 10 "
		  "and 100\"}],"
		  "\"detail\":\"One or more parameters\"}",
		  "between 10 and 100", ERR_MALFORMED, 0 },
		{ "t", 404, "Content-Type: text/html\r\n", "<html>", "no search at this address",
		  ERR_NOT_FOUND, 0 },
		{ "t", 500, "", "{\"detail\":\"Something is broken.\",\"status\":500}",
		  "Something is broken", ERR_NETWORK, 0 },
		{ "t", 503, PLAIN, "upstream connect error", "failure of its own (status 503)",
		  ERR_NETWORK, 0 },
		{ "t", 502, "Content-Type: text/html\r\n", "<html>", "web page", ERR_NETWORK, 0 },
		{ "t", 200, "", "{\"errors\":[{\"message\":\"odd\"}]}", "odd", ERR_MALFORMED, 0 },
		{ "t", 200, "", "[]", "not a list of posts", ERR_MALFORMED, 0 },
		{ "t", 200, "", "", "nothing at all", ERR_NETWORK, 0 },
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

static void bodies_of_files_are_pages_posts_or_flattened_posts(void **state)
{
	static const struct {
		const char *body;
		size_t posts, cuts;
	} cases[] = {
		{ "{\"data\":[" TWEET("9", BY("1") TEXT("x")) "],\"includes\":{" USERS "}}", 1, 2 },
		{ "{\"data\":" TWEET("9", BY("1") TEXT("x")) "}", 1, 0 },
		{ TWEET("9", BY("1") TEXT("x")), 1, 0 },
		{ "[" TWEET("9", BY("1") TEXT("x")) "," TWEET(
			  "8",
			  TEXT("x") ",\"author\":{\"id\":\"1\",\"username\":\"taro_longer_than_x\","
				    "\"name\":\"T\"}") "]",
		  2, 0 },
		{ "[" TWEET("9",
			    TEXT("x") ",\"author\":{\"id\":\"1\",\"description\":\"#nobot\"}") "]",
		  1, 1 },
		{ "[" TWEET("9", TEXT("x") ",\"referenced_tweets\":[{\"type\":\"quoted\",\"id\":"
					   "\"3\",\"text\":\"s\","
					   "\"created_at\":\"2026-08-01T13:52:47.000Z\",\"author\":"
					   "{\"protected\":true}}]") "]",
		  1, 1 },
		{ "[" TWEET("9", TEXT("x") ",\"referenced_posts\":[{\"type\":\"quoted\",\"id\":"
					   "\"3\",\"text\":\"s\","
					   "\"created_at\":\"2026-08-01T13:52:47.000Z\",\"author\":"
					   "{\"protected\":true}}]") "]",
		  1, 1 },
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		page_clear(&f->page);
		assert_true(source_x.parse_body(NULL, cases[i].body, strlen(cases[i].body),
						&f->page, &f->err));
		assert_int_equal(f->page.count, cases[i].posts);
		assert_int_equal(f->page.cut_count, cases[i].cuts);
	}
	assert_false(source_x.parse_body(NULL, "{\"data\":[", 9, &f->page, &f->err));
	assert_int_equal(f->err.code, ERR_MALFORMED);
}

static void a_hostile_text_costs_no_more_than_its_length(void **state)
{
	struct str data = STR_INIT;
	const struct post *post;

	str_add(&data, "{\"id\":\"5\",\"created_at\":\"2026-08-01T13:52:47.000Z\",\"author_id\":"
		       "\"1\",\"text\":\"");
	for (int i = 0; i < 60000; i++)
		str_add(&data, "#a ");
	str_add(&data, "\",\"entities\":{\"hashtags\":[{\"start\":0,\"tag\":\"zz\"}");
	for (int i = 0; i < 5000; i++)
		str_addf(&data, ",{\"start\":%d,\"end\":1,\"tag\":\"zz%d\"}", i, i);
	str_add(&data, "]}}");
	post = read_one(*state, data.buf, USERS);
	assert_non_null(post->text);
	str_release(&data);
}

static void no_more_is_read_than_an_answer_holds(void **state)
{
	struct str body = STR_INIT;
	struct fixture *f = *state;

	str_add(&body, "{\"data\":[0");
	for (int i = 0; i < PAGE_MAX_ELEMENTS + 5; i++)
		str_add(&body, ",0");
	str_add(&body, "],\"meta\":{}}");
	assert_true(read_answer(f, 200, "", body.buf));
	assert_int_equal(f->page.matched, PAGE_MAX_ELEMENTS + 1);
	str_clear(&body);
	str_add(&body,
		"{\"data\":[" TWEET("9", TEXT("x")) "],\"includes\":{\"users\":[{\"id\":\"1\"}");
	while (body.len < (size_t)5 << 20)
		str_add(&body, ",{\"id\":\"1\"}");
	str_add(&body, "]},\"meta\":{}}");
	assert_false(read_answer(f, 200, "", body.buf));
	assert_int_equal(f->err.code, ERR_MALFORMED);
	str_release(&body);
}

/* Words that nearly stand everywhere cost as much as one that is compared again and again. */
static void what_is_compared_in_vain_is_counted(void **state)
{
	struct x_entity entity = { .entity = { .kind = ENTITY_LINK } };
	struct str text = STR_INIT, word = STR_INIT;
	struct x_map map;

	(void)state;
	for (int i = 0; i < 20000; i++)
		str_add_char(&text, i < 19990 ? 'a' : 'z');
	str_add_n(&word, text.buf, 10000);
	str_add_char(&word, 'b');
	x_map_open(&map, text.buf);
	entity.word = "zzz";
	assert_true(x_map_find(&map, 0, NULL, 0, &entity));
	entity.word = word.buf;
	assert_false(x_map_find(&map, 0, NULL, 0, &entity));
	assert_true(map.effort <= 0);
	entity.word = "zzz"; /* nothing is left to look for it */
	assert_false(x_map_find(&map, 0, NULL, 0, &entity));
	x_map_close(&map);
	str_release(&text);
	str_release(&word);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(the_request_asks_for_all_that_is_shown),
		TEST(page_sizes_stay_within_what_the_api_takes),
		TEST(the_window_is_what_the_api_can_serve),
		TEST(all_that_a_post_holds_is_kept),
		TEST(links_stand_for_what_they_lead_to),
		TEST(media_poll_and_card_are_read),
		TEST(what_is_quoted_comes_along_and_nothing_else),
		TEST(the_words_of_posts_are_read_like_those_of_tweets),
		TEST(offsets_are_hints_and_words_decide),
		TEST(a_link_to_own_pictures_goes_only_at_the_end_and_when_they_came_along),
		TEST(text_without_entities_is_linked_by_rule),
		TEST(what_may_not_be_kept_is_cut_out),
		TEST(who_opted_out_leaves_uri_and_time_alone),
		TEST(an_author_who_did_not_come_along_is_an_address),
		TEST(what_came_along_for_nothing_and_from_nobody_is_cut_out),
		TEST(a_since_id_that_is_too_old_is_told_how_far_it_reaches),
		TEST(one_broken_element_costs_only_itself),
		TEST(pages_go_on_by_a_token_until_there_is_none),
		TEST(an_answer_that_breaks_off_is_asked_for_again),
		TEST(the_limit_is_read_from_the_headers),
		TEST(each_refusal_has_its_sentence_and_cure),
		TEST(bodies_of_files_are_pages_posts_or_flattened_posts),
		TEST(a_hostile_text_costs_no_more_than_its_length),
		TEST(what_is_compared_in_vain_is_counted),
		TEST(no_more_is_read_than_an_answer_holds),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
