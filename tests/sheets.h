/*
 * For tests of the curation file: are two threads as text the same?
 */
#ifndef ARCHIVE_TESTS_SHEETS_H
#define ARCHIVE_TESTS_SHEETS_H

#include "archive/curate/sheet.h"

static const struct thread sheets_usual = { .lang = "ja", .zone = "Asia/Tokyo" };

static inline bool items_same(const struct item *a, const struct item *b)
{
	return a->kind == b->kind && str_same(a->key, b->key) && str_same(a->text, b->text) &&
	       str_same(a->url, b->url) && str_same(a->speaker, b->speaker) &&
	       str_same(a->label, b->label) && a->starts == b->starts &&
	       a->style.emphasis == b->style.emphasis && a->style.colour == b->style.colour &&
	       a->fixed == b->fixed && a->joined == b->joined;
}

static inline bool threads_same(const struct thread *a, const struct thread *b)
{
	if (a->tag_count != b->tag_count)
		return false;
	for (size_t i = 0; i < a->tag_count; i++)
		if (!str_same(a->tags[i], b->tags[i]))
			return false;
	return str_same(a->slug, b->slug) && str_same(a->title, b->title) &&
	       str_same(a->lang, b->lang) && str_same(a->zone, b->zone) && a->since == b->since &&
	       a->until == b->until && a->lag == b->lag;
}

static inline bool sheets_same(const struct sheet *a, const struct sheet *b)
{
	if (a->count != b->count || !threads_same(&a->thread, &b->thread))
		return false;
	for (size_t i = 0; i < a->count; i++)
		if (!str_same(a->lines[i].name, b->lines[i].name) ||
		    a->lines[i].dropped != b->lines[i].dropped ||
		    !items_same(&a->lines[i].item, &b->lines[i].item))
			return false;
	return true;
}

#endif
