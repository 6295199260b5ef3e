/* What is typed as a search: a query or one sentence, and highlights that fit the text. */
#include <stdlib.h>
#include <string.h>

#include "archive/base/mem.h"
#include "archive/curate/search.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

static void demand(bool holds)
{
	if (!holds)
		abort();
}

static void look_at(const struct search_query *query, const char *text)
{
	struct str marks = STR_INIT;

	for (size_t i = 0; i < query->part_count; i++)
		demand(strlen(query->parts[i].text) == query->parts[i].len);
	for (int f = 0; f < SEARCH_FIELD_COUNT; f++) {
		for (size_t i = 0; i < query->wanted[f].count; i++)
			demand(query->wanted[f].items[i][0] != '\0');
		for (size_t i = 0; i < query->unwanted[f].count; i++)
			demand(query->unwanted[f].items[i][0] != '\0');
	}
	demand(!query->match || !query->without);
	demand(!query->since || !query->until || query->since < query->until);
	search_highlight(&marks, query, text);
	demand(marks.len == 0 || marks.len == strlen(text));
	demand(strspn(marks.buf, "+ ") == marks.len);
	str_release(&marks);
}

/* The first line is what was typed, the rest a text to find it in. */
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	char *typed = xstrndup((const char *)bytes, len), *text = strchr(typed, '\n');
	struct arena arena = ARENA_INIT;
	const struct search_reading reading = { &arena, INT64_C(1793368800000), "Asia/Tokyo" };
	struct search_query query;
	struct err err = { 0 };

	if (text)
		*text++ = '\0';
	if (search_parse(&reading, typed, &query, &err))
		look_at(&query, text ? text : typed);
	else
		demand(err.code == ERR_USAGE && err.msg[0] != '\0');
	search_open_end(typed);
	arena_release(&arena);
	free(typed);
	return 0;
}
