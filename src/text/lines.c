#include "archive/text/lines.h"

#include <string.h>

#include "archive/base/mem.h"
#include "archive/text/utf8.h"

/* A user-perceived character. */
struct cell {
	size_t len;
	int columns;
};

static struct cell cell_at(const char *text, size_t len)
{
	struct cell cell = { .len = utf8_cluster(text, len) };

	cell.columns = utf8_cluster_columns(text, cell.len);
	return cell;
}

/* May not begin a line. */
static bool closes(const char *text, size_t len)
{
	static const char *const marks[] = {
		"。", "、", "」", "』", "）", "】", "〉", "》", "！", "？",
		"・", "ー", "…",  "ゃ", "ゅ", "ょ", "っ", "ャ", "ュ", "ョ",
		"ッ", "，", "．", "：", "；", ")",  ".",  ",",	"!",  "?",
	};

	for (size_t i = 0; i < ARRAY_LEN(marks); i++)
		if (strlen(marks[i]) <= len && memcmp(text, marks[i], strlen(marks[i])) == 0)
			return true;
	return false;
}

static bool may_break(struct cell before, struct cell next, const char *next_text)
{
	return (before.columns > 1 || next.columns > 1) && !closes(next_text, next.len);
}

size_t lines_fit(const char *text, size_t len, int columns)
{
	struct cell before = { 0 };
	size_t at = 0, good = 0;
	int used = 0;

	while (at < len) {
		struct cell cell = cell_at(text + at, len - at);

		if (text[at] == ' ' || (at > 0 && may_break(before, cell, text + at)))
			good = at;
		if (used + cell.columns > columns && at > 0)
			return good > 0 ? good : at;
		used += cell.columns;
		at += cell.len;
		before = cell;
	}
	return len;
}
