/*
 * Where an entity stands in a text. What an offset counts is told in two ways and done in three:
 * code points of the text as delivered or as unescaped, or bytes (X's own simulator). So an offset
 * is only a hint: the entity's own words, which are known, are looked for, and the place nearest to
 * a hint counts. An offset whose text does not match is never used.
 */
#ifndef ARCHIVE_SOURCE_X_ENTITY_H
#define ARCHIVE_SOURCE_X_ENTITY_H

#include <stdint.h>

#include "archive/base/str.h"
#include "archive/markup/markup.h"

#define X_MAX_ENTITIES 512		   /* of a post */
#define X_MAX_MAPPED   ((size_t)256 << 10) /* bytes of a text; a longer one has no entities */

/* A text unescaped once, and what each offset of the delivered one became. */
struct x_map {
	struct str plain;
	uint32_t *by_byte, *by_point, *by_plain_point; /* offset to a byte of plain */
	size_t bytes, points, plain_points;
	int64_t effort; /* left, in bytes compared: a hostile text must not cost a search for each
			   entity */
};

struct x_entity {
	struct entity entity; /* start and end are bytes of the plain text */
	const char *word;     /* as the network gives it: "https://t.co/…", "tag", "name" */
	bool may_go;	      /* at the end of the text it is left out */
};

void x_map_open(struct x_map *map, const char *text);
void x_map_close(struct x_map *map);
/* Finds out->word by its kind near the hint, not where one of the others stands already. */
bool x_map_find(struct x_map *map, int64_t hint, const struct x_entity *others, size_t count,
		struct x_entity *out);
/* Puts them in order, and drops those at the end that may go, with the blanks before them. */
void x_entities_settle(const struct x_map *map, struct x_entity *entities, size_t count);

#endif
