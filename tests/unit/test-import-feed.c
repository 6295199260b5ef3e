#include "in-import.h"

#include "archive/import/feed.h"

#define RSS(items)                                                                 \
	"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rss version=\"2.0\" "        \
	"xmlns:webfeeds=\"http://webfeeds.org/rss/1.0\" "                          \
	"xmlns:m=\"http://search.yahoo.com/mrss/\"><channel><title>#ssmjp</title>" \
	"<link>https://social.example/tags/ssmjp</link>" items "</channel></rss>\n"

static void a_hashtag_of_mastodon(void **state)
{
	static const char feed[] = RSS(
		"<item><guid "
		"isPermaLink=\"true\">https://social.example/@hana/110000000000000001</guid>"
		"<link>https://social.example/@hana/110000000000000001</link>"
		"<pubDate>Sat, 01 Jun 2024 10:00:00 +0000</pubDate>"
		"<description>&lt;p&gt;&lt;strong&gt;Content warning:&lt;/strong&gt; "
		"ネタバレ&lt;/p&gt;"
		"&lt;hr&gt;&lt;p&gt;始まり &lt;a href=\"https://social.example/tags/ssmjp\" "
		"class=\"mention hashtag\" rel=\"tag\"&gt;#&lt;span&gt;ssmjp&lt;/span&gt;&lt;/a&gt;"
		"&lt;script&gt;x()&lt;/script&gt;&lt;/p&gt;</description>"
		"<m:content url=\"https://files.social.example/1.png\" type=\"image/png\" "
		"fileSize=\"9\">"
		"<m:rating scheme=\"urn:simple\">nonadult</m:rating>"
		"<m:description type=\"plain\">黒板の字</m:description></m:content>"
		"<category>ssmjp</category></item>\n"
		"<item><link>https://social.example/@taro@other.example/110000000000000002</link>"
		"<pubDate>Sat, 01 Jun 2024 10:01:00 "
		"GMT</pubDate><description>遠く</description></item>"
		"<item><link>https://blog.example/1</link><description>記事</description></item>");

	(void)state;
	assert_heard(import_feed, feed,
		     "post https://social.example/users/hana/statuses/110000000000000001 "
		     "2024-06-01T10:00:00Z url=https://social.example/@hana/110000000000000001 "
		     "who=@hana@social.example name=@hana@social.example "
		     "home=https://social.example/@hana html=<p>始まり "
		     "<a href=\"https://social.example/tags/ssmjp\" class=\"p-category\" "
		     "rel=\"tag\">#ssmjp</a></p> spoiler=ネタバレ tag=ssmjp "
		     "media=https://files.social.example/1.png alt=黒板の字 "
		     "taken=https://social.example/tags/ssmjp\n"
		     "mention post https://social.example/@taro@other.example/110000000000000002 "
		     "at=line 3\n");
}

static void a_time_that_no_post_can_have_is_the_last_one(void **state)
{
	static const char feed[] = RSS(
		"<item><link>https://social.example/@hana/110000000000000001</link>"
		"<pubDate>Sat, 01 Jun 6024 10:00:00 +0000</pubDate><description>遠く"
		"</description></item>"
		"<item><link>https://social.example/@hana/110000000000000002</link>"
		"<pubDate>6024-06-01T10:00:00Z</pubDate><description>遠く</description></item>");
	struct str out = heard_bytes(import_feed, feed, strlen(feed), NULL);
	const char *first = strstr(out.buf, "1 2248-09-26T15:10:22");

	(void)state;
	assert_non_null(first);
	assert_non_null(strstr(first, "2 2248-09-26T15:10:22"));
	str_release(&out);
}

static void a_feed_in_atom(void **state)
{
	static const char feed[] =
		"<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>花</title>"
		"<link rel=\"alternate\" href=\"https://misskey.example/@hana\"/>"
		"<entry><title>New note</title><link "
		"href=\"https://misskey.example/notes/9abcdefghi\"/>"
		"<updated>2024-06-01T10:00:00.123Z</updated>"
		"<author><name>花</name></author><content "
		"type=\"html\"><![CDATA[<p>話</p>]]></content>"
		"</entry><entry><link href=\"https://bsky.app/profile/did:plc:hana22/post/3abc\"/>"
		"<id>at://did:plc:hana22/app.bsky.feed.post/3abc</id>"
		"<published>2024-06-01T10:00:00Z</published><summary>鳥</summary></entry>"
		"<entry><link rel=\"alternate\" href=\"https://twitter.com/hana/status/20\"/>"
		"<published>2006-03-21T20:50:14Z</published><author><name>はな</name></author>"
		"<content>just @taro https://example.com/ #初</content></entry></feed>";

	(void)state;
	assert_heard(import_feed, feed,
		     "mention post https://misskey.example/notes/9abcdefghi at=line 1\n"
		     "mention post https://bsky.app/profile/did:plc:hana22/post/3abc at=line 1\n"
		     "post https://x.com/i/status/20 2006-03-21T20:50:14Z "
		     "url=https://x.com/hana/status/20 who=@hana name=はな home=https://x.com/hana "
		     "html=<p>just @taro https://example.com/ #初</p> tag=初 "
		     "taken=https://misskey.example/@hana\n");
}

static void what_is_hostile_is_refused(void **state)
{
	static const char *const feeds[][2] = {
		{ "<!DOCTYPE r [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><rss>&b;</rss>",
		  "it declares entities" },
		{ "<!DOCTYPE r SYSTEM \"file:///etc/passwd\"><rss></rss>", "another file" },
		{ "<!DOCTYPE r [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><rss>&x;</rss>",
		  "it declares entities" },
		{ "<rss><channel>", "it is broken at line 1" },
		{ "<rss><a></b></rss>", "it is broken at line 1" },
		{ "", "it is broken at line" },
	};
	struct str deep = STR_INIT, out;

	(void)state;
	for (size_t i = 0; i < sizeof(feeds) / sizeof(*feeds); i++) {
		out = heard_bytes(import_feed, feeds[i][0], strlen(feeds[i][0]), NULL);
		if (!strstr(out.buf, feeds[i][1]) || strncmp(out.buf, "failed: ", 8) != 0)
			fail_msg("%s: %s", feeds[i][0], out.buf);
		str_release(&out);
	}
	for (int i = 0; i < 100000; i++)
		str_add(&deep, "<a>");
	out = heard_bytes(import_feed, deep.buf, deep.len, NULL);
	assert_non_null(strstr(out.buf, "nested too deep"));
	str_release(&out);
	str_release(&deep);
}

static void what_came_before_the_damage_is_told(void **state)
{
	static const char feed[] = RSS(
		"<item><link>https://twitter.com/hana/status/20</link>"
		"<pubDate>2006-03-21T20:50:14Z</pubDate><title>a</title></item>");
	struct str out = heard_bytes(import_feed, feed, sizeof(feed) - 15, NULL);

	(void)state;
	assert_non_null(strstr(out.buf, "post https://x.com/i/status/20 "));
	assert_null(strstr(out.buf, "failed"));
	str_release(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_hashtag_of_mastodon),
		cmocka_unit_test(a_time_that_no_post_can_have_is_the_last_one),
		cmocka_unit_test(a_feed_in_atom),
		cmocka_unit_test(what_is_hostile_is_refused),
		cmocka_unit_test(what_came_before_the_damage_is_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
