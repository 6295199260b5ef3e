#include "archive/base/idset.h"

#include <stdlib.h>

#include "archive/base/mem.h"

#define FIRST_ROOM 64 /* a power of two, as every room */

static size_t slot_of(const struct idset *set, int64_t id)
{
	uint64_t hash = (uint64_t)id * UINT64_C(0x9e3779b97f4a7c15);
	size_t at = (size_t)(hash ^ hash >> 32) & (set->room - 1);

	while (set->slots[at] != 0 && set->slots[at] != id)
		at = (at + 1) & (set->room - 1);
	return at;
}

static void grow(struct idset *set)
{
	struct idset larger = { .room = set->room ? set->room * 2 : FIRST_ROOM };

	larger.slots = xcalloc(larger.room, sizeof(*larger.slots));
	for (size_t i = 0; i < set->room; i++)
		if (set->slots[i] != 0)
			larger.slots[slot_of(&larger, set->slots[i])] = set->slots[i];
	larger.count = set->count;
	free(set->slots);
	*set = larger;
}

void idset_release(struct idset *set)
{
	free(set->slots);
	*set = (struct idset){ 0 };
}

bool idset_add(struct idset *set, int64_t id)
{
	size_t at;

	if (set->count * 2 >= set->room)
		grow(set);
	at = slot_of(set, id);
	if (id == 0 || set->slots[at] != 0)
		return false;
	set->slots[at] = id;
	set->count++;
	return true;
}

bool idset_has(const struct idset *set, int64_t id)
{
	return id != 0 && set->room > 0 && set->slots[slot_of(set, id)] == id;
}
