#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "archive/base/mem.h"
#include "archive/text/tag.h"
#include "archive/text/utf8.h"

static void tags_that_are_the_same_fold_to_the_same(void **state)
{
	static const struct {
		const char *typed, *folded;
	} cases[] = {
		{ "ssmjp", "ssmjp" },
		{ "#ssmjp", "ssmjp" },
		{ "＃ＳＳＭＪＰ", "ssmjp" },
		{ "  #SsmJP\n", "ssmjp" },
		{ "　＃ssmjp　", "ssmjp" },
		{ "#ｻｰﾊﾞｰ", "サーバー" },
		{ "#サーバー", "サーバー" },
		{ "#か\xE3\x82\x99", "が" },
		{ "#勉強会", "勉強会" },
		{ "#葛\xF3\xA0\x84\x80城", "葛城" },
		{ "#Straße", "strasse" },
		{ "#ΣΑΣ", "σασ" },
		{ "#a_1", "a_1" },
		{ "#2017_06", "2017_06" },
		{ "#2017年", "2017年" },
		{ "#A・B", "a・b" },
		{ "#A･B", "a・b" },
		{ "#あ～い", "あ〜い" },
		{ "#あ゛", "あ゛" },
		{ "#می‌خواهم", "می‌خواهم" },
		{ "#日々〆〇", "日々〆〇" },
		/* marks that only a dropped space kept apart */
		{ "#\uFE7E\uFE76555", "\u064E\u0652555" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct str out = STR_INIT, again = STR_INIT;
		struct err err = { 0 };

		assert_true(tag_fold(&out, cases[i].typed, &err));
		assert_string_equal(out.buf, cases[i].folded);
		assert_true(tag_fold_quiet(&again, out.buf, out.len));
		assert_string_equal(again.buf, out.buf);
		assert_int_equal(err.code, ERR_NONE);
		str_release(&out);
		str_release(&again);
	}
}

static void what_is_no_hashtag_is_refused_by_a_sentence(void **state)
{
	static const struct {
		const char *typed, *sentence;
	} cases[] = {
		{ "", "'' names no hashtag: try #ssmjp" },
		{ "#", "'#' names no hashtag: try #ssmjp" },
		{ " ＃ ", "' ＃ ' names no hashtag: try #ssmjp" },
		{ "a b", "'a b' is no hashtag: it cannot hold ' '" },
		{ "##a", "'##a' is no hashtag: it cannot hold '#'" },
		{ "#a-b", "'#a-b' is no hashtag: it cannot hold '-'" },
		{ "a/../b", "'a/../b' is no hashtag: it cannot hold '/'" },
		{ "a\"b", "'a\"b' is no hashtag: it cannot hold '\"'" },
		{ "ab👍", "'ab👍' is no hashtag: it cannot hold '👍'" },
		{ "a\x1B[1m", "'a[1m' is no hashtag: it holds a control character" },
		{ "#2017", "'#2017' is no hashtag: it needs a letter" },
		{ "#２０１７", "'#２０１７' is no hashtag: it needs a letter" },
		{ "#_", "'#_' is no hashtag: it needs a letter" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct str out = STR_INIT;
		struct err err = { 0 };

		assert_false(tag_fold(&out, cases[i].typed, &err));
		assert_int_equal(err.code, ERR_USAGE);
		assert_string_equal(err.msg, cases[i].sentence);
		assert_int_equal(out.len, 0);
		assert_false(tag_fold_quiet(&out, cases[i].typed, strlen(cases[i].typed)));
		str_release(&out);
	}
}

static void a_tag_holds_512_bytes_and_no_more(void **state)
{
	struct str tag = STR_INIT, out = STR_INIT;
	struct err err = { 0 };

	(void)state;
	while (tag.len < TAG_MAX_BYTES)
		str_add_char(&tag, 'a');
	assert_true(tag_fold(&out, tag.buf, &err));
	str_clear(&out);
	str_add_char(&tag, 'a');
	assert_false(tag_fold(&out, tag.buf, &err));
	assert_int_equal(err.code, ERR_USAGE);
	assert_int_equal(out.len, 0);
	str_release(&tag);
	str_release(&out);
}

/* For each character: what a tag with it folds to is a tag again, the same one. */
static void folding_a_folded_tag_changes_nothing(void **state)
{
	(void)state;
	for (uint32_t c = 1; c < 0x110000; c++) {
		struct str tag = STR_INIT, once = STR_INIT, twice = STR_INIT;

		str_add(&tag, "#a");
		utf8_put(&tag, c);
		str_add(&tag, "b");
		if (tag_may_hold(c)) {
			assert_true(tag_fold_quiet(&once, tag.buf, tag.len));
			assert_true(tag_fold_quiet(&twice, once.buf, once.len));
			assert_string_equal(once.buf, twice.buf);
		}
		str_release(&tag);
		str_release(&once);
		str_release(&twice);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tags_that_are_the_same_fold_to_the_same),
		cmocka_unit_test(what_is_no_hashtag_is_refused_by_a_sentence),
		cmocka_unit_test(a_tag_holds_512_bytes_and_no_more),
		cmocka_unit_test(folding_a_folded_tag_changes_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
