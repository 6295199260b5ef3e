/*
 * Bytes of a file as UTF-8, whatever they were: a byte order mark, an XML declaration or a charset
 * that the first bytes name tell. Where nothing tells, it is UTF-8 if the first bytes are, else
 * that of ISO-2022-JP, EUC-JP and Shift_JIS in which they are without a fault and hold most kana.
 * What is none becomes U+FFFD, and so does U+0000. Flat memory.
 */
#ifndef ARCHIVE_IMPORT_DECODE_H
#define ARCHIVE_IMPORT_DECODE_H

#include <stdio.h>

#include "archive/base/str.h"

#define DECODE_BUFFER 65536

struct decode {
	FILE *in;
	void *converter; /* iconv's; NULL = not begun */
	char bytes[DECODE_BUFFER];
	size_t len; /* bytes that wait to be converted */
	bool ended;
};

void decode_begin(struct decode *d, FILE *in);
/* Replaces what out holds by the next stretch; false at the end, out is empty then. */
bool decode_next(struct decode *d, struct str *out);
void decode_end(struct decode *d);

#endif
