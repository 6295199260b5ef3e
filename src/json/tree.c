#include "archive/json/tree.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "archive/json/repair.h"
#include "archive/json/scan.h"

static const char byte_order_mark[] = "\xEF\xBB\xBF";

/* Where the tree that is being built goes; NULL = to the heap. */
static struct arena *place;

static void *take(size_t size)
{
	return place ? arena_take(place, size) : malloc(size);
}

static void give_back(void *memory)
{
	if (!place)
		free(memory);
}

/* A tree of hundreds of nodes, each of which was asked for and given back by itself, would cost as
 * much as half of the parsing. */
static json_t *load(const char *bytes, size_t len, struct arena *arena, json_error_t *error)
{
	json_t *root;

	json_set_alloc_funcs(take, give_back);
	place = arena;
	root = json_loadb(bytes, len, JSON_DECODE_ANY, error);
	place = NULL;
	return root;
}

/* The parser's own sentence quotes the bytes, which are not to be trusted on a terminal. */
static void explain(struct err *err, const json_error_t *error)
{
	if (json_error_code(error) == json_error_premature_end_of_input)
		err_set(err, ERR_MALFORMED, "this is not JSON: it ends too early");
	else
		err_set(err, ERR_MALFORMED, "this is not JSON: line %d, column %d", error->line,
			error->column);
}

/* Strict first: what needs mending is rare, and the parser finds it without a pass of ours; all but
 * a NUL behind a number, which it passes over. */
struct jnode *tree_parse(const char *bytes, size_t len, const struct scan *scan,
			 struct arena *arena, struct err *err)
{
	struct str mended = STR_INIT;
	json_error_t error = { 0 };
	json_t *root;

	if (scan->depth > JSON_MAX_DEPTH) {
		err_set(err, ERR_MALFORMED, "this JSON is nested deeper than %d levels",
			JSON_MAX_DEPTH);
		return NULL;
	}
	if (scan->values > JSON_MAX_VALUES) {
		err_set(err, ERR_MALFORMED, "this JSON has more than %d values", JSON_MAX_VALUES);
		return NULL;
	}
	if (len > JSON_MAX_TREE) {
		err_set(err, ERR_MALFORMED, "this JSON is longer than %zu bytes", JSON_MAX_TREE);
		return NULL;
	}
	root = memchr(bytes, '\0', len) ? NULL : load(bytes, len, arena, &error);
	if (!root) {
		repair_json(&mended, bytes, len);
		if (mended.len != len || memcmp(mended.buf, bytes, len) != 0)
			root = load(mended.buf, mended.len, arena, &error);
		str_release(&mended);
	}
	if (!root)
		explain(err, &error);
	return (struct jnode *)root;
}

struct jnode *jnode_parse(const char *bytes, size_t len, struct err *err)
{
	struct scan scan = { .bytes = bytes, .len = len };

	if (len >= 3 && memcmp(bytes, byte_order_mark, 3) == 0)
		scan.pos = 3;
	bytes += scan.pos;
	len -= scan.pos;
	scan_blank(&scan);
	(void)scan_value(&scan); /* for the depth; where it ends, the parser will say */
	return tree_parse(bytes, len, &scan, NULL, err);
}

void jnode_free(struct jnode *root)
{
	json_decref((json_t *)root);
}
