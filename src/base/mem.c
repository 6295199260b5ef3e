#include "archive/base/mem.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void mem_exhausted(void)
{
	fputs("archive: out of memory\n", stderr);
	_Exit(EXIT_FAILURE);
}

static void *there(void *memory)
{
	if (!memory)
		mem_exhausted();
	return memory;
}

void *xcalloc(size_t count, size_t size)
{
	return there(calloc(count ? count : 1, size ? size : 1));
}

void *xreallocarray(void *old, size_t count, size_t size)
{
	return there(reallocarray(old, count ? count : 1, size ? size : 1));
}

char *xstrdup(const char *text)
{
	return there(strdup(text));
}

char *xstrndup(const char *text, size_t len)
{
	return there(strndup(text, len));
}
