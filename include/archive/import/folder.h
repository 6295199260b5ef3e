/*
 * An unpacked archive: the regular files of a folder and of its parts "data", "data/js" and
 * "data/js/tweets", by name, and what is asked for by its path. No link is followed. Only for this
 * room.
 */
#ifndef ARCHIVE_IMPORT_FOLDER_H
#define ARCHIVE_IMPORT_FOLDER_H

#include <stdio.h>

#include "archive/base/err.h"

struct folder;

MUST_CHECK struct folder *folder_open(const char *path, struct err *err);
void folder_close(struct folder *folder);
/* The next name, in their order: "data/tweets.js". false at the end. */
bool folder_next(struct folder *folder, char *name, size_t size);
/* That file; NULL when it cannot be opened, or is none by now. */
FILE *folder_stream(struct folder *folder);
/* A file below the folder, whatever its path is; NULL as above, or when the path leads elsewhere.
 */
FILE *folder_find(struct folder *folder, const char *path);

#endif
