/*
 * Bytes from outside made ready: at most MARKUP_MAX_BYTES, cut at a character, all of it UTF-8.
 * Only for this room.
 */
#ifndef ARCHIVE_MARKUP_INTAKE_H
#define ARCHIVE_MARKUP_INTAKE_H

#include <stddef.h>

#include "archive/base/str.h"

/* The bytes that are taken of len. */
size_t intake_len(const char *bytes, size_t len);
/* Adds them with U+FFFD for U+0000 and for what is not UTF-8. */
void intake_add(struct str *out, const char *bytes, size_t len);

#endif
