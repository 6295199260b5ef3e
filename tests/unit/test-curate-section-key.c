#include "in-folder.h"

#include "archive/curate/section-key.h"

static void a_key_is_letters_and_digits_and_begins_with_a_letter(void **state)
{
	(void)state;
	assert_true(section_key_valid("k3f"));
	assert_true(section_key_valid("a"));
	assert_true(section_key_valid("abcdefghijklmnopqrstuvwxyz012345"));
	assert_false(section_key_valid("abcdefghijklmnopqrstuvwxyz0123456"));
	assert_false(section_key_valid(""));
	assert_false(section_key_valid("3kf"));
	assert_false(section_key_valid("K3f"));
	assert_false(section_key_valid("k-f"));
}

static void every_key_that_is_made_is_one(void **state)
{
	struct str key = STR_INIT, first = STR_INIT;
	size_t same = 0;

	(void)state;
	section_key_add(&first, "ssmjp", "運用", 0);
	for (unsigned try = 0; try < 200; try++) {
		str_clear(&key);
		section_key_add(&key, "ssmjp", "運用", try);
		assert_true(section_key_valid(key.buf));
		assert_int_equal(key.len, try < 64 ? 3 : 7);
		same += str_same(key.buf, first.buf);
	}
	assert_true(same < 3); /* the tries differ; the first is itself */
	str_release(&key);
	str_release(&first);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_key_is_letters_and_digits_and_begins_with_a_letter),
		cmocka_unit_test(every_key_that_is_made_is_one),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
