#include "shelf.h"

#include <stdio.h>
#include <string.h>

#include "archive/base/io.h"

#define BYTES_MAX (64 << 20)

/* The next word of a line, which is moved behind it and the blanks that follow. */
static const char *word(struct arena *arena, const char **line, const char *ends)
{
	size_t len = strcspn(*line, ends);
	const char *text = arena_strndup(arena, *line, len);

	*line += len;
	*line += strspn(*line, ends);
	return text;
}

static bool number(struct arena *arena, const char **line, int *out)
{
	int64_t value;

	if (!str_to_int(word(arena, line, " "), INT32_MIN, INT32_MAX, &value))
		return false;
	*out = (int)value;
	return true;
}

bool shelf_add(struct shelf *shelf, struct arena *arena, const char *line)
{
	struct kept *kept = &shelf->kept[shelf->count];
	struct picture *picture = &kept->picture;

	if (shelf->count == SHELF_MAX)
		return false;
	snprintf(picture->name, sizeof(picture->name), "%s", word(arena, &line, " "));
	if (!number(arena, &line, &picture->width) || !number(arena, &line, &picture->height))
		return false;
	kept->url = word(arena, &line, "\t");
	kept->from = *line ? arena_strdup(arena, line) : NULL;
	shelf->count++;
	picture->type = PICTURE_PNG;
	picture_type_of_name(picture->name, &picture->type);
	return true;
}

static bool find(void *owner, const char *url, struct picture *out)
{
	const struct shelf *shelf = owner;

	for (size_t i = 0; i < shelf->count; i++) {
		if (strcmp(shelf->kept[i].url, url) != 0)
			continue;
		*out = shelf->kept[i].picture;
		return true;
	}
	return false;
}

static bool read_bytes(void *owner, const char *name, struct str *out, struct err *err)
{
	const struct shelf *shelf = owner;

	for (size_t i = 0; i < shelf->count; i++) {
		const struct kept *kept = &shelf->kept[i];

		if (strcmp(kept->picture.name, name) != 0)
			continue;
		if (kept->from)
			return io_read_file(kept->from, BYTES_MAX, out, err);
		str_add(out, name);
		return true;
	}
	return err_set(err, ERR_NOT_FOUND, "%s is not kept", name);
}

struct picture_shelf shelf_of(struct shelf *shelf)
{
	return (struct picture_shelf){ .find = find, .read = read_bytes, .owner = shelf };
}
