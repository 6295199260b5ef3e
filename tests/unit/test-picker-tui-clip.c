#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "archive/base/mem.h"
#include "archive/picker/tui-clip.h"

static void text_goes_in_base64(void **state)
{
	/* RFC 4648, section 10, and the address of a post */
	static const struct {
		const char *text, *sent;
	} cases[] = {
		{ "", "\033]52;c;\a" },
		{ "f", "\033]52;c;Zg==\a" },
		{ "fo", "\033]52;c;Zm8=\a" },
		{ "foo", "\033]52;c;Zm9v\a" },
		{ "foobar", "\033]52;c;Zm9vYmFy\a" },
		{ "https://x.example/?~", "\033]52;c;aHR0cHM6Ly94LmV4YW1wbGUvP34=\a" },
		{ "\xE5\xA4\x9C", "\033]52;c;5aSc\a" },
	};
	struct str out = STR_INIT;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		str_clear(&out);
		clip_add(&out, cases[i].text, false);
		assert_string_equal(out.buf, cases[i].sent);
	}
	str_release(&out);
}

static void tmux_is_also_asked_to_pass_it_on(void **state)
{
	struct str out = STR_INIT;

	(void)state;
	clip_add(&out, "foo", true);
	assert_string_equal(out.buf, "\033]52;c;Zm9v\a"
				     "\033Ptmux;\033\033]52;c;Zm9v\a\033\\");
	str_release(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(text_goes_in_base64),
		cmocka_unit_test(tmux_is_also_asked_to_pass_it_on),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
