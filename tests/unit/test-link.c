#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "archive/base/clock.h"
#include "archive/base/mem.h"
#include "archive/text/link.h"

/* ---- spans: what is found, "kind:text" joined by '|'; a bare URL as "bare:" ---- */

struct found {
	const char *text, *spans;
};

static void add_spans(struct str *out, const char *text)
{
	static const char *const kinds[] = {
		[LINK_URL] = "url", [LINK_TAG] = "tag", [LINK_MENTION] = "to"
	};
	size_t len = strlen(text), from = 0;
	struct link_span span;

	while (link_next(text, len, from, &span)) {
		assert_true(span.start >= from && span.end > span.start && span.end <= len);
		str_addf(out, "%s%s:%.*s", out->len ? "|" : "",
			 span.bare ? "bare" : kinds[span.kind], (int)(span.end - span.start),
			 text + span.start);
		from = span.end;
	}
}

static void check(const struct found *cases, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		struct str spans = STR_INIT;

		add_spans(&spans, cases[i].text);
		if (strcmp(spans.buf, cases[i].spans) != 0)
			fail_msg("[%s] gives [%s], not [%s]", cases[i].text, spans.buf,
				 cases[i].spans);
		str_release(&spans);
	}
}

static void a_url_ends_where_it_should(void **state)
{
	static const struct found cases[] = {
		{ "", "" },
		{ "http://", "" },
		{ "http:// a.example", "" },
		{ "http://localhost/x", "" },
		{ "http://a.example", "url:http://a.example" },
		{ "HTTPS://A.EXAMPLE/B", "url:HTTPS://A.EXAMPLE/B" },
		{ "資料はhttps://slides.example/deckです", "url:https://slides.example/deck" },
		{ "http://a.exampleの話", "url:http://a.example" },
		{ "(https://a.example/x)", "url:https://a.example/x" },
		{ "「https://a.example/x」。", "url:https://a.example/x" },
		{ "https://a.example/x。次", "url:https://a.example/x" },
		{ "https://a.example/x）と", "url:https://a.example/x" },
		{ "https://a.example/x、https://b.example/y",
		  "url:https://a.example/x|url:https://b.example/y" },
		{ "See https://a.example/x.", "url:https://a.example/x" },
		{ "https://a.example/x?!", "url:https://a.example/x" },
		{ "https://a.example/x, and", "url:https://a.example/x" },
		{ "https://a.example.", "url:https://a.example" },
		{ "https://a.example/?q=a&b=c#d", "url:https://a.example/?q=a&b=c#d" },
		{ "https://a.example:8080/x", "url:https://a.example:8080/x" },
		{ "https://a.example:x", "url:https://a.example" },
		{ "https://a.example:123456", "url:https://a.example" },
		{ "https://a.example/日本語", "url:https://a.example/" },
		{ "https://a.example/%E6%97%A5", "url:https://a.example/%E6%97%A5" },
		{ "https://a.example/caf\xC3\xA9!", "url:https://a.example/caf\xC3\xA9" },
		{ "<https://a.example/x>", "url:https://a.example/x" },
		{ "\"https://a.example/x\"", "url:https://a.example/x" },
		{ "https://a.example/x…", "url:https://a.example/x" },
		{ "https://a.example/x　b", "url:https://a.example/x" },
		{ "https://a.example#part", "url:https://a.example#part" },
		{ "https://日本語.example/x", "url:https://日本語.example/x" },
		{ "https://www.日本語.example", "url:https://www.日本語.example" },
		{ "xhttps://a.example", "" },
		{ "@https://a.example", "" },
		{ "ftp://a.example/x", "" },
		{ "javascript:alert(1)", "" },
		{ "https://a.example/\x01x", "url:https://a.example/" },
		{ "https://a-.example- x", "url:https://a-.example" },
	};

	(void)state;
	check(cases, ARRAY_LEN(cases));
}

static void brackets_of_a_url_are_balanced(void **state)
{
	static const struct found cases[] = {
		{ "https://a.example/x_(y)", "url:https://a.example/x_(y)" },
		{ "(https://a.example/x_(y))", "url:https://a.example/x_(y)" },
		{ "(https://a.example/x_(y).)", "url:https://a.example/x_(y)" },
		{ "https://a.example/x_(y(z))w", "url:https://a.example/x_(y(z))w" },
		{ "https://a.example/x_(y", "url:https://a.example/x_" },
		{ "[https://a.example/x]", "url:https://a.example/x" },
		{ "https://a.example/?a[]=1", "url:https://a.example/?a[]=1" },
		{ "https://a.example/x_(y]", "url:https://a.example/x_" },
	};

	(void)state;
	check(cases, ARRAY_LEN(cases));
}

static void a_domain_without_scheme_needs_a_known_end(void **state)
{
	static const struct found cases[] = {
		{ "example.com", "bare:example.com" },
		{ "詳細はexample.comへ", "bare:example.com" },
		{ "example.com/x_y.", "bare:example.com/x_y" },
		{ "see example.org, example.net.", "bare:example.org|bare:example.net" },
		{ "www.example.co.jp", "bare:www.example.co.jp" },
		{ "example.jp/x", "bare:example.jp/x" },
		{ "example.jp", "" },
		{ "socket.io", "" },
		{ "node.js main.c a.example", "" },
		{ "example.community", "" },
		{ "example.com.invalid", "" },
		{ "example.com_x", "" },
		{ "example.com...maybe", "bare:example.com" },
		{ "example.com:8080/x", "bare:example.com:8080/x" },
		{ "hana@example.com", "" },
		{ "hana.b@example.com", "" },
		{ "hana.com@example.com", "" },
		{ ".example.com", "" },
		{ "/example.com", "" },
		{ "-example.com", "" },
		{ "#example.com", "tag:#example" },
		{ "1.2.3.4", "" },
		{ "EXAMPLE.COM", "bare:EXAMPLE.COM" },
	};

	(void)state;
	check(cases, ARRAY_LEN(cases));
}

static void hashtags_begin_and_end_as_twitter_text_says(void **state)
{
	static const struct found cases[] = {
		{ "#ssmjp", "tag:#ssmjp" },
		{ "＃ssmjp", "tag:＃ssmjp" },
		{ "＃ＳＳＭＪＰ！", "tag:＃ＳＳＭＪＰ" },
		{ "楽しい #勉強会。", "tag:#勉強会" },
		{ "楽しい#勉強会", "" },
		{ "楽しい！#勉強会", "tag:#勉強会" },
		{ "#サーバー監視・運用", "tag:#サーバー監視・運用" },
		{ "a#b", "" },
		{ "1#b", "" },
		{ "&#b", "" },
		{ "_#b", "" },
		{ "(#b)", "tag:#b" },
		{ "#b.", "tag:#b" },
		{ "#b's", "tag:#b" },
		{ "#b-c", "tag:#b" },
		{ "#a #b", "tag:#a|tag:#b" },
		{ "#a#b", "" },
		{ "#a＃b", "" },
		{ "##a", "tag:#a" },
		{ "#2017", "" },
		{ "#2017年", "tag:#2017年" },
		{ "#_1", "" },
		{ "#a_1", "tag:#a_1" },
		{ "#http://a.example", "" },
		{ "#", "" },
		{ "# a", "" },
		{ "#\xEF\xB8\x8F\xE2\x83\xA3", "" },
		{ "❤\xEF\xB8\x8F#a", "tag:#a" },
		{ "#caf\xC3\xA9", "tag:#caf\xC3\xA9" },
		{ "https://a.example/#b", "url:https://a.example/#b" },
		{ "#a\nb", "tag:#a" },
	};

	(void)state;
	check(cases, ARRAY_LEN(cases));
}

static void mentions_name_a_person_with_or_without_a_server(void **state)
{
	static const struct found cases[] = {
		{ "@hana", "to:@hana" },
		{ "＠hana", "to:＠hana" },
		{ "@hanaさん", "to:@hana" },
		{ "ありがとう@hana", "to:@hana" },
		{ ".@hana", "to:@hana" },
		{ "@hana.", "to:@hana" },
		{ "@hana's", "to:@hana" },
		{ "@hana@social.example", "to:@hana@social.example" },
		{ "@hana.b-c@social.example。", "to:@hana.b-c@social.example" },
		{ "@hana@social.example.", "to:@hana@social.example" },
		{ "@hana@social", "" },
		{ "@hana@social.example@x", "" },
		{ "a@hana", "" },
		{ "_@hana", "" },
		{ "@@hana", "" },
		{ "@hana\xC3\xA9", "" },
		{ "@hana://x", "" },
		{ "@", "" },
		{ "@ hana", "" },
		{ "@a @b_1", "to:@a|to:@b_1" },
		{ "@abcdefghijklmnopqrstuvwxyz01234", "" },
		{ "a.example/@hana", "" },
	};

	(void)state;
	check(cases, ARRAY_LEN(cases));
}

/* Twice the text takes about twice the time, whatever it holds: a budget that only squares can
 * miss. */
static void hostile_texts_are_read_in_one_go(void **state)
{
	static const char *const pieces[] = { "http://",      "http://a.example/(",
					      "a.",	      "@a",
					      "@a@b.",	      "#a",
					      "#1",	      "example.com",
					      "((",	      "http://a.b/!",
					      "http://本",    "-_.",
					      "http://a.b([", "\xE6",
					      "@a@a.b@" };

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(pieces); i++) {
		struct str text = STR_INIT;
		struct link_span span;
		size_t from = 0;
		int64_t start = clock_steady();

		while (text.len < 1000000)
			str_add(&text, pieces[i]);
		while (link_next(text.buf, text.len, from, &span))
			from = span.end;
		assert_true(clock_steady() - start < 5000);
		str_release(&text);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_url_ends_where_it_should),
		cmocka_unit_test(brackets_of_a_url_are_balanced),
		cmocka_unit_test(a_domain_without_scheme_needs_a_known_end),
		cmocka_unit_test(hashtags_begin_and_end_as_twitter_text_says),
		cmocka_unit_test(mentions_name_a_person_with_or_without_a_server),
		cmocka_unit_test(hostile_texts_are_read_in_one_go),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
