#include "in-import.h"

#include "archive/import/blog.h"

static void embeds_that_hold_their_words(void **state)
{
	static const char page[] =
		"---\ntitle: 六月\n---\n\n# 感想\n\n"
		"<blockquote class=\"twitter-tweet\"><p lang=\"ja\" dir=\"ltr\">始まり "
		"<a href=\"https://twitter.com/hashtag/ssmjp?src=hash\">#ssmjp</a> "
		"<a href=\"https://t.co/x\">https://t.co/x</a></p>&mdash; はな (@hana_example) "
		"<a href=\"https://twitter.com/hana_example/status/880719480421175296?ref_src=x\">"
		"June 30, 2017</a></blockquote>\n<script async "
		"src=\"https://platform.x.com/w.js\"></script>\n"
		"\n本文 <b>太字</b>\n\n"
		"<blockquote class=\"bluesky-embed\" data-bluesky-uri=\"at://did:plc:hana22/"
		"app.bsky.feed.post/3ktu7kcsmab2k\"><p lang=\"ja\">鳥</p>&mdash; 花 ("
		"<a "
		"href=\"https://bsky.app/profile/did:plc:hana22?ref_src=embed\">@hana.example</a>) "
		"<a "
		"href=\"https://bsky.app/profile/did:plc:hana22/post/3ktu7kcsmab2k?ref_src=embed\">"
		"June 1, 2024</a></blockquote>\n";

	(void)state;
	assert_heard(
		import_blog, page,
		"post https://x.com/i/status/880719480421175296 2017-06-30T09:27:41Z "
		"url=https://x.com/hana_example/status/880719480421175296 who=@hana_example "
		"name=はな "
		"home=https://x.com/hana_example html=<p>始まり "
		"<a href=\"https://x.com/hashtag/ssmjp\" class=\"p-category\" "
		"rel=\"tag\">#ssmjp</a> "
		"<a href=\"https://t.co/x\">https://t.co/x</a></p> tag=ssmjp taken=page.html\n"
		"post at://did:plc:hana22/app.bsky.feed.post/3ktu7kcsmab2k 2024-06-01T10:15:18Z "
		"url=https://bsky.app/profile/did:plc:hana22/post/3ktu7kcsmab2k who=@hana.example "
		"name=花 home=https://bsky.app/profile/did:plc:hana22 html=<p>鳥</p> "
		"taken=page.html\n"
		"mention post https://twitter.com/hana_example/status/880719480421175296?ref_src=x "
		"at=line 7\n"
		"mention post "
		"https://bsky.app/profile/did:plc:hana22/post/3ktu7kcsmab2k?ref_src=embed "
		"at=line 12\n"
		"mention post at://did:plc:hana22/app.bsky.feed.post/3ktu7kcsmab2k at=line 12\n");
}

static void embeds_that_are_addresses_alone(void **state)
{
	static const char page[] =
		"{{< tweet user=\"hana\" id=\"123456789\" >}}\n{{< x user=\"hana\" "
		"id=\"123456790\" >}}\n"
		"{{< tweet 123456791 >}}\n"
		"<iframe class=\"mastodon-embed\" "
		"src=\"https://social.example/@hana/110000000000000001/embed\">"
		"</iframe>\n<iframe "
		"src=\"https://misskey.example/embed/notes/9abcdefghi\"></iframe>\n"
		"[見た](https://x.com/taro/status/42)。\n";

	(void)state;
	assert_heard(import_blog, page,
		     "mention post https://x.com/i/status/123456789 at=line 1\n"
		     "mention post https://x.com/i/status/123456790 at=line 2\n"
		     "mention post https://x.com/i/status/123456791 at=line 3\n"
		     "mention post https://social.example/@hana/110000000000000001 at=line 4\n"
		     "mention post https://misskey.example/notes/9abcdefghi at=line 5\n"
		     "mention post https://x.com/taro/status/42 at=line 6\n");
}

static void a_post_that_has_lost_its_embed(void **state)
{
	static const char page[] = "## 信頼できる情報源\n\n話。\n\n## Togetterまとめ\n\n\n"
				   "<h2>Togetter</h2>\n<div class=\"x\"></div>\n<!-- -->\n"
				   "## まとめ\n書いた\n## tweets\n<!-- archive:begin a -->\n"
				   "<script src=\"https://togetter.com/js/parts.js\"></script>"
				   "<script>tgtr.ExtendWidget({id:'1126288'});</script>\n"
				   "https://togetter.com/li/42 と https://posfie.com/@kai/p/Ab3\n";

	(void)state;
	assert_heard(
		import_blog, page,
		"mention empty (null) text=Togetterまとめ at=line 5\n"
		"mention empty (null) text=Togetter at=line 8\n"
		"mention thread https://togetter.com/li/1126288 text=its embed is lost at=line 15\n"
		"mention thread https://togetter.com/li/42 at=line 16\n"
		"mention thread https://posfie.com/@kai/p/Ab3 at=line 16\n");
}

static void addresses_in_any_text(void **state)
{
	static const char text[] = "見た: "
				   "https://mobile.twitter.com/hana/status/42?s=20、https://"
				   "bsky.app/profile/a.example/post/3k\r\n"
				   "at://did:plc:a22/app.bsky.feed.post/3abc\nhttps://example.com/"
				   "\nx.com/taro/status/43";

	(void)state;
	assert_heard(import_text, text,
		     "mention post https://mobile.twitter.com/hana/status/42?s=20 at=line 1\n"
		     "mention post https://bsky.app/profile/a.example/post/3k at=line 1\n"
		     "mention post at://did:plc:a22/app.bsky.feed.post/3abc at=line 2\n"
		     "mention post https://x.com/taro/status/43 at=line 4\n");
	assert_heard(import_text, "nothing\n",
		     "failed: folder/page.html: there is no address of a post in it\n");
	assert_heard(import_blog, "<p>nothing</p>",
		     "failed: folder/page.html: there is no post in it, nor an address of one\n");
}

static void a_line_without_end(void **state)
{
	struct str text = STR_INIT, out;

	(void)state;
	for (int i = 0; i < 300000; i++)
		str_add(&text, "aaaaaaaaa ");
	str_add(&text, "https://x.com/taro/status/43");
	out = heard_bytes(import_text, text.buf, text.len, NULL);
	assert_string_equal(out.buf, "mention post https://x.com/taro/status/43 at=line 1\n");
	str_release(&out);
	out = heard_bytes(import_blog, text.buf, text.len, NULL);
	assert_string_equal(out.buf, "mention post https://x.com/taro/status/43 at=line 1\n");
	str_release(&out);
	str_release(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(embeds_that_hold_their_words),
		cmocka_unit_test(embeds_that_are_addresses_alone),
		cmocka_unit_test(a_post_that_has_lost_its_embed),
		cmocka_unit_test(addresses_in_any_text),
		cmocka_unit_test(a_line_without_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
