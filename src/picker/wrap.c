#include "archive/picker/state.h"

#include <string.h>

#include "archive/text/utf8.h"

#define MOST_CLUSTER 64 /* bytes of one that are measured */

static int columns_of(const char *cluster, size_t len, bool wide)
{
	char text[MOST_CLUSTER + 1];

	len = len > MOST_CLUSTER ? MOST_CLUSTER : len;
	memcpy(text, cluster, len);
	text[len] = '\0';
	return wide ? utf8_columns_wide(text) : utf8_columns(text);
}

/* Breaks behind the last blank that fits, else between any two characters: Japanese has no
 * blanks. */
size_t wrap_next(const char *text, int columns, bool wide_ambiguous)
{
	size_t end = strcspn(text, "\n"), at = 0, blank = 0;
	int used = 0;

	while (at < end) {
		size_t len = utf8_cluster(text + at, end - at);
		int own = columns_of(text + at, len, wide_ambiguous);
		bool ascii = len == 1 && text[at] != ' ';

		if (used + own > columns && text[at] == ' ')
			return at + strspn(text + at, " ");
		if (used + own > columns)
			return blank > 0 && ascii ? blank : at > 0 ? at : len;
		used += own;
		at += len;
		if (text[at - 1] == ' ' || !ascii)
			blank = at;
	}
	return text[end] == '\n' ? end + 1 : end;
}
