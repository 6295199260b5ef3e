/*
 * A thread as text: the curation file (archive-thread(5)), one item a line, made for an editor and
 * for git. Reading and writing it, as values. Pure: whether a post is in a store, and what the
 * text changes there, is for others (change.h). What is written is always read back the same, and
 * nothing in it depends on what changes with time, such as counts.
 */
#ifndef ARCHIVE_CURATE_SHEET_H
#define ARCHIVE_CURATE_SHEET_H

#include "archive/base/arena.h"
#include "archive/model/thread.h"

#define SHEET_MAX_BYTES	   (16 << 20)
#define SHEET_MAX_LINES	   100000 /* items and dropped posts */
#define SHEET_MAX_PICTURES 100	  /* of a post: "alt 100 words" */
#define SHEET_MAX_TAGS	   100
#define SHEET_MAX_NAME	   4096 /* bytes */

/* An item, or a post that is dropped. item.id and item.post are the store's, or 0 and NULL. */
struct sheet_line {
	size_t number;	  /* of its line in the file, from 1; 0 = it comes from no file */
	const char *name; /* of a post: how it is named there */
	int64_t post;	  /* its id in the store; 0 = not there, or not looked for */
	bool dropped;	  /* no item: it has no place among the others */
	bool again;	  /* was an item already, which somebody else took away */
	bool by_time;	  /* stood among the undecided: its place is where its time belongs */
	struct item item;
};

struct sheet {
	struct thread thread; /* its id is 0 when it comes from a file */
	struct sheet_line *lines;
	size_t count;
};

/* What is told to a person of text that cannot be read. */
struct sheet_mistake {
	size_t line;	/* from 1 */
	struct err why; /* what is wrong and the cure, without the number of the line */
};

/* usual holds what counts where the text says nothing: title (NULL = from tag or slug), lang and
 * zone. All strings are the arena's. false: the mistake is told and out is not touched. Any bytes
 * may be given; what is not text is passed over (utf8_add_plain()). */
MUST_CHECK bool sheet_read(struct arena *arena, const char *bytes, size_t len,
			   const struct thread *usual, struct sheet *out,
			   struct sheet_mistake *mistake);

/* A thread of the store as lines: items in their order, then the dropped posts, in the form that
 * reading gives. Strings are the arena's or those of what was given. */
void sheet_of(struct arena *arena, const struct thread *thread, const struct item *items,
	      size_t item_count, const struct post *dropped, size_t dropped_count,
	      struct sheet *out);

/* Adds the whole file. */
void sheet_write(struct str *out, const struct sheet *sheet);

/* For the editor: adds the line under which undecided posts stand, and "#post …" of one. A '#'
 * taken away there chooses the post, in the place where its time belongs. */
void sheet_add_undecided(struct str *out);
void sheet_add_candidate(struct str *out, const struct post *post, const char *zone);

/* For the editor: adds the text with "# ! line N: …" above the line of the mistake, and the text
 * without any such line. */
void sheet_add_marked(struct str *out, const char *bytes, size_t len,
		      const struct sheet_mistake *mistake);
void sheet_add_unmarked(struct str *out, const char *bytes, size_t len);

#endif
