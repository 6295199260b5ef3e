#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "archive/base/mem.h"
#include "archive/export/content.h"
#include "archive/export/page.h"
#include "archive/export/safe.h"

struct one {
	const char *given, *wanted;
};

typedef void add_text(struct str *out, const char *text, size_t len);

static void check_all(add_text *add, const struct one *cases, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		struct str out = STR_INIT;

		add(&out, cases[i].given, strlen(cases[i].given));
		assert_string_equal(out.buf, cases[i].wanted);
		str_release(&out);
	}
}

static void text_is_safe_from_browsers_and_engines(void **state)
{
	static const struct one cases[] = {
		{ "", "" },
		{ "ふつうの文。a-b 12:30 x 8 W.", "ふつうの文。a-b 12:30 x 8 W." },
		{ "<b> & \"x\" 'y'", "&lt;b&gt; &amp; &quot;x&quot; &#39;y&#39;" },
		{ "[gallery] {{< x >}}", "&#91;gallery&#93; &#123;&#123;&lt; x &gt;&#125;&#125;" },
		{ ":smile: a:b", "&#58;smile&#58; a&#58;b" },
		{ "12:100:30 12:30:45", "12&#58;100&#58;30 12&#58;30&#58;45" },
		{ "-- a - b a-b -", "&#45;&#45; a &#45; b a-b &#45;" },
		{ "a... b. c.d", "a&#46;&#46;&#46; b. c.d" },
		{ "8-) 8O 18) 8", "&#56;&#45;) &#56;O 18) 8" },
		{ ";) ; :D", "&#59;) &#59; &#58;D" },
		{ "3x4 3.x4 ax4 3xa", "3&#120;4 3.&#120;4 ax4 3xa" },
		{ "(tm) (C) (a) (", "&#40;tm) &#40;C) (a) (" },
		{ "Wordpress WordPress", "&#87;ordpress WordPress" },
		{ "a\\0b `c`", "a&#92;0b &#96;c&#96;" },
		{ "a\n\tb\r\x01\x7f", "a  b " },
		{ "\xE2\x80\xAE"
		  "a\xE2\x81\xA6"
		  "b\xC2\x85"
		  "c\xEF\xBF\xBF",
		  "abc" },
		{ "a\xE2\x80\xA8"
		  "b",
		  "a b" },
		{ "\xFF"
		  "a\xE3\x81",
		  "\xEF\xBF\xBD"
		  "a\xEF\xBF\xBD" },
		{ "👨‍👩‍👧‍👦 e\xCC\x81", "👨‍👩‍👧‍👦 e\xCC\x81" },
	};

	(void)state;
	check_all(safe_add_text, cases, ARRAY_LEN(cases));
}

static void attributes_keep_what_is_acted_on_only_in_text(void **state)
{
	static const struct one cases[] = {
		{ "a -- b... 3x4 8-) ;)", "a -- b... 3x4 8-) ;)" },
		{ "\"<[{&'\n", "&quot;&lt;&#91;&#123;&amp;&#39; " },
		{ "https://a.example:80/:x:", "https://a.example:80/&#58;x&#58;" },
	};

	(void)state;
	check_all(safe_add_attr, cases, ARRAY_LEN(cases));
}

static void preformatted_text_stays_on_its_line(void **state)
{
	static const struct one cases[] = {
		{ "a\n\n\tb\r\n", "a&#10;&#10;\tb&#10;" },
	};

	(void)state;
	check_all(safe_add_pre, cases, ARRAY_LEN(cases));
}

static void a_url_is_cleaned_or_refused(void **state)
{
	static const struct one cases[] = {
		{ "https://a.example/[b]?c={d}&e", "https://a.example/%5Bb%5D?c=%7Bd%7D&amp;e" },
		{ "mailto:a@b.example", "mailto:a@b.example" },
		{ "javascript:alert(1)", "" },
		{ "//a.example/", "" },
		{ "", "" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct str out = STR_INIT;
		struct str scratch = STR_INIT;

		assert_int_equal(safe_add_url(&out, cases[i].given, &scratch),
				 *cases[i].wanted != '\0');
		assert_string_equal(out.buf, cases[i].wanted);
		str_release(&out);
		str_release(&scratch);
	}
}

static void invisible_text_is_none(void **state)
{
	(void)state;
	assert_false(safe_has_text(" \t\n\x01", 4));
	assert_false(safe_has_text("\xE3\x80\x80\xE2\x80\xAE\xC2\xA0", 8));
	assert_true(safe_has_text(" a", 2));
	assert_false(part_has_text(NULL));
}

static void content_is_rewritten_whatever_it_is(void **state)
{
	static const struct one cases[] = {
		{ "<p>a<br>b</p><p>c</p>", "<p>a<br />b</p><p>c</p>" },
		{ "<p>a<br><br>b</p>", "<p>a</p><p>b</p>" },
		{ "<ul><li>a</li></ul>", "<ul><li><p>a</p></li></ul>" },
		{ "<pre>\na\nb</pre>", "<pre>a&#10;b</pre>" },
		{ "<p>a", "<p>a</p>" },
		{ "a</p></div>", "<p>a</p><p>&lt;/div&gt;</p>" },
		{ "<p></p> <p>\n</p>", "" },
		{ "<a href=\"javascript:x\"></a>", "" },
		{ "<a href=\"https://a.example/\">b</a>",
		  "<p><a href=\"https://a.example/\" rel=\"nofollow ugc\">b</a></p>" },
		{ "<strong><em>a</strong>b", "<p><strong><em>a</em></strong>b</p>" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct writer w = { .buf = STR_INIT, .scratch = STR_INIT, .style = STYLE_CLASS };

		content_write(&w, cases[i].given);
		assert_string_equal(w.buf.buf, cases[i].wanted);
		str_release(&w.buf);
		str_release(&w.scratch);
	}
}

static int nothing(struct item_iter *iter, struct item *out, struct err *err)
{
	(void)iter;
	(void)out;
	(void)err;
	return 0;
}

static int failing(struct item_iter *iter, struct item *out, struct err *err)
{
	(void)iter;
	(void)out;
	err_set(err, ERR_IO, "the store is gone");
	return -1;
}

static const struct thread thread = {
	.slug = "s", .title = "</title><script>", .lang = "en", .zone = "UTC"
};

static void a_failing_iterator_fails_the_fragment(void **state)
{
	struct item_iter items = { .next = failing };
	const struct fragment_options options = { 0 };
	const struct fragment_facts facts = { 0 };
	struct err err = { 0 };
	char *text = NULL;
	size_t len = 0;
	FILE *out = open_memstream(&text, &len);

	(void)state;
	assert_false(fragment_write(out, &thread, &facts, &items, &options, &err));
	assert_int_equal(err.code, ERR_IO);
	assert_string_equal(err.msg, "the store is gone");
	fclose(out);
	free(text);
}

static void a_full_disk_is_told(void **state)
{
	struct item_iter items = { .next = nothing };
	const struct fragment_options options = { 0 };
	const struct fragment_facts facts = { 0 };
	struct err err = { 0 };
	FILE *out = fopen("/dev/full", "w");

	(void)state;
	assert_non_null(out);
	setvbuf(out, NULL, _IONBF, 0);
	assert_false(fragment_write(out, &thread, &facts, &items, &options, &err));
	assert_int_equal(err.code, ERR_IO);
	fclose(out);
}

static void a_page_is_whole_and_asks_nobody(void **state)
{
	struct item_iter items = { .next = nothing };
	const struct fragment_facts facts = { 0 };
	const struct fragment_options plain = { 0 };
	struct err err = { 0 };
	char *text = NULL;
	size_t len = 0;
	FILE *out = open_memstream(&text, &len);

	(void)state;
	assert_true(page_write(out, &thread, &facts, &items, &plain, &err));
	fclose(out);
	assert_true(str_starts(text, "<!DOCTYPE html>\n<html lang=\"en\">"));
	assert_true(str_ends(text, "</html>\n"));
	assert_non_null(strstr(text, "<title>&lt;/title&gt;&lt;script&gt;</title>"));
	assert_non_null(strstr(text,
			       "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; "
			       "form-action 'none'\""));
	assert_non_null(strstr(text, page_stylesheet()));
	assert_non_null(strstr(text, "<h1 class=\"archive-title p-name\">"));
	assert_null(strstr(page_stylesheet(), "url("));
	assert_null(strstr(page_stylesheet(), "@import"));
	assert_null(strchr(page_stylesheet(), '<'));
	free(text);
}

static void headings_have_the_level_that_was_asked_for(void **state)
{
	static const struct {
		int level;
		const char *wanted;
	} cases[] = { { 0, "<h3 " }, { -4, "<h3 " }, { 1, "<h1 " },
		      { 2, "<h2 " }, { 5, "<h5 " },  { 9, "<h5 " } };

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct item_iter items = { .next = nothing };
		const struct fragment_options options = { .heading_level = cases[i].level };
		const struct fragment_facts facts = { 0 };
		struct err err = { 0 };
		char *text = NULL;
		size_t len = 0;
		FILE *out = open_memstream(&text, &len);

		assert_true(fragment_write(out, &thread, &facts, &items, &options, &err));
		fclose(out);
		assert_non_null(strstr(text, cases[i].wanted));
		free(text);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(text_is_safe_from_browsers_and_engines),
		cmocka_unit_test(attributes_keep_what_is_acted_on_only_in_text),
		cmocka_unit_test(preformatted_text_stays_on_its_line),
		cmocka_unit_test(a_url_is_cleaned_or_refused),
		cmocka_unit_test(invisible_text_is_none),
		cmocka_unit_test(content_is_rewritten_whatever_it_is),
		cmocka_unit_test(a_failing_iterator_fails_the_fragment),
		cmocka_unit_test(a_full_disk_is_told),
		cmocka_unit_test(a_page_is_whole_and_asks_nobody),
		cmocka_unit_test(headings_have_the_level_that_was_asked_for),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
