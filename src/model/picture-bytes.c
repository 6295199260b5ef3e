#include <string.h>

#include "archive/model/picture-read.h"

uint32_t bytes_big(const struct bytes *bytes, size_t from, size_t count)
{
	uint32_t value = 0;

	if (from > bytes->left || count > bytes->left - from)
		return 0;
	for (size_t i = 0; i < count; i++)
		value = value << 8 | bytes->at[from + i];
	return value;
}

uint32_t bytes_little(const struct bytes *bytes, size_t from, size_t count)
{
	uint32_t value = 0;

	if (from > bytes->left || count > bytes->left - from)
		return 0;
	while (count-- > 0)
		value = value << 8 | bytes->at[from + count];
	return value;
}

void bytes_skip(struct bytes *bytes, size_t count)
{
	if (count > bytes->left)
		count = bytes->left;
	bytes->at += count;
	bytes->left -= count;
}

bool bytes_hold(const struct bytes *bytes, size_t from, const char *text)
{
	size_t len = strlen(text);

	return from <= bytes->left && len <= bytes->left - from &&
	       memcmp(bytes->at + from, text, len) == 0;
}
