#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "archive/base/mem.h"
#include "archive/json/read.h"
#include "archive/json/write.h"

static void everything_is_written_with_its_commas(void **state)
{
	struct str out = STR_INIT;
	struct jwrite w;

	(void)state;
	jwrite_begin(&w, &out);
	jwrite_open_object(&w, NULL);
	jwrite_text(&w, "a", "x");
	jwrite_int(&w, "b", INT64_MIN);
	jwrite_open_array(&w, "c");
	jwrite_bool(&w, NULL, true);
	jwrite_open_object(&w, NULL);
	jwrite_close_object(&w);
	jwrite_open_array(&w, NULL);
	jwrite_int(&w, NULL, 1);
	jwrite_int(&w, NULL, 2);
	jwrite_close_array(&w);
	jwrite_close_array(&w);
	jwrite_null(&w, "d");
	jwrite_text(&w, "e", NULL);
	jwrite_bool(&w, "f", false);
	jwrite_close_object(&w);
	assert_string_equal(out.buf,
			    "{\"a\":\"x\",\"b\":-9223372036854775808,\"c\":[true,{},[1,2]],"
			    "\"d\":null,\"e\":null,\"f\":false}");
	str_release(&out);
}

static void one_value_a_line_needs_no_commas(void **state)
{
	struct str out = STR_INIT;
	struct jwrite w;

	(void)state;
	for (int i = 0; i < 2; i++) {
		jwrite_begin(&w, &out);
		jwrite_open_object(&w, NULL);
		jwrite_close_object(&w);
		str_add_char(&out, '\n');
	}
	assert_string_equal(out.buf, "{}\n{}\n");
	str_release(&out);
}

static void text_is_escaped_and_cleaned(void **state)
{
	static const struct {
		const char *text, *json;
	} cases[] = {
		{ "", "\"\"" },
		{ "\"\\/", "\"\\\"\\\\/\"" },
		{ "\b\t\n\v\f\r\x1b\x7f", "\"\\b\\t\\n\\u000b\\f\\r\\u001b\\u007f\"" },
		{ "日本\xF0\x9F\x8E\x89", "\"日本\xF0\x9F\x8E\x89\"" },
		{ "a\xFFz", "\"a\xEF\xBF\xBDz\"" },
		{ "a\xE3\x81", "\"a\xEF\xBF\xBD\"" },
		{ "\xED\xA0\x80x", "\"\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBDx\"" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct str out = STR_INIT;
		struct jwrite w;

		jwrite_begin(&w, &out);
		jwrite_text(&w, NULL, cases[i].text);
		assert_string_equal(out.buf, cases[i].json);
		str_release(&out);
	}
}

static void keys_are_escaped(void **state)
{
	struct str out = STR_INIT;
	struct jwrite w;

	(void)state;
	jwrite_begin(&w, &out);
	jwrite_open_object(&w, NULL);
	jwrite_int(&w, "a\"b", 1);
	jwrite_close_object(&w);
	assert_string_equal(out.buf, "{\"a\\\"b\":1}");
	str_release(&out);
}

static void times_are_utc(void **state)
{
	struct str out = STR_INIT;
	struct jwrite w;

	(void)state;
	jwrite_begin(&w, &out);
	jwrite_open_array(&w, NULL);
	jwrite_time(&w, NULL, INT64_C(1498816800000));
	jwrite_time(&w, NULL, INT64_C(1498816800123));
	jwrite_time(&w, NULL, 0);
	jwrite_close_array(&w);
	assert_string_equal(out.buf,
			    "[\"2017-06-30T10:00:00Z\",\"2017-06-30T10:00:00.123Z\",null]");
	str_release(&out);
}

static void every_byte_comes_back(void **state)
{
	struct str out = STR_INIT;
	struct err err = { 0 };
	char text[256];
	struct jwrite w;
	struct jnode *root;

	(void)state;
	for (int i = 1; i < 128; i++)
		text[i - 1] = (char)i;
	text[127] = '\0';
	jwrite_begin(&w, &out);
	jwrite_text(&w, NULL, text);
	root = jnode_parse(out.buf, out.len, &err);
	assert_string_equal(jnode_text(root), text);
	jnode_free(root);
	str_release(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(everything_is_written_with_its_commas),
		cmocka_unit_test(one_value_a_line_needs_no_commas),
		cmocka_unit_test(text_is_escaped_and_cleaned),
		cmocka_unit_test(keys_are_escaped),
		cmocka_unit_test(times_are_utc),
		cmocka_unit_test(every_byte_comes_back),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
