#include "in-folder.h"

#include <locale.h>

#include "archive/base/mem.h"
#include "archive/picker/state.h"

/* The text with what is marked in brackets. Valid until the next call. */
static const char *marked(const char *words, const char *text)
{
	static struct str out = STR_INIT;
	struct str marks = STR_INIT;
	char before = ' ';

	str_clear(&out);
	match_mark(&marks, words, text);
	for (size_t i = 0; text[i]; i++) {
		char mark = marks.len > 0 ? marks.buf[i] : ' ';

		if (mark != before)
			str_add_char(&out, mark == '+' ? '[' : ']');
		str_add_char(&out, text[i]);
		before = mark;
	}
	str_add(&out, before == '+' ? "]" : "");
	str_release(&marks);
	return out.buf;
}

static void what_was_searched_for_is_marked(void **state)
{
	static const struct {
		const char *words, *text, *marked;
	} cases[] = {
		{ "復元", "帰ったら、何か一つ復元してみる", "帰ったら、何か一つ[復元]してみる" },
		{ "復元*", "復元、復元", "[復元]、[復元]" },
		{ "復元 宿題", "宿題は復元", "[宿題]は[復元]" },
		{ "dns", "DNSでした。ｄｎｓ", "[DNS]でした。[ｄｎｓ]" },
		{ "テープ", "昔、ﾃｰﾌﾟの世代", "昔、[ﾃｰﾌﾟ]の世代" },
		{ "プロ", "プログラム ﾌﾟﾛ", "[プロ]グラム [ﾌﾟﾛ]" },
		{ "ﾃｰﾌﾟ　宿題", "テープの宿題", "[テープ]の[宿題]" },
		/* a word, not a part of another; its beginning where that was asked for */
		{ "dns", "mdnsd dnssec dns", "mdnsd dnssec [dns]" },
		{ "dns*", "mdnsd dnssec dns", "mdnsd [dns]sec [dns]" },
		{ "k8s", "勉強会k8sの話", "勉強会[k8s]の話" },
		{ "\"of it\" -not", "words of it, not it of", "words [of it], not it of" },
		{ "-not", "not this", "not this" },
		{ "🍺", "乾杯🍺🍺", "乾杯[🍺🍺]" },
		{ "", "nothing", "nothing" },
		{ "\"", "a \" b", "a \" b" },
		{ "* - -\" \"*", "a * - b", "a * - b" },
		{ NULL, "nothing", "nothing" },
		{ "any", "", "" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		assert_string_equal(marked(cases[i].words, cases[i].text), cases[i].marked);
	/* broken bytes harm nothing */
	assert_true(strlen(marked("\xff", "\xff\xfe\xe3\x81")) >= 4);
}

static size_t begin_in(const char *words, const char *text, int columns, bool wide_ambiguous)
{
	struct str marks = STR_INIT;
	size_t begin;

	match_mark(&marks, words, text);
	begin = match_begin(text, marks.buf, columns, wide_ambiguous);
	str_release(&marks);
	return begin;
}

static size_t begin_of(const char *words, const char *text, int columns)
{
	return begin_in(words, text, columns, false);
}

static void a_row_begins_so_that_the_match_is_seen(void **state)
{
	static const char text[] = "あいうえおかきくけこさしすせそ復元";

	(void)state;
	assert_int_equal(begin_of("復元", text, 34), 0);
	assert_string_equal(text + begin_of("復元", text, 33), "さしすせそ復元");
	assert_int_equal(begin_of("あい", text, 2), 0);
	assert_int_equal(begin_of("何か", text, 2), 0);
	assert_int_equal(begin_of(NULL, text, 2), 0);
	/* where the terminal gives an ellipsis two columns, it takes them here, too */
	assert_int_equal(begin_of("復元", "……復元", 6), 0);
	assert_true(begin_in("復元", "かき……復元", 10, true) > 0);
	assert_int_equal(begin_in("復元", "かき……復元", 12, true), 0);
}

static void what_is_marked_has_its_own_ink(void **state)
{
	static const struct piece place = { .line = 0, .column = 2, .ink = INK_DIM };
	static const char text[] = "宿題は復元です";
	struct frame frame = FRAME_INIT;
	struct str marks = STR_INIT;

	(void)state;
	match_mark(&marks, "復元", text);
	frame_begin(&frame, 40, 1);
	assert_int_equal(match_put(&frame, &place, 30, text, strlen(text), marks.buf), 14);
	assert_int_equal(frame.count, 3);
	assert_int_equal(frame.pieces[1].ink, INK_MATCH);
	assert_string_equal(frame.pieces[1].text, "復元");
	assert_int_equal(frame.pieces[1].column, 8);
	assert_int_equal(frame.pieces[2].ink, INK_DIM);
	/* cut, also within a wide character: nothing stands in the place of what was cut */
	frame_begin(&frame, 40, 1);
	assert_int_equal(match_put(&frame, &place, 7, text, strlen(text), marks.buf), 6);
	assert_int_equal(frame.count, 1);
	frame_begin(&frame, 40, 1);
	assert_int_equal(match_put(&frame, &place, 9, text, strlen(text), marks.buf), 8);
	assert_int_equal(frame.count, 2);
	str_release(&marks);
	frame_release(&frame);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_was_searched_for_is_marked),
		cmocka_unit_test(a_row_begins_so_that_the_match_is_seen),
		cmocka_unit_test(what_is_marked_has_its_own_ink),
	};

	setlocale(LC_CTYPE, "C.UTF-8");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
