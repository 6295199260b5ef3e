#include "archive/export/fragment.h"

#include "archive/export/curator.h"
#include "archive/export/entry.h"
#include "archive/export/foot.h"
#include "archive/export/head.h"
#include "archive/export/pictures.h"

#define LEVEL_DEFAULT 3

static void write_post(struct writer *w, const struct item *item, struct branch *branch)
{
	if (!entry_may_show(item->post))
		return;
	entry_write(w, item, branch);
	w->first = false;
}

static void write_item(struct writer *w, const struct item *item, struct branch *branch)
{
	if (item->kind == ITEM_POST) {
		write_post(w, item, branch);
		return;
	}
	branch_end(branch);
	if (item->kind == ITEM_HEADING)
		curator_heading(w, item);
	else if (item->kind == ITEM_NOTE)
		curator_note(w, item);
	else
		curator_link(w, item);
	w->first = item->kind == ITEM_HEADING;
}

/* Hands on what is written, so that memory holds one item at a time, and one picture. */
static bool flush(struct writer *w, FILE *out, struct err *err)
{
	return pictures_put(out, &w->buf, w->options, err);
}

static int level_of(const struct fragment_options *options)
{
	if (options->heading_level < LEVEL_LEAST)
		return LEVEL_DEFAULT;
	return options->heading_level > LEVEL_MOST ? LEVEL_MOST : options->heading_level;
}

static bool write_items(struct writer *w, FILE *out, struct item_iter *items, struct err *err)
{
	struct branch branch = BRANCH_INIT;
	struct item item = { 0 };
	int rc;

	while ((rc = items->next(items, &item, err)) > 0) {
		write_item(w, &item, &branch);
		if (!flush(w, out, err))
			break;
		item = (struct item){ 0 };
	}
	branch_release(&branch);
	return rc == 0;
}

static bool write_people(struct writer *w, FILE *out, int64_t authors, struct people_iter *people,
			 struct err *err)
{
	struct person person = { 0 };
	int rc;

	if (!people || authors == 0)
		return true;
	foot_open_people(w, authors);
	while ((rc = people->next(people, &person, err)) > 0) {
		foot_person(w, &person);
		if (!flush(w, out, err))
			return false;
		person = (struct person){ 0 };
	}
	foot_close_people(w);
	return rc == 0;
}

bool fragment_write(FILE *out, const struct thread *thread, const struct fragment_facts *facts,
		    struct item_iter *items, const struct fragment_options *opts, struct err *err)
{
	struct writer w = {
		.buf = STR_INIT,
		.scratch = STR_INIT,
		.blocks = STR_INIT,
		.style = opts->style,
		.counts = opts->counts,
		.options = opts,
		.level = level_of(opts),
		.teller = teller_of(thread, facts),
	};
	bool ok;

	head_write(&w, facts, opts->section);
	ok = write_items(&w, out, items, err) &&
	     write_people(&w, out, facts->authors, opts->people, err);
	if (ok) {
		foot_write(&w, facts);
		ok = flush(&w, out, err);
	}
	str_release(&w.buf);
	str_release(&w.scratch);
	str_release(&w.blocks);
	return ok;
}
