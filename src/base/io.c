#include "archive/base/io.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "archive/base/mem.h"

#define BUFFER_BYTES ((size_t)64 << 10)
#define DESCRIPTORS  "/proc/self/fd"
#define MOST_NAMES   100 /* that are tried for a temporary file */

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
			err_set(err, ERR_MALFORMED, "%s: larger than anything that belongs here",
				path);
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

static mode_t wanted_mode(const char *path)
{
	mode_t mask = umask(0);
	struct stat st;

	umask(mask);
	return stat(path, &st) == 0 ? st.st_mode & 07777 : 0666 & ~mask;
}

/* A device or a pipe is written to as it is: in its place a file would be the end of it. */
static bool takes_bytes(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && !S_ISREG(st.st_mode) && !S_ISDIR(st.st_mode);
}

/* A file without a name, in the folder of the target: of a program that is ended meanwhile nothing
 * is left. -1 where the file system knows none, or where none could be given a name. */
static int open_nameless(const char *path)
{
	const char *slash = strrchr(path, '/');
	char *folder = slash ? xstrndup(path, (size_t)(slash - path) + 1) : xstrdup(".");
	int fd = -1;

	if (access(DESCRIPTORS, X_OK) == 0)
		fd = open(folder, O_TMPFILE | O_WRONLY | O_CLOEXEC, 0600);
	free(folder);
	return fd;
}

static FILE *open_temporary(struct io_target *target)
{
	int fd = open_nameless(target->path.buf);

	if (fd >= 0)
		return fdopen(fd, "wb");
	str_addf(&target->temporary, "%s.XXXXXX", target->path.buf);
	fd = mkstemp(target->temporary.buf);
	return fd < 0 ? NULL : fdopen(fd, "wb");
}

/* A free name beside the target, for a moment. */
static bool give_name(struct io_target *target, int fd)
{
	struct str from = STR_INIT;
	bool ok = false;

	str_addf(&from, DESCRIPTORS "/%d", fd);
	for (int n = 0; !ok && n < MOST_NAMES; n++) {
		str_clear(&target->temporary);
		str_addf(&target->temporary, "%s.%ld-%d", target->path.buf, (long)getpid(), n);
		ok = linkat(AT_FDCWD, from.buf, AT_FDCWD, target->temporary.buf,
			    AT_SYMLINK_FOLLOW) == 0;
		if (!ok && errno != EEXIST)
			break;
	}
	if (!ok)
		str_clear(&target->temporary); /* it is not ours */
	str_release(&from);
	return ok;
}

/* A file that may be written is not enough: another takes its place. */
static bool cannot_open(struct err *err, const char *path)
{
	int reason = errno;

	if (reason != EACCES || access(path, W_OK) != 0) {
		errno = reason;
		return failed(err, path);
	}
	return err_set(
		err, ERR_IO,
		"%s is replaced as a whole, and its folder may not be written to: Permission "
		"denied",
		path);
}

bool io_target_open(struct io_target *target, const char *path, struct err *err)
{
	char *real = realpath(path, NULL);

	str_add(&target->path, real ? real : path);
	free(real);
	target->is_passed_on = takes_bytes(path);
	target->stream = target->is_passed_on ? fopen(path, "wb") : open_temporary(target);
	if (!target->stream) {
		cannot_open(err, path);
		io_target_close(target, false, err);
		return false;
	}
	target->buffer = xreallocarray(NULL, BUFFER_BYTES, 1);
	setvbuf(target->stream, target->buffer, _IOFBF, BUFFER_BYTES);
	return true;
}

/* The owner of the file that is replaced, as far as one may give a file away. */
static void keep_owner(int fd, const char *path)
{
	struct stat st;

	if (stat(path, &st) == 0 && fchown(fd, st.st_uid, st.st_gid) != 0)
		errno = 0;
}

/* Everything on the disk and under its own name. */
static bool put_in_place(struct io_target *target, struct err *err)
{
	int fd = fileno(target->stream);

	if (!io_finish(target->stream, target->path.buf, err))
		return false;
	if (target->is_passed_on)
		return true;
	keep_owner(fd, target->path.buf);
	if (fsync(fd) != 0 ||
	    fchmod(fd, target->is_private ? 0600 : wanted_mode(target->path.buf)) != 0 ||
	    (target->temporary.len == 0 && !give_name(target, fd)) ||
	    rename(target->temporary.buf, target->path.buf) != 0)
		return failed(err, target->path.buf);
	return true;
}

bool io_target_close(struct io_target *target, bool keep, struct err *err)
{
	bool kept = keep && put_in_place(target, err);

	if (target->stream) {
		fclose(target->stream);
		if (!kept && target->temporary.len > 0)
			unlink(target->temporary.buf);
	}
	target->stream = NULL;
	free(target->buffer);
	target->buffer = NULL;
	str_release(&target->path);
	str_release(&target->temporary);
	return kept || !keep;
}

static bool write_all(const char *path, const char *bytes, size_t len, bool is_private,
		      struct err *err)
{
	struct io_target target = IO_TARGET_INIT;

	target.is_private = is_private;
	if (!io_target_open(&target, path, err))
		return false;
	if (fwrite(bytes, 1, len, target.stream) < len) {
		failed(err, path);
		io_target_close(&target, false, err);
		return false;
	}
	return io_target_close(&target, true, err);
}

bool io_write_file(const char *path, const char *bytes, size_t len, struct err *err)
{
	return write_all(path, bytes, len, false, err);
}

bool io_write_private(const char *path, const char *bytes, size_t len, struct err *err)
{
	return write_all(path, bytes, len, true, err);
}

/* The reason of mkdir outlives the look at what is there; "exists" helps nobody where a folder is
 * wanted. */
static bool make_one(const char *path)
{
	struct stat st;
	int reason;

	if (mkdir(path, 0777) == 0)
		return true;
	reason = errno;
	if (stat(path, &st) == 0 && S_ISDIR(st.st_mode))
		return true;
	errno = reason == EEXIST ? ENOTDIR : reason;
	return false;
}

bool io_make_folder(const char *path, struct err *err)
{
	char *partial = xstrdup(path);
	bool ok = true;

	for (char *c = partial + 1; ok && *partial && *c; c++) {
		if (*c != '/')
			continue;
		*c = '\0';
		ok = make_one(partial);
		*c = '/';
	}
	ok = ok && make_one(path);
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
	errno = 0; /* of a failure long ago the reason is not known any more */
	if (fflush(stream) == 0 && !ferror(stream))
		return true;
	return err_set(err, ERR_IO, "%s: %s", name,
		       errno ? strerror(errno) : "not everything could be written");
}
