#include <string.h>

#include "archive/json/read.h"
#include "archive/json/scan.h"
#include "archive/json/tree.h"

#define AT_END SIZE_MAX /* pos of a reader that has no more elements */

/* To the value of the key in the object at pos. */
static bool find_key(struct scan *s, const char *key, size_t key_len)
{
	if (scan_peek(s) != '{')
		return false;
	s->pos++;
	for (;;) {
		size_t from;
		bool found;

		scan_blank(s);
		from = s->pos + 1;
		if (scan_peek(s) != '"' || !scan_string(s))
			return false;
		found = s->pos - 1 - from == key_len && memcmp(s->bytes + from, key, key_len) == 0;
		if (!scan_enter_value(s))
			return false;
		if (found)
			return true;
		if (!scan_value(s))
			return false;
		scan_blank(s);
		if (scan_peek(s) != ',')
			return false;
		s->pos++;
	}
}

static bool find_path(struct scan *s, const char *path)
{
	scan_blank(s);
	while (*path) {
		size_t len = strcspn(path, ".");

		if (!find_key(s, path, len))
			return false;
		path += len + (path[len] == '.');
	}
	return scan_peek(s) == '[';
}

bool jelements_begin(struct jelements *reader, const char *bytes, size_t len, const char *path)
{
	struct scan scan = { .bytes = bytes, .len = len };

	*reader = (struct jelements){ .bytes = bytes, .len = len, .pos = AT_END };
	if (len >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0)
		scan.pos = 3;
	if (!find_path(&scan, path))
		return false;
	reader->pos = scan.pos + 1;
	return true;
}

static int cut_off(struct jelements *reader, struct err *err)
{
	reader->to = reader->len;
	reader->pos = AT_END;
	err_set(err, ERR_MALFORMED, "this is not JSON: it ends too early");
	return -1;
}

static void skip_between(struct scan *s)
{
	scan_blank(s);
	while (scan_peek(s) == ',') {
		s->pos++;
		scan_blank(s);
	}
}

static struct jnode *parse(const struct jelements *reader, struct scan *scan, struct err *err)
{
	const char *bytes = reader->bytes + scan->kept;
	size_t len = reader->to - scan->kept;

	if (scan->kept == reader->from)
		return tree_parse(bytes, len, scan, reader->arena, err);
	str_add_n(&scan->thin, bytes, len);
	return tree_parse(scan->thin.buf, scan->thin.len, scan, reader->arena, err);
}

static int read_element(struct jelements *reader, struct scan *scan, struct jnode **out,
			struct err *err)
{
	scan->kept = reader->from = scan->pos;
	if (scan->pos >= scan->len || !scan_value(scan))
		return cut_off(reader, err);
	reader->to = reader->pos = scan->pos;
	if (reader->arena)
		arena_clear(reader->arena);
	*out = parse(reader, scan, err);
	return *out ? 1 : -1;
}

int jelements_next(struct jelements *reader, struct jnode **out, struct err *err)
{
	struct scan scan = { .bytes = reader->bytes,
			     .len = reader->len,
			     .pos = reader->pos,
			     .unread = reader->unread,
			     .thin = STR_INIT };
	int rc;

	if (reader->pos == AT_END)
		return 0;
	skip_between(&scan);
	if (scan_peek(&scan) == ']') {
		reader->from = reader->to = scan.pos;
		reader->pos = AT_END;
		return 0;
	}
	rc = read_element(reader, &scan, out, err);
	str_release(&scan.thin);
	return rc;
}
