/*
 * The head of a fragment: its title, when, what about and how many, and how the evening went. It
 * opens the root, which foot_write() closes.
 */
#ifndef ARCHIVE_EXPORT_HEAD_H
#define ARCHIVE_EXPORT_HEAD_H

#include "archive/export/parts.h"

/* section: the title of the one section that follows, which then has no heading; NULL = all. */
void head_write(struct writer *w, const struct fragment_facts *facts, const char *section);

#endif
