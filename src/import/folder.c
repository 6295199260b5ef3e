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

#define MOST_NAMES 10000

struct folder {
	int top;
	char **names;
	size_t count, at; /* at: behind the one that is current */
};

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
	list(folder, openat(top, "data", flags | O_NOFOLLOW), "data/");
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

/* "data" might have become a link since it was listed: it is opened anew, as it is. */
static int open_current(const struct folder *folder, const char *name)
{
	int flags = O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC;
	int dir, fd;

	if (!str_starts(name, "data/"))
		return openat(folder->top, name, flags);
	dir = openat(folder->top, "data", O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	fd = dir >= 0 ? openat(dir, name + strlen("data/"), flags) : -1;
	if (dir >= 0)
		close(dir);
	return fd;
}

FILE *folder_stream(struct folder *folder)
{
	int fd = folder->at > 0 ? open_current(folder, folder->names[folder->at - 1]) : -1;
	struct stat st;
	FILE *in = NULL;

	if (fd >= 0 && fstat(fd, &st) == 0 && S_ISREG(st.st_mode))
		in = fdopen(fd, "rb");
	if (!in && fd >= 0)
		close(fd);
	return in;
}
