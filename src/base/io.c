#include "archive/base/io.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "archive/base/mem.h"

static bool failed(struct err *err, const char *path)
{
	enum err_code code = errno == ENOENT ? ERR_NOT_FOUND : ERR_IO;

	return err_set(err, code, "%s: %s", path, strerror(errno));
}

bool io_read_file(const char *path, size_t limit, struct str *out, struct err *err)
{
	FILE *in = fopen(path, "rb");
	char chunk[16384];
	size_t got;
	bool ok = false;

	if (!in)
		return failed(err, path);
	while ((got = fread(chunk, 1, sizeof(chunk), in)) > 0) {
		if (got > limit) {
			err_set(err, ERR_MALFORMED, "%s: larger than anything that belongs here", path);
			goto out;
		}
		limit -= got;
		str_add_n(out, chunk, got);
	}
	ok = !ferror(in) || failed(err, path);
out:
	fclose(in);
	return ok;
}

static bool write_all(int fd, const char *bytes, size_t len)
{
	while (len > 0) {
		ssize_t put = write(fd, bytes, len);

		if (put < 0 && errno == EINTR)
			continue;
		if (put < 0)
			return false;
		bytes += put;
		len -= (size_t)put;
	}
	return fsync(fd) == 0;
}

static mode_t wanted_mode(const char *path)
{
	mode_t mask = umask(0);
	struct stat st;

	umask(mask);
	return stat(path, &st) == 0 ? st.st_mode & 07777 : 0666 & ~mask;
}

bool io_write_file(const char *path, const char *bytes, size_t len, struct err *err)
{
	char *real = realpath(path, NULL);
	const char *target = real ? real : path;
	struct str temporary = STR_INIT;
	bool ok = false;
	int fd;

	str_addf(&temporary, "%s.XXXXXX", target);
	fd = mkstemp(temporary.buf);
	if (fd < 0) {
		failed(err, path);
		goto out;
	}
	ok = write_all(fd, bytes, len) && fchmod(fd, wanted_mode(target)) == 0;
	ok = close(fd) == 0 && ok;
	ok = ok && rename(temporary.buf, target) == 0;
	if (!ok) {
		failed(err, path);
		unlink(temporary.buf);
	}
out:
	str_release(&temporary);
	free(real);
	return ok;
}

static bool is_folder(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

bool io_make_folder(const char *path, struct err *err)
{
	char *partial = xstrdup(path);
	bool ok = true;

	for (char *c = partial + 1; ok && *partial && *c; c++) {
		if (*c != '/')
			continue;
		*c = '\0';
		ok = mkdir(partial, 0777) == 0 || is_folder(partial);
		*c = '/';
	}
	ok = ok && (mkdir(path, 0777) == 0 || is_folder(path));
	free(partial);
	return ok || failed(err, path);
}

bool io_make_parent(const char *path, struct err *err)
{
	const char *slash = strrchr(path, '/');
	char *folder;
	bool ok;

	if (!slash || slash == path)
		return true;
	folder = xstrndup(path, (size_t)(slash - path));
	ok = io_make_folder(folder, err);
	free(folder);
	return ok;
}

bool io_xdg(const char *name, const char *fallback, struct str *out, struct err *err)
{
	const char *value = getenv(name);
	const char *home = getenv("HOME");

	if (value && *value == '/') {
		str_add(out, value);
		return true;
	}
	if (!home || *home != '/')
		return err_set(err, ERR_USAGE, "HOME is not set: set it, or name the file itself");
	str_addf(out, "%s/%s", home, fallback);
	return true;
}

bool io_finish(FILE *stream, const char *name, struct err *err)
{
	if (ferror(stream) || fflush(stream) != 0)
		return err_set(err, ERR_IO, "%s: %s", name, errno ? strerror(errno) : "not everything could be written");
	return true;
}
