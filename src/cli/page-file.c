#include "archive/cli/page-file.h"

#include "archive/base/io.h"
#include "archive/cli/facts.h"
#include "archive/export/form.h"

bool page_write_file(struct store *store, int64_t id, const char *path, struct err *err)
{
	const struct items_options shown = { 0 };
	const struct form_options options = { 0 };
	const struct form *page = form_find("page", err);
	struct io_target target = IO_TARGET_INIT;
	struct arena arena = ARENA_INIT;
	struct thread_items *items = NULL;
	struct fragment_facts facts;
	struct thread_summary summary;
	struct thread thread;
	struct item_iter iter;
	bool ok = false;

	if (!page || !thread_load_id(store, id, &arena, &thread, err) ||
	    !thread_summarize(store, id, false, &summary, err) ||
	    !facts_read(store, &thread, &summary, &shown, false, &facts, err) ||
	    !thread_items(store, id, &shown, &items, &iter, err) ||
	    !io_target_open(&target, path, err))
		goto out;
	target.is_private = true;
	ok = page->write(target.stream, &thread, &facts, &iter, &options, err);
	ok = io_target_close(&target, ok, err) && ok;
out:
	thread_items_free(items);
	arena_release(&arena);
	return ok;
}
