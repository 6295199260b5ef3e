#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "../canonical.h"
#include "archive/base/mem.h"
#include "archive/markup/markup.h"

#define BASE "https://misskey.example"

struct example {
	const char *mfm, *html, *text;
};

static void check(const char *mfm, const char *html, const char *text)
{
	struct str made = STR_INIT, plain = STR_INIT;

	markup_from_mfm(mfm, strlen(mfm), BASE, &made, &plain, NULL);
	if (strcmp(made.buf, html) != 0)
		fail_msg("%s:\n%s\nnot\n%s", mfm, made.buf, html);
	if (text && strcmp(plain.buf, text) != 0)
		fail_msg("%s:\n%s\nnot\n%s", mfm, plain.buf, text);
	if (!canonical_html(made.buf))
		fail_msg("%s: not canonical: %s", mfm, made.buf);
	str_release(&made);
	str_release(&plain);
}

static void check_all(const struct example *examples, size_t count)
{
	for (size_t i = 0; i < count; i++)
		check(examples[i].mfm, examples[i].html, examples[i].text);
}

#define CHECK_ALL(examples) check_all(examples, ARRAY_LEN(examples))

static void words_are_marked_as_misskey_marks_them(void **state)
{
	static const struct example cases[] = {
		{ "a **b c** d", "<p>a <strong>b c</strong> d</p>", "a b c d" },
		{ "<b>b</b> __u v__ ***big***",
		  "<p><strong>b</strong> <strong>u v</strong> <strong>big</strong></p>",
		  "b u v big" },
		{ "*i* _j_ <i>k</i>", "<p><em>i</em> <em>j</em> <em>k</em></p>", "i j k" },
		{ "~~old~~ <s>gone</s>", "<p><s>old</s> <s>gone</s></p>", "old gone" },
		{ "**a ~~b <i>c</i>~~**", "<p><strong>a <s>b <em>c</em></s></strong></p>",
		  "a b c" },
		{ "<small>s</small> t", "<p>s t</p>", "s t" },
		{ "a\n<center>m</center>b", "<p>a</p><p>m</p><p>b</p>", "a\n\nm\n\nb" },
		{ "**太字**の話", "<p><strong>太字</strong>の話</p>", "太字の話" },
		{ "**two\nlines**", "<p><strong>two<br>lines</strong></p>", "two\nlines" },
		{ "***a** b*", "<p>***a** b*</p>", NULL },
		{ "**a***", "<p><strong>a</strong>*</p>", "a*" },
	};

	(void)state;
	CHECK_ALL(cases);
}

static void marks_that_are_none_stay_text(void **state)
{
	static const struct example cases[] = {
		{ "2 ** 3", "<p>2 ** 3</p>", "2 ** 3" },
		{ "**open", "<p>**open</p>", "**open" },
		{ "snake_case_name a*b*c", "<p>snake_case_name a*b*c</p>", NULL },
		{ "*日本*", "<p>*日本*</p>", NULL },
		{ "****** ~~~~ ____ ** **", "<p>****** ~~~~ ____ ** **</p>", NULL },
		{ "~~a\nb~~", "<p>~~a<br>b~~</p>", NULL },
		{ "<b></b> <b>", "<p>&lt;b&gt;&lt;/b&gt; &lt;b&gt;</p>", "<b></b> <b>" },
		{ "[x] [y](z) $[ $[tada", "<p>[x] [y](z) $[ $[tada</p>", NULL },
		{ "12:30:45 `open :", "<p>12:30:45 `open :</p>", NULL },
		{ "<u>x</u> <script>alert(1)</script>",
		  "<p>&lt;u&gt;x&lt;/u&gt; &lt;script&gt;alert(1)&lt;/script&gt;</p>", NULL },
		{ "5 * * 3", "<p>5 * * 3</p>", NULL },
	};

	(void)state;
	CHECK_ALL(cases);
}

static void code_formulas_and_plain_text_mean_nothing(void **state)
{
	static const struct example cases[] = {
		{ "`**x** #y`", "<p><code>**x** #y</code></p>", "**x** #y" },
		{ "<plain>**x** @y</plain>", "<p>**x** @y</p>", "**x** @y" },
		{ "\\(a_1 **b**\\)", "<p>\\(a_1 **b**\\)</p>", NULL },
		{ "\\[\nx = **y**\n\\]", "<p>\\[<br>x = **y**<br>\\]</p>", NULL },
		{ "see\n```js\nlet a = \"<b>\"\n\n  b\n```\nend",
		  "<p>see</p><pre><code>let a = &quot;&lt;b&gt;&quot;\n\n  "
		  "b</code></pre><p>end</p>",
		  "see\n\nlet a = \"<b>\"\n\n  b\n\nend" },
		{ "```\n> q\n```", "<pre><code>&gt; q</code></pre>", "> q" },
		{ "```\nopen **b**", "<p>```<br>open <strong>b</strong></p>", NULL },
		{ "> ```\n> x\n> ```\ny",
		  "<blockquote><pre><code>x</code></pre></blockquote><p>y</p>", "x\n\ny" },
		{ "> ```\n> x\ny\n```", "<blockquote><p>```<br>x</p></blockquote><p>y<br>```</p>",
		  NULL },
		{ "MFM の書き方 [検索]", "<p>MFM の書き方 [検索]</p>", NULL },
	};

	(void)state;
	CHECK_ALL(cases);
}

static void quotes_stand_in_quotes(void **state)
{
	static const struct example cases[] = {
		{ "> a\n> b\nc", "<blockquote><p>a<br>b</p></blockquote><p>c</p>", "a\nb\n\nc" },
		{ ">a\n>> b\n>c",
		  "<blockquote><p>a</p><blockquote><p>b</p></blockquote><p>c</p></blockquote>",
		  NULL },
		{ "x\n> **y**", "<p>x</p><blockquote><p><strong>y</strong></p></blockquote>",
		  NULL },
		{ "a > b", "<p>a &gt; b</p>", NULL },
		{ ">", "<p>&gt;</p>", ">" },
		{ "> a\n>\n> b", "<blockquote><p>a</p><p>b</p></blockquote>", NULL },
		{ "**x\n> y**", "<p>**x</p><blockquote><p>y**</p></blockquote>", NULL },
		{ "a\r\n\r\nb\rc", "<p>a</p><p>b<br>c</p>", "a\n\nb\nc" },
	};

	(void)state;
	CHECK_ALL(cases);
}

static void links_lead_where_they_say(void **state)
{
	static const struct example cases[] = {
		{ "[表](https://a.example/x) ?[z](http://b.example)",
		  "<p><a href=\"https://a.example/x\">表</a> <a "
		  "href=\"http://b.example\">z</a></p>",
		  "表 z" },
		{ "[**w**](https://a.example/p_(q))",
		  "<p><a href=\"https://a.example/p_(q)\"><strong>w</strong></a></p>", "w" },
		{ "[w](<https://a.example/x>)", "<p><a href=\"https://a.example/x\">w</a></p>",
		  "w" },
		{ "[x](javascript:alert(1))", "<p>[x](javascript:alert(1))</p>", NULL },
		{ "[](https://a.example/x)",
		  "<p>[](<a href=\"https://a.example/x\">https://a.example/x</a>)</p>", NULL },
		{ "[ ](https://a.example/x)",
		  "<p><a href=\"https://a.example/x\">https://a.example/x</a></p>",
		  "https://a.example/x" },
		{ "[a [b] c](https://a.example/x)",
		  "<p><a href=\"https://a.example/x\">a [b] c</a></p>", NULL },
		{ "<https://a.example/日本>",
		  "<p><a "
		  "href=\"https://a.example/%E6%97%A5%E6%9C%AC\">https://a.example/日本</a></p>",
		  NULL },
		{ "見て https://a.example/1?a=b&c=d。",
		  "<p>見て <a "
		  "href=\"https://a.example/1?a=b&amp;c=d\">https://a.example/1?a=b&amp;c=d</a>。"
		  "</p>",
		  NULL },
		{ "**https://a.example/x**",
		  "<p><strong><a href=\"https://a.example/x\">https://a.example/x</a></strong></p>",
		  NULL },
		{ "a.example.com/x", "<p>a.example.com/x</p>", NULL },
		{ "[see https://b.example/](https://a.example/)",
		  "<p><a href=\"https://a.example/\">see https://b.example/</a></p>", NULL },
	};

	(void)state;
	CHECK_ALL(cases);
}

static void people_and_hashtags_live_on_a_server(void **state)
{
	static const struct example cases[] = {
		{ "@hana",
		  "<p><a href=\"https://misskey.example/@hana\" class=\"u-url "
		  "mention\">@hana</a></p>",
		  "@hana" },
		{ "やあ @taro@other.example さん",
		  "<p>やあ <a href=\"https://other.example/@taro\" class=\"u-url mention\">"
		  "@taro@other.example</a> さん</p>",
		  NULL },
		{ "#勉強会 #1",
		  "<p><a href=\"https://misskey.example/tags/%E5%8B%89%E5%BC%B7%E4%BC%9A\" "
		  "class=\"p-category\" rel=\"tag\">#勉強会</a> #1</p>",
		  "#勉強会 #1" },
		{ "a@b.example ＠x", "<p>a@b.example ＠x</p>", NULL },
	};
	struct str html = STR_INIT;

	(void)state;
	CHECK_ALL(cases);
	markup_from_mfm("@hana #tag", 10, NULL, &html, NULL, NULL);
	assert_string_equal(html.buf, "<p>@hana #tag</p>");
	str_release(&html);
	markup_from_mfm("@a@127.0.0.1", 12, "http://127.0.0.1", &html, NULL, NULL);
	assert_string_equal(html.buf, "<p><a href=\"http://127.0.0.1/@a\" class=\"u-url mention\">"
				      "@a@127.0.0.1</a></p>");
	str_release(&html);
}

static void functions_leave_their_text(void **state)
{
	static const struct example cases[] = {
		{ "$[tada x] y", "<p>x y</p>", "x y" },
		{ "$[spin.speed=2s,left **a** $[x2 b]]", "<p><strong>a</strong> b</p>", "a b" },
		{ "$[unknown.k [w](https://a.example/)]",
		  "<p><a href=\"https://a.example/\">w</a></p>", "w" },
		{ "$[x2 two\nlines]", "<p>two<br>lines</p>", "two\nlines" },
		{ "$[x2 :[ ] b", "<p>:[ b</p>", NULL },
		{ "$[ruby 漢字 かんじ]", "<p><ruby>漢字<rt>かんじ</rt></ruby></p>",
		  "漢字(かんじ)" },
		{ "$[ruby **漢** $[x 字] か んじ]",
		  "<p><ruby><strong>漢</strong> 字<rt>か んじ</rt></ruby></p>", "漢 字(か んじ)" },
		{ "$[ruby 漢字]", "<p>漢字</p>", "漢字" },
		{ "$[ruby 漢 $[ruby 字 じ]]", "<p>漢 <ruby>字<rt>じ</rt></ruby></p>", NULL },
		{ "[$[ruby a b]](https://a.example/)",
		  "<p><a href=\"https://a.example/\"><ruby>a<rt>b</rt></ruby></a></p>", NULL },
	};

	(void)state;
	CHECK_ALL(cases);
}

static void custom_emojis_stay_as_text_and_are_told(void **state)
{
	static const char mfm[] = ":blob_cat: **:a:b** `:no:` :blob_cat: x:y: 🎉:+1: :日:";
	struct str html = STR_INIT, emojis = STR_INIT;

	(void)state;
	markup_from_mfm(mfm, strlen(mfm), BASE, &html, NULL, &emojis);
	assert_string_equal(html.buf, "<p>:blob_cat: <strong>:a:b</strong> <code>:no:</code> "
				      ":blob_cat: x:y: 🎉:+1: :日:</p>");
	assert_string_equal(emojis.buf, "blob_cat\nblob_cat\n+1\n");
	str_release(&html);
	str_release(&emojis);
}

static void what_may_not_stand_in_a_page_does_not(void **state)
{
	static const char bytes[] = "a\0b\x01\xE2\x80\xAE\xFF **c\x7F**";
	struct str html = STR_INIT;

	(void)state;
	markup_from_mfm(bytes, sizeof(bytes) - 1, BASE, &html, NULL, NULL);
	assert_string_equal(html.buf, "<p>a\xEF\xBF\xBD"
				      "b\xEF\xBF\xBD <strong>c</strong></p>");
	str_release(&html);
}

/* before, count times; then after, count times. */
static void repeat(struct str *out, const char *before, const char *middle, const char *after,
		   int count)
{
	for (int i = 0; i < count; i++)
		str_add(out, before);
	str_add(out, middle);
	for (int i = 0; i < count; i++)
		str_add(out, after);
}

static void no_nesting_is_too_deep_and_none_loses_text(void **state)
{
	static const char *const marks[][2] = {
		{ "$[x ", "]" },
		{ "$[x ", "" },
		{ "$[ruby ", "]" },
		{ "<b>", "</b>" },
		{ "<i><s>", "</s></i>" },
		{ "> ", "" },
		{ ">", "" },
		{ "[", "](https://a.example/)" },
		{ "[", "" },
		{ "**", "" },
		{ "~~a ", "" },
		{ "<center>", "</center>" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(marks); i++) {
		struct str mfm = STR_INIT, html = STR_INIT, text = STR_INIT;

		repeat(&mfm, marks[i][0], "kern", marks[i][1], 10000);
		markup_from_mfm(mfm.buf, mfm.len, BASE, &html, &text, NULL);
		assert_true(canonical_html(html.buf));
		assert_non_null(strstr(text.buf, "kern"));
		str_release(&mfm);
		str_release(&html);
		str_release(&text);
	}
}

/* Every one of these would take minutes if it were looked through again and again. */
static void a_long_row_of_marks_is_read_at_once(void **state)
{
	static const char *const parts[] = {
		"$[x ",	   "[](http://", "](http://", "<b>",  "`",     "\\(",	    "\\(\\(a\n",
		"<plain>", "```\n",	 "> ```\n",   "**a ", "~~a\n", "<https://", ":a",
		"a.com/",  "_a",	 "$[",	      "[",    "\\[\n", "$[ruby a ",
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(parts); i++) {
		struct str mfm = STR_INIT, html = STR_INIT;

		while (mfm.len < MARKUP_MAX_BYTES / 8)
			str_add(&mfm, parts[i]);
		markup_from_mfm(mfm.buf, mfm.len, BASE, &html, NULL, NULL);
		assert_true(canonical_html(html.buf));
		str_release(&mfm);
		str_release(&html);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_are_marked_as_misskey_marks_them),
		cmocka_unit_test(marks_that_are_none_stay_text),
		cmocka_unit_test(code_formulas_and_plain_text_mean_nothing),
		cmocka_unit_test(quotes_stand_in_quotes),
		cmocka_unit_test(links_lead_where_they_say),
		cmocka_unit_test(people_and_hashtags_live_on_a_server),
		cmocka_unit_test(functions_leave_their_text),
		cmocka_unit_test(custom_emojis_stay_as_text_and_are_told),
		cmocka_unit_test(what_may_not_stand_in_a_page_does_not),
		cmocka_unit_test(no_nesting_is_too_deep_and_none_loses_text),
		cmocka_unit_test(a_long_row_of_marks_is_read_at_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
