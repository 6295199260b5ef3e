/*
 * Pictures that are kept, as whoever shows posts asks for them: by the address that a post, an
 * author or an emoji gives. The store answers; nobody else knows where the bytes are.
 */
#ifndef ARCHIVE_MODEL_PICTURE_H
#define ARCHIVE_MODEL_PICTURE_H

#include "archive/base/str.h"

/* SHA-256 in hex, a dot, and an ending that the bytes tell. */
#define PICTURE_NAME_SIZE 72

enum picture_type {
	PICTURE_JPEG,
	PICTURE_PNG,
	PICTURE_GIF,
	PICTURE_WEBP,
	PICTURE_AVIF,
	PICTURE_MP4,
	PICTURE_WEBM,
	PICTURE_MP3,
	PICTURE_OGG,
	PICTURE_TYPE_COUNT
};

/* Of the sizes that networks serve of one picture. */
enum picture_size { PICTURE_SMALL, PICTURE_LARGE, PICTURE_ORIGINAL, PICTURE_SIZE_COUNT };
/* "small", "large", "original". */
const char *picture_size_name(enum picture_size size);
bool picture_size_parse(const char *name, enum picture_size *out);

/* "jpg", "png", …; "image/jpeg", … */
const char *picture_ending(enum picture_type type);
const char *picture_mime(enum picture_type type);
/* By the ending of a name; false when it is none of ours. */
bool picture_type_of_name(const char *name, enum picture_type *out);
/* Can an <img> show it? */
bool picture_is_still(enum picture_type type);

/* The name that these bytes are kept by. */
void picture_set_name(char name[PICTURE_NAME_SIZE], enum picture_type type, const void *bytes,
		      size_t len);

struct picture {
	char name[PICTURE_NAME_SIZE];
	enum picture_type type;
	int width, height; /* pixels, as it is shown; 0 = not known */
	int64_t bytes;
};

#define PICTURE_MAX_SIDE  20000 /* pixels */
#define PICTURE_MAX_BYTES (20 << 20)

/* What the bytes are, told by them alone: fills all of out. ERR_MALFORMED for what is no picture
 * that is kept: not JPEG, PNG, GIF, WebP or AVIF, damaged at its head, or larger than a side may
 * be. The sentence goes on behind a name of it: "is a web page, no picture". */
MUST_CHECK bool picture_read(const char *bytes, size_t len, struct picture *out, struct err *err);

/* Gives kept pictures. */
struct picture_shelf {
	/* By address; false when it is not kept, or url is NULL. */
	bool (*find)(void *owner, const char *url, struct picture *out);
	/* Appends the bytes of a name that find() gave. */
	MUST_CHECK bool (*read)(void *owner, const char *name, struct str *out, struct err *err);
	void *owner;
};

#endif
