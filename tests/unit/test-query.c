#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "archive/base/mem.h"
#include "archive/text/words.h"

static void check_query(const char *query, const char *wanted)
{
	struct str out = STR_INIT;
	struct err err = { 0 };

	assert_true(words_query(&out, query, &err));
	assert_string_equal(out.buf, wanted);
	str_release(&out);
}

static void a_query_leaves_quoted(void **state)
{
	(void)state;
	check_query("東京", "\"東京\"");
	check_query("東", "\"東\"*");
	check_query("東京都庁", "\"東京 京都 都庁\"");
	check_query("foo bar", "\"foo\" AND \"bar\"");
	check_query("foo　bar", "\"foo\" AND \"bar\"");
	check_query("\"foo bar\"", "\"foo bar\"");
	check_query("“foo bar”", "\"foo bar\"");
	check_query("\"foo bar", "\"foo bar\"");
	check_query("fo*", "\"fo\"*");
	check_query("\"foo ba\"*", "\"foo ba\"*");
	check_query("東京*", "\"東京\"");
	check_query("K8s会", "\"k8s 会\"*");
	check_query("会K8s", "\"会 k8s\"");
	check_query("foo -bar", "(\"foo\") NOT (\"bar\")");
	check_query("-bar foo －baz qux", "(\"foo\" AND \"qux\") NOT (\"bar\" OR \"baz\")");
	check_query("foo -\"a b\"", "(\"foo\") NOT (\"a b\")");
	check_query("foo - bar", "\"foo\" AND \"bar\"");
	check_query("foo !? 、", "\"foo\"");
	check_query("NEAR(a b) OR ^c", "\"near a\" AND \"b\" AND \"or\" AND \"^ c\"");
	check_query("well-known", "\"well known\"");
	check_query("「東京」", "\"東京\"");
}

static void a_query_without_words_is_refused(void **state)
{
	static const char *const queries[] = { "",  "  ", "\"\"", "!?",	     "-foo",
					       "-", "*",  "、。", "-東京 -a" };
	struct str out = STR_INIT;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(queries); i++) {
		struct err err = { 0 };

		assert_false(words_query(&out, queries[i], &err));
		assert_int_equal(err.code, ERR_USAGE);
		assert_true(strlen(err.msg) > 0);
		assert_int_equal(out.len, 0);
	}
	str_release(&out);
}

static void a_query_that_is_too_long_is_refused(void **state)
{
	char *query = xcalloc(5001, 1);
	struct str out = STR_INIT;
	struct err err = { 0 };

	(void)state;
	memset(query, 'a', 5000);
	assert_false(words_query(&out, query, &err));
	assert_int_equal(err.code, ERR_USAGE);
	free(query);
	str_release(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_query_leaves_quoted),
		cmocka_unit_test(a_query_without_words_is_refused),
		cmocka_unit_test(a_query_that_is_too_long_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
