/*
 * A thread as JSON, whole: what the store knows of it and of its posts, so that it can be taken in
 * again elsewhere. Its form is data/thread.schema.json; an item stands on one line. Bytes as
 * fragment.h promises: counts, which change from reading to reading, only when asked for.
 * A medium that is kept has the name of its file, whether files are written or not.
 */
#ifndef ARCHIVE_EXPORT_JSON_H
#define ARCHIVE_EXPORT_JSON_H

#include "archive/export/fragment.h"

MUST_CHECK bool json_write(FILE *out, const struct thread *thread, struct item_iter *items,
			   const struct fragment_options *options, struct err *err);

#endif
