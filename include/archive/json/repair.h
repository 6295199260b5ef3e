/*
 * Mends what a strict parser refuses although its meaning is plain: one bad character never costs a
 * page. Only for this room.
 */
#ifndef ARCHIVE_JSON_REPAIR_H
#define ARCHIVE_JSON_REPAIR_H

#include <stddef.h>

#include "archive/base/str.h"

/* Bytes of the whole UTF-8 character at p (p < end); 0 when there is none, *bad is then the bytes
 * that one U+FFFD stands for (a maximal subpart: Unicode 15, section 3.9). */
size_t repair_char(const char *p, const char *end, size_t *bad);

/* Adds the JSON text with, inside strings, bytes that are not UTF-8, U+0000 and lone surrogates as
 * U+FFFD and raw control bytes escaped; and with numbers that fit neither 64 bits nor a double in
 * quotes, so that an id keeps all its digits. Outside strings a NUL becomes another control byte:
 * neither is JSON, but jansson passes over a NUL behind a number. */
void repair_json(struct str *out, const char *bytes, size_t len);

#endif
