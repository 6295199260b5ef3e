#include "archive/text/units.h"

#include <stdlib.h>

#include "archive/base/mem.h"
#include "archive/text/letter.h"
#include "archive/text/utf8.h"

/* The user-perceived character whose letters come, and what came before it. */
struct source {
	size_t begin, end;
	enum letter_kind before;
	bool gap;
};

static void add_bytes(struct units *units, const struct letter *letter, const struct source *source)
{
	const size_t end = units->letters.len + letter->len;

	if (end > units->from_room) {
		units->from_room = end * 2 + 64;
		units->from = xreallocarray(units->from, units->from_room, sizeof(*units->from));
		units->to = xreallocarray(units->to, units->from_room, sizeof(*units->to));
	}
	for (size_t i = units->letters.len; i < end; i++) {
		units->from[i] = source->begin;
		units->to[i] = source->end;
	}
	str_add_n(&units->letters, letter->bytes, letter->len);
}

static struct unit *add_unit(struct units *units)
{
	if (units->count == units->room) {
		units->room = units->room * 2 + 16;
		units->list = xreallocarray(units->list, units->room, sizeof(*units->list));
	}
	units->list[units->count] = (struct unit){ .at = units->letters.len };
	return &units->list[units->count++];
}

static void add_letter(struct units *units, const struct letter *letter, struct source *source)
{
	bool joins = !source->gap && letter->kind == source->before &&
		     letter->kind != LETTER_SINGLE;
	struct unit *unit;

	if (joins && letter->kind == LETTER_WORD)
		unit = &units->list[units->count - 1];
	else
		unit = add_unit(units);
	unit->len += letter->len;
	unit->cjk = letter->kind == LETTER_CJK;
	unit->joined = joins && unit->cjk;
	add_bytes(units, letter, source);
	source->before = letter->kind;
	source->gap = false;
}

static void read_cluster(struct units *units, const struct str *folded, struct source *source)
{
	const char *p = folded->buf, *end = p + folded->len;

	while (p < end) {
		struct letter letter = letter_next(&p, end);

		if (letter.kind == LETTER_GAP)
			source->gap = true;
		else if (letter.kind != LETTER_NOTHING)
			add_letter(units, &letter, source);
	}
}

void units_read(struct units *units, const char *text, size_t len)
{
	struct source source = { .before = LETTER_GAP };
	struct str folded = STR_INIT;

	units->count = 0;
	str_clear(&units->letters);
	for (; source.begin < len; source.begin = source.end) {
		size_t cluster = utf8_cluster(text + source.begin, len - source.begin);

		source.end = source.begin + cluster;
		str_clear(&folded);
		utf8_add_folded(&folded, text + source.begin, cluster);
		read_cluster(units, &folded, &source);
	}
	str_release(&folded);
}

void units_release(struct units *units)
{
	str_release(&units->letters);
	free(units->from);
	free(units->to);
	free(units->list);
	*units = (struct units)UNITS_INIT;
}
