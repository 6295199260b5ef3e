#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "archive/base/mem.h"
#include "archive/model/page.h"
#include "archive/model/thread.h"

static void every_name_is_read_back_as_what_it_names(void **state)
{
	(void)state;
	for (int i = 0; i < NETWORK_COUNT; i++) {
		enum network network = NETWORK_COUNT;

		assert_true(network_parse(network_name((enum network)i), &network));
		assert_int_equal(network, i);
		assert_true(strlen(network_label((enum network)i)) > 0);
	}
	for (int i = MEDIA_IMAGE; i <= MEDIA_UNKNOWN; i++) {
		enum media_kind kind = MEDIA_UNKNOWN;

		assert_true(media_kind_parse(media_kind_name((enum media_kind)i), &kind));
		assert_int_equal(kind, i);
	}
	for (int i = ITEM_POST; i <= ITEM_LINK; i++) {
		enum item_kind kind = ITEM_LINK;

		assert_true(item_kind_parse(item_kind_name((enum item_kind)i), &kind));
		assert_int_equal(kind, i);
	}
	assert_string_equal(visibility_name(VISIBILITY_PUBLIC), "public");
	assert_string_equal(visibility_name(VISIBILITY_UNLISTED), "unlisted");
}

static void an_unknown_name_changes_nothing(void **state)
{
	enum network network = NETWORK_MISSKEY;
	enum media_kind media = MEDIA_AUDIO;
	enum item_kind item = ITEM_NOTE;

	(void)state;
	assert_false(network_parse("X", &network) || network_parse("", &network) ||
		     network_parse(NULL, &network));
	assert_false(media_kind_parse("picture", &media) || media_kind_parse(NULL, &media));
	assert_false(item_kind_parse("posts", &item) || item_kind_parse(NULL, &item));
	assert_int_equal(network, NETWORK_MISSKEY);
	assert_int_equal(media, MEDIA_AUDIO);
	assert_int_equal(item, ITEM_NOTE);
}

static void a_page_grows_and_its_posts_stay(void **state)
{
	struct page page = PAGE_INIT;

	(void)state;
	assert_int_equal(page.remaining, -1);
	for (size_t i = 0; i < 1000; i++) {
		struct post *post = page_add(&page);

		assert_null(post->uri);
		assert_int_equal(post->counts.replies, -1);
		assert_int_equal(post->counts.quotes, -1);
		post->uri = arena_printf(&page.arena, "https://social.example/%zu", i);
		page_add_cut(&page, i, i + 1);
	}
	assert_int_equal(page.count, 1000);
	assert_int_equal(page.cut_count, 1000);
	assert_string_equal(page.posts[0].uri, "https://social.example/0");
	assert_string_equal(page.posts[999].uri, "https://social.example/999");
	assert_int_equal(page.cuts[999].from, 999);
	assert_int_equal(page.cuts[999].to, 1000);
	page_release(&page);
	page_release(&page);
}

static void a_cleared_page_is_as_new(void **state)
{
	struct page page = PAGE_INIT;

	(void)state;
	page_add(&page)->uri = "x";
	page_add_cut(&page, 1, 2);
	page.remaining = 5;
	page.lowest = "1";
	page.last = true;
	page_clear(&page);
	assert_int_equal(page.count + page.cut_count, 0);
	assert_int_equal(page.remaining, -1);
	assert_null(page.lowest);
	assert_false(page.last);
	assert_null(page_add(&page)->uri);
	page_release(&page);
}

static void a_slug_is_letters_and_digits_with_single_hyphens(void **state)
{
	static const struct {
		const char *typed, *slug;
	} cases[] = {
		{ "ssmjp-2017-06", "ssmjp-2017-06" },
		{ "SSMJP 2017/06", "ssmjp-2017-06" },
		{ "＃ＳＳＭＪＰ　２０１７", "ssmjp-2017" },
		{ "2017年6月の #ssmjp!", "2017年6月の-ssmjp" },
		{ "--a---b--", "a-b" },
		{ "../../etc/passwd", "etc-passwd" },
		{ "ｻｰﾊﾞｰ", "サーバー" },
		{ "a\x1B\n<b>\"", "a-b" },
		{ "हिन्दी", "हिन्दी" },
		/* marks that only a dropped joiner kept apart */
		{ "a\u0652\u200C\u064E", "a\u064E\u0652" },
		{ "\xCC\x81"
		  "a",
		  "a" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct str out = STR_INIT, again = STR_INIT;
		struct err err = { 0 };

		assert_true(slug_fold(&out, cases[i].typed, &err));
		assert_string_equal(out.buf, cases[i].slug);
		assert_true(slug_fold(&again, out.buf, &err));
		assert_string_equal(again.buf, out.buf);
		str_release(&out);
		str_release(&again);
	}
}

static void what_cannot_name_a_thread_is_refused(void **state)
{
	static const char *const typed[] = {
		"",
		"-",
		"!!",
		"👍",
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
		"東京東京東京東京東京東京東京東京東京東京東京",
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(typed); i++) {
		struct str out = STR_INIT;
		struct err err = { 0 };

		str_add(&out, "kept");
		assert_false(slug_fold(&out, typed[i], &err));
		assert_int_equal(err.code, ERR_USAGE);
		assert_string_equal(out.buf, "kept");
		str_release(&out);
	}
}

static void a_style_is_words_in_any_order_each_kind_once(void **state)
{
	struct item_style style;
	struct str words = STR_INIT;

	(void)state;
	assert_true(item_style_parse(" red  large ", &style));
	assert_int_equal(style.emphasis, EMPHASIS_LARGE);
	assert_int_equal(style.colour, COLOUR_RED);
	item_style_add(&words, &style);
	assert_string_equal(words.buf, "large red");
	assert_true(item_style_parse(NULL, &style));
	assert_int_equal(style.emphasis, EMPHASIS_NORMAL);
	assert_int_equal(style.colour, COLOUR_NONE);
	str_clear(&words);
	item_style_add(&words, &style);
	assert_string_equal(words.buf, "");
	assert_false(item_style_parse("red blue", &style));
	assert_false(item_style_parse("large small", &style));
	assert_false(item_style_parse("redd", &style));
	str_release(&words);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_name_is_read_back_as_what_it_names),
		cmocka_unit_test(an_unknown_name_changes_nothing),
		cmocka_unit_test(a_page_grows_and_its_posts_stay),
		cmocka_unit_test(a_cleared_page_is_as_new),
		cmocka_unit_test(a_slug_is_letters_and_digits_with_single_hyphens),
		cmocka_unit_test(what_cannot_name_a_thread_is_refused),
		cmocka_unit_test(a_style_is_words_in_any_order_each_kind_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
