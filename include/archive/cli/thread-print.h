/*
 * Threads, their items and steps as people and scripts read them. JSON goes to a writer; the shape
 * of each object is in the manual page.
 */
#ifndef ARCHIVE_CLI_THREAD_PRINT_H
#define ARCHIVE_CLI_THREAD_PRINT_H

#include "archive/cli/cli.h"
#include "archive/json/write.h"
#include "archive/store/threads.h"

/* A row of the list. */
struct thread_line {
	struct thread_row row;
	int64_t chosen, dropped; /* posts */
};

/* ---- JSON ---- */

/* The members of an object that tell what a thread is: slug, title, tags, lang, zone, lag_seconds,
 * window. */
void thread_json(struct jwrite *w, const struct thread *thread);
/* An item's names: id ("i12"), kind, post (its short id) and key. */
void thread_name_json(struct jwrite *w, const struct item *item);
/* An item as "show --json" has it: post is whole, section the key of the heading above. */
void thread_item_json(struct jwrite *w, const struct item *item, const struct post *post,
		      const char *section, bool border);
void thread_line_json(struct jwrite *w, const struct thread_line *line);
void thread_step_json(struct jwrite *w, const struct step *step);

/* ---- text, safe for the terminal ---- */

/* "choose, 3 posts: はな: 一次ソースを見る派です" */
void thread_step_add(struct str *out, const struct step *step);
/* The line of a list or log, no wider than the columns. */
void thread_line_print(FILE *out, const char *zone, const struct thread_line *line, int columns);
void thread_step_print(FILE *out, const char *zone, const struct step *step, int digits,
		       int columns);

#endif
