#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "archive/base/err.h"

static void an_error_is_filled_and_false_is_returned(void **state)
{
	struct err err = { .code = ERR_RATE, .retry_at = 99, .msg = "before" };

	(void)state;
	assert_false(err_set(&err, ERR_IO, "%s: %d", "disk", 7));
	assert_int_equal(err.code, ERR_IO);
	assert_int_equal(err.retry_at, 0);
	assert_string_equal(err.msg, "disk: 7");
}

static void a_wrap_puts_the_context_first_and_keeps_the_rest(void **state)
{
	struct err err = { 0 };

	(void)state;
	err_set(&err, ERR_RATE, "too many requests");
	err.retry_at = 1234;
	assert_false(err_wrap(&err, "%s", "mastodon:social.example"));
	assert_string_equal(err.msg, "mastodon:social.example: too many requests");
	assert_int_equal(err.code, ERR_RATE);
	assert_int_equal(err.retry_at, 1234);
	err_wrap(&err, "fetch");
	assert_string_equal(err.msg, "fetch: mastodon:social.example: too many requests");
}

/* The length of the longest beginning that is whole characters of n bytes, in a buffer with a NUL.
 */
static size_t whole(size_t before, size_t n)
{
	return before + (sizeof(((struct err *)0)->msg) - 1 - before) / n * n;
}

static void a_long_sentence_ends_at_a_character(void **state)
{
	static const char *const characters[] = { "x", "é", "は", "🍣" };
	char prefix[8] = "";
	char text[1024];

	(void)state;
	for (size_t i = 0; i < sizeof(characters) / sizeof(characters[0]); i++) {
		size_t n = strlen(characters[i]);

		text[0] = '\0';
		for (size_t len = 0; len + n < sizeof(text); len += n)
			memcpy(text + len, characters[i], n + 1);
		for (size_t before = 0; before < 5; before++) {
			struct err err = { 0 };

			memset(prefix, '.', before);
			prefix[before] = '\0';
			err_set(&err, ERR_IO, "%s%s", prefix, text);
			assert_int_equal(strlen(err.msg), whole(before, n));
			assert_memory_equal(err.msg + before, text, strlen(err.msg) - before);
		}
	}
}

static void a_sentence_that_just_fits_is_not_cut(void **state)
{
	struct err err = { 0 };
	char text[sizeof(err.msg)];

	(void)state;
	memset(text, 'x', sizeof(text));
	text[sizeof(text) - 1] = '\0';
	memcpy(text + sizeof(text) - 4, "は", 3);
	err_set(&err, ERR_IO, "%s", text);
	assert_string_equal(err.msg, text);
}

static void a_long_wrap_ends_at_a_character_too(void **state)
{
	char context[600], long_text[451] = "";

	(void)state;
	for (size_t len = 0; len < 450; len += 3)
		memcpy(long_text + len, "は", 4);
	for (size_t len = 0; len < sizeof(context); len++) {
		struct err err = { 0 };
		size_t tail;

		memset(context, 'c', len);
		context[len] = '\0';
		err_set(&err, ERR_IO, "%s", long_text);
		err_wrap(&err, "%s", context);
		assert_true(strlen(err.msg) < sizeof(err.msg));
		if (len + 2 >= sizeof(err.msg))
			continue;
		assert_memory_equal(err.msg, context, len);
		assert_memory_equal(err.msg + len, ": ", 2);
		tail = strlen(err.msg) - len - 2;
		assert_int_equal(tail % 3, 0);
	}
}

static void no_control_byte_gets_through(void **state)
{
	struct err err = { 0 };
	char text[64] = "";

	(void)state;
	for (char c = 1; c < 0x20; c++)
		text[c - 1] = c;
	strncat(text, "\x7F.", 3);
	err_set(&err, ERR_IO, "%s", text);
	assert_int_equal(strlen(err.msg), 33);
	assert_int_equal(strspn(err.msg, " "), 32);
	err_set(&err, ERR_IO, "a\x1B[31mb");
	err_wrap(&err, "c\nd");
	assert_string_equal(err.msg, "c d: a [31mb");
}

static void no_control_of_two_bytes_gets_through(void **state)
{
	struct err err = { 0 };

	(void)state;
	err_set(&err, ERR_IO,
		"a\xC2\x9B"
		"31mb\xC2\x80\xC2\x9F\xC2\xA0é");
	assert_string_equal(err.msg, "a  31mb    \xC2\xA0é");
}

static void a_percent_in_an_argument_is_only_a_character(void **state)
{
	struct err err = { 0 };

	(void)state;
	err_set(&err, ERR_IO, "%s", "%s%n%d");
	err_wrap(&err, "%s", "100%");
	assert_string_equal(err.msg, "100%: %s%n%d");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_error_is_filled_and_false_is_returned),
		cmocka_unit_test(a_wrap_puts_the_context_first_and_keeps_the_rest),
		cmocka_unit_test(a_long_sentence_ends_at_a_character),
		cmocka_unit_test(a_sentence_that_just_fits_is_not_cut),
		cmocka_unit_test(a_long_wrap_ends_at_a_character_too),
		cmocka_unit_test(no_control_byte_gets_through),
		cmocka_unit_test(no_control_of_two_bytes_gets_through),
		cmocka_unit_test(a_percent_in_an_argument_is_only_a_character),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
