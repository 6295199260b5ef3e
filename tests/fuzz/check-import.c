#include "check-import.h"

#include <stdlib.h>
#include <string.h>

#include "archive/base/str.h"
#include "check-post.h"

struct checked {
	import_read_fn *read;
	struct str uris; /* of the page under way, a line each */
	struct str again;
	bool inner;
};

static void must(bool holds)
{
	if (!holds)
		abort();
}

static void run(import_read_fn *read, const void *bytes, size_t len,
		const struct import_client *client)
{
	struct import_report report;
	struct err err = { 0 };
	FILE *in = tmpfile();

	must(in && fwrite(bytes, 1, len, in) == len);
	rewind(in);
	if (!read(in, "file", 1785592800000, client, &report, &err))
		must(err.code == ERR_MALFORMED && err.msg[0]);
	fclose(in);
}

static bool take(void *owner, struct page *page, const char *bytes, size_t len, struct err *err)
{
	struct checked *c = owner;
	struct str *out = c->inner ? &c->again : &c->uris;
	const struct import_client client = { .take = take, .owner = c };

	(void)err;
	check_page(page, len);
	str_clear(out);
	for (size_t i = 0; i < page->count; i++)
		str_addf(out, "%s\n", page->posts[i].uri);
	if (c->inner)
		return true;
	c->inner = true;
	str_clear(&c->again);
	run(c->read, bytes, len, &client);
	c->inner = false;
	must(str_same(c->again.buf, c->uris.buf));
	return true;
}

static bool thread(void *owner, const struct found_thread *found, struct err *err)
{
	(void)owner;
	(void)err;
	must(found->part >= 1);
	for (size_t i = 0; i < found->item_count; i++)
		must(found->items[i].kind == ITEM_POST ? found->items[i].post != NULL
						       : found->items[i].text != NULL);
	return true;
}

static bool mention(void *owner, const struct mention *m, struct err *err)
{
	(void)owner;
	(void)err;
	must(m->kind == MENTION_EMPTY ? m->text != NULL : m->url != NULL);
	return true;
}

void check_import(import_read_fn *read, const void *bytes, size_t len)
{
	struct checked c = { .read = read, .uris = STR_INIT, .again = STR_INIT };
	const struct import_client client = {
		.take = take, .thread = thread, .mention = mention, .owner = &c
	};

	run(read, bytes, len, &client);
	str_release(&c.uris);
	str_release(&c.again);
}
