/*
 * Disks that are full and folders that are locked, each met by a process of its own.
 */
#include "in-folder.h"

#include <errno.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>

#define NOBODY 65534

/* Runs the step in a process of its own that may write files of a few bytes only. */
static void with_little_room(void (*step)(void))
{
	int status = -1;
	pid_t child = fork();

	if (child == 0) {
		const struct rlimit little = { .rlim_cur = 64, .rlim_max = 64 };

		signal(SIGXFSZ, SIG_IGN);
		if (setrlimit(RLIMIT_FSIZE, &little) != 0)
			_exit(2);
		step();
		_exit(0);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 0);
}

static void expect(bool good, int status)
{
	if (!good)
		_exit(status);
}

static void write_too_much_at_once(void)
{
	static const char large[100000];
	struct err err = { 0 };

	expect(!io_write_file(in_folder("a"), large, sizeof(large), &err), 3);
	expect(err.code == ERR_IO, 4);
	expect(strstr(err.msg, strerror(EFBIG)) && strstr(err.msg, in_folder("a")), 5);
}

static void write_too_much_in_the_buffer(void)
{
	static const char large[100];
	struct err err = { 0 };

	expect(!io_write_file(in_folder("a"), large, sizeof(large), &err), 3);
	expect(err.code == ERR_IO && strstr(err.msg, strerror(EFBIG)), 4);
}

static void write_too_much_long_before_the_end(void)
{
	struct io_target target = IO_TARGET_INIT;
	struct err err = { 0 };

	expect(io_target_open(&target, in_folder("a"), &err), 3);
	setvbuf(target.stream, NULL, _IONBF, 0);
	for (int i = 0; i < 100; i++)
		fputs("0123456789", target.stream);
	expect(access(in_folder("none"), F_OK) != 0,
	       4); /* another call's errno is not the reason */
	expect(!io_target_close(&target, true, &err), 5);
	expect(err.code == ERR_IO, 6);
	expect(!strstr(err.msg, strerror(ENOENT)), 7);
}

static void a_full_disk_is_told_and_the_old_file_stays(void **state)
{
	static void (*const steps[])(void) = { write_too_much_at_once, write_too_much_in_the_buffer,
					       write_too_much_long_before_the_end };

	(void)state;
	put(in_folder("a"), "old");
	for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]); i++) {
		with_little_room(steps[i]);
		assert_file(in_folder("a"), "old");
		assert_int_equal(entries(), 1);
	}
}

static void a_stream_to_a_full_disk_is_found_out_when_it_is_finished(void **state)
{
	struct err err = { 0 };
	FILE *full = fopen("/dev/full", "w");

	(void)state;
	assert_non_null(full);
	fputs("much", full);
	assert_false(io_finish(full, "standard output", &err));
	assert_int_equal(err.code, ERR_IO);
	assert_non_null(strstr(err.msg, "standard output: "));
	assert_non_null(strstr(err.msg, strerror(ENOSPC)));
	fclose(full);
}

static void a_stream_that_took_everything_is_fine(void **state)
{
	struct err err = { 0 };
	FILE *null = fopen("/dev/null", "w");

	(void)state;
	assert_non_null(null);
	fputs("much", null);
	assert_true(io_finish(null, "x", &err));
	assert_int_equal(err.code, ERR_NONE);
	fclose(null);
}

static void make_where_one_may_not(void)
{
	struct err err = { 0 };

	expect(geteuid() != 0 || setuid(NOBODY) == 0, 3);
	expect(!io_make_folder(in_folder("locked/new"), &err), 4);
	expect(err.code == ERR_IO, 5);
	expect(strstr(err.msg, strerror(EACCES)), 6);
}

static void a_folder_that_may_not_be_made_is_told_with_the_reason(void **state)
{
	(void)state;
	assert_int_equal(mkdir(in_folder("locked"), 0555), 0);
	assert_int_equal(chmod(folder, 0755), 0);
	with_little_room(make_where_one_may_not);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_FOLDER(a_full_disk_is_told_and_the_old_file_stays),
		cmocka_unit_test(a_stream_to_a_full_disk_is_found_out_when_it_is_finished),
		cmocka_unit_test(a_stream_that_took_everything_is_fine),
		IN_FOLDER(a_folder_that_may_not_be_made_is_told_with_the_reason),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
