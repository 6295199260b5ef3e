#include "archive/cli/page-file.h"

#include <dirent.h>
#include <unistd.h>

#include "archive/base/io.h"
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

static bool add_folder(struct str *out, struct err *err)
{
	if (!io_xdg("XDG_CACHE_HOME", ".cache", out, err))
		return false;
	str_add(out, "/archive/preview");
	return true;
}

bool page_preview_path(const char *slug, struct str *out, struct err *err)
{
	if (!add_folder(out, err))
		return false;
	str_addf(out, "/%s.html", slug); /* a slug has no slash */
	return true;
}

void page_drop_previews(void)
{
	struct str folder = STR_INIT;
	struct err ignored = { 0 };
	DIR *dir = add_folder(&folder, &ignored) ? opendir(folder.buf) : NULL;
	struct dirent *entry;

	while (dir && (entry = readdir(dir)))
		if (str_ends(entry->d_name, ".html"))
			unlinkat(dirfd(dir), entry->d_name, 0);
	if (dir)
		closedir(dir);
	str_release(&folder);
}
