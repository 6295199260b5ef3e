#include "archive/source/x.h"

#include <stdlib.h>
#include <string.h>

#include "archive/base/mem.h"
#include "archive/source/intake.h"

static int by_id(const void *a, const void *b)
{
	return strcmp(((const struct x_item *)a)->id, ((const struct x_item *)b)->id);
}

static void list_add(struct x_list *list, const struct x_item *item)
{
	if (list->count == list->room) {
		list->room = list->room ? list->room * 2 : 32;
		list->items = xreallocarray(list->items, list->room, sizeof(*list->items));
	}
	list->items[list->count++] = *item;
}

static void list_release(struct x_list *list)
{
	for (size_t i = 0; i < list->count; i++)
		jnode_free(list->items[i].node);
	free(list->items);
}

struct x_item *x_list_find(const struct x_list *list, const char *id)
{
	struct x_item key = { .id = id };

	if (!id || !list->count)
		return NULL;
	return bsearch(&key, list->items, list->count, sizeof(*list->items), by_id);
}

static void list_read(struct x_answer *answer, struct x_list *list, const char *path,
		      const char *key)
{
	struct jelements reader;
	struct err why = { 0 };
	struct jnode *node;
	int rc;

	if (!jelements_begin(&reader, answer->bytes, answer->len, path))
		return;
	while ((rc = jelements_next(&reader, &node, &why)) != 0) {
		struct x_item item = { .from = reader.from, .to = reader.to };

		if (rc < 0)
			continue;
		item.id = intake_id_of(&answer->page->arena, node, key);
		item.node = node;
		if (item.id)
			list_add(list, &item);
		else
			jnode_free(node);
	}
}

static void list_sort(struct x_list *list)
{
	if (list->count > 1)
		qsort(list->items, list->count, sizeof(*list->items), by_id);
}

void x_answer_open(struct x_answer *answer, struct page *page, const char *bytes, size_t len)
{
	*answer = (struct x_answer){ .page = page, .bytes = bytes, .len = len };
	list_read(answer, &answer->users, "includes.users", "id");
	list_read(answer, &answer->posts, "includes.tweets", "id");
	list_read(answer, &answer->posts, "includes.posts", "id");
	list_read(answer, &answer->media, "includes.media", "media_key");
	list_read(answer, &answer->polls, "includes.polls", "id");
	list_sort(&answer->users);
	list_sort(&answer->posts);
	list_sort(&answer->media);
	list_sort(&answer->polls);
}

void x_answer_cut(struct x_answer *answer, size_t from, size_t to)
{
	if (answer->cut_count == answer->cut_room) {
		answer->cut_room = answer->cut_room ? answer->cut_room * 2 : 8;
		answer->cuts = xreallocarray(answer->cuts, answer->cut_room, sizeof(*answer->cuts));
	}
	answer->cuts[answer->cut_count++] = (struct page_cut){ from, to };
}

static int by_place(const void *a, const void *b)
{
	const struct page_cut *left = a, *right = b;

	return (left->from > right->from) - (left->from < right->from);
}

void x_answer_close(struct x_answer *answer)
{
	size_t end = 0;

	if (answer->cut_count > 1)
		qsort(answer->cuts, answer->cut_count, sizeof(*answer->cuts), by_place);
	for (size_t i = 0; i < answer->cut_count; i++) {
		const struct page_cut *cut = &answer->cuts[i];

		if (cut->from < end)
			continue;
		page_add_cut(answer->page, cut->from, cut->to);
		end = cut->to;
	}
	free(answer->cuts);
	list_release(&answer->users);
	list_release(&answer->posts);
	list_release(&answer->media);
	list_release(&answer->polls);
}
