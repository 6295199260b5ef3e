#include "archive/json/read.h"

#include <inttypes.h>
#include <jansson.h>
#include <string.h>

#define LIMIT 9223372036854775808.0 /* the first double above INT64_MAX */

static const json_t *as_json(const struct jnode *node)
{
	return (const json_t *)node;
}

static const struct jnode *as_node(const json_t *value)
{
	return !value || json_is_null(value) ? NULL : (const struct jnode *)value;
}

bool jnode_is_object(const struct jnode *node)
{
	return json_is_object(as_json(node));
}

bool jnode_is_array(const struct jnode *node)
{
	return json_is_array(as_json(node));
}

bool jnode_is_null(const struct jnode *node)
{
	return !node || json_is_null(as_json(node));
}

const struct jnode *jnode_get(const struct jnode *node, const char *key)
{
	return as_node(json_object_get(as_json(node), key));
}

const struct jnode *jnode_path(const struct jnode *node, const char *path)
{
	while (node) {
		size_t len = strcspn(path, ".");

		node = as_node(json_object_getn(as_json(node), path, len));
		if (!path[len])
			return node;
		path += len + 1;
	}
	return NULL;
}

const char *jnode_text(const struct jnode *node)
{
	const char *text = json_string_value(as_json(node));

	return text && *text ? text : NULL;
}

const char *jnode_string(const struct jnode *node, const char *key)
{
	return jnode_text(jnode_get(node, key));
}

static int64_t real_to_int(double real, int64_t fallback)
{
	return real >= -LIMIT && real < LIMIT ? (int64_t)real : fallback;
}

int64_t jnode_number(const struct jnode *node, int64_t fallback)
{
	const json_t *value = as_json(node);
	int64_t whole;

	if (json_is_integer(value))
		return json_integer_value(value);
	if (json_is_real(value))
		return real_to_int(json_real_value(value), fallback);
	if (json_is_string(value) &&
	    str_to_int(json_string_value(value), INT64_MIN, INT64_MAX, &whole))
		return whole;
	return fallback;
}

int64_t jnode_int(const struct jnode *node, const char *key, int64_t fallback)
{
	return jnode_number(jnode_get(node, key), fallback);
}

const char *jnode_first_key(const struct jnode *object)
{
	/* only looked at, NOLINTNEXTLINE(performance-no-int-to-ptr) */
	json_t *json = (json_t *)(uintptr_t)object;

	return json_object_iter_key(json_object_iter(json));
}

bool jnode_bool(const struct jnode *node, const char *key, bool fallback)
{
	const json_t *value = as_json(jnode_get(node, key));

	return json_is_boolean(value) ? json_is_true(value) : fallback;
}

const char *jnode_id(const struct jnode *node, const char *key, struct arena *arena)
{
	const struct jnode *value = jnode_get(node, key);

	if (json_is_integer(as_json(value)))
		return arena_printf(arena, "%" JSON_INTEGER_FORMAT,
				    json_integer_value(as_json(value)));
	return jnode_text(value);
}

size_t jnode_len(const struct jnode *array)
{
	return json_array_size(as_json(array));
}

const struct jnode *jnode_at(const struct jnode *array, size_t index)
{
	return (const struct jnode *)json_array_get(as_json(array), index);
}
