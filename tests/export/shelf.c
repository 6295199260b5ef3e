#include "shelf.h"

#include <stdio.h>
#include <string.h>

#include "archive/base/io.h"

#define BYTES_MAX (64 << 20)

bool shelf_add(struct shelf *shelf, struct arena *arena, const char *line)
{
	struct kept *kept = &shelf->kept[shelf->count];
	const char *end;
	int used = 0;

	if (shelf->count == SHELF_MAX ||
	    sscanf(line, "%71s %d %d %n", kept->picture.name, &kept->picture.width,
		   &kept->picture.height, &used) != 3)
		return false;
	end = line + used + strcspn(line + used, "\t");
	kept->url = arena_strndup(arena, line + used, (size_t)(end - line) - (size_t)used);
	kept->from = *end ? arena_strdup(arena, end + 1) : NULL;
	shelf->count++;
	kept->picture.type = PICTURE_PNG;
	picture_type_of_name(kept->picture.name, &kept->picture.type);
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
