/*
 * A set of numbers that are not 0: ids, of which a store may hold a million.
 */
#ifndef ARCHIVE_BASE_IDSET_H
#define ARCHIVE_BASE_IDSET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct idset {
	int64_t *slots; /* 0 = free */
	size_t room, count;
};

void idset_release(struct idset *set);
/* false when it was in it already, or is 0. */
bool idset_add(struct idset *set, int64_t id);
bool idset_has(const struct idset *set, int64_t id);

#endif
