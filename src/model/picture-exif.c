#include "archive/model/picture-read.h"

#define EXIF_HEAD    6 /* "Exif", and two zeros, before the TIFF header */
#define ENTRY	     12
#define MAX_ENTRIES  512 /* that are looked at */
#define ORIENTATION  0x0112
#define FORMAT_SHORT 3

/* TIFF 6.0: the first directory's entries, each a tag, a format, a count and a value. */
bool picture_exif_lies(const struct bytes *segment)
{
	struct bytes tiff = *segment;
	uint32_t (*number)(const struct bytes *bytes, size_t from, size_t count) = bytes_big;
	size_t at;
	uint32_t count;

	if (!bytes_hold(segment, 0, "Exif") || bytes_big(segment, 4, 2) != 0)
		return false;
	bytes_skip(&tiff, EXIF_HEAD);
	if (bytes_hold(&tiff, 0, "II"))
		number = bytes_little;
	else if (!bytes_hold(&tiff, 0, "MM"))
		return false;
	at = number(&tiff, 4, 4);
	count = number(&tiff, at, 2);
	if (number(&tiff, 2, 2) != 42)
		return false;
	at += 2;
	for (uint32_t i = 0; i < count && i < MAX_ENTRIES; i++, at += ENTRY) {
		uint32_t value = number(&tiff, at + 8, 2);

		if (number(&tiff, at, 2) == ORIENTATION)
			return number(&tiff, at + 2, 2) == FORMAT_SHORT &&
			       number(&tiff, at + 4, 4) == 1 && value >= 5 && value <= 8;
	}
	return false;
}
