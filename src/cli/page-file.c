#include "archive/cli/page-file.h"

#include "archive/cli/export-order.h"

bool page_write_file(struct cli *cli, int64_t id, const char *path, struct err *err)
{
	struct export_order order = { .form = form_find("page", err),
				      .file = path,
				      .passing = true };
	struct export_result result;
	struct arena arena = ARENA_INIT;
	struct thread thread;
	bool ok;

	ok = order.form && thread_load_id(cli->store, id, &arena, &thread, err);
	if (ok) {
		order.media = order_usual_media(&order);
		order.slug = thread.slug;
		ok = export_do(cli, &order, false, &arena, &result, err);
	}
	arena_release(&arena);
	return ok;
}
