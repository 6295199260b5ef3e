/*
 * Memory that is always there: out of memory ends the program with a sentence and status 1, so no
 * caller checks. Everything returned is freed with free().
 */
#ifndef ARCHIVE_BASE_MEM_H
#define ARCHIVE_BASE_MEM_H

#include <stddef.h>

/* How the program ends then; for a library that says only that it failed. */
_Noreturn void mem_exhausted(void);

void *xcalloc(size_t count, size_t size);
/* Grows or shrinks; count * size is checked against overflow. What is new is not zeroed. */
void *xreallocarray(void *old, size_t count, size_t size);
char *xstrdup(const char *text);
char *xstrndup(const char *text, size_t len);

/* The elements of a fixed array. */
#define ARRAY_LEN(a) (sizeof(a) / sizeof((a)[0]))

#endif
