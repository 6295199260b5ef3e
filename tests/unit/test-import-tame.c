#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "archive/base/mem.h"
#include "archive/import/tame.h"
#include "archive/text/utf8.h"

/* What passes, handed in by so many bytes at once. */
static void tame(const struct str *page, size_t step, struct str *out)
{
	struct tame t = { 0 };
	struct str part = STR_INIT;

	str_clear(out);
	for (size_t at = 0; at < page->len; at += step) {
		str_clear(&part);
		tame_add(&t, page->buf + at, page->len - at < step ? page->len - at : step, &part);
		assert_true(t.cut <= part.len);
		str_add_n(out, part.buf, part.len);
	}
	str_release(&part);
}

static void repeat(struct str *out, const char *bytes, size_t times)
{
	while (times-- > 0)
		str_add(out, bytes);
}

static void what_is_short_passes_as_it_is(void **state)
{
	static const char page[] = "<!doctype html><!-- a -- b --><p class=\"x\">1 &amp; 2 < 3"
				   "<script>if (a </b) '</scr'</script><style>a{}</style>";
	struct str in = STR_INIT, out = STR_INIT;

	(void)state;
	str_add(&in, page);
	for (size_t step = 1; step < 9; step++) {
		tame(&in, step, &out);
		assert_string_equal(out.buf, page);
	}
	str_release(&in);
	str_release(&out);
}

/* What stands behind it is there, whatever it was that was too long. */
static void of_what_is_too_long_the_rest_is_left_out(void **state)
{
	static const struct {
		const char *begin, *more, *end;
		size_t most;
	} cases[] = {
		{ "<!-- ", "a ", "-->", TAME_MAX_COMMENT },
		{ "<!-- x", "が", "-->", TAME_MAX_COMMENT },
		{ "<!-- ", "a-", "--!>", TAME_MAX_COMMENT },
		{ "<!doctype ", "a ", ">", TAME_MAX_COMMENT },
		{ "<?", "a ", "?>", TAME_MAX_COMMENT },
		{ "<script>", "a<", "</script>", TAME_MAX_RAW },
		{ "<script>x", "が", "</script>", TAME_MAX_RAW },
		{ "<p alt=\"", "が", "\">", TAME_MAX_VALUE },
		{ "<p alt=x", "が", ">", TAME_MAX_VALUE },
		{ "<p x", "が", ">", TAME_MAX_NAME },
		{ "<p", "が", ">", TAME_MAX_NAME },
		{ "<STYLE x=1>", "</", "</Style>", TAME_MAX_RAW },
	};
	struct str in = STR_INIT, out = STR_INIT;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		str_clear(&in);
		str_add(&in, cases[i].begin);
		repeat(&in, cases[i].more, cases[i].most / strlen(cases[i].more) + 100);
		str_add(&in, cases[i].end);
		str_add(&in, "<p>behind</p>");
		tame(&in, 4099, &out);
		assert_true(out.len < cases[i].most + 64);
		assert_true(str_ends(out.buf, "><p>behind</p>"));
		assert_true(utf8_valid(out.buf, out.len));
	}
	str_release(&in);
	str_release(&out);
}

/* Neither an entity nor a character is cut. */
static void a_long_text_is_cut_into_pieces(void **state)
{
	static const char *const texts[] = { "&amp;&amp;&amp; ", "a&amp;か&amp;" };
	static const char cut[] = "<!---->";
	struct str in = STR_INIT, out = STR_INIT, joined = STR_INIT;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
		const char *from, *at;
		size_t pieces = 1;

		str_clear(&in);
		str_clear(&joined);
		repeat(&in, texts[i], 10000);
		tame(&in, 1000, &out);
		for (from = out.buf; (at = strstr(from, cut)); from = at + strlen(cut)) {
			assert_true(at[-1] == ';' && (size_t)(at - from) <= TAME_MAX_TEXT + 64);
			str_add_n(&joined, from, (size_t)(at - from));
			pieces++;
		}
		str_add(&joined, from);
		assert_string_equal(joined.buf, in.buf);
		assert_true(pieces >= in.len / (TAME_MAX_TEXT + 64));
	}
	str_release(&in);
	str_release(&out);
	str_release(&joined);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_short_passes_as_it_is),
		cmocka_unit_test(of_what_is_too_long_the_rest_is_left_out),
		cmocka_unit_test(a_long_text_is_cut_into_pieces),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
