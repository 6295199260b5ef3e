#include "archive/cli/export-writing.h"

#include "archive/store/facts.h"

const char *writing_section(const struct writing *w)
{
	return w->order->section ? w->section.key : NULL;
}

bool writing_render_as(struct writing *w, FILE *out, enum media_way media, struct err *err)
{
	const struct export_order *order = w->order;
	struct picture_shelf shelf = picture_notes_shelf(&w->notes);
	struct form_options options = { .fragment = { .style = order->style,
						      .heading_level = order->heading_level,
						      .counts = order->counts,
						      .media = media,
						      .avatars = order->avatars,
						      .media_base = w->place.base.buf,
						      .used = picture_notes_used,
						      .used_owner = &w->notes } };
	struct thread_people *people = NULL;
	struct thread_items *items = NULL;
	struct people_iter people_iter;
	struct item_iter iter;
	bool ok = false;

	if (media == MEDIA_FILES || media == MEDIA_INSIDE || order->form->names_kept)
		options.fragment.shelf = &shelf;
	if (order->section)
		options.fragment.section = w->thread.title ? w->thread.title : "";
	if (!thread_items(w->cli->store, w->thread.id, &w->which, &items, &iter, err))
		goto out;
	if (order->people &&
	    !thread_people(w->cli->store, w->thread.id, &w->which, &people, &people_iter, err))
		goto out;
	options.fragment.people = order->people ? &people_iter : NULL;
	ok = order->form->write(out, &w->thread, &w->facts, &iter, &options, err);
out:
	thread_people_free(people);
	thread_items_free(items);
	return ok;
}

bool writing_render(struct writing *w, FILE *out, struct err *err)
{
	return writing_render_as(w, out, w->place.hidden ? MEDIA_LINK : w->order->media, err);
}
