#include "archive/import/folder.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "archive/base/mem.h"
#include "archive/base/str.h"
#include "archive/import/container.h"

#define MOST_NAMES 10000

struct folder {
	int top;
	char **names;
	size_t count, at; /* at: behind the one that is current */
};

static bool is_step(const char *name, size_t len)
{
	return len > 0 && len < CONTAINER_NAME_SIZE && !(len == 1 && name[0] == '.') &&
	       !(len == 2 && name[0] == '.' && name[1] == '.');
}

/* The folder that the first part of the path names, in dir, which is closed; -1 when it is none, or
 * a link, which it may have become since it was listed. */
static int step_down(int dir, const char *path, size_t len)
{
	char name[CONTAINER_NAME_SIZE];
	int next = -1;

	if (is_step(path, len)) {
		snprintf(name, sizeof(name), "%.*s", (int)len, path);
		next = openat(dir, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	}
	close(dir);
	return next;
}

/* flags are of its last part. */
static int open_below(int top, const char *path, int flags)
{
	int dir = openat(top, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	const char *slash;
	int fd = -1;

	while (dir >= 0 && (slash = strchr(path, '/')) != NULL) {
		dir = step_down(dir, path, (size_t)(slash - path));
		path = slash + 1;
	}
	if (dir >= 0 && is_step(path, strlen(path)))
		fd = openat(dir, path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | flags);
	if (dir >= 0)
		close(dir);
	return fd;
}

static bool is_wanted(const char *name)
{
	return *name != '.' && (str_ends(name, ".js") || str_ends(name, ".json"));
}

static void list(struct folder *folder, int fd, const char *prefix)
{
	DIR *dir = fd >= 0 ? fdopendir(fd) : NULL;
	struct dirent *entry;

	if (!dir && fd >= 0)
		close(fd);
	while (dir && folder->count < MOST_NAMES && (entry = readdir(dir)) != NULL) {
		struct str name = STR_INIT;

		if (!is_wanted(entry->d_name))
			continue;
		str_addf(&name, "%s%s", prefix, entry->d_name);
		folder->names = xreallocarray(folder->names, folder->count + 1, sizeof(char *));
		folder->names[folder->count++] = str_detach(&name);
	}
	if (dir)
		closedir(dir);
}

static int by_name(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

struct folder *folder_open(const char *path, struct err *err)
{
	static const char *const parts[] = { "data", "data/js", "data/js/tweets" };
	int flags = O_RDONLY | O_DIRECTORY | O_CLOEXEC;
	int top = open(path, flags);
	struct folder *folder;

	if (top < 0) {
		err_set(err, ERR_IO, "%s: %s", path, strerror(errno));
		return NULL;
	}
	folder = xcalloc(1, sizeof(*folder));
	folder->top = top;
	list(folder, openat(top, ".", flags), "");
	for (size_t i = 0; i < ARRAY_LEN(parts); i++) {
		struct str prefix = STR_INIT;

		str_addf(&prefix, "%s/", parts[i]);
		list(folder, open_below(top, parts[i], O_DIRECTORY), prefix.buf);
		str_release(&prefix);
	}
	if (folder->count > 1)
		qsort(folder->names, folder->count, sizeof(char *), by_name);
	return folder;
}

void folder_close(struct folder *folder)
{
	if (!folder)
		return;
	for (size_t i = 0; i < folder->count; i++)
		free(folder->names[i]);
	free(folder->names);
	close(folder->top);
	free(folder);
}

bool folder_next(struct folder *folder, char *name, size_t size)
{
	while (folder->at < folder->count) {
		const char *next = folder->names[folder->at++];

		if (strlen(next) >= size)
			continue;
		memcpy(name, next, strlen(next) + 1);
		return true;
	}
	return false;
}

FILE *folder_find(struct folder *folder, const char *path)
{
	int fd = open_below(folder->top, path, O_NONBLOCK);
	struct stat st;
	FILE *in = NULL;

	if (fd >= 0 && fstat(fd, &st) == 0 && S_ISREG(st.st_mode))
		in = fdopen(fd, "rb");
	if (!in && fd >= 0)
		close(fd);
	return in;
}

FILE *folder_stream(struct folder *folder)
{
	return folder->at > 0 ? folder_find(folder, folder->names[folder->at - 1]) : NULL;
}
