/*
 * How picture_read() (picture.h) measures each type: this room's own header, for no other room. A
 * cursor of bytes that cannot leave its end, and a function a type.
 */
#ifndef ARCHIVE_MODEL_PICTURE_READ_H
#define ARCHIVE_MODEL_PICTURE_READ_H

#include <stddef.h>
#include <stdint.h>

#include "archive/base/err.h"

struct bytes {
	const uint8_t *at;
	size_t left;
};

struct shape {
	uint32_t width, height;
};

/* Big-endian, at that many bytes from the cursor; 0 where there are too few. */
uint32_t bytes_big(const struct bytes *bytes, size_t from, size_t count);
/* The same, little-endian. */
uint32_t bytes_little(const struct bytes *bytes, size_t from, size_t count);
/* Goes on, to the end at most. */
void bytes_skip(struct bytes *bytes, size_t count);
/* Does it go on with this text at that place? */
bool bytes_hold(const struct bytes *bytes, size_t from, const char *text);

/* Does this segment (APP1 of a JPEG, behind its length) say by Exif that the rows of pixels are the
 * columns of the picture (orientation 5 to 8)? Browsers turn it so. */
bool picture_exif_lies(const struct bytes *segment);

/* AVIF 1.1 in ISO/IEC 14496-12 boxes. */
bool picture_is_avif(const struct bytes *bytes);
bool picture_measure_avif(struct bytes bytes, struct shape *out);

#endif
