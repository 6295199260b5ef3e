/*
 * A thread as it is read on a terminal or in a pager: its sections, posts, notes and links in their
 * order, each with the name by which a command means it.
 */
#ifndef ARCHIVE_CLI_THREAD_TEXT_H
#define ARCHIVE_CLI_THREAD_TEXT_H

#include <stdio.h>

#include "archive/cli/wrap.h"
#include "archive/model/thread.h"

struct thread_text {
	FILE *out;
	struct wrap wrap; /* of a post's text */
	const char *zone;
	char day[16]; /* the last that was printed */
};

/* The title, and below it slug, tags and window. */
void thread_text_head(struct thread_text *text, const struct thread *thread);
/* A heading, note or link. posts, first and last: those under a heading. */
struct section_span {
	int64_t posts, first, last;
};
void thread_text_item(struct thread_text *text, const struct item *item,
		      const struct section_span *span);
/* A post, whole; border: near the beginning of a talk. */
void thread_text_post(struct thread_text *text, const struct item *item, const struct post *post,
		      bool border);

#endif
