/*
 * The parts of activity.h: what hangs on an object, and who wrote it.
 */
#ifndef ARCHIVE_SOURCE_ACTIVITY_PARTS_H
#define ARCHIVE_SOURCE_ACTIVITY_PARTS_H

#include "archive/json/read.h"
#include "archive/model/post.h"
#include "archive/base/arena.h"

/* Hashtags and custom emojis. */
void activity_tags(struct arena *arena, const struct jnode *list, struct post *post);
void activity_media(struct arena *arena, const struct jnode *list, struct post *post);
/* NULL when the object is no poll. */
const struct poll *activity_poll(struct arena *arena, const struct jnode *object);
/* Are both addresses of one server? */
bool activity_same_host(const char *a, const char *b);

#endif
