#include "archive/cli/export-writing.h"

#include <dirent.h>
#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "archive/base/io.h"
#include "archive/base/mem.h"
#include "archive/base/path.h"
#include "archive/export/embed.h"

/* Pictures of a folder, a line each: those that a document names drop out. */
struct sweep {
	const struct writing *w;
	const char *folder;
	struct str *names;
	struct str elsewhere; /* documents that are known to show another folder, a line each */
};

static void drop_named(struct sweep *sweep, const char *document)
{
	const char *names = sweep->names->buf;
	struct str left = STR_INIT, name = STR_INIT;

	while (picture_folder_next(&names, &name))
		if (!strstr(document, name.buf))
			str_addf(&left, "%s\n", name.buf);
	str_clear(sweep->names);
	str_add(sweep->names, left.buf);
	str_release(&left);
	str_release(&name);
}

/* false: what it shows could not be told. One that is gone shows nothing. */
static bool drop_shown_by(struct sweep *sweep, const char *path)
{
	struct str document = STR_INIT;
	struct err why = { 0 };
	bool ok = io_read_file(path, EMBED_MAX_BYTES, &document, &why);

	if (ok)
		drop_named(sweep, document.buf);
	str_release(&document);
	return ok || why.code == ERR_NOT_FOUND;
}

/* ---- what the store remembers ---- */

static bool drop_shown_by_target(struct sweep *sweep, const struct target *target,
				 struct arena *arena)
{
	struct export_place place = EXPORT_PLACE_INIT;
	const char *section = target->section[0] ? target->section : NULL;
	struct err why = { 0 };
	struct export_order order;
	bool ok;

	ok = order_of_target(&order, target, arena, &why) &&
	     export_place_find(&order, target->slug, section, &place, &why);
	if (ok && str_same(place.pictures.buf, sweep->folder))
		ok = drop_shown_by(sweep, export_place_document(&place));
	else if (ok)
		str_addf(&sweep->elsewhere, "%s\n", export_place_document(&place));
	export_place_release(&place);
	return ok;
}

static bool is_this_one(const struct writing *w, const struct target *target)
{
	const char *section = writing_section(w) ? writing_section(w) : "";

	return target->thread == w->thread.id && str_same(target->path, w->place.file.buf) &&
	       str_same(target->section, section);
}

static bool drop_shown_by_targets(struct sweep *sweep, struct arena *arena, bool *told,
				  struct err *err)
{
	struct target *targets = NULL;
	size_t count = 0;

	if (!store_targets(sweep->w->cli->store, 0, arena, &targets, &count, err))
		return false;
	for (size_t i = 0; *told && i < count; i++)
		if (!is_this_one(sweep->w, &targets[i]))
			*told = drop_shown_by_target(sweep, &targets[i], arena);
	return true;
}

/* ---- what lies about ---- */

static bool is_elsewhere(const struct sweep *sweep, const char *path)
{
	size_t len = strlen(path);
	const char *at = sweep->elsewhere.buf;

	for (; *at; at += strcspn(at, "\n") + 1)
		if (strncmp(at, path, len) == 0 && at[len] == '\n')
			return true;
	return false;
}

static bool is_document(const char *path)
{
	static const char *const endings[] = {
		".html", ".htm", ".md", ".markdown", ".xml", ".json"
	};

	struct stat st;

	for (size_t i = 0; i < ARRAY_LEN(endings); i++)
		if (str_ends(path, endings[i]))
			return stat(path, &st) == 0 && S_ISREG(st.st_mode);
	return false;
}

/* The store may not remember it: it was moved, or another store or a pipe wrote it. */
static bool drop_shown_beside(struct sweep *sweep, const char *path)
{
	struct str folder = STR_INIT, file = STR_INIT;
	struct dirent *entry;
	bool ok = true;
	DIR *dir;

	path_add_parent(&folder, path);
	dir = opendir(folder.buf);
	while (ok && dir && sweep->names->len > 0 && (entry = readdir(dir))) {
		str_clear(&file);
		str_addf(&file, "%s/%s", folder.buf, entry->d_name);
		if (is_document(file.buf) && !is_elsewhere(sweep, file.buf))
			ok = drop_shown_by(sweep, file.buf);
	}
	ok = ok && (dir || errno == ENOENT);
	if (dir)
		closedir(dir);
	str_release(&folder);
	str_release(&file);
	return ok;
}

/* ---- taking away ---- */

static bool take_away(const struct sweep *sweep, size_t *removed, struct err *err)
{
	const char *names = sweep->names->buf;
	struct str name = STR_INIT;
	bool ok = true;

	while (ok && picture_folder_next(&names, &name)) {
		++*removed;
		ok = sweep->w->check || picture_folder_remove(sweep->folder, name.buf, err);
	}
	str_release(&name);
	return ok;
}

/* In doubt all stay. */
static bool find_unshown(struct sweep *sweep, struct err *err)
{
	const struct export_place *place = &sweep->w->place;
	struct arena arena = ARENA_INIT;
	bool told = true, ok;

	ok = picture_folder_others(sweep->folder, &sweep->w->notes, sweep->names, err) &&
	     (sweep->names->len == 0 || drop_shown_by_targets(sweep, &arena, &told, err));
	told = told && drop_shown_beside(sweep, sweep->folder);
	if (place->file.len > 0)
		told = told && drop_shown_beside(sweep, export_place_document(place));
	if (!told)
		str_clear(sweep->names);
	arena_release(&arena);
	return ok;
}

bool writing_sweep(struct writing *w, size_t *removed, struct err *err)
{
	const struct str *folder = w->place.pictures.len > 0 ? &w->place.pictures : &w->place.usual;
	struct sweep sweep = {
		.w = w,
		.folder = folder->buf,
		.names = &w->unshown,
		.elsewhere = STR_INIT,
	};
	bool ours = str_same(folder->buf, w->place.usual.buf), ok;

	if (folder->len == 0 || w->order->passing)
		return true;
	ok = find_unshown(&sweep, err) && (!ours || take_away(&sweep, removed, err));
	str_release(&sweep.elsewhere);
	return ok;
}
