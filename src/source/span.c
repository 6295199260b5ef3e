#include "archive/source/span.h"

#include <string.h>

#include "archive/base/str.h"
#include "archive/json/scan.h"

#define SPAN_MAX_KEY   64
#define SPAN_MAX_INDEX 1000

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

size_t span_blank(const char *bytes, size_t len, size_t from)
{
	while (from < len && is_blank(bytes[from]))
		from++;
	return from;
}

/* from is the opening quote; the result is behind the closing one. */
static size_t string_end(const char *bytes, size_t len, size_t from)
{
	struct scan scan = { .bytes = bytes, .len = len, .pos = from };

	scan_string(&scan);
	return scan.pos;
}

/* 0 when the bytes end before it does. */
static size_t nested_end(const char *bytes, size_t len, size_t from)
{
	size_t depth = 0;
	size_t i = from;

	while (i < len) {
		char c = bytes[i];

		if (c == '"') {
			i = string_end(bytes, len, i);
			continue;
		}
		i++;
		if (c == '{' || c == '[')
			depth++;
		else if ((c == '}' || c == ']') && --depth == 0)
			return i;
	}
	return 0;
}

bool span_is_whole(const char *bytes, size_t len, size_t from)
{
	return from < len && (bytes[from] == '{' || bytes[from] == '[') &&
	       nested_end(bytes, len, from) > 0;
}

size_t span_value(const char *bytes, size_t len, size_t from)
{
	size_t i = from;

	if (from >= len)
		return len;
	if (bytes[from] == '"')
		return string_end(bytes, len, from);
	if (bytes[from] == '{' || bytes[from] == '[') {
		i = nested_end(bytes, len, from);
		return i ? i : len;
	}
	while (i < len && !is_blank(bytes[i]) && !strchr(",:{}[]\"", bytes[i]))
		i++;
	return i;
}

/* Adds the comma that goes with a member: the one behind it, else the one before it. */
static void take_comma(const char *bytes, size_t len, size_t before, struct span_range *whole)
{
	size_t behind = span_blank(bytes, len, whole->to);

	if (behind < len && bytes[behind] == ',')
		whole->to = behind + 1;
	else if (bytes[before] == ',')
		whole->from = before;
}

/* The member whose key begins at name; without its comma. */
static bool member_at(const char *bytes, size_t len, size_t name, struct span_member *m)
{
	size_t colon, value;

	if (name >= len || bytes[name] != '"')
		return false;
	colon = span_blank(bytes, len, string_end(bytes, len, name));
	if (colon >= len || bytes[colon] != ':')
		return false;
	value = span_blank(bytes, len, colon + 1);
	if (value >= len)
		return false;
	m->value = (struct span_range){ value, span_value(bytes, len, value) };
	m->whole = (struct span_range){ name, m->value.to };
	return true;
}

static bool has_key(const char *bytes, size_t len, size_t name, const char *key)
{
	size_t key_len = strlen(key);

	return len - name > key_len + 1 && !memcmp(bytes + name + 1, key, key_len) &&
	       bytes[name + 1 + key_len] == '"';
}

bool span_find(const char *bytes, size_t len, size_t from, const char *key, struct span_member *m)
{
	size_t before = span_blank(bytes, len, from);

	if (before >= len || bytes[before] != '{')
		return false;
	while (before < len && (bytes[before] == '{' || bytes[before] == ',')) {
		struct span_member member;
		size_t name = span_blank(bytes, len, before + 1);

		if (!member_at(bytes, len, name, &member))
			return false;
		if (has_key(bytes, len, name, key)) {
			take_comma(bytes, len, before, &member.whole);
			*m = member;
			return true;
		}
		before = span_blank(bytes, len, member.value.to);
	}
	return false;
}

/* The element of the array that begins at from; false when it has fewer. */
static bool element_at(const char *bytes, size_t len, size_t from, size_t index,
		       struct span_member *m)
{
	size_t at = span_blank(bytes, len, from + 1);

	while (at < len && bytes[at] != ']') {
		size_t end = span_value(bytes, len, at);

		if (!index--) {
			m->value = m->whole = (struct span_range){ at, end };
			return end > at;
		}
		at = span_blank(bytes, len, end);
		if (at >= len || bytes[at] != ',')
			return false;
		at = span_blank(bytes, len, at + 1);
	}
	return false;
}

static bool step(const char *bytes, size_t len, size_t from, const char *key, struct span_member *m)
{
	int64_t index;

	from = span_blank(bytes, len, from);
	if (from < len && bytes[from] == '[')
		return str_to_int(key, 0, SPAN_MAX_INDEX, &index) &&
		       element_at(bytes, len, from, (size_t)index, m);
	return span_find(bytes, len, from, key, m);
}

bool span_path(const char *bytes, size_t len, size_t from, const char *path, struct span_member *m)
{
	char key[SPAN_MAX_KEY];

	for (;;) {
		size_t part = strcspn(path, ".");

		if (part >= sizeof(key))
			return false;
		memcpy(key, path, part);
		key[part] = '\0';
		if (!step(bytes, len, from, key, m))
			return false;
		if (!path[part])
			return true;
		from = m->value.from;
		len = m->value.to;
		path += part + 1;
	}
}
