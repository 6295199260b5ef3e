#include <setjmp.h>
#include <stdalign.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "archive/base/arena.h"

static void memory_is_zeroed_aligned_and_apart(void **state)
{
	struct arena arena = ARENA_INIT;
	unsigned char *all[400];
	size_t sizes[400];

	(void)state;
	for (size_t i = 0; i < 400; i++) {
		sizes[i] = i * i % 1931;
		all[i] = arena_alloc(&arena, sizes[i]);
		assert_non_null(all[i]);
		assert_int_equal((uintptr_t)all[i] % alignof(max_align_t), 0);
		for (size_t b = 0; b < sizes[i]; b++)
			assert_int_equal(all[i][b], 0);
		memset(all[i], (int)(i % 251 + 1), sizes[i]);
	}
	for (size_t i = 0; i < 400; i++)
		for (size_t b = 0; b < sizes[i]; b++)
			assert_int_equal(all[i][b], i % 251 + 1);
	arena_release(&arena);
}

static void a_piece_larger_than_a_block_fits(void **state)
{
	struct arena arena = ARENA_INIT;
	char *small = arena_alloc(&arena, 10);
	char *large = arena_alloc(&arena, 300000);
	char *after = arena_alloc(&arena, 10);

	(void)state;
	memset(small, 1, 10);
	memset(large, 2, 300000);
	memset(after, 3, 10);
	assert_int_equal(small[9], 1);
	assert_int_equal(large[0], 2);
	assert_int_equal(large[299999], 2);
	assert_int_equal(after[0], 3);
	arena_release(&arena);
}

static void cleared_memory_is_handed_out_again_and_zeroed(void **state)
{
	struct arena arena = ARENA_INIT;
	char *first = arena_alloc(&arena, 1000);
	char *second;

	(void)state;
	memset(first, 7, 1000);
	arena_clear(&arena);
	second = arena_alloc(&arena, 1000);
	assert_ptr_equal(first, second);
	for (size_t i = 0; i < 1000; i++)
		assert_int_equal(second[i], 0);
	arena_release(&arena);
}

static void a_loop_over_pages_keeps_one_block_however_many_a_page_took(void **state)
{
	struct arena arena = ARENA_INIT;

	(void)state;
	for (int page = 0; page < 50; page++) {
		for (int i = 0; i < 40; i++)
			arena_alloc(&arena, 10000);
		arena_clear(&arena);
		assert_non_null(arena.head);
	}
	arena_alloc(&arena, 1000000);
	arena_clear(&arena);
	arena_clear(&arena);
	assert_non_null(arena_alloc(&arena, 1));
	arena_release(&arena);
	arena_clear(&arena);
	arena_release(&arena);
	assert_null(arena.head);
}

static void copies_are_copies(void **state)
{
	struct arena arena = ARENA_INIT;
	char text[] = "はなの花";
	const char *whole = arena_strdup(&arena, text);
	const char *part = arena_strndup(&arena, text, 6);
	const char *none = arena_strndup(&arena, text, 0);

	(void)state;
	memset(text, 'x', sizeof(text) - 1);
	assert_string_equal(whole, "はなの花");
	assert_string_equal(part, "はな");
	assert_string_equal(none, "");
	assert_null(arena_strdup(&arena, NULL));
	assert_null(arena_strndup(&arena, NULL, 5));
	arena_release(&arena);
}

static void a_formatted_text_may_be_long(void **state)
{
	struct arena arena = ARENA_INIT;
	const char *text = arena_printf(&arena, "%0100000d|%s", 7, "end");

	(void)state;
	assert_int_equal(strlen(text), 100004);
	assert_string_equal(text + 99999, "7|end");
	assert_string_equal(arena_printf(&arena, "%s", ""), "");
	arena_release(&arena);
}

static void an_array_is_zeroed(void **state)
{
	struct arena arena = ARENA_INIT;
	int64_t *numbers = arena_array(&arena, 1000, sizeof(*numbers));

	(void)state;
	for (size_t i = 0; i < 1000; i++)
		assert_int_equal(numbers[i], 0);
	assert_non_null(arena_array(&arena, 0, sizeof(*numbers)));
	arena_release(&arena);
}

/* How a program ends that asks for this; 0 when it does not end. */
static int status_of_asking_for(size_t count, size_t size)
{
	int status = -1;
	pid_t child = fork();

	if (child == 0) {
		struct arena arena = ARENA_INIT;

		if (!freopen("/dev/null", "w", stderr))
			_exit(2);
		arena_array(&arena, count, size);
		_exit(0);
	}
	assert_true(child > 0);
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status));
	return WEXITSTATUS(status);
}

static void more_than_there_is_ends_the_program(void **state)
{
	(void)state;
	assert_int_equal(status_of_asking_for(SIZE_MAX / 2, 4), 1);
	assert_int_equal(status_of_asking_for(SIZE_MAX / 4 + 2, 4),
			 1); /* 4 * this wraps round to 4 */
	assert_int_equal(status_of_asking_for(SIZE_MAX, 1), 1);
	assert_int_equal(status_of_asking_for(SIZE_MAX - 16, 1), 1);
	assert_int_equal(status_of_asking_for(1, 1), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(memory_is_zeroed_aligned_and_apart),
		cmocka_unit_test(a_piece_larger_than_a_block_fits),
		cmocka_unit_test(cleared_memory_is_handed_out_again_and_zeroed),
		cmocka_unit_test(a_loop_over_pages_keeps_one_block_however_many_a_page_took),
		cmocka_unit_test(copies_are_copies),
		cmocka_unit_test(a_formatted_text_may_be_long),
		cmocka_unit_test(an_array_is_zeroed),
		cmocka_unit_test(more_than_there_is_ends_the_program),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
