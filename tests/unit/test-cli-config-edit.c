#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "archive/base/io.h"
#include "archive/base/mem.h"
#include "archive/cli/config-edit.h"

static const char written_by_hand[] = "# mine ; all of it\n"
				      "[archive]\n"
				      "  zone = Asia/Tokyo\n"
				      "\n"
				      "# the servers\n"
				      "[mastodon]\n"
				      "instances = a.example, b.example,c.example\n"
				      "\n"
				      "[source Mastodon:A.example] \n"
				      "# why\n"
				      "token-env : MINE\n"
				      "pace = 30s\n"
				      "# behind\n"
				      "\n"
				      "[source x]\n"
				      "budget = 1";

static void check(struct str *text, const char *wanted)
{
	assert_string_equal(text->buf, wanted);
	str_release(text);
}

static struct str begin(const char *text)
{
	struct str out = STR_INIT;

	str_add(&out, text);
	return out;
}

static void a_key_is_set_in_its_place(void **state)
{
	struct str text = begin("[source x]\n# one\n budget=1\n# two\n[price]\npost = 1\n");

	(void)state;
	config_edit_set(&text, "source x", "budget", "2.50");
	check(&text, "[source x]\n# one\nbudget = 2.50\n# two\n[price]\npost = 1\n");
}

static void a_new_key_comes_behind_the_last_one_of_its_section(void **state)
{
	struct str text = begin(written_by_hand);

	(void)state;
	config_edit_set(&text, "source mastodon:a.example", "token", "t");
	assert_non_null(strstr(text.buf, "pace = 30s\ntoken = t\n# behind\n\n[source x]\n"));
	config_edit_set(&text, "source x", "token", "u");
	assert_true(str_ends(text.buf, "[source x]\nbudget = 1\ntoken = u\n"));
	str_release(&text);
}

static void a_new_section_comes_at_the_end(void **state)
{
	struct str text = STR_INIT;

	(void)state;
	config_edit_set(&text, "source x", NULL, NULL);
	config_edit_set(&text, "source x", NULL, NULL);
	config_edit_set(&text, "source mastodon:a.example", "pace", "30s");
	check(&text, "[source x]\n\n[source mastodon:a.example]\npace = 30s\n");
}

static void a_key_is_taken_away_and_nothing_else(void **state)
{
	struct str text = begin(written_by_hand);
	struct str wanted = begin(written_by_hand);

	(void)state;
	assert_false(config_edit_unset(&text, "source mastodon:a.example", "token"));
	assert_false(config_edit_unset(&text, "source x", "pace"));
	assert_string_equal(text.buf, written_by_hand);
	assert_true(config_edit_unset(&text, "source mastodon:a.example", "token-env"));
	str_truncate(&wanted, (size_t)(strstr(wanted.buf, "token-env") - wanted.buf));
	str_add(&wanted, strstr(written_by_hand, "pace"));
	assert_string_equal(text.buf, wanted.buf);
	str_release(&wanted);
	str_release(&text);
}

static void a_section_goes_with_its_keys_and_the_rest_stays(void **state)
{
	struct str text = begin(written_by_hand);

	(void)state;
	assert_true(config_edit_drop(&text, "source mastodon:a.example"));
	assert_false(config_edit_drop(&text, "source mastodon:a.example"));
	check(&text, "# mine ; all of it\n[archive]\n  zone = Asia/Tokyo\n\n# the servers\n"
		     "[mastodon]\ninstances = a.example, b.example,c.example\n\n# behind\n\n"
		     "[source x]\nbudget = 1");
	text = begin("[archive]\nbudget = 1\n\n[source x]\nbudget = 1\n\n[price]\npost = 1\n\n"
		     "[source X]\n");
	assert_true(config_edit_drop(&text, "source x"));
	check(&text, "[archive]\nbudget = 1\n\n[price]\npost = 1\n");
}

static void a_server_is_taken_out_of_a_list(void **state)
{
	static const struct {
		const char *name, *line;
	} cases[] = {
		{ "mastodon:b.example", "instances = a.example, c.example\n" },
		{ "mastodon:a.example", "instances = b.example, c.example\n" },
		{ "mastodon:c.example", "instances = a.example, b.example\n" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct str text = begin(written_by_hand);

		assert_true(config_edit_drop_instance(&text, "mastodon", cases[i].name));
		assert_non_null(strstr(text.buf, cases[i].line));
		assert_false(config_edit_drop_instance(&text, "mastodon", cases[i].name));
		str_release(&text);
	}
}

static void the_last_server_of_a_list_takes_the_line_along(void **state)
{
	struct str text = begin("[mastodon]\ninstances = a.example\n# mine\n");

	(void)state;
	assert_true(config_edit_drop_instance(&text, "mastodon", "mastodon:a.example"));
	check(&text, "[mastodon]\n# mine\n");
}

static int mode_of(const char *path)
{
	struct stat st;

	assert_int_equal(stat(path, &st), 0);
	return (int)(st.st_mode & 0777);
}

static void a_file_keeps_its_mode_until_it_holds_a_secret(void **state)
{
	char folder[] = "/tmp/archive-config.XXXXXX";
	struct str path = STR_INIT, text = STR_INIT, bytes = STR_INIT;
	struct err err = { 0 };

	(void)state;
	umask(022);
	assert_non_null(mkdtemp(folder));
	str_addf(&path, "%s/new/c.ini", folder);
	assert_true(config_edit_read(path.buf, &text, &err));
	assert_int_equal(text.len, 0);
	config_edit_set(&text, "source x", "token-env", "MINE");
	assert_true(config_edit_write(path.buf, &text, &err));
	assert_int_equal(mode_of(path.buf), 0600);
	assert_int_equal(chmod(path.buf, 0644), 0);
	config_edit_set(&text, "source x", "budget", "1");
	assert_true(config_edit_write(path.buf, &text, &err));
	assert_int_equal(mode_of(path.buf), 0644);
	config_edit_unset(&text, "source x", "token-env");
	config_edit_set(&text, "source x", "token", "sesame");
	assert_true(config_edit_write(path.buf, &text, &err));
	assert_int_equal(mode_of(path.buf), 0600);
	config_edit_set(&text, "source x", "token", "two ;words");
	assert_false(config_edit_write(path.buf, &text, &err));
	assert_null(strstr(err.msg, "words"));
	assert_true(io_read_file(path.buf, 1000, &bytes, &err));
	assert_non_null(strstr(bytes.buf, "token = sesame\n"));
	unlink(path.buf);
	str_truncate(&path, path.len - strlen("/c.ini"));
	rmdir(path.buf);
	rmdir(folder);
	str_release(&path);
	str_release(&text);
	str_release(&bytes);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_key_is_set_in_its_place),
		cmocka_unit_test(a_new_key_comes_behind_the_last_one_of_its_section),
		cmocka_unit_test(a_new_section_comes_at_the_end),
		cmocka_unit_test(a_key_is_taken_away_and_nothing_else),
		cmocka_unit_test(a_section_goes_with_its_keys_and_the_rest_stays),
		cmocka_unit_test(a_server_is_taken_out_of_a_list),
		cmocka_unit_test(the_last_server_of_a_list_takes_the_line_along),
		cmocka_unit_test(a_file_keeps_its_mode_until_it_holds_a_secret),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
