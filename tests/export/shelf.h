/* Kept pictures as a test describes them. */
#ifndef TESTS_EXPORT_SHELF_H
#define TESTS_EXPORT_SHELF_H

#include "archive/base/arena.h"
#include "archive/model/picture.h"

#define SHELF_MAX 256

struct kept {
	const char *url;
	const char *from; /* file that holds the bytes; NULL: the name is what it holds */
	struct picture picture;
};

struct shelf {
	struct kept kept[SHELF_MAX];
	size_t count;
};

/* "NAME WIDTH HEIGHT URL" or "NAME WIDTH HEIGHT URL\tFILE"; false when it is not of that form.
 * A name without an ending of ours is a PNG's. */
bool shelf_add(struct shelf *shelf, struct arena *arena, const char *line);
struct picture_shelf shelf_of(struct shelf *shelf);

#endif
