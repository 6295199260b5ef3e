/*
 * The file "index" of a tape: when the tape was made, of which sources. A value, read and written
 * whole.
 */
#ifndef ARCHIVE_HTTP_TAPE_INDEX_H
#define ARCHIVE_HTTP_TAPE_INDEX_H

#include <stddef.h>
#include <stdint.h>

#include "archive/base/err.h"

struct tape_index {
	int64_t time; /* UTC ms */
	char **sources;
	size_t count;
};

void tape_index_release(struct tape_index *index);
/* Does nothing when the source is there already. */
void tape_index_add(struct tape_index *index, const char *source);
/* Reads FOLDER/index. ERR_NOT_FOUND when there is none; ERR_MALFORMED names the line. index must
 * be zeroed. */
MUST_CHECK bool tape_index_read(struct tape_index *index, const char *folder, struct err *err);
MUST_CHECK bool tape_index_write(const struct tape_index *index, const char *folder,
				 struct err *err);

#endif
