#include "in-folder.h"

#include <locale.h>

#include "archive/picker/frame.h"

static void pieces_stand_where_they_were_put(void **state)
{
	struct frame frame = FRAME_INIT;
	struct str text = STR_INIT;

	(void)state;
	frame_begin(&frame, 20, 3);
	assert_int_equal(frame_put(&frame, 0, 2, 5, INK_PLAIN, TONE_NONE, "日本語です"), 4);
	assert_int_equal(frame_fill(&frame, 0, 8, 6, INK_BAR, TONE_CURSOR, "ab"), 6);
	assert_int_equal(frame_put(&frame, 1, 18, 10, INK_PLAIN, TONE_NONE, "abc"), 2);
	assert_int_equal(frame_put(&frame, 3, 0, 10, INK_PLAIN, TONE_NONE, "abc"), 0);
	assert_int_equal(frame_put(&frame, 2, 20, 10, INK_PLAIN, TONE_NONE, "abc"), 0);
	assert_int_equal(frame_put(&frame, -1, 0, 10, INK_PLAIN, TONE_NONE, "abc"), 0);
	frame_add_text(&text, &frame);
	assert_string_equal(text.buf, "  日本  ab\n                  ab\n\n");
	str_release(&text);
	frame_release(&frame);
}

static void no_control_reaches_a_frame(void **state)
{
	struct frame frame = FRAME_INIT;

	(void)state;
	frame_begin(&frame, 20, 1);
	frame_put(&frame, 0, 0, 20, INK_PLAIN, TONE_NONE, "a\x1b[2J\xe2\x80\xae\n");
	assert_int_equal(frame.count, 1);
	assert_null(strpbrk(frame.pieces[0].text, "\x1b\n"));
	assert_null(strstr(frame.pieces[0].text, "\xe2\x80\xae"));
	frame_release(&frame);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pieces_stand_where_they_were_put),
		cmocka_unit_test(no_control_reaches_a_frame),
	};

	setlocale(LC_CTYPE, "C.UTF-8");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
