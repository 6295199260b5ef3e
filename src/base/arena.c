#include "archive/base/arena.h"

#include <stdalign.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "archive/base/mem.h"

#define BLOCK_BYTES ((size_t)64 << 10)

struct arena_block {
	struct arena_block *next;
	size_t size, used;
	alignas(max_align_t) char bytes[];
};

static struct arena_block *add_block(struct arena *a, size_t size)
{
	struct arena_block *block;

	if (size < BLOCK_BYTES)
		size = BLOCK_BYTES;
	if (size > SIZE_MAX - sizeof(*block))
		size = SIZE_MAX - sizeof(*block); /* more than there is: ends the program */
	block = xreallocarray(NULL, sizeof(*block) + size, 1);
	block->next = a->head;
	block->size = size;
	block->used = 0;
	a->head = block;
	return block;
}

static void free_from(struct arena_block *block)
{
	while (block) {
		struct arena_block *next = block->next;

		free(block);
		block = next;
	}
}

void arena_release(struct arena *a)
{
	free_from(a->head);
	a->head = NULL;
}

void arena_clear(struct arena *a)
{
	if (!a->head)
		return;
	if (a->head->size > BLOCK_BYTES) {
		arena_release(a);
		return;
	}
	free_from(a->head->next);
	a->head->next = NULL;
	a->head->used = 0;
}

void *arena_take(struct arena *a, size_t size)
{
	const size_t mask = alignof(max_align_t) - 1;
	struct arena_block *block = a->head;
	size_t at = block ? (block->used + mask) & ~mask : 0;

	if (!block || at > block->size || size > block->size - at) {
		block = add_block(a, size);
		at = 0;
	}
	block->used = at + size;
	return block->bytes + at;
}

void *arena_alloc(struct arena *a, size_t size)
{
	return memset(arena_take(a, size), 0, size);
}

void *arena_array(struct arena *a, size_t count, size_t size)
{
	size_t bytes;

	if (__builtin_mul_overflow(count, size, &bytes))
		bytes = SIZE_MAX;
	return arena_alloc(a, bytes);
}

const char *arena_strndup(struct arena *a, const char *text, size_t len)
{
	char *copy;

	if (!text)
		return NULL;
	copy = arena_alloc(a, len + 1);
	return memcpy(copy, text, len);
}

const char *arena_strdup(struct arena *a, const char *text)
{
	return text ? arena_strndup(a, text, strlen(text)) : NULL;
}

const char *arena_printf(struct arena *a, const char *format, ...)
{
	va_list args;
	char *text = NULL;
	const char *kept;

	va_start(args, format);
	if (vasprintf(&text, format, args) < 0)
		text = xstrdup("");
	va_end(args);
	kept = arena_strdup(a, text);
	free(text);
	return kept;
}
