/*
 * Links whose words are a shortened form of their address. Only for this room.
 */
#ifndef ARCHIVE_MARKUP_SHOWN_H
#define ARCHIVE_MARKUP_SHOWN_H

#include <stdbool.h>
#include <stddef.h>

/* Do the words end in U+2026 and begin as the address does, with or without its scheme and "www."?
 */
bool shown_is_shortened(const char *words, size_t len, const char *href);

#endif
