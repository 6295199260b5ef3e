#include "archive/picker/state.h"

bool items_read(void *owner, const struct view_span *span, struct arena *arena,
		struct view_page *out, struct err *err)
{
	struct picker *picker = owner;

	return view_items(picker->store, picker->thread.id, span, arena, out, err);
}

static bool among(const struct view_page *page, int64_t item, int64_t *position)
{
	for (size_t i = 0; i < page->count; i++) {
		if (page->rows[i].item != item)
			continue;
		*position = page->rows[i].position;
		return true;
	}
	return false;
}

/* Where an item stands that is not where it was: the whole thread is looked through, which is only
 * so when all places were made anew. */
static bool look_for(struct picker *picker, int64_t item, int64_t *position, bool *found,
		     struct err *err)
{
	struct view_span span = { .from = LIST_FIRST, .limit = LIST_READ };
	struct arena arena = ARENA_INIT;
	struct view_page page = { 0 };
	bool ok = true;

	*found = false;
	while (ok && !*found && !page.end) {
		arena_clear(&arena);
		page = (struct view_page){ 0 };
		ok = view_items(picker->store, picker->thread.id, &span, &arena, &page, err);
		*found = ok && among(&page, item, position);
		span.from = page.reached;
	}
	arena_release(&arena);
	return ok;
}

void items_seek(struct picker *picker, int64_t key)
{
	struct err err = { 0 };

	deed_end_range(picker);
	if (!list_seek(&picker->lists[PANE_THREAD], key, &err))
		picker_fail(picker, &err);
}

void items_reload(struct picker *picker, int64_t item)
{
	struct list *list = &picker->lists[PANE_THREAD];
	int64_t key = LIST_FIRST;
	struct err err = { 0 };
	bool held = list->held, found = true;

	if (list->count > 0)
		key = list_key(list, list->cursor);
	if (item == 0 && list->count > 0)
		item = list_id(list, list->cursor);
	if (!list_seek_id(list, key, item, &err))
		goto out;
	if (item == 0 || list_find(list, item) != LIST_NOTHING)
		goto out;
	if (look_for(picker, item, &key, &found, &err) && found)
		found = list_seek_id(list, key, item, &err);
out:
	list->held = held;
	if (err.code != ERR_NONE)
		picker_fail(picker, &err);
}
