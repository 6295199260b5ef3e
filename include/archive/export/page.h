/*
 * The fragment in its class form inside a complete HTML page with the style sheet in its head:
 * light and dark, phone and desk, print; no script, no request to anyone.
 */
#ifndef ARCHIVE_EXPORT_PAGE_H
#define ARCHIVE_EXPORT_PAGE_H

#include "archive/export/fragment.h"

/* The style of the options is not looked at; their heading level 0 is 1. */
MUST_CHECK bool page_write(FILE *out, const struct thread *thread,
			   const struct fragment_facts *facts, struct item_iter *items,
			   const struct fragment_options *options, struct err *err);
/* The style sheet of the fragment's class form, for a site of one's own. */
const char *page_stylesheet(void);

#endif
