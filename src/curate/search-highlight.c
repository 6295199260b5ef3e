#include <string.h>

#include "archive/curate/search.h"
#include "archive/text/units.h"

#define FOUND	 '+'
#define NOT_HERE ' '

static bool same_letters(const struct units *text, const struct unit *in,
			 const struct units *wanted, const struct unit *looked, size_t len)
{
	return memcmp(text->letters.buf + in->at, wanted->letters.buf + looked->at, len) == 0;
}

/* Do the words of wanted stand at that one of the text? Only the last may go on. */
static bool stands_at(const struct units *text, size_t at, const struct units *wanted,
		      bool beginning)
{
	for (size_t i = 0; i < wanted->count; i++) {
		const struct unit *in = &text->list[at + i], *looked = &wanted->list[i];
		bool open = beginning && i + 1 == wanted->count && !looked->cjk;

		if (open ? in->len < looked->len : in->len != looked->len)
			return false;
		if (in->cjk != looked->cjk || (i > 0 && in->joined != looked->joined) ||
		    !same_letters(text, in, wanted, looked, looked->len))
			return false;
	}
	return true;
}

/* From the first letter of the first word to the last one that was looked for. */
static void mark_from(struct str *out, const struct units *text, size_t at,
		      const struct units *wanted)
{
	const struct unit *last = &text->list[at + wanted->count - 1];
	size_t begin = text->from[text->list[at].at];
	size_t end = text->to[last->at + wanted->list[wanted->count - 1].len - 1];

	memset(out->buf + begin, FOUND, end - begin);
}

static void mark_part(struct str *out, const struct units *text, const struct search_part *part)
{
	struct units wanted = UNITS_INIT;

	units_read(&wanted, part->text, part->len);
	for (size_t at = 0; wanted.count > 0 && at + wanted.count <= text->count; at++)
		if (stands_at(text, at, &wanted, part->beginning))
			mark_from(out, text, at, &wanted);
	units_release(&wanted);
}

void search_highlight(struct str *out, const struct search_query *query, const char *text)
{
	struct units units = UNITS_INIT;
	size_t len = strlen(text);

	str_clear(out);
	if (!query || query->part_count == 0 || len == 0)
		return;
	str_reserve(out, len);
	for (size_t i = 0; i < len; i++)
		str_add_char(out, NOT_HERE);
	units_read(&units, text, len);
	for (size_t i = 0; i < query->part_count; i++)
		mark_part(out, &units, &query->parts[i]);
	units_release(&units);
}
