#include "archive/import/gathered.h"

#include <stdlib.h>

#include "archive/base/mem.h"

#define MINUTE_MS INT64_C(60000)

void gathered_add(struct gathered *g, const struct found_item *item)
{
	struct found_item *kept;

	if (g->item_count >= GATHERED_MAX_ITEMS)
		return;
	if (g->item_count == g->item_room) {
		g->item_room = g->item_room ? g->item_room * 2 : 64;
		g->items = xreallocarray(g->items, g->item_room, sizeof(*g->items));
	}
	kept = &g->items[g->item_count++];
	*kept = *item;
	kept->post = arena_strdup(&g->arena, item->post);
	kept->text = arena_strdup(&g->arena, item->text);
	kept->url = arena_strdup(&g->arena, item->url);
	kept->speaker = arena_strdup(&g->arena, item->speaker);
	kept->label = arena_strdup(&g->arena, item->label);
	kept->key = arena_strdup(&g->arena, item->key);
}

static void count_tag(struct gathered *g, const char *tag)
{
	for (size_t i = 0; i < g->tag_count; i++) {
		if (!str_same(g->tags[i], tag))
			continue;
		g->counts[i]++;
		return;
	}
	if (g->tag_count == GATHERED_MAX_TAGS)
		return;
	g->tags[g->tag_count] = arena_strdup(&g->arena, tag);
	g->counts[g->tag_count++] = 1;
}

void gathered_count(struct gathered *g, const struct post *post)
{
	g->posts++;
	for (size_t i = 0; i < post->tag_count; i++)
		count_tag(g, post->tags[i]);
	if (!g->first || post->created < g->first)
		g->first = post->created;
	if (post->created > g->last)
		g->last = post->created;
}

void gathered_tell(struct gathered *g, struct found_thread *out)
{
	size_t kept = 0;

	for (size_t i = 0; i < g->tag_count; i++)
		if (g->counts[i] * 2 > g->posts)
			g->tags[kept++] = g->tags[i];
	out->tags = g->tags;
	out->tag_count = g->tag_count = kept;
	out->items = g->items;
	out->item_count = g->item_count;
	if (!g->posts)
		return;
	out->since = g->first / MINUTE_MS * MINUTE_MS;
	out->until = (g->last / MINUTE_MS + 1) * MINUTE_MS;
}

void gathered_release(struct gathered *g)
{
	arena_release(&g->arena);
	free(g->items);
	*g = (struct gathered){ 0 };
}
