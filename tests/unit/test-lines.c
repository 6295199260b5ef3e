#include "in-folder.h"

#include "archive/base/mem.h"
#include "archive/text/lines.h"
#include "archive/text/utf8.h"

static void fits(const char *text, int columns, const char *first)
{
	size_t len = lines_fit(text, strlen(text), columns);

	if (len != strlen(first) || memcmp(text, first, len) != 0)
		fail_msg("%s: %.*s", text, (int)len, text);
}

static void a_line_breaks_where_it_may(void **state)
{
	(void)state;
	fits("short", 10, "short");
	fits("two words", 6, "two");
	fits("unbreakable", 5, "unbre");
	fits("日本語の文", 6, "日本語");
	fits("日本語の文", 7, "日本語");
	fits("日本語。の", 6, "日本"); /* the full stop does not begin a line */
	fits("日本go言語", 6, "日本go");
	fits("", 6, "");
	fits("日", 1, "日"); /* at least one, so that it goes on */
}

static void columns_are_unicodes(void **state)
{
	static const struct {
		const char *text;
		int columns;
	} cases[] = {
		{ "a", 1 },	 { "あ", 2 },
		{ "ｱ", 1 },	 { "e\xCC\x81", 1 },
		{ "\n", 0 },	 { "👩‍👩‍👧", 2 },
		{ "🇯🇵", 2 },	 { "1\uFE0F\u20E3", 2 },
		{ "\u202E", 0 }, { "👍🏽", 2 },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		assert_int_equal(utf8_cluster_columns(cases[i].text, strlen(cases[i].text)),
				 cases[i].columns);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_line_breaks_where_it_may),
		cmocka_unit_test(columns_are_unicodes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
