/*
 * Files that posts were taken in from: a row each, by what was in them, and their runs in the
 * ledger.
 */
#ifndef ARCHIVE_STORE_FILES_H
#define ARCHIVE_STORE_FILES_H

#include "archive/base/arena.h"
#include "archive/store/ledger.h"

struct kept_file {
	const char *source; /* "file:SHA256" */
	const char *name;   /* its last part, as it was called */
	const char *form;   /* import_form_name() */
	int64_t bytes;
	int64_t began; /* UTC ms */
	int64_t done;  /* 0: it was cut off, or only a part of it was wanted */
};

struct file_row {
	struct kept_file file;
	struct run last;
};

MUST_CHECK bool store_file_put(struct store *store, const struct kept_file *file, struct err *err);
/* found is false when no such file was taken in. Strings are the arena's. */
MUST_CHECK bool store_file_find(struct store *store, const char *source, struct arena *arena,
				struct kept_file *out, bool *found, struct err *err);
/* The one that was taken in last first. */
MUST_CHECK bool store_files(struct store *store, struct arena *arena, struct file_row **rows,
			    size_t *count, struct err *err);

/* Where a post stood. */
struct file_place {
	const char *source;
	const char *name;  /* NULL: of a store whose files were not noted yet */
	const char *place; /* NULL: not told */
};

MUST_CHECK bool store_post_files(struct store *store, int64_t post, struct arena *arena,
				 struct file_place **places, size_t *count, struct err *err);

#endif
