#include "archive/model/picture-read.h"

#include <string.h>

#define MAX_BOXES 4096 /* that are looked at in all */
#define FULL_HEAD 4    /* version and flags of a full box */

struct box {
	struct bytes inside;
	char type[5];
};

/* The box at the cursor, which goes on behind it; false at the end, or for what is none. */
static bool next_box(struct bytes *bytes, struct box *box)
{
	uint64_t size = bytes_big(bytes, 0, 4);
	size_t head = 8;

	if (bytes->left < head)
		return false;
	if (size == 1) {
		size = (uint64_t)bytes_big(bytes, 8, 4) << 32 | bytes_big(bytes, 12, 4);
		head = 16;
	} else if (size == 0) {
		size = bytes->left;
	}
	if (size < head || size > bytes->left)
		return false;
	memcpy(box->type, bytes->at + 4, 4);
	box->type[4] = '\0';
	box->inside = (struct bytes){ bytes->at + head, (size_t)size - head };
	bytes_skip(bytes, (size_t)size);
	return true;
}

static bool is_brand(const struct bytes *bytes, size_t from)
{
	return bytes_hold(bytes, from, "avif") || bytes_hold(bytes, from, "avis");
}

bool picture_is_avif(const struct bytes *bytes)
{
	struct bytes rest = *bytes;
	struct box box;

	if (!bytes_hold(bytes, 4, "ftyp") || !next_box(&rest, &box))
		return false;
	for (size_t from = 0; from + 4 <= box.inside.left; from += 4)
		if (from != 4 && is_brand(&box.inside, from)) /* 4: the minor version */
			return true;
	return false;
}

/* The first box of that type at the cursor. */
static bool find_box(struct bytes bytes, const char *type, struct bytes *out)
{
	struct box box;

	for (int i = 0; i < MAX_BOXES && next_box(&bytes, &box); i++) {
		if (strcmp(box.type, type) != 0)
			continue;
		*out = box.inside;
		return true;
	}
	return false;
}

/* meta, iprp, ipco: in there each ispe is the size of an item; the picture itself is the largest,
 * the others are its tiles. */
bool picture_measure_avif(struct bytes bytes, struct shape *out)
{
	struct bytes inside = { 0 };
	struct box box;

	if (!find_box(bytes, "meta", &inside))
		return false;
	bytes_skip(&inside, FULL_HEAD);
	if (!find_box(inside, "iprp", &inside) || !find_box(inside, "ipco", &inside))
		return false;
	for (int i = 0; i < MAX_BOXES && next_box(&inside, &box); i++) {
		uint32_t width = bytes_big(&box.inside, FULL_HEAD, 4);
		uint32_t height = bytes_big(&box.inside, FULL_HEAD + 4, 4);

		if (strcmp(box.type, "ispe") != 0 ||
		    (uint64_t)width * height <= (uint64_t)out->width * out->height)
			continue;
		*out = (struct shape){ width, height };
	}
	return out->width > 0;
}
