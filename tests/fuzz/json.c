/*
 * Any bytes are parsed or refused with a sentence; what was parsed is written back as JSON that
 * parses to the same; the elements of an array are as many as the parser counts, whatever is left
 * out of them.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "archive/json/read.h"
#include "archive/json/write.h"

#define MAX_LEVELS 16

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

static void require(bool condition)
{
	if (!condition)
		abort();
}

/* Texts keep their bytes through a writer and a reader. */
static void check_text(const char *text)
{
	struct str out = STR_INIT;
	struct err err = { 0 };
	struct jwrite w;
	struct jnode *root;

	jwrite_begin(&w, &out);
	jwrite_text(&w, NULL, text);
	root = jnode_parse(out.buf, out.len, &err);
	require(root);
	require(str_same(jnode_text(root), *text ? text : NULL));
	jnode_free(root);
	str_release(&out);
}

static void walk(const struct jnode *node, int levels)
{
	if (jnode_text(node))
		check_text(jnode_text(node));
	(void)jnode_path(node, "a.b.c");
	(void)jnode_int(node, "a", 0);
	(void)jnode_bool(node, "a", false);
	for (size_t i = 0; levels < MAX_LEVELS && i < jnode_len(node); i++)
		walk(jnode_at(node, i), levels + 1);
	if (levels < MAX_LEVELS && jnode_get(node, "a"))
		walk(jnode_get(node, "a"), levels + 1);
}

static size_t count_elements(const char *bytes, size_t len, const char *path,
			     const char *const *unread, size_t *broken)
{
	struct arena arena = ARENA_INIT;
	struct jelements reader;
	struct jnode *element;
	struct err err = { 0 };
	size_t count = 0, last = 0;
	int rc;

	*broken = 0;
	if (!jelements_begin(&reader, bytes, len, path))
		return 0;
	reader.unread = unread;
	reader.arena = unread ? &arena : NULL;
	while ((rc = jelements_next(&reader, &element, &err)) != 0) {
		require(reader.from >= last && reader.to >= reader.from && reader.to <= len);
		last = reader.to;
		if (rc > 0 && !unread)
			jnode_free(element);
		*broken += rc < 0;
		count += rc > 0;
	}
	arena_release(&arena);
	return count;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	static const char *const unread[] = { "a", "b", NULL };
	struct err err = { 0 };
	size_t broken, broken_thin;
	size_t count = count_elements((const char *)bytes, len, "", NULL, &broken);
	size_t thin = count_elements((const char *)bytes, len, "", unread, &broken_thin);
	struct jnode *root = jnode_parse((const char *)bytes, len, &err);

	require(root || err.code == ERR_MALFORMED);
	require(!jnode_is_array(root) || (count == jnode_len(root) && !broken));
	require(broken || (thin == count && !broken_thin));
	walk(root, 0);
	jnode_free(root);
	count_elements((const char *)bytes, len, "a.b", NULL, &broken);
	return 0;
}
