/*
 * What a file shows as a thread, gathered while its posts are handed out one by one: items in their
 * order, the hashtags that most of the posts have, the time that they take.
 */
#ifndef ARCHIVE_IMPORT_GATHERED_H
#define ARCHIVE_IMPORT_GATHERED_H

#include "archive/import/import.h"

#define GATHERED_MAX_ITEMS 100000 /* what follows is left out */
#define GATHERED_MAX_TAGS  64

struct gathered {
	struct arena arena;
	struct found_item *items;
	size_t item_count, item_room;
	const char *tags[GATHERED_MAX_TAGS];
	size_t counts[GATHERED_MAX_TAGS];
	size_t tag_count;
	size_t posts;
	int64_t first, last; /* times of posts, 0 = none */
};

/* Keeps a copy. */
void gathered_add(struct gathered *g, const struct found_item *item);
void gathered_count(struct gathered *g, const struct post *post);
/* Items, tags and window of the thread; they hold as long as g, which is not added to any more. */
void gathered_tell(struct gathered *g, struct found_thread *out);
void gathered_release(struct gathered *g);

#endif
