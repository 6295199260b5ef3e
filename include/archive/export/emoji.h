/*
 * Custom emoji: ":name:" in a text becomes a small picture where that is kept and pictures are
 * shown, and stays the text that it is everywhere else.
 */
#ifndef ARCHIVE_EXPORT_EMOJI_H
#define ARCHIVE_EXPORT_EMOJI_H

#include "archive/export/parts.h"

/* Foreign text, with the emoji that the writer holds at the time. */
void emoji_text(struct writer *w, const char *text, size_t len);
/* The same with what turns it round, if it is written from right to left: part_add_value(). */
void emoji_value(struct writer *w, const char *text);
/* From now on these are meant; NULL, 0: none. */
void emoji_of(struct writer *w, const struct emoji *emojis, size_t count);

#endif
