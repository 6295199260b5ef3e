/*
 * Memory that dies at once: what belongs to one page of posts, or to one command. Nothing is freed
 * alone. Begin with ARENA_INIT, end with arena_release(). Memory is zeroed, aligned for any type.
 */
#ifndef ARCHIVE_BASE_ARENA_H
#define ARCHIVE_BASE_ARENA_H

#include <stddef.h>

#include "archive/base/err.h"

struct arena_block;

struct arena {
	struct arena_block *head;
};

#define ARENA_INIT \
	{          \
		0  \
	}

void arena_release(struct arena *a);
/* Everything that was handed out is void; one block is kept, so that a loop over pages does not
 * allocate anew. */
void arena_clear(struct arena *a);
void *arena_alloc(struct arena *a, size_t size);
void *arena_take(struct arena *a, size_t size); /* not zeroed */
/* count elements of size; overflow ends the program like any lack of memory. */
void *arena_array(struct arena *a, size_t count, size_t size);
/* NULL stays NULL. */
const char *arena_strdup(struct arena *a, const char *text);
const char *arena_strndup(struct arena *a, const char *text, size_t len);
const char *arena_printf(struct arena *a, const char *format, ...) PRINTF_LIKE(2, 3);

#endif
