#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "archive/base/clock.h"
#include "archive/base/mem.h"
#include "archive/text/utf8.h"

struct change {
	const char *from, *to;
};

static void every_code_point_comes_back_as_it_was_put(void **state)
{
	(void)state;
	for (uint32_t c = 0; c < 0x110000; c++) {
		struct str out = STR_INIT;
		const char *p;

		utf8_put(&out, c);
		p = out.buf;
		assert_int_equal(utf8_next(&p, out.buf + out.len),
				 c >= 0xD800 && c <= 0xDFFF ? UTF8_REPLACEMENT : c);
		assert_ptr_equal(p, out.buf + out.len);
		str_release(&out);
	}
}

static void what_is_beyond_unicode_is_put_as_a_replacement(void **state)
{
	struct str out = STR_INIT;

	(void)state;
	utf8_put(&out, 0x110000);
	assert_string_equal(out.buf, "\xEF\xBF\xBD");
	str_release(&out);
}

/* The examples of Unicode 15, tables 3-8 to 3-11. */
static void a_maximal_subpart_becomes_one_replacement(void **state)
{
	static const struct {
		const char *bytes;
		int replacements;
	} cases[] = {
		{ "\xC0\xAF\xE0\x80\xBF\xF0\x81\x82", 8 },
		{ "\xED\xA0\x80\xED\xBF\xBF\xED\xAF", 8 },
		{ "\xF4\x91\x92\x93\xFF", 5 },
		{ "\xE1\x80\xE2\xF0\x91\x92\xF1\xBF", 4 },
		{ "\x80", 1 },
		{ "\xE6\x97", 1 },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct str out = STR_INIT;

		utf8_add_clean(&out, cases[i].bytes, strlen(cases[i].bytes));
		assert_int_equal(out.len, 3 * cases[i].replacements);
		assert_true(utf8_valid(out.buf, out.len));
		assert_false(utf8_valid(cases[i].bytes, strlen(cases[i].bytes)));
		str_release(&out);
	}
}

static void good_text_between_bad_bytes_stays(void **state)
{
	struct str out = STR_INIT;

	(void)state;
	utf8_add_clean(&out,
		       "勉\xFF強\xE4"
		       "a",
		       9);
	assert_string_equal(out.buf, "勉\xEF\xBF\xBD強\xEF\xBF\xBD"
				     "a");
	assert_true(utf8_valid("\xEF\xBF\xBD", 3));
	str_release(&out);
}

static void an_index_of_code_points_finds_its_byte(void **state)
{
	const char *text = "a勉👍b";

	(void)state;
	assert_int_equal(utf8_offset(text, 9, 0), 0);
	assert_int_equal(utf8_offset(text, 9, 1), 1);
	assert_int_equal(utf8_offset(text, 9, 2), 4);
	assert_int_equal(utf8_offset(text, 9, 3), 8);
	assert_int_equal(utf8_offset(text, 9, 4), 9);
	assert_int_equal(utf8_offset(text, 9, 99), 9);
}

static void plain_text_has_no_controls(void **state)
{
	static const struct {
		const char *from, *lines, *line;
	} cases[] = {
		{ "a\tb\nc", "a\tb\nc", "a b c" },
		{ "a\r\nb\rc\n\n d", "a\nb\nc\n\n d", "a b c  d" },
		{ "a\x01\x1B[1m\x7F"
		  "b",
		  "a[1mb", "a[1mb" },
		{ "a\xC2\x85"
		  "b\xC2\x9B"
		  "c",
		  "a\nbc", "a bc" },
		{ "a\xE2\x80\xAE"
		  "b\xE2\x81\xA6\xD8\x9C",
		  "ab", "ab" },
		{ "a\xE2\x80\xA8"
		  "b\xE2\x80\xA9"
		  "c",
		  "a\nb\nc", "a b c" },
		{ "👩‍💻 ❤\xEF\xB8\x8F", "👩‍💻 ❤\xEF\xB8\x8F",
		  "👩‍💻 ❤\xEF\xB8\x8F" },
		{ "a\xED\xA0\x80", "a\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD",
		  "a\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct str out = STR_INIT;

		utf8_add_plain(&out, cases[i].from, strlen(cases[i].from), false);
		assert_string_equal(out.buf, cases[i].lines);
		str_clear(&out);
		utf8_add_plain(&out, cases[i].from, strlen(cases[i].from), true);
		assert_string_equal(out.buf, cases[i].line);
		str_release(&out);
	}
}

static void a_quoted_text_is_cut_at_a_character(void **state)
{
	struct str text = STR_INIT, out = STR_INIT;

	(void)state;
	utf8_add_quoted(&out, "a\nb");
	assert_string_equal(out.buf, "'a b'");
	str_clear(&out);
	for (int i = 0; i < 60; i++)
		str_add(&text, "👍");
	utf8_add_quoted(&out, text.buf);
	assert_int_equal(out.len, 242);
	str_clear(&out);
	str_add(&text, "b");
	utf8_add_quoted(&out, text.buf);
	assert_int_equal(out.len, 245);
	assert_true(str_ends(out.buf, "👍…'"));
	str_release(&text);
	str_release(&out);
}

static void a_terminal_is_given_only_what_none_disputes(void **state)
{
	static const struct {
		const char *from, *to;
		int columns;
	} cases[] = {
		{ "", "", 0 },
		{ "abc", "abc", 3 },
		{ "勉強会", "勉強会", 6 },
		{ "ｱ", "ｱ", 1 },
		{ "a\n\tb\r\nc", "a b c", 5 },
		{ "a\x1B[31mb\x07", "a[31mb", 6 },
		{ "a\xC2\x9B"
		  "31m",
		  "a31m", 4 },
		{ "a\xE2\x80\xAE"
		  "b",
		  "ab", 2 },
		{ "👍🏽", "👍", 2 },
		{ "👩‍💻", "👩", 2 },
		{ "❤\xEF\xB8\x8F", "❤", 1 },
		{ "1\xEF\xB8\x8F\xE2\x83\xA3", "1", 1 },
		{ "🇯🇵🇫🇷", "JPFR", 4 },
		{ "🇯", "J", 1 },
		{ "🏴\xF3\xA0\x81\xA7\xF3\xA0\x81\xA2\xF3\xA0\x81\xBF", "🏴", 2 },
		{ "葛\xF3\xA0\x84\x80", "葛", 2 },
		{ "cafe\xCC\x81", "caf\xC3\xA9", 4 },
		{ "か\xE3\x82\x99", "が", 2 },
		{ "\xE1\x84\x92\xE1\x85\xA1\xE1\x86\xAB", "한", 2 },
		{ "x\xCC\x81\xCC\x82\xCC\x83\xCC\x84", "x\xCC\x81\xCC\x82", 1 },
		{ "\xE4\xB7\x80", "?", 1 },
		{ "क\xE0\xA4\xBE", "क?", 2 },
		{ "a\xFF"
		  "b",
		  "a\xEF\xBF\xBD"
		  "b",
		  3 },
		{ "\xE2\x80\x8B\xEF\xBB\xBF", "", 0 },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct str out = STR_INIT;

		assert_int_equal(utf8_add_terminal(&out, cases[i].from, 80), cases[i].columns);
		assert_string_equal(out.buf, cases[i].to);
		assert_int_equal(utf8_columns(cases[i].from), cases[i].columns);
		assert_int_equal(utf8_columns(out.buf), cases[i].columns);
		str_release(&out);
	}
}

static void a_line_never_passes_its_columns(void **state)
{
	static const struct {
		const char *from, *to;
		int max, columns;
	} cases[] = {
		{ "abc", "ab", 2, 2 },	   { "abc", "", 0, 0 },	     { "abc", "", -5, 0 },
		{ "勉強会", "勉", 3, 2 },  { "a勉強", "a勉", 4, 3 }, { "勉a", "", 1, 0 },
		{ "🇯🇵", "", 1, 0 },	   { "a\nb", "a", 1, 1 },    { "ab勉", "ab", 2, 2 },
		{ "勉 ab", "勉 a", 4, 4 },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct str out = STR_INIT;

		assert_int_equal(utf8_add_terminal(&out, cases[i].from, cases[i].max),
				 cases[i].columns);
		assert_string_equal(out.buf, cases[i].to);
		str_release(&out);
	}
}

static void folding_makes_widths_and_cases_alike(void **state)
{
	static const struct change cases[] = {
		{ "", "" },
		{ "SSMjp", "ssmjp" },
		{ "ＳＳＭＪＰ", "ssmjp" },
		{ "ｻｰﾊﾞｰ", "サーバー" },
		{ "か\xE3\x82\x99", "が" },
		{ "E\xCC\x81", "\xC3\xA9" },
		{ "aE\xCC\x81か\xE3\x82\x99Zカ", "a\xC3\xA9がzカ" },
		{ "①㍿㌔", "1株式会社キロ" },
		{ "Straße ΣΑΣ", "strasse σασ" },
		{ "\xE1\x84\x92\xE1\x85\xA1\xE1\x86\xAB", "한" },
		{ "\xED\x95\x98\xE1\x86\xAB", "한" },
		{ "漢字、かな。（終）", "漢字、かな。(終)" },
		{ "👩‍💻", "👩‍💻" },
		{ "a\xFF"
		  "B",
		  "a\xEF\xBF\xBD"
		  "b" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct str out = STR_INIT;

		utf8_add_folded(&out, cases[i].from, strlen(cases[i].from));
		assert_string_equal(out.buf, cases[i].to);
		str_release(&out);
	}
}

/* The short way for common characters gives what folding each stretch as a whole gives: no letter
 * is cut off its mark. */
static void folding_twice_changes_nothing_more(void **state)
{
	static const uint32_t pool[] = { 'a',	 'E',	 0x0301, 0x304B,  0x3099, 0x30CF, 0x309A,
					 0xFF8A, 0xFF9F, 0x1112, 0x1161,  0x11AB, 0xD558, 0x6F22,
					 0x3000, 0x0345, 0xFDFA, 0x1F469, 0x200D };
	uint32_t seed = 1;

	(void)state;
	for (int round = 0; round < 20000; round++) {
		struct str text = STR_INIT, once = STR_INIT, twice = STR_INIT;

		for (int i = 0; i < 8; i++) {
			seed = seed * 1664525u + 1013904223u;
			utf8_put(&text, pool[(seed >> 8) % ARRAY_LEN(pool)]);
		}
		utf8_add_folded(&once, text.buf, text.len);
		utf8_add_folded(&twice, once.buf, once.len);
		assert_string_equal(once.buf, twice.buf);
		str_release(&text);
		str_release(&once);
		str_release(&twice);
	}
}

static void a_tower_of_marks_is_folded_and_shown_at_once(void **state)
{
	struct str text = STR_INIT, out = STR_INIT;
	int64_t start = clock_steady();

	(void)state;
	str_add(&text, "a");
	while (text.len < 300000)
		str_add(&text, "\xCC\x81\xCC\xA3");
	utf8_add_folded(&out, text.buf, text.len);
	assert_int_equal(utf8_columns(text.buf), 1);
	assert_true(clock_steady() - start < 20000);
	assert_true(utf8_valid(out.buf, out.len));
	str_release(&text);
	str_release(&out);
}

static void a_cluster_is_what_a_reader_calls_a_character(void **state)
{
	static const struct {
		const char *text;
		size_t bytes;
	} cases[] = {
		{ "", 0 },
		{ "ab", 1 },
		{ "勉強", 3 },
		{ "\r\n", 2 },
		{ "e\xCC\x81x", 3 },
		{ "👩‍💻x", 11 },
		{ "👍🏽x", 8 },
		{ "🇯🇵🇫🇷", 8 },
		{ "\xFF"
		  "a",
		  1 },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		if (utf8_cluster(cases[i].text, strlen(cases[i].text)) != cases[i].bytes)
			fail_msg("[%s]", cases[i].text);
}

static void characters_are_told_apart(void **state)
{
	(void)state;
	assert_true(utf8_is_letter('a') && utf8_is_letter(0x4E00) && utf8_is_letter(0x30FC) &&
		    !utf8_is_letter('1'));
	assert_true(utf8_is_mark(0x0301) && utf8_is_mark(0x3099) && !utf8_is_mark('a'));
	assert_true(utf8_is_digit('0') && utf8_is_digit(0xFF10) && !utf8_is_digit(0x2460) &&
		    !utf8_is_digit('/'));
	assert_true(utf8_is_word(0xE000) && utf8_is_word('+') && !utf8_is_word(' ') &&
		    !utf8_is_word(0x3002));
	assert_true(utf8_is_symbol('+') && utf8_is_symbol(0x1F44D) && !utf8_is_symbol('a'));
	assert_true(utf8_is_format(0x200D) && utf8_is_format(0xFEFF) && !utf8_is_format(' '));
	assert_true(utf8_is_cjk(0x4E00) && utf8_is_cjk(0x30FC) && utf8_is_cjk(0x3005) &&
		    utf8_is_cjk(0xD55C));
	assert_true(!utf8_is_cjk(0x30FB) && !utf8_is_cjk('a') && !utf8_is_cjk(0x3002) &&
		    utf8_is_cjk(0x20BB7));
	assert_true(utf8_is_variation(0xFE0F) && utf8_is_variation(0xE0100) &&
		    !utf8_is_variation(0x0301));
	assert_false(utf8_is_letter(0x110000) || utf8_is_cjk(UINT32_MAX));
}

/* wcwidth asks the locale, so the test has the one that the program has. */
static int take_locale(void **state)
{
	(void)state;
	return setlocale(LC_CTYPE, "C.UTF-8") ? 0 : -1;
}

static void what_is_ambiguous_is_counted_as_the_terminal_has_it(void **state)
{
	static const struct {
		const char *text;
		int narrow, wide;
	} cases[] = {
		{ "abc", 3, 3 },	  { "日本", 4, 4 }, { "\u2026", 1, 2 }, /* … */
		{ "\u25CB\u00D7", 2, 4 },					/* ○× */
		{ "\u0430", 1, 2 },						/* Cyrillic */
		{ "a\u0301", 1, 2 }, /* á: NFC makes one of the two */
		{ "\u2840", 1, 1 },  /* Braille */
	};
	struct str out = STR_INIT;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		assert_int_equal(utf8_columns(cases[i].text), cases[i].narrow);
		assert_int_equal(utf8_columns_wide(cases[i].text), cases[i].wide);
	}
	assert_int_equal(utf8_add_terminal_wide(&out, "\u25CB\u25CBa", 3), 2);
	assert_string_equal(out.buf, "\u25CB");
	str_release(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_code_point_comes_back_as_it_was_put),
		cmocka_unit_test(what_is_beyond_unicode_is_put_as_a_replacement),
		cmocka_unit_test(a_maximal_subpart_becomes_one_replacement),
		cmocka_unit_test(good_text_between_bad_bytes_stays),
		cmocka_unit_test(an_index_of_code_points_finds_its_byte),
		cmocka_unit_test(plain_text_has_no_controls),
		cmocka_unit_test(a_quoted_text_is_cut_at_a_character),
		cmocka_unit_test(a_terminal_is_given_only_what_none_disputes),
		cmocka_unit_test(a_line_never_passes_its_columns),
		cmocka_unit_test(folding_makes_widths_and_cases_alike),
		cmocka_unit_test(folding_twice_changes_nothing_more),
		cmocka_unit_test(a_tower_of_marks_is_folded_and_shown_at_once),
		cmocka_unit_test(a_cluster_is_what_a_reader_calls_a_character),
		cmocka_unit_test(characters_are_told_apart),
		cmocka_unit_test(what_is_ambiguous_is_counted_as_the_terminal_has_it),
	};

	return cmocka_run_group_tests(tests, take_locale, NULL);
}
