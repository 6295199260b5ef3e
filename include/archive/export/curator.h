/*
 * What the curator adds to the posts, as blocks of the fragment: a section's heading with its
 * talk (when it began, who spoke, the slides), notes, links.
 */
#ifndef ARCHIVE_EXPORT_CURATOR_H
#define ARCHIVE_EXPORT_CURATOR_H

#include "archive/export/parts.h"

void curator_heading(struct writer *w, const struct item *item);
/* Each of these writes nothing when the item has nothing to say. */
void curator_note(struct writer *w, const struct item *item);
/* What the thread is about; NULL is nothing. */
void curator_about(struct writer *w, const char *text);
void curator_link(struct writer *w, const struct item *item);

#endif
