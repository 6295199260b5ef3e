/*
 * Whom a post answers, and how far it is indented: a post whose parent stands directly above it,
 * or above answers to the same parent, is indented below that. What is above is remembered as one
 * branch of limited depth, so that memory does not grow with the thread.
 */
#ifndef ARCHIVE_EXPORT_REPLY_H
#define ARCHIVE_EXPORT_REPLY_H

#include "archive/export/parts.h"

#define REPLY_MEMORY 8 /* answers to answers that are told apart */

struct branch {
	struct branch_post {
		struct str uri, name, short_id;
	} posts[REPLY_MEMORY]; /* each answers the one before it */
	size_t depth;
};

#define BRANCH_INIT                                                                      \
	{                                                                                \
		.posts = { [0 ... REPLY_MEMORY - 1] = { STR_INIT, STR_INIT, STR_INIT } } \
	}

/* How deep the post stands, 0 = it begins a branch; the branch then ends with it. */
size_t branch_take(struct branch *branch, const struct post *post, const char *short_id,
		   const char *name);
/* Something else than a post stands between. */
void branch_end(struct branch *branch);
void branch_release(struct branch *branch);

/* "in reply to NAME", linked; false, writing nothing, when nobody can be named. depth as
 * branch_take() gave it. */
bool reply_write(struct writer *w, const struct item *item, const struct branch *branch,
		 size_t depth);

#endif
