#include "archive/model/picture.h"

#include <string.h>

#include "archive/base/hash.h"

static const struct {
	const char *ending, *mime;
	bool still;
} types[PICTURE_TYPE_COUNT] = {
	[PICTURE_JPEG] = { "jpg", "image/jpeg", true },
	[PICTURE_PNG] = { "png", "image/png", true },
	[PICTURE_GIF] = { "gif", "image/gif", true },
	[PICTURE_WEBP] = { "webp", "image/webp", true },
	[PICTURE_AVIF] = { "avif", "image/avif", true },
	[PICTURE_MP4] = { "mp4", "video/mp4", false },
	[PICTURE_WEBM] = { "webm", "video/webm", false },
	[PICTURE_MP3] = { "mp3", "audio/mpeg", false },
	[PICTURE_OGG] = { "ogg", "audio/ogg", false },
};

const char *picture_ending(enum picture_type type)
{
	return types[type].ending;
}

const char *picture_mime(enum picture_type type)
{
	return types[type].mime;
}

bool picture_is_still(enum picture_type type)
{
	return types[type].still;
}

bool picture_type_of_name(const char *name, enum picture_type *out)
{
	const char *dot = strrchr(name, '.');

	for (size_t i = 0; dot && i < PICTURE_TYPE_COUNT; i++) {
		if (strcmp(types[i].ending, dot + 1) != 0)
			continue;
		*out = (enum picture_type)i;
		return true;
	}
	return false;
}

static const char *const sizes[PICTURE_SIZE_COUNT] = {
	[PICTURE_SMALL] = "small",
	[PICTURE_LARGE] = "large",
	[PICTURE_ORIGINAL] = "original",
};

const char *picture_size_name(enum picture_size size)
{
	return sizes[size];
}

bool picture_size_parse(const char *name, enum picture_size *out)
{
	for (size_t i = 0; i < PICTURE_SIZE_COUNT; i++) {
		if (strcmp(sizes[i], name) != 0)
			continue;
		*out = (enum picture_size)i;
		return true;
	}
	return false;
}

void picture_set_name(char name[PICTURE_NAME_SIZE], enum picture_type type, const void *bytes,
		      size_t len)
{
	uint8_t hash[HASH_SIZE];

	hash_sha256(bytes, len, hash);
	for (size_t i = 0; i < HASH_SIZE; i++)
		snprintf(name + 2 * i, 3, "%02x", hash[i]);
	snprintf(name + 2 * (size_t)HASH_SIZE, PICTURE_NAME_SIZE - 2 * HASH_SIZE, ".%s",
		 picture_ending(type));
}
