/*
 * Files: whole reads with a limit, whole writes that replace atomically, folders. Errors are ERR_IO
 * and name the file and the system's reason; a missing file is ERR_NOT_FOUND.
 */
#ifndef ARCHIVE_BASE_IO_H
#define ARCHIVE_BASE_IO_H

#include <stddef.h>
#include <stdio.h>

#include "archive/base/err.h"
#include "archive/base/str.h"

/* Adds the file's bytes to out; more than limit bytes is ERR_MALFORMED. */
MUST_CHECK bool io_read_file(const char *path, size_t limit, struct str *out, struct err *err);
/* A file that takes the place of another in one step: written without a name beside the target
 * (where the file system lets it: else under a temporary one), flushed to the disk, renamed. The
 * mode of a replaced file is kept, and its owner where one may give it away; a new one gets 0666
 * less the umask; a symbolic link is followed. A device or a pipe is written to as it is. */
struct io_target {
	FILE *stream;
	char *buffer;		    /* the stream's: fewer, larger writes */
	struct str path, temporary; /* the real target; the name meanwhile, if it has one */
	bool is_passed_on; /* the target is a device or a pipe: there is nothing to replace */
	bool is_private;   /* mode 0600, whatever it was: set before it is closed */
};

#define IO_TARGET_INIT                                  \
	{                                               \
		.path = STR_INIT, .temporary = STR_INIT \
	}

MUST_CHECK bool io_target_open(struct io_target *target, const char *path, struct err *err);
/* Puts it in place when keep and everything arrived, else takes the temporary file away. Releases
 * the target in any case; false and err only when it should have been kept. */
bool io_target_close(struct io_target *target, bool keep, struct err *err);

/* The same for bytes that are there already. */
MUST_CHECK bool io_write_file(const char *path, const char *bytes, size_t len, struct err *err);

/* The same for what nobody else may read: mode 0600. */
MUST_CHECK bool io_write_private(const char *path, const char *bytes, size_t len, struct err *err);

/* The folder and its parents, 0777 less the umask; one that is there is fine. */
MUST_CHECK bool io_make_folder(const char *path, struct err *err);
/* The folder that holds path, made with its parents. */
MUST_CHECK bool io_make_parent(const char *path, struct err *err);
/* $NAME, or $HOME/fallback when it is unset or relative (XDG base directory specification 0.8). */
MUST_CHECK bool io_xdg(const char *name, const char *fallback, struct str *out, struct err *err);
/* Flushes a stream and says whether everything written to it arrived (a full disk shows only here).
 */
MUST_CHECK bool io_finish(FILE *stream, const char *name, struct err *err);

#endif
