#include "archive/cli/export-order.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "archive/base/clock.h"
#include "archive/base/mem.h"
#include "archive/cli/export-writing.h"
#include "archive/cli/facts.h"
#include "archive/export/hugo.h"
#include "archive/store/facts.h"
#include "archive/store/pictures.h"

/* ---- what is written ---- */

static bool find(struct writing *w, struct arena *arena, struct export_result *out, struct err *err)
{
	const struct export_order *order = w->order;

	w->which.unlisted = order->unlisted;
	if (!thread_load(w->cli->store, order->slug, arena, &out->thread, err))
		return false;
	w->thread = out->thread;
	if (order->section) {
		if (!thread_section(w->cli->store, w->thread.id, order->section, arena, &w->section,
				    err))
			return false;
		w->which.section = &w->section;
		w->thread.title = w->section.title;
	}
	return export_place_find(order, w->thread.slug, writing_section(w), &w->place, err) &&
	       thread_summarize(w->cli->store, w->thread.id, &w->which, &out->summary, err) &&
	       facts_read(w->cli->store, &w->thread, &out->summary, &w->which, order->counts,
			  &w->facts, err);
}

/* Which pictures would be shown, if it were known where they are. */
static bool note_hidden(struct writing *w, struct err *err)
{
	FILE *nowhere;
	bool ok;

	if (!w->place.hidden)
		return true;
	nowhere = fopen("/dev/null", "w");
	if (!nowhere)
		return err_set(err, ERR_IO, "/dev/null cannot be opened");
	ok = writing_render_as(w, nowhere, MEDIA_FILES, err);
	fclose(nowhere);
	return ok;
}

/* ---- what is remembered ---- */

/* The store is opened once more, to write: to read it stays as cheap as it is. */
static void put_target(struct cli *cli, const struct target *target)
{
	char *name = xstrdup(store_path(cli->store));
	struct err ignored = { 0 };
	struct store *store = store_open(name, STORE_WRITE, &ignored);

	if (store && !store_put_target(store, target, &ignored))
		store_rollback(store);
	store_close(store);
	free(name);
}

/* The file that must be written anew when a post of it goes. A store that cannot be written is no
 * reason to fail the export. */
static void note_target(const struct writing *w)
{
	struct str options = STR_INIT;
	struct target target = {
		.thread = w->thread.id,
		.section = writing_section(w) ? w->section.key : "",
		.form = w->order->form->name,
		.inserted = w->order->into,
		.written = clock_now(),
	};
	struct err ignored = { 0 };
	bool known = true;
	struct stat st;

	if (stat(w->place.file.buf, &st) != 0 || !S_ISREG(st.st_mode))
		return;
	order_add_options(&options, w->order);
	target.path = w->place.file.buf;
	target.options = options.buf;
	if (store_has_target(w->cli->store, &target, &known, &ignored) && !known)
		put_target(w->cli, &target);
	str_release(&options);
}

/* ---- what is told ---- */

/* Pictures that could be shown, and that nobody has tried to have. */
static bool count_missing(const struct writing *w, int64_t *count, struct err *err)
{
	struct picture_scope scope = { .thread = w->thread.id, .avatars = w->order->avatars };
	struct picture_counts counts;
	bool shown = w->place.hidden || w->order->media == MEDIA_FILES ||
		     w->order->media == MEDIA_INSIDE;

	if (!w->notes.some_lack || !shown)
		return true;
	if (!store_count_pictures(w->cli->store, &scope, &counts, err))
		return false;
	*count = counts.addresses - counts.kept - counts.missed;
	return true;
}

static bool tell(struct writing *w, bool shortcode, struct arena *arena, struct export_result *out,
		 struct err *err)
{
	struct str path = STR_INIT, all = STR_INIT;

	out->pictures = w->notes.shown;
	out->written = arena_strdup(arena, w->written.buf);
	picture_notes_list(&w->notes, &all);
	if (w->place.pictures.len > 0 && !str_same(w->place.pictures.buf, w->place.usual.buf))
		out->unshown = arena_strdup(arena, w->unshown.buf);
	out->uploads = w->place.hidden ? arena_strdup(arena, all.buf) : out->written;
	if (w->place.pictures.len > 0)
		out->folder = arena_strdup(arena, w->place.pictures.buf);
	if (w->place.part.len > 0)
		out->part = arena_strdup(arena, w->place.part.buf);
	str_addf(&path, "%s/%s", w->place.site.buf, HUGO_SHORTCODE);
	if (shortcode)
		out->shortcode = arena_strdup(arena, path.buf);
	str_release(&path);
	str_release(&all);
	return count_missing(w, &out->not_kept, err);
}

bool export_do(struct cli *cli, const struct export_order *order, bool check, struct arena *arena,
	       struct export_result *out, struct err *err)
{
	struct writing w = {
		.cli = cli,
		.order = order,
		.check = check,
		.place = EXPORT_PLACE_INIT,
		.notes = { .source = store_shelf(cli->store) },
		.written = STR_INIT,
		.unshown = STR_INIT,
	};
	bool shortcode = false, ok = false;

	if (!find(&w, arena, out, err) || !note_hidden(&w, err) ||
	    !writing_put(&w, &out->state, &shortcode, err))
		goto out;
	if (!check && !order->passing)
		note_target(&w);
	if (!writing_sweep(&w, &out->removed, err))
		goto out;
	if (check && out->removed > 0)
		out->state = EXPORT_DIFFERS;
	ok = tell(&w, shortcode, arena, out, err);
out:
	export_place_release(&w.place);
	picture_notes_release(&w.notes);
	str_release(&w.written);
	str_release(&w.unshown);
	return ok;
}
