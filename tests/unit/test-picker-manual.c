#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "archive/base/io.h"
#include "archive/picker/key.h"

#define MODES 6 /* of enum key_mode */

static void add_escaped(struct str *out, const char *text)
{
	for (; *text; text++) {
		if (strchr("\\*_[~", *text))
			str_add_char(out, '\\');
		str_add_char(out, *text);
	}
}

/* The keys of the manual page as the table has them, one under the other. */
static void add_mode(struct str *out, enum key_mode mode)
{
	size_t count;
	const struct key *keys = key_table(&count);
	struct str presses = STR_INIT;

	str_addf(out, "## %s\n\n", key_mode_title(mode));
	for (size_t i = 0; i < count; i++) {
		if (!(keys[i].modes & mode))
			continue;
		str_clear(&presses);
		key_add_presses(&presses, &keys[i]);
		str_add_char(out, '*');
		add_escaped(out, presses.buf);
		str_addf(out, "*\n\t%s\n\n", keys[i].words);
	}
	str_release(&presses);
}

static void the_manual_has_the_keys_of_the_table(void **state)
{
	struct str wanted = STR_INIT;
	struct str path = STR_INIT;
	struct str page = STR_INIT;
	struct err err = { 0 };
	const char *keys;

	(void)state;
	str_addf(&path, "%s/data/man/archive-pick.1.scd", getenv("SOURCE"));
	assert_true(io_read_file(path.buf, 1 << 20, &page, &err));
	for (int i = 0; i < MODES; i++)
		add_mode(&wanted, (enum key_mode)(1 << i));
	keys = strstr(page.buf, "## In the lists\n");
	assert_non_null(keys);
	assert_non_null(strstr(keys, "# THE SCREEN\n"));
	str_truncate(&page, (size_t)(strstr(keys, "# THE SCREEN\n") - page.buf));
	assert_string_equal(keys, wanted.buf);
	str_release(&path);
	str_release(&page);
	str_release(&wanted);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_manual_has_the_keys_of_the_table),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
