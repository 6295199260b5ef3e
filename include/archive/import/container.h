/*
 * Several files in one: zip, tar, tar.gz, a single file that gzip made smaller, or an unpacked
 * folder. Entries come one after the other and are read as streams, in memory that does not grow
 * with them. Nothing is ever written to disk, no link is followed, no path is used but to be
 * compared. The only libarchive.
 */
#ifndef ARCHIVE_IMPORT_CONTAINER_H
#define ARCHIVE_IMPORT_CONTAINER_H

#include <stdio.h>

#include "archive/base/err.h"

#define CONTAINER_NAME_SIZE 256

struct container;

/* in stays the caller's and is read from its beginning; NULL: folder is the path of one, of which
 * what folder.h says is seen. name is for sentences. */
MUST_CHECK struct container *container_open(FILE *in, const char *folder, const char *name,
					    struct err *err);
void container_close(struct container *container);
/* The next regular file: 1, 0 at the end, -1 when the container is damaged here or cannot be read
 * any further. */
int container_next(struct container *container, struct err *err);
/* Its path as it stands there, without the folder around everything: "data/tweets.js". Holds until
 * the next one. */
const char *container_entry(const struct container *container);
/* The same with all that stands around it; "" when it is longer than CONTAINER_NAME_SIZE. */
const char *container_path(const struct container *container);
/* Of a folder: the file of that path below it; NULL when there is none, when it is no plain file,
 * or when a link leads there. The caller closes it. */
FILE *container_find(struct container *container, const char *path);
/* Is it the one file of a stream that was only made smaller? Then its name tells nothing. */
bool container_is_single(const struct container *container);
/* Is it readable with a password only? */
bool container_is_encrypted(const struct container *container);
/* The current entry, from its beginning, once; the caller closes it before going on. NULL when
 * there is none. */
FILE *container_stream(struct container *container);
/* What ended the stream before its end; NULL: nothing did. */
const char *container_damage(const struct container *container);

#endif
