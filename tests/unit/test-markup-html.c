#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "archive/base/mem.h"

#include "../canonical.h"

#define FFFD	 "\xEF\xBF\xBD"
#define ELLIPSIS "\xE2\x80\xA6"

struct sample {
	const char *in, *html, *text;
};

/* Whatever came in: the form is kept, and given again it comes back unchanged. */
static void read_both(const char *in, size_t len, bool drop_quote, struct str *html,
		      struct str *text)
{
	struct str html_again = STR_INIT, text_again = STR_INIT;

	markup_from_html(in, len, drop_quote, html, text);
	if (!canonical_html(html->buf))
		fail_msg("not canonical: %.200s", html->buf);
	markup_from_html(html->buf, html->len, drop_quote, &html_again, &text_again);
	assert_string_equal(html_again.buf, html->buf);
	assert_string_equal(text_again.buf, text->buf);
	str_release(&html_again);
	str_release(&text_again);
}

static void check(const struct sample *samples, size_t count, bool drop_quote)
{
	for (size_t i = 0; i < count; i++) {
		struct str html = STR_INIT, text = STR_INIT;

		read_both(samples[i].in, strlen(samples[i].in), drop_quote, &html, &text);
		assert_string_equal(html.buf, samples[i].html);
		if (samples[i].text)
			assert_string_equal(text.buf, samples[i].text);
		str_release(&html);
		str_release(&text);
	}
}

#define CHECK(samples) check(samples, ARRAY_LEN(samples), false)

static void paragraphs_and_lines(void **state)
{
	static const struct sample samples[] = {
		{ "", "", "" },
		{ " \n ", "", "" },
		{ "<p></p><p> <br> </p>", "", "" },
		{ "plain", "<p>plain</p>", "plain" },
		{ "<p>a</p>\n\n<p>b</p>", "<p>a</p><p>b</p>", "a\n\nb" },
		{ "<p>a<p>b", "<p>a</p><p>b</p>", "a\n\nb" },
		{ "a<br>b<br/>c<br />d", "<p>a<br>b<br>c<br>d</p>", "a\nb\nc\nd" },
		{ "<br>a<br><br>b<br>\n<br><br>c<br>", "<p>a</p><p>b</p><p>c</p>", "a\n\nb\n\nc" },
		{ "<p>\n  a \t b\r\nc </p>", "<p>a b c</p>", "a b c" },
		{ "<p>a <br> b</p>", "<p>a<br>b</p>", "a\nb" },
		{ "a<hr>b", "<p>a</p><p>b</p>", "a\n\nb" },
		{ "<div>a<div>b</div></div>c", "<p>a</p><p>b</p><p>c</p>", "a\n\nb\n\nc" },
		{ "<h1>t</h1>x<h3>u</h3>",
		  "<p><strong>t</strong></p><p>x</p><p><strong>u</strong></p>", "t\n\nx\n\nu" },
		{ "<table><tr><td>a<td>b<tr><td>c</table>", "<p>a b</p><p>c</p>", "a b\n\nc" },
		{ "<b>x</b> y", "<p><strong>x</strong> y</p>", "x y" },
	};

	(void)state;
	CHECK(samples);
}

static void inline_elements_are_named_anew(void **state)
{
	static const struct sample samples[] = {
		{ "<b>a</b><strong>b</strong><i>c</i><em>d</em>",
		  "<p><strong>a</strong><strong>b</strong><em>c</em><em>d</em></p>", "abcd" },
		{ "<del>a</del><strike>b</strike><s>c</s><code>d</code>",
		  "<p><s>a</s><s>b</s><s>c</s><code>d</code></p>", "abcd" },
		{ "<u>a</u><span style=x onclick=y>b</span><font>c</font><xyz>d</xyz>",
		  "<p>abcd</p>", "abcd" },
		{ "a<b> b </b>c", "<p>a <strong>b</strong> c</p>", "a b c" },
		{ "<em>a<em>b</em></em>", "<p><em>ab</em></p>", "ab" },
		{ "<b></b><i> </i>x", "<p>x</p>", "x" },
		{ "<b>a<p>b</p></b>", "<p><strong>a</strong></p><p>b</p>", NULL },
		{ "<b><div>a</div><div>b</div></b>",
		  "<p><strong>a</strong></p><p><strong>b</strong></p>", "a\n\nb" },
		{ "<ruby>漢<rp>(</rp><rt>かん</rt><rp>)</rp></ruby>",
		  "<p><ruby>漢<rt>かん</rt></ruby></p>", "漢(かん)" },
		{ "<rt>x</rt>", "<p>x</p>", "x" },
	};

	(void)state;
	CHECK(samples);
}

static void lists_quotes_and_pre(void **state)
{
	static const struct sample samples[] = {
		{ "a<ul><li>b</li><li>c</li></ul>d",
		  "<p>a</p><ul><li>b</li><li>c</li></ul><p>d</p>", "a\n\n- b\n- c\n\nd" },
		{ "<ol><li>a<li>b<ul><li>c</ul></ol>",
		  "<ol><li>a</li><li>b<ul><li>c</li></ul></li></ol>", "- a\n- b\n- c" },
		{ "<ul><li><p>a</p><p>b</p></li><li></li></ul>", "<ul><li>a<br>b</li></ul>",
		  "- a\nb" },
		{ "<ul>a<li>b</ul>", "<ul><li>a</li><li>b</li></ul>", "- a\n- b" },
		{ "<ul><ul><li>x</ul>y</ul>", "<ul><li><ul><li>x</li></ul>y</li></ul>", NULL },
		{ "<ul><li>a<ul></ul>b</ul>", "<ul><li>a<br>b</li></ul>", "- a\nb" },
		{ "<li>a</li>", "<p>a</p>", "a" },
		{ "<blockquote>a<p>b</blockquote>c",
		  "<blockquote><p>a</p><p>b</p></blockquote><p>c</p>", "a\n\nb\n\nc" },
		{ "<pre>\n\na\n  b\n\nc\n</pre>", "<pre>a\n  b\n\nc</pre>", "a\n  b\n\nc" },
		{ "<pre><code>  x\n y\n</code></pre>", "<pre>  <code>x\n y</code></pre>",
		  "  x\n y" },
		{ "<pre>a<br>b\r\nc</pre>", "<pre>a\nb\nc</pre>", "a\nb\nc" },
	};

	(void)state;
	CHECK(samples);
}

static void links_of_mastodon(void **state)
{
	static const struct sample samples[] = {
		{ "<p><a href=\"https://s.example/tags/x\" class=\"mention hashtag\" "
		  "rel=\"tag\">#<span>x</span></a></p>",
		  "<p><a href=\"https://s.example/tags/x\" class=\"p-category\" "
		  "rel=\"tag\">#x</a></p>",
		  "#x" },
		{ "<span class=\"h-card\"><a href=\"https://s.example/@hana\" class=\"u-url "
		  "mention\">@<span>hana</span></a></span> hi",
		  "<p><a href=\"https://s.example/@hana\" class=\"u-url mention\">@hana</a> hi</p>",
		  "@hana hi" },
		{ "<a href=\"https://blog.example/2017/06/30/entry\" rel=\"nofollow\"><span "
		  "class=\"invisible\">https://</span>"
		  "<span class=\"ellipsis\">blog.example/2017/06</span><span "
		  "class=\"invisible\">/30/entry</span></a>",
		  "<p><a "
		  "href=\"https://blog.example/2017/06/30/entry\">blog.example/2017/06" ELLIPSIS
		  "</a></p>",
		  "https://blog.example/2017/06/30/entry" },
		{ "<a href=\"https://blog.example/x\"><span "
		  "class=\"invisible\">https://</span><span class=\"\">blog.example/x</span>"
		  "<span class=\"invisible\"></span></a>",
		  "<p><a href=\"https://blog.example/x\">blog.example/x</a></p>",
		  "blog.example/x" },
		{ "<a href=\"https://blog.example/x\">more" ELLIPSIS "</a>",
		  "<p><a href=\"https://blog.example/x\">more" ELLIPSIS "</a></p>",
		  "more" ELLIPSIS },
		{ "<span class=\"invisible\">kept</span>", "<p>kept</p>", "kept" },
		{ "text <a href=\"http://127.0.0.1:80?t=x\" class=\"mention hashtag\" "
		  "rel=\"tag\">#x</a> <b>bold<br>",
		  "<p>text <a href=\"http://127.0.0.1:80?t=x\" class=\"p-category\" "
		  "rel=\"tag\">#x</a> <strong>bold</strong></p>",
		  "text #x bold" },
		{ "<a href=\"https://a.example/i.png\"><img src=\"https://a.example/i.png\"></a>",
		  "<p><a href=\"https://a.example/i.png\">https://a.example/i.png</a></p>",
		  "https://a.example/i.png" },
		{ "hi <img src=\"https://a.example/x.png\" alt=\":blob_cat:\" class=\"emoji\">",
		  "<p>hi :blob_cat:</p>", "hi :blob_cat:" },
		{ "<a href=\"https://a.example/\"><div>a</div><div>b</div></a>",
		  "<p><a href=\"https://a.example/\">a</a></p><p><a "
		  "href=\"https://a.example/\">b</a></p>",
		  "a\n\nb" },
		{ "<a href=\"https://a.example/\">x<a href=\"https://b.example/\">y</a>",
		  "<p><a href=\"https://a.example/\">x</a><a href=\"https://b.example/\">y</a></p>",
		  "xy" },
		{ "<a href=\"mailto:a@b.example\">m</a>",
		  "<p><a href=\"mailto:a@b.example\">m</a></p>", "m" },
	};

	(void)state;
	CHECK(samples);
}

static void a_quote_is_dropped_when_asked(void **state)
{
	static const struct sample samples[] = {
		{ "<p class=\"quote-inline\">RE: <a href=\"https://a.example/1\">x</a></p><p>b</p>",
		  "<p>b</p>", "b" },
		{ "<p>a<span class=\"x quote-inline\"><br><b>RE</b></span></p>", "<p>a</p>", "a" },
	};
	static const struct sample kept[] = {
		{ "<p class=\"quote-inline\">RE</p><p>b</p>", "<p>RE</p><p>b</p>", "RE\n\nb" },
	};

	(void)state;
	check(samples, ARRAY_LEN(samples), true);
	CHECK(kept);
}

static void nothing_foreign_gets_through(void **state)
{
	static const struct sample samples[] = {
		{ "a<script>alert('</p>')</script>b<style>p{}</style>c", "<p>abc</p>", "abc" },
		{ "<title>t</title><iframe "
		  "src=x>f</iframe><template>t</template><svg><text>s</text></svg>z",
		  "<p>z</p>", "z" },
		{ "<a href=\"javascript:alert(1)\">x</a>", "<p>x</p>", "x" },
		{ "<a href=\"java\nscript:alert(1)\">x</a>", "<p>x</p>", "x" },
		{ "<a href=\" &#1;javascript:alert(1)\">x</a>", "<p>x</p>", "x" },
		{ "<a href=\"data:text/html,x\">x</a><a href=\"/rel\">y</a><a "
		  "href=\"//h.example/\">z</a><a href>w</a>",
		  "<p>xyzw</p>", "xyzw" },
		{ "<a href=\"https://a.example/\" onclick=\"x\" target=_blank style=x>x</a>",
		  "<p><a href=\"https://a.example/\">x</a></p>", "x" },
		{ "<a href=\"https://a.example/\" href=\"https://b.example/\">x</a>",
		  "<p><a href=\"https://a.example/\">x</a></p>", "x" },
		{ "<a href='https://a.example/\"onclick=x'>x</a>",
		  "<p><a href=\"https://a.example/%22onclick=x\">x</a></p>", "x" },
		{ "<a href='https://a.example/?a=b&amp;c=d&copy=1'>x</a>",
		  "<p><a href=\"https://a.example/?a=b&amp;c=d&amp;copy=1\">x</a></p>", "x" },
		{ "&lt;b&gt; &amp;lt; \" '", "<p>&lt;b&gt; &amp;lt; &quot; '</p>",
		  "<b> &lt; \" '" },
		{ "a & b < c > d", "<p>a &amp; b &lt; c &gt; d</p>", "a & b < c > d" },
		{ "a<", "<p>a&lt;</p>", "a<" },
		{ "&hellip;&nope;&#x1F389;&#39;", "<p>" ELLIPSIS "&amp;nope;\xF0\x9F\x8E\x89'</p>",
		  NULL },
		{ "a\xE2\x80\xAE"
		  "b\xE2\x81\xA6"
		  "c&#x202e;d\xC2\x80"
		  "e&#1;f\xE2\x80\x8F",
		  "<p>abcdef</p>", "abcdef" },
		{ "a\xE2\x80\xA8"
		  "b",
		  "<p>a b</p>", "a b" },
		{ "a\x1b[31mb\x07", "<p>a[31mb</p>", "a[31mb" },
		{ "\xEF\xBB\xBFx<!-- c -->y<?php z ?>", "<p>xy</p>", "xy" },
		{ "<meta charset=shift_jis><meta http-equiv=content-type content='text/html; "
		  "charset=euc-jp'>日本",
		  "<p>日本</p>", "日本" },
		{ "</bdo><p>a</p>b", "<p>a</p><p>b</p>", "a\n\nb" },
		{ "<html><head><title>t</title></head><body a=b>x</body></html>", "<p>x</p>", "x" },
	};

	(void)state;
	CHECK(samples);
}

static void bytes_that_are_not_utf8_are_replaced(void **state)
{
	static const char in[] = "<p>a\xFF"
				 "b\0c\xE3\x81</p>";
	struct str html = STR_INIT, text = STR_INIT;

	(void)state;
	read_both(in, sizeof(in) - 1, false, &html, &text);
	assert_string_equal(text.buf, "a" FFFD "b" FFFD "c" FFFD);
	str_release(&html);
	str_release(&text);
}

static void the_output_is_added_to_what_is_there(void **state)
{
	struct str html = STR_INIT, text = STR_INIT;

	(void)state;
	str_add(&html, "1");
	str_add(&text, "2");
	markup_from_html("<p>a", 4, false, &html, &text);
	markup_from_html("<p>b", 4, false, &html, NULL);
	markup_from_html("<p>c", 4, false, NULL, &text);
	assert_string_equal(html.buf, "1<p>a</p><p>b</p>");
	assert_string_equal(text.buf, "2ac");
	str_release(&html);
	str_release(&text);
}

/* ---- hostile sizes ---- */

static void repeat(struct str *out, const char *piece, size_t times)
{
	for (size_t i = 0; i < times; i++)
		str_add(out, piece);
}

static void no_text_is_lost_by_depth(void **state)
{
	static const struct {
		const char *open, *close;
	} cases[] = {
		{ "<div>", "</div>" },
		{ "<b>", "</b>" },
		{ "<blockquote>", "</blockquote>" },
		{ "<ul><li>", "</li></ul>" },
		{ "<b><i>", "" },
		{ "<b><blockquote><ul><li><i>", "</i>" },
		{ "<span>", "</p>" },
		{ "<pre>", "</pre>" },
		{ "<table><tr><td>", "" },
		{ "<b>", "</i>" },
		{ "<xyz>", "</xyz>" },
		{ "<ruby><rt>", "</ruby>" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct str in = STR_INIT, html = STR_INIT, text = STR_INIT;

		str_add(&in, "before ");
		repeat(&in, cases[i].open, 10000);
		str_add(&in, " deep ");
		repeat(&in, cases[i].close, 10000);
		str_add(&in, " after");
		read_both(in.buf, in.len, false, &html, &text);
		assert_non_null(strstr(text.buf, "before"));
		assert_non_null(strstr(text.buf, "deep"));
		assert_non_null(strstr(text.buf, "after"));
		str_release(&in);
		str_release(&html);
		str_release(&text);
	}
}

static void work_and_size_stay_in_bounds(void **state)
{
	static const struct {
		const char *head, *piece, *tail, *needle;
		size_t times;
	} cases[] = {
		{ "<b>x", "<b>", "</i>", "x", 100000 },
		{ "x<a", " q=\"<\"", ">y</a>", "y", 100000 },
		{ "x<a", "/b<a c=d ", ">y", "x", 50000 },
		{ "x", "<", "", "x", 100000 },
		{ "x", "<!--", "", "x", 100000 },
		{ "x", "&bogus;", "y", "x", 20000 },
		{ "x", "</bdo><b>y", "z", "z", 20000 },
		{ "<a href=\"https://a.example/long/long/long/long/long/long/long/long\">x",
		  "<div>y</div>", "</a>", "x", 20000 },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct str in = STR_INIT, html = STR_INIT, text = STR_INIT;

		str_add(&in, cases[i].head);
		repeat(&in, cases[i].piece, cases[i].times);
		repeat(&in, cases[i].tail, cases[i].times);
		read_both(in.buf, in.len, false, &html, &text);
		assert_non_null(strstr(text.buf, cases[i].needle));
		assert_true(html.len <= 6 * in.len);
		str_release(&in);
		str_release(&html);
		str_release(&text);
	}
}

static void attributes_without_number_leave_the_text(void **state)
{
	struct str in = STR_INIT, html = STR_INIT, text = STR_INIT;

	(void)state;
	str_add(&in, "<p>be&lt;fore</p><script>x</script><a ");
	for (int i = 0; i < 20000; i++)
		str_addf(&in, "a%d=\"%d\" ", i, i);
	str_add(&in, "href='https://a.example/>'>link</a><p>after<br>all");
	read_both(in.buf, in.len, false, &html, &text);
	assert_string_equal(text.buf, "be<fore\n\nlink\n\nafter\nall");
	str_release(&in);
	str_release(&html);
	str_release(&text);
}

static void a_megabyte_is_the_most(void **state)
{
	struct str in = STR_INIT, html = STR_INIT, text = STR_INIT;

	(void)state;
	str_add(&in, "x");
	repeat(&in, "あ", MARKUP_MAX_BYTES / 3 + 10);
	markup_from_html(in.buf, in.len, false, &html, &text);
	assert_int_equal(text.len, 1 + (MARKUP_MAX_BYTES - 1) / 3 * 3);
	assert_true(utf8_valid(text.buf, text.len));
	assert_null(strstr(text.buf, FFFD));
	str_release(&in);
	str_release(&html);
	str_release(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(paragraphs_and_lines),
		cmocka_unit_test(inline_elements_are_named_anew),
		cmocka_unit_test(lists_quotes_and_pre),
		cmocka_unit_test(links_of_mastodon),
		cmocka_unit_test(a_quote_is_dropped_when_asked),
		cmocka_unit_test(nothing_foreign_gets_through),
		cmocka_unit_test(bytes_that_are_not_utf8_are_replaced),
		cmocka_unit_test(the_output_is_added_to_what_is_there),
		cmocka_unit_test(no_text_is_lost_by_depth),
		cmocka_unit_test(work_and_size_stay_in_bounds),
		cmocka_unit_test(attributes_without_number_leave_the_text),
		cmocka_unit_test(a_megabyte_is_the_most),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
