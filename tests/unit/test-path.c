#include "archive/base/path.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "archive/base/mem.h"

static void the_folder_of_a_path(void **state)
{
	static const char *const cases[][2] = {
		{ "a/b/c", "a/b" }, { "c", "." }, { "/c", "/" }, { "a//c", "a" }, { "夏/c", "夏" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct str out = STR_INIT;

		path_add_parent(&out, cases[i][0]);
		assert_string_equal(out.buf, cases[i][1]);
		str_release(&out);
	}
	assert_string_equal(path_name("a/b"), "b");
	assert_string_equal(path_name("b"), "b");
}

static void one_place_is_said_from_another(void **state)
{
	static const char *const cases[][3] = {
		{ "/a/b", "/a/b/c", "c" },
		{ "/a/b", "/a/b", "" },
		{ "/a/b", "/a", ".." },
		{ "/a/b", "/a/c", "../c" },
		{ "/a/b", "/d/e", "../../d/e" },
		{ "/", "/a", "a" },
		{ "/a", "/", ".." },
		{ "/a/b", "/a/bc", "../bc" },
		{ "/a b/夏", "/a b/秋/x", "../秋/x" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct str out = STR_INIT;

		path_add_relative(&out, cases[i][0], cases[i][1]);
		assert_string_equal(out.buf, cases[i][2]);
		str_release(&out);
	}
}

static void inside_is_not_beside(void **state)
{
	const char *rest = NULL;

	(void)state;
	assert_true(path_is_inside("/a/b", "/a", &rest));
	assert_string_equal(rest, "b");
	assert_true(path_is_inside("/a", "/", &rest));
	assert_string_equal(rest, "a");
	assert_true(path_is_inside("/a", "/a", &rest));
	assert_string_equal(rest, "");
	assert_false(path_is_inside("/ab", "/a", &rest));
	assert_false(path_is_inside("/a", "/a/b", &rest));
}

static void a_path_in_an_address(void **state)
{
	struct str out = STR_INIT;

	(void)state;
	path_add_url(&out, "夏の 夜/50%:1?#\"'[x]{y}");
	assert_string_equal(out.buf, "夏の%20夜/50%25%3A1%3F%23%22%27%5Bx%5D%7By%7D");
	str_release(&out);
}

static void expect_real(const char *folder, const char *path, const char *wanted)
{
	struct str out = STR_INIT, whole = STR_INIT;
	struct err err = { 0 };

	assert_true(path_real(path, &out, &err));
	str_addf(&whole, "%s%s", folder, wanted);
	assert_string_equal(out.buf, whole.buf);
	str_release(&out);
	str_release(&whole);
}

static void what_is_not_there_is_named_in_what_is(void **state)
{
	char name[] = "/tmp/archive-path-XXXXXX";
	char *folder;

	(void)state;
	assert_non_null(mkdtemp(name));
	folder = realpath(name, NULL);
	assert_non_null(folder);
	assert_int_equal(chdir(folder), 0);
	assert_int_equal(mkdir("real", 0777), 0);
	assert_int_equal(symlink("real", "link"), 0);
	expect_real(folder, "link", "/real");
	expect_real(folder, "link/a/b", "/real/a/b");
	expect_real(folder, "./a//../b/.", "/b");
	expect_real(folder, "x", "/x");
	expect_real(folder, "link/", "/real");
	expect_real("", "/nothing-of-that-name/x", "/nothing-of-that-name/x");
	expect_real("", "/../..", "/");
	assert_int_equal(unlink("link"), 0);
	assert_int_equal(rmdir("real"), 0);
	assert_int_equal(rmdir(folder), 0);
	free(folder);
}

static void a_folder_that_is_gone_is_said(void **state)
{
	char name[] = "/tmp/archive-path-XXXXXX";
	struct str out = STR_INIT;
	struct err err = { 0 };

	(void)state;
	assert_non_null(mkdtemp(name));
	assert_int_equal(chdir(name), 0);
	assert_int_equal(rmdir(name), 0);
	assert_false(path_real("x", &out, &err));
	assert_int_equal(err.code, ERR_IO);
	assert_int_equal(chdir("/"), 0);
	str_release(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_folder_of_a_path),
		cmocka_unit_test(one_place_is_said_from_another),
		cmocka_unit_test(inside_is_not_beside),
		cmocka_unit_test(a_path_in_an_address),
		cmocka_unit_test(what_is_not_there_is_named_in_what_is),
		cmocka_unit_test(a_folder_that_is_gone_is_said),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
