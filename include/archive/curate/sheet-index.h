/*
 * Finding lines by what they are, and what keeps its order: this room's own header.
 */
#ifndef ARCHIVE_CURATE_SHEET_INDEX_H
#define ARCHIVE_CURATE_SHEET_INDEX_H

#include "archive/curate/sheet.h"

#define SHEET_NONE SIZE_MAX

struct sheet_entry {
	int64_t id;
	size_t line;
};

struct sheet_index {
	struct sheet_entry *entries;
	size_t count;
};

/* By item.id, of what is an item of the store. */
void sheet_index_items(struct arena *arena, const struct sheet *sheet, struct sheet_index *out);
/* By post, chosen or dropped. */
void sheet_index_posts(struct arena *arena, const struct sheet *sheet, struct sheet_index *out);
/* The number of the line, SHEET_NONE for none (and for id 0). */
size_t sheet_index_find(const struct sheet_index *index, int64_t id);

/* Of places in any order, those of a longest rising row: kept[i] is true. SHEET_NONE is never. */
void sheet_rising(struct arena *arena, const size_t *places, size_t count, bool *kept);

/* Do both say the same? Where they stand, and what they are joined to, does not count. */
bool sheet_same_words(const struct item *a, const struct item *b);
bool sheet_same_style(const struct item *a, const struct item *b);
bool sheet_same_settings(const struct thread *a, const struct thread *b);
bool sheet_same_tags(const struct thread *a, const struct thread *b);

#endif
