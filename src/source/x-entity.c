#include "archive/source/x-entity.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "archive/base/mem.h"
#include "archive/text/tag.h"
#include "archive/text/utf8.h"

#define MAX_REFERENCE 10 /* bytes: "&quot;" and its like */
#define MAX_LOOKS     32 /* times that a text may be looked through in all */
#define HINTS	      3

/* The length of the character reference that begins here; 0 when none does. */
static size_t reference_len(const char *p, const char *end)
{
	size_t len = 1;

	if (*p != '&')
		return 0;
	while (p + len < end && len < MAX_REFERENCE &&
	       strchr("#abcdefghijklmnopqrstuvwxyz0123456789", p[len]))
		len++;
	return len > 1 && p + len < end && p[len] == ';' ? len + 1 : 0;
}

static size_t piece_len(const char *p, const char *end)
{
	size_t len = reference_len(p, end);
	const char *behind = p;

	if (len)
		return len;
	utf8_next(&behind, end);
	return (size_t)(behind - p);
}

static void map_piece(struct x_map *map, const char *p, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		map->by_byte[map->bytes++] = (uint32_t)map->plain.len;
		if (((unsigned char)p[i] & 0xC0) != 0x80)
			map->by_point[map->points++] = (uint32_t)map->plain.len;
	}
	if (*p == '&')
		markup_unescape(&map->plain, p, len);
	else
		str_add_n(&map->plain, p, len);
}

void x_map_open(struct x_map *map, const char *text)
{
	const char *p = text ? text : "";
	size_t len = strlen(p);
	const char *end = p + len;

	*map = (struct x_map){ .plain = STR_INIT };
	if (len > X_MAX_MAPPED) {
		markup_unescape(&map->plain, p, len < MARKUP_MAX_BYTES ? len : MARKUP_MAX_BYTES);
		return;
	}
	map->by_byte = xreallocarray(NULL, len + 1, sizeof(*map->by_byte));
	map->by_point = xreallocarray(NULL, len + 1, sizeof(*map->by_point));
	map->by_plain_point = xreallocarray(NULL, len + 1, sizeof(*map->by_plain_point));
	str_reserve(&map->plain, len);
	while (p < end) {
		size_t piece = piece_len(p, end);

		map_piece(map, p, piece);
		p += piece;
	}
	map->effort = (int64_t)(MAX_LOOKS * map->plain.len);
	for (size_t i = 0; i < map->plain.len && map->plain_points <= len; i++)
		if (((unsigned char)map->plain.buf[i] & 0xC0) != 0x80)
			map->by_plain_point[map->plain_points++] = (uint32_t)i;
}

void x_map_close(struct x_map *map)
{
	str_release(&map->plain);
	free(map->by_byte);
	free(map->by_point);
	free(map->by_plain_point);
}

static size_t look_up(const struct x_map *map, const uint32_t *table, size_t count, int64_t hint)
{
	if (hint < 0 || (uint64_t)hint >= count)
		return map->plain.len;
	return table[hint];
}

/* The bytes of the sign before a hashtag or a name, ASCII or full-width; 0 when there is none. */
static size_t sign_len(const char *p, size_t left, enum entity_kind kind)
{
	const char *wide = kind == ENTITY_TAG ? "\xEF\xBC\x83" : "\xEF\xBC\xA0";

	if (left > 0 && *p == (kind == ENTITY_TAG ? '#' : '@'))
		return 1;
	return left > 3 && !memcmp(p, wide, 3) ? 3 : 0;
}

/* Could the word go on here, so that this is the beginning of a longer one? */
static bool goes_on(const char *p, const char *end, enum entity_kind kind)
{
	uint32_t c;

	if (p >= end)
		return false;
	c = utf8_next(&p, end);
	if (kind == ENTITY_TAG)
		return tag_may_hold(c);
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       c == '_';
}

/* What is looked for. */
struct want {
	enum entity_kind kind;
	const char *word;
	size_t len;
};

/* The bytes that match at this place; 0 when the word does not stand there. */
static size_t match_at(const struct x_map *map, size_t at, const struct want *want)
{
	const char *p = map->plain.buf + at, *end = map->plain.buf + map->plain.len;
	size_t left = map->plain.len - at;
	size_t sign = want->kind == ENTITY_LINK ? 0 : sign_len(p, left, want->kind);
	int differs;

	if ((want->kind != ENTITY_LINK && !sign) || left - sign < want->len)
		return 0;
	differs = want->kind == ENTITY_LINK ? memcmp(p, want->word, want->len)
					    : strncasecmp(p + sign, want->word, want->len);
	if (differs != 0)
		return 0;
	return goes_on(p + sign + want->len, end, want->kind) ? 0 : sign + want->len;
}

static bool is_free(const struct x_entity *others, size_t count, size_t from, size_t to)
{
	for (size_t i = 0; i < count; i++)
		if (from < others[i].entity.end && others[i].entity.start < to)
			return false;
	return true;
}

static size_t distance(const size_t hints[HINTS], size_t at)
{
	size_t least = SIZE_MAX;

	for (int i = 0; i < HINTS; i++) {
		size_t away = at > hints[i] ? at - hints[i] : hints[i] - at;

		if (away < least)
			least = away;
	}
	return least;
}

/* Bytes that may have to be compared to tell whether the word stands here. */
static size_t cost_at(const struct x_map *map, size_t at, const struct want *want)
{
	const char *p = map->plain.buf + at;
	bool begins = want->kind == ENTITY_LINK ? *p == *want->word
						: sign_len(p, map->plain.len - at, want->kind) > 0;

	return begins ? want->len : 1;
}

static bool search(struct x_map *map, const size_t hints[HINTS], const struct want *want,
		   const struct x_entity *others, size_t count, struct x_entity *out)
{
	size_t best = SIZE_MAX;

	for (size_t at = 0; at < map->plain.len && map->effort > 0; at++) {
		size_t len = match_at(map, at, want);

		map->effort -= (int64_t)(cost_at(map, at, want) + (len ? count : 0));
		if (len && distance(hints, at) < best && is_free(others, count, at, at + len)) {
			best = distance(hints, at);
			out->entity.start = at;
			out->entity.end = at + len;
		}
	}
	return best != SIZE_MAX;
}

static bool find(struct x_map *map, const size_t hints[HINTS], const struct want *want,
		 const struct x_entity *others, size_t count, struct x_entity *out)
{
	for (int i = 0; i < HINTS; i++) {
		size_t len = match_at(map, hints[i], want);

		if (len && is_free(others, count, hints[i], hints[i] + len)) {
			out->entity.start = hints[i];
			out->entity.end = hints[i] + len;
			return true;
		}
	}
	return search(map, hints, want, others, count, out);
}

bool x_map_find(struct x_map *map, int64_t hint, const struct x_entity *others, size_t count,
		struct x_entity *out)
{
	const size_t hints[HINTS] = {
		look_up(map, map->by_point, map->points, hint),
		look_up(map, map->by_plain_point, map->plain_points, hint),
		look_up(map, map->by_byte, map->bytes, hint),
	};
	struct want want = { out->entity.kind, out->word, strlen(out->word) };
	struct str plain = STR_INIT;
	bool found;

	if (!want.len || !map->by_byte)
		return false;
	markup_unescape(&plain, out->word, want.len);
	found = find(map, hints, &(struct want){ want.kind, plain.buf, plain.len }, others, count,
		     out);
	if (!found && !str_same(plain.buf, out->word))
		found = find(map, hints, &want, others, count, out);
	str_release(&plain);
	return found;
}

static int by_start(const void *a, const void *b)
{
	const struct x_entity *left = a, *right = b;

	return (left->entity.start > right->entity.start) -
	       (left->entity.start < right->entity.start);
}

static size_t without_blanks(const char *text, size_t len)
{
	while (len > 0 && strchr(" \t\r\n", text[len - 1]))
		len--;
	return len;
}

void x_entities_settle(const struct x_map *map, struct x_entity *entities, size_t count)
{
	size_t end = without_blanks(map->plain.buf, map->plain.len);

	if (count > 1)
		qsort(entities, count, sizeof(*entities), by_start);
	while (count > 0 && entities[count - 1].may_go && entities[count - 1].entity.end == end) {
		struct entity *last = &entities[--count].entity;

		last->start = without_blanks(map->plain.buf, last->start);
		last->end = end;
		last->kind = ENTITY_DROP;
		end = last->start;
	}
}
