#include "archive/cli/export-writing.h"

#include <stdlib.h>
#include <string.h>

#include "archive/base/io.h"
#include "archive/base/mem.h"
#include "archive/export/embed.h"

/* Documents that show pictures of the same folder. */
struct documents {
	struct str *items;
	size_t count;
};

/* false: it could not be told, or read. */
static bool add_document(struct documents *documents, const struct writing *w,
			 const struct target *target, struct arena *arena)
{
	struct export_place place = EXPORT_PLACE_INIT;
	const char *section = target->section[0] ? target->section : NULL;
	struct err why = { 0 };
	struct export_order order;
	bool ok;

	ok = order_of_target(&order, target, arena, &why) &&
	     export_place_find(&order, target->slug, section, &place, &why);
	if (ok && str_same(place.pictures.buf, w->place.pictures.buf))
		ok = io_read_file(export_place_document(&place), EMBED_MAX_BYTES,
				  &documents->items[documents->count++], &why) ||
		     why.code == ERR_NOT_FOUND;
	export_place_release(&place);
	return ok;
}

/* All that are remembered but this one; false: there may be others. */
static bool read_documents(struct documents *documents, const struct writing *w,
			   struct arena *arena, struct err *err)
{
	struct target *targets = NULL;
	const char *section = writing_section(w) ? writing_section(w) : "";
	size_t count = 0;
	bool ok = true;

	if (!store_targets(w->cli->store, 0, arena, &targets, &count, err))
		return false;
	documents->items = xcalloc(count + 1, sizeof(*documents->items));
	for (size_t i = 0; i < count; i++)
		documents->items[i] = (struct str)STR_INIT;
	for (size_t i = 0; ok && i < count; i++)
		if (targets[i].thread != w->thread.id ||
		    !str_same(targets[i].path, w->place.file.buf) ||
		    !str_same(targets[i].section, section))
			ok = add_document(documents, w, &targets[i], arena);
	return ok;
}

static void documents_release(struct documents *documents)
{
	for (size_t i = 0; i < documents->count; i++)
		str_release(&documents->items[i]);
	free(documents->items);
}

static bool is_named(const struct documents *documents, const char *name)
{
	for (size_t i = 0; i < documents->count; i++)
		if (strstr(documents->items[i].buf, name))
			return true;
	return false;
}

static bool sweep(const struct writing *w, const struct documents *documents, const char *names,
		  size_t *removed, struct err *err)
{
	struct str name = STR_INIT;
	bool ok = true;

	while (ok && picture_folder_next(&names, &name)) {
		if (is_named(documents, name.buf))
			continue;
		++*removed;
		ok = w->check || picture_folder_remove(w->place.pictures.buf, name.buf, err);
	}
	str_release(&name);
	return ok;
}

/* In doubt all stay: a folder of another name may be anybody's, and so may be what is shown by a
 * document that cannot be read. */
bool writing_sweep(struct writing *w, size_t *removed, struct err *err)
{
	struct documents documents = { 0 };
	struct arena arena = ARENA_INIT;
	struct str names = STR_INIT;
	bool ok = true;

	if (!w->place.own || w->order->passing)
		return true;
	ok = picture_folder_others(w->place.pictures.buf, &w->notes, &names, err);
	if (ok && names.len > 0 && read_documents(&documents, w, &arena, err))
		ok = sweep(w, &documents, names.buf, removed, err);
	documents_release(&documents);
	arena_release(&arena);
	str_release(&names);
	return ok && err->code == ERR_NONE;
}
