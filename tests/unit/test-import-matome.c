#include "in-import.h"

#include "archive/import/matome.h"

#define HEAD(head) "<!DOCTYPE html><html><head><meta charset=\"utf-8\">" head "</head><body>"
#define FOOT	   "</body></html>"

static void a_page_of_today(void **state)
{
	static const char page[] =
		HEAD("<title>六月の勉強会 - Togetter [トゥギャッター]</title>"
		     "<link rel=\"canonical\" href=\"https://togetter.com/li/1126288\">"
		     "<meta property=\"og:title\" content=\"六月の勉強会\">"
		     "<meta property=\"og:description\" content=\"三つの話\">"
		     "<script type=\"application/ld+json\">{\"@type\":\"Article\",\"url\":"
		     "\"https://togetter.com/li/1126288\",\"author\":{\"name\":\"まとめ子\"}}</"
		     "script>") "<h1><a class=\"info_title\" "
				"href=\"/li/1126288\">六月の勉強会</a></h1>\n"
				"<section class=\"entry_main tweet_box\">\n"
				"<div class=\"list_box type_text\"><h2 "
				"class=\"heading\">一つ目の話</h2></div>\n"
				"<div class=\"list_box type_tweet impl_profile\" data-index=\"1\" "
				"data-id=\"880719480421175296\">\n"
				"<a class=\"user_link\" href=\"https://x.com/hana_example\">"
				"<img class=\"icon_48\" src=\"data:image/gif;base64,R0\" "
				"data-original=\"https://pbs.twimg.com/profile_images/1/"
				"h_normal.jpg\">"
				"<strong>はな</strong><span "
				"class=\"status_name\">@hana_example</span></a>\n"
				"<p class=\"tweet\">一次ソースを見る &lt;派&gt; です "
				"<a href=\"https://t.co/abc\" "
				"data-origin-url=\"https://slides.example/deck?a=1&amp;b=2\">"
				"slides.example/deck…</a> "
				"<a href=\"https://togetter.com/t/ssmjp\">#ssmjp</a> "
				"<a href=\"https://t.co/p\">pic.twitter.com/p</a></p>\n"
				"<div class=\"list_photo\"><a "
				"href=\"https://pbs.twimg.com/media/A1.jpg\">"
				"<img data-src=\"https://pbs.twimg.com/media/A1.jpg:small\" "
				"src=\"./page_files/A1.jpg\" "
				"alt=\"黒板\"></a></div>\n"
				"<div><span class=\"status\"><a class=\"link\" "
				"href=\"https://x.com/hana_example/status/"
				"880719480421175296\">2017-06-30 19:03:12</a>"
				"</span></div></div>\n"
				"<div class=\"list_box type_text\"><p class=\"text\" "
				"style=\"color:rgb(204, 0, 0)\">会場が<br>静かに</p></div>\n"
				"<div class=\"list_box type_ad\"><p>買ってください</p></div>\n"
				"<div class=\"list_box type_url\"><p><a "
				"href=\"https://slides.example/2\">二つ目の資料</a></p></div>\n"
				"</section>\n"
				"<div class=\"comment_box\"><div class=\"list_box type_tweet\"><p "
				"class=\"tweet\">コメント</p>"
				"<span class=\"status\"><a class=\"link\" "
				"href=\"https://x.com/who/status/880719480421175999\">"
				"2017-07-01 00:00:00</a></span></div></div>" FOOT;

	(void)state;
	assert_heard(import_matome, page,
		     "post https://x.com/i/status/880719480421175296 2017-06-30T09:27:41Z "
		     "url=https://x.com/hana_example/status/880719480421175296 who=@hana_example "
		     "name=はな home=https://x.com/hana_example "
		     "avatar=https://pbs.twimg.com/profile_images/1/h_normal.jpg "
		     "html=<p>一次ソースを見る &lt;派&gt; です "
		     "<a href=\"https://slides.example/deck?a=1&amp;b=2\">slides.example/deck…</a> "
		     "<a href=\"https://x.com/hashtag/ssmjp\" class=\"p-category\" "
		     "rel=\"tag\">#ssmjp</a></p> "
		     "tag=ssmjp media=https://pbs.twimg.com/media/A1.jpg:small alt=黒板 "
		     "taken=https://togetter.com/li/1126288\n"
		     "thread https://togetter.com/li/1126288 part 1 slug=togetter-1126288 "
		     "title=六月の勉強会 about=三つの話 by=まとめ子 tag=ssmjp "
		     "1498814820000..1498814880000\n"
		     "- heading 一つ目の話\n"
		     "- post https://x.com/i/status/880719480421175296\n"
		     "- note 会場が\n静かに style=red\n"
		     "- link 二つ目の資料 url=https://slides.example/2\n");
}

static void a_page_of_before_with_the_rest_in_a_script(void **state)
{
	static const char page[] = HEAD(
		"<title>まとめ</title><meta property=\"og:url\" "
		"content=\"http://togetter.com/li/42?page=2\">"
		"<link rel=\"next\" href=\"http://togetter.com/li/42?page=3\">") "<div "
										 "class=\"tweet_"
										 "box\"><ul>\n"
										 "<li "
										 "class=\"list_"
										 "item\"><div "
										 "class=\"list_box "
										 "type_tweet\">"
										 "<a "
										 "class=\"user_"
										 "link\" "
										 "href=\"http://"
										 "twitter.com/"
										 "taro\"><strong>"
										 "太郎</strong></a>"
										 "<div "
										 "class=\"tweet "
										 "emj large "
										 "red\">はじまる "
										 "@hana_example</"
										 "div>"
										 "<a "
										 "class="
										 "\"timestamp\" "
										 "data-timestamp="
										 "\"1300000000\" "
										 "href=\"http://"
										 "twitter.com/taro/"
										 "status/"
										 "123456789\">2011-"
										 "03-13 "
										 "16:06:40</a></"
										 "div></li>\n"
										 "<li "
										 "class=\"list_"
										 "item\"><div "
										 "class=\"list_box "
										 "type_text\">"
										 "<div "
										 "class=\"list_"
										 "text\" "
										 "style=\"font-"
										 "size: "
										 "150%\">見出し</"
										 "div></div></li>\n"
										 "</ul><div "
										 "class=\"more_"
										 "tweet_box\"><"
										 "button "
										 "id=\"more_tweet_"
										 "btn\">残りを読む<"
										 "/button></div>\n"
										 "<script>var a = "
										 "1 < 2;\nvar "
										 "moreTweetContent "
										 "= \"<li "
										 "class=\\\"list_"
										 "item\\\">"
										 "<div "
										 "class=\\\"list_"
										 "box "
										 "type_tweet\\\"><"
										 "div "
										 "class=\\\"tweet "
										 "emj\\\">"
										 "\\u7d42\\u308f\\u"
										 "d83d\\ude00"
										 "<\\/div><a "
										 "class="
										 "\\\"timestamp\\\""
										 " data-timestamp="
										 "\\\"1300000060\\"
										 "\" "
										 "href=\\\"http:\\/"
										 "\\/twitter.com\\/"
										 "taro\\/status\\/"
										 "123456790\\\">x<"
										 "\\/a><\\/div><\\/"
										 "li>\";\n"
										 "</script></"
										 "div>" FOOT;

	(void)state;
	assert_heard(import_matome, page,
		     "post https://x.com/i/status/123456789 2011-03-13T07:06:40Z "
		     "url=https://x.com/taro/status/123456789 who=@taro name=太郎 "
		     "home=https://x.com/taro html=<p>はじまる @hana_example</p> "
		     "taken=http://togetter.com/li/42?page=2\n"
		     "post https://x.com/i/status/123456790 2011-03-13T07:07:40Z "
		     "url=https://x.com/taro/status/123456790 who=@taro name=@taro "
		     "home=https://x.com/taro html=<p>終わ😀</p> "
		     "taken=http://togetter.com/li/42?page=2\n"
		     "thread https://togetter.com/li/42 part 2 slug=togetter-42 title=まとめ "
		     "1299999960000..1300000080000\n"
		     "- post https://x.com/i/status/123456789 style=large red\n"
		     "- heading 見出し style=large\n"
		     "- post https://x.com/i/status/123456790\n"
		     "mention thread http://togetter.com/li/42?page=3 text=next page\n");
}

static void a_log_of_one_person(void **state)
{
	static const char page[] =
		HEAD("<title>はな(@hana) - Twilog</title>"
		     "<link rel=\"canonical\" "
		     "href=\"https://twilog.org/hana/date-090701\">") "<div "
								      "class=\"tl-tweets\">"
								      "<h3 "
								      "class=\"title01\">"
								      "2009年07月01日(水)</"
								      "h3>"
								      "<div "
								      "class=\"tl-tweet\"><"
								      "p "
								      "class=\"tl-name\"><"
								      "a "
								      "href=\"https://"
								      "twitter.com/hana\">"
								      "<strong>はな</"
								      "strong></a></p><p "
								      "class=\"tl-text\">"
								      "昔の話 #古い</p>"
								      "<p "
								      "class=\"tl-posted\">"
								      "<a "
								      "href=\"https://"
								      "twitter.com/hana/"
								      "status/2400000000\">"
								      "posted at "
								      "23:15:09</a></p></"
								      "div></div>" FOOT;

	(void)state;
	assert_heard(import_matome, page,
		     "post https://x.com/i/status/2400000000 2009-07-01T14:15:09Z "
		     "url=https://x.com/hana/status/2400000000 who=@hana name=はな "
		     "home=https://x.com/hana html=<p>昔の話 #古い</p> tag=古い "
		     "taken=https://twilog.org/hana/date-090701\n");
}

static void posts_of_other_networks_on_a_page(void **state)
{
	static const char page[] =
		HEAD("<link rel=\"canonical\" "
		     "href=\"https://posfie.com/@kai/p/Ab3\">") "<section "
								"class=\"tweet_"
								"box\"><div "
								"class=\"list_"
								"box\"><p "
								"class=\"tweet\">"
								"鯨</p>"
								"<a "
								"class=\"user_"
								"link\"><strong>花<"
								"/strong></a>"
								"<time "
								"datetime=\"2024-"
								"06-01T10:00:00Z\">"
								"</time>"
								"<span "
								"class=\"status\"><"
								"a class=\"link\" "
								"href=\"https://"
								"social.example/"
								"@hana/"
								"110000000000000001"
								"\">"
								"2024-06-01 "
								"19:00:00</a></"
								"span></div>"
								"<div "
								"class=\"list_"
								"box\"><p "
								"class=\"tweet\">"
								"空</p><b "
								"class=\"acct\">@hana.example</b>"
								"<blockquote "
								"data-bluesky-uri="
								"\"at://"
								"did:plc:hana22/"
								"app.bsky.feed."
								"post/3abc\"></"
								"blockquote>"
								"<span "
								"class=\"status\">"
								"2024-06-01 "
								"19:01:00</span></"
								"div>"
								"<div "
								"class=\"list_"
								"box\"><p "
								"class=\"tweet\">"
								"名前だけ</p>"
								"<span "
								"class=\"status\"><"
								"a class=\"link\" "
								"href=\"https://"
								"bsky.app/profile/"
								"hana.example/post/"
								"3abd\">"
								"2024-06-01 "
								"19:02:00</a></"
								"span></div></"
								"section>" FOOT;

	(void)state;
	assert_heard(import_matome, page,
		     "post https://social.example/users/hana/statuses/110000000000000001 "
		     "2024-06-01T10:00:00Z "
		     "url=https://social.example/@hana/110000000000000001 who=@hana@social.example "
		     "name=花 "
		     "home=https://social.example/@hana html=<p>鯨</p> "
		     "taken=https://posfie.com/@kai/p/Ab3\n"
		     "post at://did:plc:hana22/app.bsky.feed.post/3abc 2024-06-01T10:01:00Z "
		     "url=https://bsky.app/profile/did:plc:hana22/post/3abc who=@hana.example "
		     "name=@hana.example "
		     "home=https://bsky.app/profile/did:plc:hana22 html=<p>空</p> "
		     "taken=https://posfie.com/@kai/p/Ab3\n"
		     "mention post https://bsky.app/profile/hana.example/post/3abd at=line 1\n"
		     "thread https://posfie.com/@kai/p/Ab3 part 1 slug=posfie-Ab3 "
		     "1717236000000..1717236120000\n"
		     "- post https://social.example/users/hana/statuses/110000000000000001\n"
		     "- post at://did:plc:hana22/app.bsky.feed.post/3abc\n"
		     "- post https://bsky.app/profile/hana.example/post/3abd\n");
}

static void what_is_unwanted_is_no_item(void **state)
{
	static const char page[] =
		"<div class=tweet_box><div class=list_box><p class=tweet>a<a class=timestamp "
		"data-timestamp=1300000000 href=https://twitter.com/a/status/11></a></div>"
		"<div class=list_box><p class=tweet>b<a class=timestamp data-timestamp=1300000001 "
		"href=https://twitter.com/a/status/12></a></div></div>";
	struct str out = heard_bytes(import_matome, page, strlen(page), "status/12");

	(void)state;
	assert_non_null(strstr(out.buf, "post https://x.com/i/status/11 "));
	assert_null(strstr(out.buf, "status/12"));
	assert_non_null(strstr(out.buf, "taken=page.html"));
	str_release(&out);
}

static void an_old_page_in_the_charset_of_its_time(void **state)
{
	/* "漢字" in Shift_JIS, and one byte that is none */
	static const char sjis[] =
		"<meta http-equiv=Content-Type content=\"text/html; charset=Shift_JIS\">"
		"<div class=tweet_box><div class=list_box><p class=tweet>\x8a\xbf\x8e\x9a\xff</p>"
		"<a class=timestamp data-timestamp=1300000000 "
		"href=https://twitter.com/a/status/1></a>"
		"</div></div>";
	static const char euc[] =
		"<meta charset=EUC-JP><div class=tweet_box><div class=list_box><p class=tweet>"
		"\xb4\xc1\xbb\xfa</p><a class=timestamp data-timestamp=1300000000 "
		"href=https://twitter.com/a/status/1></a></div></div>";
	struct str out = heard_bytes(import_matome, sjis, strlen(sjis), NULL);

	(void)state;
	assert_non_null(strstr(out.buf, "html=<p>漢字"));
	str_release(&out);
	out = heard_bytes(import_matome, euc, strlen(euc), NULL);
	assert_non_null(strstr(out.buf, "html=<p>漢字</p>"));
	str_release(&out);
}

static void bytes_that_nobody_wrote(void **state)
{
	static const char nul[] =
		"<div class=tweet_box><div class=list_box><p class=tweet>a\0b\xff\xc3</p>"
		"<a class=timestamp data-timestamp=1300000000 "
		"href=https://twitter.com/a/status/1></a>"
		"</div></div>";
	struct str out = heard_bytes(import_matome, nul, sizeof(nul) - 1, NULL);

	(void)state;
	assert_non_null(strstr(out.buf, "html=<p>a\xEF\xBF\xBD"
					"b\xEF\xBF\xBD\xEF\xBF\xBD</p>"));
	str_release(&out);
	assert_heard(import_matome, "",
		     "failed: folder/page.html: there is no post on this page that can be read\n");
}

static void add_times(struct str *out, const char *text, size_t times)
{
	while (times-- > 0)
		str_add(out, text);
}

#define ONE                                                                                \
	"<div class=tweet_box><div class=list_box><p class=tweet>a</p><a class=timestamp " \
	"data-timestamp=1300000000 href=https://twitter.com/a/status/1></a></div></div>"

/* Each would take a parser hours, or the memory of the machine. */
static void hostile_pages_end_soon(void **state)
{
	static const struct {
		const char *text;
		size_t times;
	} pages[] = {
		{ "<b>", 1000000 },	      { "</b>", 1000000 },
		{ "<a></b>", 300000 },	      { "<p a=b><i>", 300000 },
		{ " x=y", 1000000 },	      { "<!--", 1000000 },
		{ "&amp;", 1000000 },	      { "<div class=list_box>", 200000 },
		{ "<script>", 100000 },	      { "\"", 1000000 },
		{ "<h3>2011-01-01", 100000 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(pages) / sizeof(*pages); i++) {
		struct str page = STR_INIT, out;

		str_add(&page, ONE "<x ");
		add_times(&page, pages[i].text, pages[i].times);
		out = heard_bytes(import_matome, page.buf, page.len, NULL);
		assert_non_null(strstr(out.buf, "post https://x.com/i/status/1 "));
		str_release(&out);
		str_clear(&page);
		str_add(&page, ONE);
		add_times(&page, pages[i].text, pages[i].times);
		out = heard_bytes(import_matome, page.buf, page.len, NULL);
		assert_non_null(strstr(out.buf, "post https://x.com/i/status/1 "));
		str_release(&out);
		str_release(&page);
	}
}

static void pictures_that_a_browser_wrote_into_a_page_cost_nothing(void **state)
{
	struct str page = STR_INIT, out;

	(void)state;
	str_add(&page, "<!-- Page saved with SingleFile\n url: https://togetter.com/li/7?page=3\n "
		       "saved date: x --><img src=\"data:image/png;base64,");
	add_times(&page, "QUJD", 500000);
	str_add(&page, "\">" ONE);
	out = heard_bytes(import_matome, page.buf, page.len, NULL);
	assert_non_null(strstr(out.buf, "thread https://togetter.com/li/7 part 3"));
	str_release(&out);
	str_release(&page);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_page_of_today),
		cmocka_unit_test(a_page_of_before_with_the_rest_in_a_script),
		cmocka_unit_test(a_log_of_one_person),
		cmocka_unit_test(posts_of_other_networks_on_a_page),
		cmocka_unit_test(what_is_unwanted_is_no_item),
		cmocka_unit_test(an_old_page_in_the_charset_of_its_time),
		cmocka_unit_test(bytes_that_nobody_wrote),
		cmocka_unit_test(hostile_pages_end_soon),
		cmocka_unit_test(pictures_that_a_browser_wrote_into_a_page_cost_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
