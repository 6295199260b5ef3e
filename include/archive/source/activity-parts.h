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
/* base is put before a path; NULL = only whole addresses count. */
void activity_media(struct arena *arena, const struct jnode *list, const char *base,
		    struct post *post);
/* ---- an object that is a post ---- */
bool activity_is_post(const struct jnode *object);
/* uri, url and time; false when one is missing. */
bool activity_names(struct arena *arena, const struct jnode *object, struct post *post);
/* false when it was not for everyone. */
bool activity_visibility(const struct jnode *object, struct post *post);
/* All but names, author and visibility. */
void activity_rest(struct arena *arena, const struct jnode *object, const char *base,
		   struct post *post);
/* ---- who wrote it ---- */
void activity_author(struct arena *arena, const struct jnode *actor, const char *uri,
		     struct author *author);
/* What the author forbids for all posts. */
bool activity_is_withdrawn(const struct jnode *actor);
/* NULL when the object is no poll. */
const struct poll *activity_poll(struct arena *arena, const struct jnode *object);
/* Are both addresses of one server? */
bool activity_same_host(const char *a, const char *b);

#endif
