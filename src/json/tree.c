#include "archive/json/tree.h"

#include <jansson.h>
#include <string.h>

#include "archive/json/repair.h"
#include "archive/json/scan.h"

static const char byte_order_mark[] = "\xEF\xBB\xBF";

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
struct jnode *tree_parse(const char *bytes, size_t len, const struct scan *scan, struct err *err)
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
	root = memchr(bytes, '\0', len) ? NULL : json_loadb(bytes, len, JSON_DECODE_ANY, &error);
	if (!root) {
		repair_json(&mended, bytes, len);
		if (mended.len != len || memcmp(mended.buf, bytes, len) != 0)
			root = json_loadb(mended.buf, mended.len, JSON_DECODE_ANY, &error);
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
	return tree_parse(bytes, len, &scan, err);
}

void jnode_free(struct jnode *root)
{
	json_decref((json_t *)root);
}
