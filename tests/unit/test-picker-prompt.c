#include "in-folder.h"

#include "archive/base/mem.h"
#include "archive/picker/prompt.h"
#include "archive/text/utf8.h"

static void type(struct prompt *prompt, const char *text)
{
	const char *end = text + strlen(text);

	while (text < end)
		prompt_edit(prompt, COMMAND_TYPE, utf8_next(&text, end));
}

static void edit(struct prompt *prompt, const enum command *commands)
{
	for (; *commands != COMMAND_NONE; commands++)
		prompt_edit(prompt, *commands, 0);
}

#define FAMILY "\U0001F468\u200D\U0001F469\u200D\U0001F467"
#define FLAG   "\U0001F1EF\U0001F1F5"
#define KEYCAP "1\uFE0F\u20E3"

static void a_line_is_edited_by_what_a_reader_calls_characters(void **state)
{
	static const struct {
		const char *begins;
		enum command commands[6];
		const char *before, *behind; /* the cursor */
	} cases[] = {
		{ "abc", { COMMAND_TYPE_BACKSPACE }, "ab", "" },
		{ "日本語", { COMMAND_TYPE_LEFT, COMMAND_TYPE_BACKSPACE }, "日", "語" },
		{ "a" FAMILY, { COMMAND_TYPE_BACKSPACE }, "a", "" },
		{ "a" FAMILY "b", { COMMAND_TYPE_LEFT, COMMAND_TYPE_LEFT }, "a", FAMILY "b" },
		{ FLAG FLAG, { COMMAND_TYPE_LEFT, COMMAND_TYPE_DELETE }, FLAG, "" },
		{ KEYCAP "x", { COMMAND_TYPE_HOME, COMMAND_TYPE_RIGHT }, KEYCAP, "x" },
		{ "e\u0301", { COMMAND_TYPE_BACKSPACE }, "", "" },
		{ "かか\u3099", { COMMAND_TYPE_BACKSPACE }, "か", "" },
		{ "one two ", { COMMAND_TYPE_WORD }, "one ", "" },
		{ "one two", { COMMAND_TYPE_LEFT, COMMAND_TYPE_CLEAR }, "", "o" },
		{ "one two", { COMMAND_TYPE_HOME, COMMAND_TYPE_RIGHT, COMMAND_TYPE_CUT }, "o", "" },
		{ "",
		  { COMMAND_TYPE_BACKSPACE, COMMAND_TYPE_LEFT, COMMAND_TYPE_DELETE,
		    COMMAND_TYPE_RIGHT, COMMAND_TYPE_WORD },
		  "",
		  "" },
		/* what joins when something between goes away is one character from then on */
		{ "a" FLAG "\u0301", { COMMAND_TYPE_BACKSPACE, COMMAND_TYPE_LEFT }, "", "a" },
	};
	struct prompt prompt = PROMPT_INIT;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		prompt_begin(&prompt, cases[i].begins);
		edit(&prompt, cases[i].commands);
		assert_string_equal(prompt.text.buf + prompt.at, cases[i].behind);
		str_truncate(&prompt.text, prompt.at);
		assert_string_equal(prompt.text.buf, cases[i].before);
	}
	prompt_release(&prompt);
}

static void what_is_typed_goes_in_at_the_cursor(void **state)
{
	struct prompt prompt = PROMPT_INIT;

	(void)state;
	prompt_begin(&prompt, "");
	type(&prompt, "運用夜");
	prompt_edit(&prompt, COMMAND_TYPE_LEFT, 0);
	type(&prompt, "の");
	assert_string_equal(prompt.text.buf, "運用の夜");
	assert_string_equal(prompt.text.buf + prompt.at, "夜");
	prompt_edit(&prompt, COMMAND_TYPE_HOME, 0);
	type(&prompt, "e");
	type(&prompt, "\u0301");
	assert_string_equal(prompt.text.buf + prompt.at, "運用の夜");
	prompt_release(&prompt);
}

static void no_control_and_no_endless_line_is_typed(void **state)
{
	static const uint32_t refused[] = { 0x80, 0x9B, 0x202E, 0x2066 };
	struct prompt prompt = PROMPT_INIT;

	(void)state;
	prompt_begin(&prompt, "a\033[2Jb");
	assert_null(strchr(prompt.text.buf, '\033'));
	str_clear(&prompt.text);
	prompt.at = 0;
	for (size_t i = 0; i < ARRAY_LEN(refused); i++)
		prompt_edit(&prompt, COMMAND_TYPE, refused[i]);
	assert_int_equal(prompt.text.len, 0);
	for (int i = 0; i < 5000; i++)
		type(&prompt, "語");
	assert_true(prompt.text.len <= PROMPT_MAX_BYTES);
	assert_int_equal(prompt.at, prompt.text.len);
	prompt_release(&prompt);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_line_is_edited_by_what_a_reader_calls_characters),
		cmocka_unit_test(what_is_typed_goes_in_at_the_cursor),
		cmocka_unit_test(no_control_and_no_endless_line_is_typed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
