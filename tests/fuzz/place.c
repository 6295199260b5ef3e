/* Any bytes as the name of a post: what is made of it can be asked for, and says so the same way
 * when it is read again. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "archive/base/mem.h"
#include "archive/source/place.h"
#include "archive/text/link.h"
#include "archive/text/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

static void demand(bool holds)
{
	if (!holds)
		abort();
}

static void check_way(const struct place_way *way)
{
	demand(way->source && way->id && *way->id);
	demand(utf8_valid(way->source, strlen(way->source)));
	demand(!strpbrk(way->source, " @\n") && !strpbrk(way->id, " \n"));
	if (way->kind == PLACE_OBJECT)
		demand(link_safe_web(way->id));
	else
		demand(!strpbrk(way->id, "?#\"\\"));
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	char *name = xstrndup((const char *)bytes, len);
	struct arena arena = ARENA_INIT;
	struct place place;
	struct err err = { 0 };

	if (place_of(&arena, name, &place, &err)) {
		demand(place.way_count > 0 && place.way_count <= PLACE_MAX_WAYS);
		for (size_t i = 0; i < place.way_count; i++)
			check_way(&place.ways[i]);
	} else {
		demand(err.code == ERR_USAGE && err.msg[0]);
	}
	arena_release(&arena);
	free(name);
	return 0;
}
