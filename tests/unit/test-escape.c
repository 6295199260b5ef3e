#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "archive/text/escape.h"

static void markup_becomes_references(void **state)
{
	struct str out = STR_INIT;

	(void)state;
	escape_add_html_text(&out, "<a href=\"x\" title='y'>R&D</a>");
	assert_string_equal(out.buf,
			    "&lt;a href=&quot;x&quot; title=&#39;y&#39;&gt;R&amp;D&lt;/a&gt;");
	str_release(&out);
}

static void controls_are_left_out_but_tab_and_newline(void **state)
{
	struct str out = STR_INIT;

	(void)state;
	escape_add_html(&out, "a\0b\x01\x1B[1m\tc\nd\re", 14);
	assert_string_equal(out.buf, "ab[1m\tc\nde");
	str_release(&out);
}

static void other_text_stays_as_it_is(void **state)
{
	struct str out = STR_INIT;

	(void)state;
	escape_add_html_text(&out, "");
	assert_int_equal(out.len, 0);
	escape_add_html_text(&out, "勉強会 👍 &amp;");
	assert_string_equal(out.buf, "勉強会 👍 &amp;amp;");
	str_release(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(markup_becomes_references),
		cmocka_unit_test(controls_are_left_out_but_tab_and_newline),
		cmocka_unit_test(other_text_stays_as_it_is),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
