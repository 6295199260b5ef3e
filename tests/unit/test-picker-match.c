#include "in-folder.h"

#include <locale.h>

#include "archive/base/mem.h"
#include "archive/picker/state.h"

/* Marks of what was typed. */
static void mark(struct str *marks, const char *typed, const char *text)
{
	struct arena arena = ARENA_INIT;
	struct search_query query = { 0 };
	struct err err = { 0 };

	assert_true(search_parse(&(struct search_reading){ &arena, 1, "UTC" }, typed ? typed : "",
				 &query, &err));
	search_highlight(marks, &query, text);
	arena_release(&arena);
}

static size_t begin_in(const char *words, const char *text, int columns, bool wide_ambiguous)
{
	struct str marks = STR_INIT;
	size_t begin;

	mark(&marks, words, text);
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
	mark(&marks, "復元", text);
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
		cmocka_unit_test(a_row_begins_so_that_the_match_is_seen),
		cmocka_unit_test(what_is_marked_has_its_own_ink),
	};

	setlocale(LC_CTYPE, "C.UTF-8");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
