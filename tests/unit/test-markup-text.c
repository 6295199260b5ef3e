#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "archive/base/mem.h"

#include "../canonical.h"

#define FFFD	     "\xEF\xBF\xBD"
#define ELLIPSIS     "\xE2\x80\xA6"
#define MAX_ENTITIES 4

static const struct markup_bases bases = { "https://x.example/hashtag/", "https://x.example/" };

/* The form is kept, and HTML's reader gives it back unchanged. */
static void compare(const char *text, size_t len, const struct entity *entities, size_t count,
		    const struct markup_bases *with, const char *want_html, const char *want_text)
{
	struct str html = STR_INIT, plain = STR_INIT, again = STR_INIT, plain_again = STR_INIT;

	markup_from_text(text, len, entities, count, with, &html, &plain);
	assert_string_equal(html.buf, want_html);
	assert_string_equal(plain.buf, want_text);
	assert_true(canonical_html(html.buf));
	markup_from_html(html.buf, html.len, false, &again, &plain_again);
	assert_string_equal(again.buf, html.buf);
	assert_string_equal(plain_again.buf, plain.buf);
	str_release(&html);
	str_release(&plain);
	str_release(&again);
	str_release(&plain_again);
}

static void lines_and_paragraphs(void **state)
{
	static const struct {
		const char *text, *html, *plain;
	} cases[] = {
		{ "", "", "" },
		{ "\n \n", "", "" },
		{ "a", "<p>a</p>", "a" },
		{ "a\nb", "<p>a<br>b</p>", "a\nb" },
		{ "a\r\nb\rc", "<p>a<br>b<br>c</p>", "a\nb\nc" },
		{ "a\n\nb\n \n\nc\n", "<p>a</p><p>b</p><p>c</p>", "a\n\nb\n\nc" },
		{ " a  b\t c ", "<p>a b c</p>", "a b c" },
		{ "1 < 2 & \"3\" > '0'", "<p>1 &lt; 2 &amp; &quot;3&quot; &gt; '0'</p>",
		  "1 < 2 & \"3\" > '0'" },
		{ "<script>x</script>", "<p>&lt;script&gt;x&lt;/script&gt;</p>",
		  "<script>x</script>" },
		{ "&amp;", "<p>&amp;amp;</p>", "&amp;" },
		{ "a\xE2\x80\xAE\x01\x1b"
		  "b",
		  "<p>ab</p>", "ab" },
	};
	static const struct entity none[1];

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		compare(cases[i].text, strlen(cases[i].text), none, 0, &bases, cases[i].html,
			cases[i].plain);
}

static void without_entities_links_are_found(void **state)
{
	static const struct {
		const char *text, *html, *plain;
	} cases[] = {
		{ "see https://a.example/x?y=1&z=2.",
		  "<p>see <a "
		  "href=\"https://a.example/x?y=1&amp;z=2\">https://a.example/x?y=1&amp;z=2</a>.</"
		  "p>",
		  "see https://a.example/x?y=1&z=2." },
		{ "#ssmjp ＃日本 x",
		  "<p><a href=\"https://x.example/hashtag/ssmjp\" class=\"p-category\" "
		  "rel=\"tag\">#ssmjp</a> "
		  "<a href=\"https://x.example/hashtag/%E6%97%A5%E6%9C%AC\" class=\"p-category\" "
		  "rel=\"tag\">＃日本</a> x</p>",
		  "#ssmjp ＃日本 x" },
		{ "hi @hana_example",
		  "<p>hi <a href=\"https://x.example/hana_example\" class=\"u-url "
		  "mention\">@hana_example</a></p>",
		  "hi @hana_example" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		compare(cases[i].text, strlen(cases[i].text), NULL, 0, &bases, cases[i].html,
			cases[i].plain);
}

static void without_bases_names_are_text(void **state)
{
	static const struct markup_bases none = { 0 };

	(void)state;
	compare("#a @b", 5, NULL, 0, &none, "<p>#a @b</p>", "#a @b");
	compare("#a @b", 5, NULL, 0, NULL, "<p>#a @b</p>", "#a @b");
}

static void entities_stand_for_their_stretch(void **state)
{
	static const char text[] = "日本 #x t.co/a t.co/b @y";
	static const struct entity entities[] = {
		{ ENTITY_MENTION, 24, 26, "https://x.example/y", NULL },
		{ ENTITY_TAG, 7, 9, "https://x.example/hashtag/x", NULL },
		{ ENTITY_LINK, 10, 16, "https://blog.example/2017/06/30/entry",
		  "blog.example/2017" ELLIPSIS },
		{ ENTITY_DROP, 17, 23, NULL, NULL },
	};

	(void)state;
	compare(text, strlen(text), entities, ARRAY_LEN(entities), &bases,
		"<p>日本 <a href=\"https://x.example/hashtag/x\" class=\"p-category\" "
		"rel=\"tag\">#x</a> "
		"<a href=\"https://blog.example/2017/06/30/entry\">blog.example/2017" ELLIPSIS
		"</a> "
		"<a href=\"https://x.example/y\" class=\"u-url mention\">@y</a></p>",
		"日本 #x https://blog.example/2017/06/30/entry @y");
}

static void entities_that_do_not_fit_are_skipped(void **state)
{
	static const struct {
		struct entity entities[MAX_ENTITIES];
		size_t count;
		const char *html;
	} cases[] = {
		{ { { ENTITY_DROP, 0, 100, NULL, NULL } }, 1, "<p>あbcd</p>" },
		{ { { ENTITY_DROP, 5, 4, NULL, NULL } }, 1, "<p>あbcd</p>" },
		{ { { ENTITY_DROP, 3, 3, NULL, NULL } }, 1, "<p>あbcd</p>" },
		{ { { ENTITY_DROP, 1, 4, NULL, NULL } }, 1, "<p>あbcd</p>" },
		{ { { ENTITY_DROP, 0, 2, NULL, NULL } }, 1, "<p>あbcd</p>" },
		{ { { ENTITY_DROP, (size_t)-1, 2, NULL, NULL } }, 1, "<p>あbcd</p>" },
		{ { { ENTITY_DROP, 3, 5, NULL, NULL }, { ENTITY_DROP, 4, 6, NULL, NULL } },
		  2,
		  "<p>あd</p>" },
		{ { { ENTITY_DROP, 5, 6, NULL, NULL }, { ENTITY_DROP, 3, 4, NULL, NULL } },
		  2,
		  "<p>あc</p>" },
		{ { { ENTITY_LINK, 3, 4, "javascript:x", NULL } }, 1, "<p>あbcd</p>" },
		{ { { ENTITY_LINK, 3, 4, NULL, "<i>" } }, 1, "<p>あ&lt;i&gt;cd</p>" },
		{ { { ENTITY_LINK, 3, 6, "https://a.example/", "\xFF" } },
		  1,
		  "<p>あ<a href=\"https://a.example/\">" FFFD "</a></p>" },
		{ { { ENTITY_LINK, 3, 6, "https://a.example/", "" } }, 1, "<p>あ</p>" },
	};
	struct str html = STR_INIT;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		str_clear(&html);
		markup_from_text("あbcd", 6, cases[i].entities, cases[i].count, NULL, &html, NULL);
		assert_string_equal(html.buf, cases[i].html);
		assert_true(canonical_html(html.buf));
	}
	str_release(&html);
}

static void bytes_that_are_not_utf8_are_replaced(void **state)
{
	static const char text[] = "a\xFF #x\0";
	static const struct entity tag = { ENTITY_TAG, 3, 5, "https://x.example/hashtag/x", NULL };

	(void)state;
	compare(text, sizeof(text) - 1, &tag, 1, NULL,
		"<p>a" FFFD " <a href=\"https://x.example/hashtag/x\" class=\"p-category\" "
		"rel=\"tag\">#x</a>" FFFD "</p>",
		"a" FFFD " #x" FFFD);
	compare("a\xFF"
		"b",
		3, NULL, 0, NULL, "<p>a" FFFD "b</p>", "a" FFFD "b");
}

static void a_megabyte_is_the_most(void **state)
{
	struct str text = STR_INIT, plain = STR_INIT;

	(void)state;
	str_add(&text, "x");
	for (size_t i = 0; i < MARKUP_MAX_BYTES / 3 + 10; i++)
		str_add(&text, "あ");
	markup_from_text(text.buf, text.len, NULL, 0, NULL, NULL, &plain);
	assert_int_equal(plain.len, 1 + (MARKUP_MAX_BYTES - 1) / 3 * 3);
	assert_true(utf8_valid(plain.buf, plain.len));
	str_release(&text);
	str_release(&plain);
}

static void references_are_decoded_once(void **state)
{
	static const struct {
		const char *in, *out;
	} cases[] = {
		{ "", "" },
		{ "a", "a" },
		{ "&amp;&lt;&gt;&quot;&#39;&apos;", "&<>\"''" },
		{ "&amp;lt;", "&lt;" },
		{ "&hellip;&eacute;", ELLIPSIS "é" },
		{ "&#x1F389;&#X41;&#65;", "\xF0\x9F\x8E\x89"
					  "AA" },
		{ "&#0;&#xD800;&#x110000;&#99999999999999999999;", FFFD FFFD FFFD FFFD },
		{ "&amp &nope; &; &#; &#x; & a&", "&amp &nope; &; &#; &#x; & a&" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct str out = STR_INIT;

		markup_unescape(&out, cases[i].in, strlen(cases[i].in));
		assert_string_equal(out.buf, cases[i].out);
		str_release(&out);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lines_and_paragraphs),
		cmocka_unit_test(without_entities_links_are_found),
		cmocka_unit_test(without_bases_names_are_text),
		cmocka_unit_test(entities_stand_for_their_stretch),
		cmocka_unit_test(entities_that_do_not_fit_are_skipped),
		cmocka_unit_test(bytes_that_are_not_utf8_are_replaced),
		cmocka_unit_test(a_megabyte_is_the_most),
		cmocka_unit_test(references_are_decoded_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
