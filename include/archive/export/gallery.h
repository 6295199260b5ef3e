/*
 * Kept pictures of a post, shown in rows: as wide as what is written, none of them cropped, those
 * of one row equally high, by nothing but widths in per cent of what their sizes tell. Where a size
 * is not known, or is beyond what a row can hold, all get one height and are cropped.
 */
#ifndef ARCHIVE_EXPORT_GALLERY_H
#define ARCHIVE_EXPORT_GALLERY_H

#include "archive/export/parts.h"
#include "archive/model/picture.h"

struct exhibit {
	const struct media *media;
	struct picture picture; /* itself, or the still of a film */
	const char *words;	/* of the curator, len bytes */
	size_t len;
};

/* Writes nothing when there is none. */
void gallery_write(struct writer *w, const struct exhibit *exhibits, size_t count);

#endif
