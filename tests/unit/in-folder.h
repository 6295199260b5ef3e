/*
 * For tests of files: each has a folder of its own, which is gone afterwards.
 */
#ifndef ARCHIVE_TESTS_IN_FOLDER_H
#define ARCHIVE_TESTS_IN_FOLDER_H

#include <dirent.h>
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

static char folder[] = "/tmp/archive-io-XXXXXX";

/* Valid until the next call but three. */
static inline const char *in_folder(const char *name)
{
	static char paths[4][256];
	static int next;
	char *path = paths[next++ % 4];

	snprintf(path, sizeof(paths[0]), "%s/%s", folder, name);
	return path;
}

static inline void put(const char *path, const char *text)
{
	struct err err = { 0 };

	assert_true(io_write_file(path, text, strlen(text), &err));
}

static inline void assert_file(const char *path, const char *text)
{
	struct str out = STR_INIT;
	struct err err = { 0 };

	assert_true(io_read_file(path, 1 << 20, &out, &err));
	assert_string_equal(out.buf, text);
	str_release(&out);
}

static inline size_t entries(void)
{
	DIR *dir = opendir(folder);
	size_t count = 0;

	assert_non_null(dir);
	while (readdir(dir))
		count++;
	closedir(dir);
	return count - 2;
}

static inline mode_t mode_of(const char *path)
{
	struct stat st = { 0 };

	assert_int_equal(stat(path, &st), 0);
	return st.st_mode & 07777;
}

static inline int remove_all(void **state)
{
	char command[128];

	(void)state;
	snprintf(command, sizeof(command), "chmod -R u+w %s && rm -rf %s", folder, folder);
	return system(command); /* NOLINT(cert-env33-c): the folder is our own */
}

static inline int fresh_folder(void **state)
{
	(void)state;
	memset(folder + sizeof(folder) - 7, 'X', 6);
	umask(022);
	return mkdtemp(folder) ? 0 : -1;
}

#define IN_FOLDER(test) cmocka_unit_test_setup_teardown(test, fresh_folder, remove_all)

#endif
