/*
 * A thread as plain text, for mail: folded at a width that counts columns, addresses whole on lines
 * of their own, a content warning in front of what it warns of. Bytes as fragment.h promises.
 */
#ifndef ARCHIVE_EXPORT_TEXT_H
#define ARCHIVE_EXPORT_TEXT_H

#include "archive/export/fragment.h"

#define TEXT_COLUMNS 72

/* columns: at least 20. */
MUST_CHECK bool text_write(FILE *out, const struct thread *thread,
			   const struct fragment_facts *facts, struct item_iter *items, int columns,
			   struct err *err);

#endif
