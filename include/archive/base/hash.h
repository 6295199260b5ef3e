/*
 * SHA-256 (FIPS 180-4) by libcrypto (in hardware where there is any: evidence is hashed byte by
 * byte), and the short names that are made of it.
 */
#ifndef ARCHIVE_BASE_HASH_H
#define ARCHIVE_BASE_HASH_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "archive/base/err.h"

#define HASH_SIZE      32
#define HASH_HEX_SIZE  (2 * HASH_SIZE + 1)
#define HASH_SHORT_LEN 8

void hash_sha256(const void *bytes, size_t len, uint8_t out[HASH_SIZE]);
/* Of a stream from where it stands to its end, as lower-case hex. false: it could not be read. */
MUST_CHECK bool hash_stream(FILE *in, char out[HASH_HEX_SIZE]);
/* The first 8 characters of base32 (RFC 4648 section 6, lower-case) of the SHA-256 of a post's uri:
 * its short id, the same in every store (design section 3). */
void hash_short_id(const char *uri, char out[HASH_SHORT_LEN + 1]);

#endif
