#include "in-folder.h"

#include "archive/base/mem.h"
#include "archive/picker/key.h"

static bool is_none(const struct press *press)
{
	return press->kind == PRESS_CHAR && press->c == 0;
}

static void every_key_does_what_its_row_says(void **state)
{
	size_t count, pressed = 0;
	const struct key *keys = key_table(&count);

	(void)state;
	for (size_t i = 0; i < count; i++) {
		assert_true(keys[i].words && *keys[i].words);
		assert_false(is_none(&keys[i].presses[0]));
		for (size_t p = 0; p < KEY_PRESSES && !is_none(&keys[i].presses[p]); p++)
			for (int mode = KEYS_LISTS; mode <= KEYS_AUTHOR; mode *= 2) {
				if (!(keys[i].modes & (unsigned)mode))
					continue;
				/* a press that two rows have would be the first's */
				assert_int_equal(
					key_command((enum key_mode)mode, &keys[i].presses[p]),
					keys[i].command);
				pressed++;
			}
	}
	assert_true(pressed > 100);
}

static void every_command_has_a_key(void **state)
{
	size_t count;
	const struct key *keys = key_table(&count);

	(void)state;
	for (int command = COMMAND_NONE + 1; command < COMMAND_COUNT; command++) {
		size_t rows = 0;

		for (size_t i = 0; i < count; i++)
			rows += keys[i].command == (enum command)command;
		assert_int_equal(rows, command == COMMAND_TYPE ? 0 : 1);
	}
}

static void characters_are_typed_in_prompts_alone(void **state)
{
	static const uint32_t typed[] = { 'q', ' ', '?', 0x3042, 0x1F34A };
	static const uint32_t others[] = { 20, 0x7F };

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(typed); i++)
		assert_int_equal(
			key_command(KEYS_PROMPT, &(struct press){ PRESS_CHAR, typed[i], 0, 0 }),
			COMMAND_TYPE);
	for (size_t i = 0; i < ARRAY_LEN(others); i++)
		assert_int_equal(
			key_command(KEYS_PROMPT, &(struct press){ PRESS_CHAR, others[i], 0, 0 }),
			COMMAND_NONE);
	assert_int_equal(key_command(KEYS_LISTS, &(struct press){ PRESS_CHAR, 0x3042, 0, 0 }),
			 COMMAND_NONE);
}

static void presses_are_written_as_people_say_them(void **state)
{
	static const struct {
		enum command command;
		const char *text;
	} cases[] = {
		{ COMMAND_CHOOSE, "Space" },	     { COMMAND_DROP, "x, Delete" },
		{ COMMAND_REDO, "Ctrl-R" },	     { COMMAND_PAGE_UP, "Page Up, Ctrl-B" },
		{ COMMAND_DOWN, "j, Down, Ctrl-N" }, { COMMAND_PUSH_NEXT, "]" },
	};
	struct str text = STR_INIT;
	size_t count;
	const struct key *keys = key_table(&count);

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		for (size_t k = 0; k < count; k++) {
			if (keys[k].command != cases[i].command)
				continue;
			str_clear(&text);
			key_add_presses(&text, &keys[k]);
			assert_string_equal(text.buf, cases[i].text);
		}
	str_release(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_key_does_what_its_row_says),
		cmocka_unit_test(every_command_has_a_key),
		cmocka_unit_test(characters_are_typed_in_prompts_alone),
		cmocka_unit_test(presses_are_written_as_people_say_them),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
