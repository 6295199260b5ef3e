#include "in-folder.h"

#include <errno.h>
#include <fcntl.h>

/* ---- reading ---- */

static void a_file_is_read_up_to_its_limit(void **state)
{
	struct str out = STR_INIT;
	struct err err = { 0 };
	char text[20001];

	(void)state;
	memset(text, 'x', sizeof(text) - 1);
	text[sizeof(text) - 1] = '\0';
	put(in_folder("a"), text);
	str_add(&out, "before:");
	assert_true(io_read_file(in_folder("a"), 20000, &out, &err));
	assert_int_equal(out.len, 20007);
	assert_string_equal(out.buf + 7, text);
	assert_int_equal(err.code, ERR_NONE);
	assert_false(io_read_file(in_folder("a"), 19999, &out, &err));
	assert_int_equal(err.code, ERR_MALFORMED);
	assert_non_null(strstr(err.msg, in_folder("a")));
	put(in_folder("empty"), "");
	str_clear(&out);
	assert_true(io_read_file(in_folder("empty"), 0, &out, &err));
	assert_int_equal(out.len, 0);
	str_release(&out);
}

static void a_missing_file_and_a_folder_are_told_apart(void **state)
{
	struct str out = STR_INIT;
	struct err err = { 0 };

	(void)state;
	assert_false(io_read_file(in_folder("none"), 10, &out, &err));
	assert_int_equal(err.code, ERR_NOT_FOUND);
	assert_non_null(strstr(err.msg, "none: "));
	assert_false(io_read_file(folder, 10, &out, &err));
	assert_int_equal(err.code, ERR_IO);
	assert_non_null(strstr(err.msg, strerror(EISDIR)));
	assert_int_equal(out.len, 0);
	str_release(&out);
}

/* ---- replacing ---- */

static void a_new_file_gets_the_mode_of_the_umask(void **state)
{
	(void)state;
	put(in_folder("a"), "one");
	assert_int_equal(mode_of(in_folder("a")), 0644);
	umask(077);
	put(in_folder("b"), "two");
	assert_int_equal(mode_of(in_folder("b")), 0600);
	assert_int_equal(umask(022), 077); /* it was left as it was */
	assert_int_equal(entries(), 2);
}

static void a_replaced_file_keeps_its_mode(void **state)
{
	(void)state;
	put(in_folder("a"), "one");
	assert_int_equal(chmod(in_folder("a"), 0750), 0);
	put(in_folder("a"), "two");
	assert_int_equal(mode_of(in_folder("a")), 0750);
	assert_file(in_folder("a"), "two");
	assert_int_equal(entries(), 1);
}

static void a_link_is_followed_and_stays(void **state)
{
	struct stat st = { 0 };

	(void)state;
	assert_int_equal(mkdir(in_folder("deep"), 0777), 0);
	put(in_folder("deep/real"), "one");
	assert_int_equal(symlink("deep/real", in_folder("link")), 0);
	put(in_folder("link"), "two");
	assert_int_equal(lstat(in_folder("link"), &st), 0);
	assert_true(S_ISLNK(st.st_mode));
	assert_file(in_folder("deep/real"), "two");
	assert_int_equal(entries(), 2);
}

static void the_old_file_is_there_until_the_new_one_is_whole(void **state)
{
	struct io_target target = IO_TARGET_INIT;
	struct err err = { 0 };

	(void)state;
	put(in_folder("a"), "old");
	assert_true(io_target_open(&target, in_folder("a"), &err));
	fputs("new", target.stream);
	fflush(target.stream);
	assert_file(in_folder("a"), "old");
	assert_true(io_target_close(&target, true, &err));
	assert_file(in_folder("a"), "new");
	assert_int_equal(entries(), 1);
	assert_null(target.stream);
}

static bool knows_nameless_files(void)
{
	int fd = open(folder, O_TMPFILE | O_WRONLY | O_CLOEXEC, 0600);

	close(fd);
	return fd >= 0;
}

static void of_a_program_that_is_ended_nothing_is_left(void **state)
{
	struct io_target target = IO_TARGET_INIT;
	struct err err = { 0 };

	(void)state;
	if (!knows_nameless_files())
		skip();
	put(in_folder("a"), "old");
	assert_true(io_target_open(&target, in_folder("a"), &err));
	fputs("new", target.stream);
	fflush(target.stream);
	assert_int_equal(entries(), 1);
	assert_true(io_target_close(&target, true, &err));
	assert_file(in_folder("a"), "new");
}

/* A program that was killed between two steps may have left one. */
static void a_name_that_is_taken_is_not_touched(void **state)
{
	char taken[64];

	(void)state;
	snprintf(taken, sizeof(taken), "a.%ld-0", (long)getpid());
	put(in_folder(taken), "somebody's");
	put(in_folder("a"), "new");
	assert_file(in_folder("a"), "new");
	assert_file(in_folder(taken), "somebody's");
	assert_int_equal(entries(), 2);
}

static void what_is_not_kept_leaves_nothing(void **state)
{
	struct io_target target = IO_TARGET_INIT;
	struct err err = { 0 };

	(void)state;
	put(in_folder("a"), "old");
	assert_true(io_target_open(&target, in_folder("a"), &err));
	fputs("new", target.stream);
	assert_true(io_target_close(&target, false, &err));
	assert_file(in_folder("a"), "old");
	assert_int_equal(entries(), 1);
	assert_true(io_target_open(&target, in_folder("b"), &err));
	assert_true(io_target_close(&target, false, &err));
	assert_int_equal(entries(), 1);
	assert_int_equal(err.code, ERR_NONE);
}

static void a_target_in_no_folder_cannot_be_opened(void **state)
{
	struct io_target target = IO_TARGET_INIT;
	struct err err = { 0 };

	(void)state;
	assert_false(io_target_open(&target, in_folder("none/a"), &err));
	assert_int_equal(err.code, ERR_NOT_FOUND);
	assert_non_null(strstr(err.msg, in_folder("none/a")));
	assert_null(target.stream);
	assert_int_equal(target.path.len, 0);
}

static void a_folder_that_may_not_be_written_to_is_named(void **state)
{
	uid_t me = geteuid();
	struct err err = { 0 };

	(void)state;
	put(in_folder("a"), "old");
	assert_int_equal(chmod(in_folder("a"), 0666), 0);
	assert_int_equal(chmod(folder, 0555), 0);
	assert_int_equal(me == 0 ? seteuid(65534) : 0, 0);
	assert_false(io_write_file(in_folder("a"), "new", 3, &err));
	assert_false(io_write_file(in_folder("b"), "new", 3, &(struct err){ 0 }));
	assert_int_equal(seteuid(me), 0);
	assert_int_equal(err.code, ERR_IO);
	assert_non_null(strstr(err.msg, "its folder may not be written to"));
	assert_file(in_folder("a"), "old");
}

static void a_folder_is_not_replaced(void **state)
{
	struct err err = { 0 };

	(void)state;
	assert_int_equal(mkdir(in_folder("d"), 0777), 0);
	assert_false(io_write_file(in_folder("d"), "x", 1, &err));
	assert_int_equal(err.code, ERR_IO);
	assert_int_equal(entries(), 1);
}

/* ---- folders ---- */

static void a_pipe_is_written_to_and_stays(void **state)
{
	const char *path = in_folder("pipe");
	struct err err = { 0 };
	char got[4] = "";
	struct stat st;
	int fd;

	(void)state;
	assert_int_equal(mkfifo(path, 0600), 0);
	fd = open(path, O_RDWR); /* so that nobody waits for a reader */
	assert_true(fd >= 0);
	assert_true(io_write_file(path, "new", 3, &err));
	assert_int_equal(read(fd, got, 3), 3);
	assert_string_equal(got, "new");
	assert_int_equal(stat(path, &st), 0);
	assert_true(S_ISFIFO(st.st_mode));
	close(fd);
}

static void folders_are_made_with_their_parents(void **state)
{
	struct err err = { 0 };

	(void)state;
	assert_true(io_make_folder(in_folder("a/b//c/"), &err));
	assert_true(io_make_folder(in_folder("a/b/c"), &err));
	assert_int_equal(mode_of(in_folder("a/b/c")), 0755);
	assert_true(io_make_parent(in_folder("x/y/file"), &err));
	assert_int_equal(mode_of(in_folder("x/y")), 0755);
	assert_int_equal(access(in_folder("x/y/file"), F_OK), -1);
	assert_true(io_make_parent("file", &err));
	assert_true(io_make_parent("/file", &err));
	assert_true(io_make_folder("/", &err));
	assert_true(io_make_folder(".", &err));
	assert_int_equal(err.code, ERR_NONE);
}

static void a_file_in_the_way_of_a_folder_is_told(void **state)
{
	struct err err = { 0 };

	(void)state;
	put(in_folder("a"), "file");
	assert_false(io_make_folder(in_folder("a"), &err));
	assert_int_equal(err.code, ERR_IO);
	assert_non_null(strstr(err.msg, in_folder("a")));
	assert_false(io_make_folder(in_folder("a/b"), &err));
	assert_int_equal(err.code, ERR_IO);
	assert_false(io_make_folder("", &err));
	assert_file(in_folder("a"), "file");
}

static void the_xdg_folder_is_the_variable_or_below_home(void **state)
{
	static const struct {
		const char *value, *home, *expected;
	} cases[] = {
		{ "/data", "/home/hana", "/data" },
		{ NULL, "/home/hana", "/home/hana/.local/share" },
		{ "", "/home/hana", "/home/hana/.local/share" },
		{ "relative", "/home/hana", "/home/hana/.local/share" },
		{ "/data", NULL, "/data" },
		{ NULL, NULL, NULL },
		{ NULL, "", NULL },
		{ "relative", "also", NULL },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct str out = STR_INIT;
		struct err err = { 0 };

		assert_int_equal(cases[i].value ? setenv("XDG_DATA_HOME", cases[i].value, 1)
						: unsetenv("XDG_DATA_HOME"),
				 0);
		assert_int_equal(
			cases[i].home ? setenv("HOME", cases[i].home, 1) : unsetenv("HOME"), 0);
		assert_int_equal(io_xdg("XDG_DATA_HOME", ".local/share", &out, &err),
				 cases[i].expected != NULL);
		assert_string_equal(out.buf, cases[i].expected ? cases[i].expected : "");
		assert_int_equal(err.code, cases[i].expected ? ERR_NONE : ERR_USAGE);
		str_release(&out);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_FOLDER(a_file_is_read_up_to_its_limit),
		IN_FOLDER(a_missing_file_and_a_folder_are_told_apart),
		IN_FOLDER(a_new_file_gets_the_mode_of_the_umask),
		IN_FOLDER(a_replaced_file_keeps_its_mode),
		IN_FOLDER(a_link_is_followed_and_stays),
		IN_FOLDER(the_old_file_is_there_until_the_new_one_is_whole),
		IN_FOLDER(of_a_program_that_is_ended_nothing_is_left),
		IN_FOLDER(a_name_that_is_taken_is_not_touched),
		IN_FOLDER(what_is_not_kept_leaves_nothing),
		IN_FOLDER(a_target_in_no_folder_cannot_be_opened),
		IN_FOLDER(a_folder_that_may_not_be_written_to_is_named),
		IN_FOLDER(a_folder_is_not_replaced),
		IN_FOLDER(a_pipe_is_written_to_and_stays),
		IN_FOLDER(folders_are_made_with_their_parents),
		IN_FOLDER(a_file_in_the_way_of_a_folder_is_told),
		cmocka_unit_test(the_xdg_folder_is_the_variable_or_below_home),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
