#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "archive/base/mem.h"
#include "archive/base/str.h"

static void assert_holds(const struct str *s, const char *text)
{
	assert_string_equal(s->buf, text);
	assert_int_equal(s->len, strlen(text));
	assert_true(s->cap == 0 || s->cap > s->len);
}

static void a_fresh_and_a_released_string_are_empty_and_usable(void **state)
{
	struct str s = STR_INIT;

	(void)state;
	assert_holds(&s, "");
	str_clear(&s);
	str_release(&s);
	assert_holds(&s, "");
	str_add(&s, "again");
	assert_holds(&s, "again");
	str_release(&s);
	assert_holds(&s, "");
	str_release(&s);
}

static void a_zeroed_string_becomes_usable_when_cleared_or_released(void **state)
{
	struct str s = { 0 };

	(void)state;
	str_release(&s);
	assert_holds(&s, "");
	s = (struct str){ 0 };
	str_clear(&s);
	assert_holds(&s, "");
}

static void adding_grows_it(void **state)
{
	struct str s = STR_INIT;
	char expected[3001] = "";

	(void)state;
	for (int i = 0; i < 1000; i++) {
		str_add(&s, "a");
		str_add_char(&s, 'b');
		str_add_n(&s, "cdef", 1);
		memcpy(expected + (size_t)3 * i, "abc", 4);
		assert_holds(&s, expected);
	}
	str_add(&s, "");
	str_add_n(&s, NULL, 0);
	assert_holds(&s, expected);
	str_release(&s);
}

static void bytes_of_zero_are_kept(void **state)
{
	struct str s = STR_INIT;

	(void)state;
	str_add_n(&s, "a\0b", 3);
	str_add_char(&s, '\0');
	assert_int_equal(s.len, 4);
	assert_memory_equal(s.buf, "a\0b\0", 5);
	str_release(&s);
}

static void a_format_of_any_length_fits(void **state)
{
	struct str s = STR_INIT;

	(void)state;
	for (int len = 0; len < 300; len++) {
		str_clear(&s);
		str_add(&s, "<");
		str_addf(&s, "%0*d", len, 0);
		str_addf(&s, "%s", ">");
		assert_int_equal(s.len, (len ? len : 1) + 2);
		assert_int_equal(strlen(s.buf), s.len);
		assert_int_equal(strspn(s.buf + 1, "0"), s.len - 2);
	}
	str_release(&s);
}

static void clearing_keeps_the_memory(void **state)
{
	struct str s = STR_INIT;
	const char *before;

	(void)state;
	str_reserve(&s, 5000);
	before = s.buf;
	str_addf(&s, "%04000d", 1);
	assert_ptr_equal(s.buf, before);
	str_clear(&s);
	assert_holds(&s, "");
	str_addf(&s, "%04000d", 2);
	assert_ptr_equal(s.buf, before);
	str_release(&s);
}

static void a_cut_never_makes_it_longer(void **state)
{
	struct str s = STR_INIT;

	(void)state;
	str_truncate(&s, 0);
	str_truncate(&s, 10);
	assert_holds(&s, "");
	str_add(&s, "hana");
	str_truncate(&s, 9);
	str_truncate(&s, 4);
	assert_holds(&s, "hana");
	str_truncate(&s, 2);
	assert_holds(&s, "ha");
	str_truncate(&s, 0);
	assert_holds(&s, "");
	str_release(&s);
}

static void a_detached_buffer_is_the_callers(void **state)
{
	struct str s = STR_INIT;
	char *text;

	(void)state;
	str_add(&s, "kept");
	text = str_detach(&s);
	assert_holds(&s, "");
	str_add(&s, "other");
	assert_string_equal(text, "kept");
	free(text);
	str_release(&s);
	text = str_detach(&s);
	assert_string_equal(text, "");
	text[0] = '\0'; /* it is memory of one's own, not the shared empty string */
	assert_ptr_not_equal(text, str_empty);
	free(text);
}

static void beginnings_and_ends_are_told(void **state)
{
	(void)state;
	assert_true(str_starts("https://x", "https://"));
	assert_true(str_starts("a", ""));
	assert_true(str_starts("", ""));
	assert_false(str_starts("http", "https"));
	assert_false(str_starts("Https://x", "https://"));
	assert_true(str_ends("post.html", ".html"));
	assert_true(str_ends("a", ""));
	assert_true(str_ends(".html", ".html"));
	assert_false(str_ends("html", ".html"));
	assert_false(str_ends("post.html ", ".html"));
}

static void texts_are_compared_with_nothing_too(void **state)
{
	(void)state;
	assert_true(str_same(NULL, NULL));
	assert_false(str_same(NULL, ""));
	assert_false(str_same("", NULL));
	assert_true(str_same("はな", "はな"));
	assert_false(str_same("a", "A"));
	assert_true(str_same_ascii(NULL, NULL));
	assert_false(str_same_ascii("", NULL));
	assert_true(str_same_ascii("Content-TYPE", "content-type"));
	assert_false(str_same_ascii("é", "É"));
	assert_false(str_same_ascii("a", "ab"));
}

static void whole_numbers_are_read(void **state)
{
	static const struct {
		const char *text;
		int64_t min, max, value;
	} cases[] = {
		{ "0", 0, 0, 0 },
		{ "-0", 0, 0, 0 },
		{ "7", 0, 10, 7 },
		{ "007", 0, 10, 7 },
		{ "-5", -5, 5, -5 },
		{ "10", -10, 10, 10 },
		{ "9223372036854775807", INT64_MIN, INT64_MAX, INT64_MAX },
		{ "-9223372036854775808", INT64_MIN, INT64_MAX, INT64_MIN },
		{ "0000000000000000000000000000000000000001", 0, 1, 1 },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		int64_t value = 42;

		assert_true(str_to_int(cases[i].text, cases[i].min, cases[i].max, &value));
		assert_int_equal(value, cases[i].value);
	}
}

static void nothing_else_is_a_number(void **state)
{
	static const struct {
		const char *text;
		int64_t min, max;
	} cases[] = {
		{ "", INT64_MIN, INT64_MAX },
		{ "-", INT64_MIN, INT64_MAX },
		{ "--1", INT64_MIN, INT64_MAX },
		{ "+1", INT64_MIN, INT64_MAX },
		{ " 1", INT64_MIN, INT64_MAX },
		{ "1 ", INT64_MIN, INT64_MAX },
		{ "- 1", INT64_MIN, INT64_MAX },
		{ "1.0", INT64_MIN, INT64_MAX },
		{ "1e3", INT64_MIN, INT64_MAX },
		{ "0x10", INT64_MIN, INT64_MAX },
		{ "1,000", INT64_MIN, INT64_MAX },
		{ "１", INT64_MIN, INT64_MAX },
		{ "nan", INT64_MIN, INT64_MAX },
		{ "\n1", INT64_MIN, INT64_MAX },
		{ "9223372036854775808", INT64_MIN, INT64_MAX },
		{ "-9223372036854775809", INT64_MIN, INT64_MAX },
		{ "18446744073709551617", INT64_MIN, INT64_MAX },
		{ "99999999999999999999999999999999", INT64_MIN, INT64_MAX },
		{ "11", 0, 10 },
		{ "-1", 0, 10 },
		{ "5", 6, 4 },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		int64_t value = 42;

		if (str_to_int(cases[i].text, cases[i].min, cases[i].max, &value))
			fail_msg("\"%s\" was read", cases[i].text);
		assert_int_equal(value, 42);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_fresh_and_a_released_string_are_empty_and_usable),
		cmocka_unit_test(a_zeroed_string_becomes_usable_when_cleared_or_released),
		cmocka_unit_test(adding_grows_it),
		cmocka_unit_test(bytes_of_zero_are_kept),
		cmocka_unit_test(a_format_of_any_length_fits),
		cmocka_unit_test(clearing_keeps_the_memory),
		cmocka_unit_test(a_cut_never_makes_it_longer),
		cmocka_unit_test(a_detached_buffer_is_the_callers),
		cmocka_unit_test(beginnings_and_ends_are_told),
		cmocka_unit_test(texts_are_compared_with_nothing_too),
		cmocka_unit_test(whole_numbers_are_read),
		cmocka_unit_test(nothing_else_is_a_number),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
