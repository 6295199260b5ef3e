#include "archive/model/page.h"

#include <stdlib.h>

#include "archive/base/mem.h"

void page_release(struct page *page)
{
	arena_release(&page->arena);
	free(page->posts);
	free(page->origins);
	free(page->cuts);
	*page = (struct page)PAGE_INIT;
}

void page_clear(struct page *page)
{
	struct page fresh = PAGE_INIT;

	arena_clear(&page->arena);
	fresh.arena = page->arena;
	fresh.posts = page->posts;
	fresh.origins = page->origins;
	fresh.room = page->room;
	fresh.cuts = page->cuts;
	fresh.cut_room = page->cut_room;
	fresh.tag = page->tag;
	fresh.judge = page->judge;
	fresh.judge_owner = page->judge_owner;
	*page = fresh;
}

bool page_is_overfull(const struct page *page)
{
	return page->matched > PAGE_MAX_ELEMENTS;
}

struct post *page_add(struct page *page)
{
	struct post *post;

	if (page->count == page->room) {
		page->room = page->room ? page->room * 2 : 16;
		page->posts = xreallocarray(page->posts, page->room, sizeof(*page->posts));
		page->origins = xreallocarray(page->origins, page->room, sizeof(*page->origins));
	}
	page->origins[page->count] = page->element;
	post = &page->posts[page->count++];
	*post = (struct post){ .counts = { -1, -1, -1, -1 } };
	return post;
}

void page_add_cut(struct page *page, size_t from, size_t to)
{
	if (page->cut_count == page->cut_room) {
		page->cut_room = page->cut_room ? page->cut_room * 2 : 8;
		page->cuts = xreallocarray(page->cuts, page->cut_room, sizeof(*page->cuts));
	}
	page->cuts[page->cut_count++] = (struct page_cut){ .from = from, .to = to };
}
