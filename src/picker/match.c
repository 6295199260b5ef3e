#include "archive/picker/state.h"

#include <string.h>

#include "archive/text/utf8.h"

#define FOUND  '+'
#define BEFORE 10 /* columns at most, shown before a match which the row would not reach */

static int columns_of(const char *cluster, size_t len, bool wide_ambiguous)
{
	const char *p = cluster;

	if (wide_ambiguous && utf8_is_ambiguous(utf8_next(&p, cluster + len)))
		return 2;
	return utf8_cluster_columns(cluster, len);
}

/* The bytes of the beginning that take no more than so many columns. */
static size_t fitting(const char *text, size_t len, int columns, bool wide_ambiguous)
{
	size_t at = 0;

	while (at < len) {
		size_t cluster = utf8_cluster(text + at, len - at);

		columns -= columns_of(text + at, cluster, wide_ambiguous);
		if (columns < 0)
			return at;
		at += cluster;
	}
	return len;
}

size_t match_begin(const char *text, const char *marks, int columns, bool wide_ambiguous)
{
	size_t len = strlen(text), first = strcspn(marks, "+"), begin = 0;
	int before = columns / 3 < BEFORE ? columns / 3 : BEFORE;

	if (first >= len ||
	    first + strspn(marks + first, "+") <= fitting(text, len, columns, wide_ambiguous))
		return 0;
	while (fitting(text + begin, first - begin, before, wide_ambiguous) < first - begin)
		begin += utf8_cluster(text + begin, len - begin);
	return begin;
}

int match_put(struct frame *frame, const struct piece *place, int max, const char *text, size_t len,
	      const char *marks)
{
	struct str part = STR_INIT;
	int used = 0;

	for (size_t at = 0, run; at < len && used < max; at += run) {
		bool found = marks[at] == FOUND;

		run = found ? strspn(marks + at, "+") : strcspn(marks + at, "+");
		run = run < len - at ? run : len - at;
		str_clear(&part);
		str_add_n(&part, text + at, run);
		used += frame_put(frame, place->line, place->column + used, max - used,
				  found ? INK_MATCH : place->ink, place->tone, part.buf);
		/* a wide character may have found one column too few */
		if (used == max - 1)
			break;
	}
	str_release(&part);
	return used;
}
