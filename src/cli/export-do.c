#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "archive/base/clock.h"
#include "archive/base/io.h"
#include "archive/base/mem.h"
#include "archive/cli/export-order.h"
#include "archive/cli/facts.h"
#include "archive/export/embed.h"
#include "archive/store/facts.h"

/* One writing under way. */
struct writing {
	struct cli *cli;
	const struct export_order *order;
	struct thread thread; /* as it is written: of a section with its title */
	struct item_range section;
	struct items_options which;
	struct fragment_facts facts;
};

static struct store *store_of(const struct writing *w)
{
	return w->cli->store;
}

/* ---- what is written ---- */

static bool find(struct writing *w, struct arena *arena, struct export_result *out, struct err *err)
{
	const struct export_order *order = w->order;

	w->which.unlisted = order->unlisted;
	if (!thread_load(store_of(w), order->slug, arena, &out->thread, err))
		return false;
	w->thread = out->thread;
	if (order->section) {
		if (!thread_section(store_of(w), w->thread.id, order->section, arena, &w->section,
				    err))
			return false;
		w->which.section = &w->section;
		w->thread.title = w->section.title;
	}
	return thread_summarize(store_of(w), w->thread.id, &w->which, &out->summary, err) &&
	       facts_read(store_of(w), &w->thread, &out->summary, &w->which, order->counts,
			  &w->facts, err);
}

static bool write_to(const struct writing *w, FILE *out, struct err *err)
{
	const struct export_order *order = w->order;
	struct form_options options = { .fragment = { .style = order->style,
						      .heading_level = order->heading_level,
						      .counts = order->counts } };
	struct thread_people *people = NULL;
	struct thread_items *items = NULL;
	struct people_iter people_iter;
	struct item_iter iter;
	bool ok = false;

	if (order->section)
		options.fragment.section = w->thread.title ? w->thread.title : "";
	if (!thread_items(store_of(w), w->thread.id, &w->which, &items, &iter, err))
		goto out;
	if (order->people &&
	    !thread_people(store_of(w), w->thread.id, &w->which, &people, &people_iter, err))
		goto out;
	options.fragment.people = order->people ? &people_iter : NULL;
	ok = order->form->write(out, &w->thread, &w->facts, &iter, &options, err);
out:
	thread_people_free(people);
	thread_items_free(items);
	return ok;
}

/* The whole in memory: to be compared, or to be put between markers. */
static bool write_to_text(const struct writing *w, struct str *out, struct err *err)
{
	char *bytes = NULL;
	size_t len = 0;
	FILE *stream = open_memstream(&bytes, &len);
	bool ok;

	if (!stream)
		return err_set(err, ERR_IO, "there is no memory for the thread: %s",
			       strerror(errno));
	ok = write_to(w, stream, err);
	if (fclose(stream) != 0)
		ok = ok && err_set(err, ERR_IO, "there is no memory for the thread");
	if (ok)
		str_add_n(out, bytes, len);
	free(bytes);
	return ok;
}

/* ---- where to ---- */

static void add_marker_name(const struct writing *w, struct str *out)
{
	str_add(out, w->thread.slug);
	if (w->order->section)
		str_addf(out, "#%s", w->section.key);
}

/* The file as it would be. */
static bool embed(const struct writing *w, const struct str *former, struct str *out,
		  struct err *err)
{
	struct str fragment = STR_INIT, name = STR_INIT;
	struct embed_place place = {
		.under = w->order->under,
		.form = embed_form_of(w->order->file),
	};
	bool ok;

	add_marker_name(w, &name);
	place.name = name.buf;
	ok = write_to_text(w, &fragment, err) &&
	     (embed_put(out, former, &place, fragment.buf, err) ||
	      err_wrap(err, "%s", w->order->file));
	str_release(&fragment);
	str_release(&name);
	return ok;
}

/* Compares with what is there, and writes unless it is only to be looked at. */
static bool put(const struct writing *w, bool check, enum export_state *state, struct err *err)
{
	struct str former = STR_INIT, wanted = STR_INIT;
	struct err missing = { 0 };
	bool there = io_read_file(w->order->file, EMBED_MAX_BYTES, &former, &missing);
	bool ok = false;

	if (!there && (w->order->into || missing.code != ERR_NOT_FOUND)) {
		*err = missing;
		goto out;
	}
	if (w->order->into ? !embed(w, &former, &wanted, err) : !write_to_text(w, &wanted, err))
		goto out;
	ok = true;
	*state = EXPORT_SAME;
	if (there && former.len == wanted.len && memcmp(former.buf, wanted.buf, wanted.len) == 0)
		goto out;
	*state = check ? EXPORT_DIFFERS : EXPORT_WRITTEN;
	ok = check || io_write_file(w->order->file, wanted.buf, wanted.len, err);
out:
	str_release(&former);
	str_release(&wanted);
	return ok;
}

/* A file of its own: memory does not grow with the thread. */
static bool stream(const struct writing *w, struct err *err)
{
	struct io_target target = IO_TARGET_INIT;
	bool ok;

	if (!io_target_open(&target, w->order->file, err))
		return false;
	target.is_private = w->order->passing;
	ok = write_to(w, target.stream, err) || err_wrap(err, "%s", w->order->file);
	return io_target_close(&target, ok, err) && ok;
}

static bool write_out(const struct writing *w, bool check, enum export_state *state,
		      struct err *err)
{
	*state = EXPORT_WRITTEN;
	if (!w->order->file)
		return write_to(w, stdout, err);
	if (check || w->order->into)
		return put(w, check, state, err);
	return stream(w, err);
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
		.section = w->order->section ? w->section.key : "",
		.form = w->order->form->name,
		.inserted = w->order->into,
		.written = clock_now(),
	};
	struct err ignored = { 0 };
	char path[PATH_MAX];
	bool known = true;
	struct stat st;

	if (!w->order->file || !realpath(w->order->file, path) || stat(path, &st) != 0 ||
	    !S_ISREG(st.st_mode))
		return;
	order_add_options(&options, w->order);
	target.path = path;
	target.options = options.buf;
	if (store_has_target(store_of(w), &target, &known, &ignored) && !known)
		put_target(w->cli, &target);
	str_release(&options);
}

bool export_do(struct cli *cli, const struct export_order *order, bool check, struct arena *arena,
	       struct export_result *out, struct err *err)
{
	struct writing w = { .cli = cli, .order = order };

	if (!find(&w, arena, out, err) || !write_out(&w, check, &out->state, err))
		return false;
	if (!check && !order->passing)
		note_target(&w);
	return true;
}
