/*
 * What hangs on a post, as blocks of its entry: media as links that carry their alt text, the
 * poll, the card. Nothing is ever loaded from another server: a picture is a link.
 */
#ifndef ARCHIVE_EXPORT_MEDIA_H
#define ARCHIVE_EXPORT_MEDIA_H

#include "archive/export/parts.h"

/* Each writes nothing when the post has none. words are the curator's for media that have none of
 * their author's: line n for medium n; NULL allowed. */
void media_write(struct writer *w, const struct post *post, const char *words);
void media_poll(struct writer *w, const struct poll *poll);
void media_card(struct writer *w, const struct card *card);

#endif
