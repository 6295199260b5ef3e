/*
 * Threads in the store: making, finding and reading them. Whatever changes one goes through
 * store_do() (ops.h).
 */
#ifndef ARCHIVE_STORE_THREADS_H
#define ARCHIVE_STORE_THREADS_H

#include "archive/base/arena.h"
#include "archive/store/ops.h"

/* ERR_USAGE when the slug is taken, or when it has neither tag nor window. The strings are copied;
 * slug is folded. */
MUST_CHECK bool thread_create(struct store *store, const struct thread *thread, int64_t *id,
			      struct err *err);
/* By slug as typed; NULL slug = the only thread there is. ERR_NOT_FOUND names what there is. */
MUST_CHECK bool thread_load(struct store *store, const char *slug, struct arena *arena,
			    struct thread *out, struct err *err);
/* The same by its id, whatever its slug is by now. */
MUST_CHECK bool thread_load_id(struct store *store, int64_t id, struct arena *arena,
			       struct thread *out, struct err *err);
/* The one that was made last; found is false when there is none. */
MUST_CHECK bool thread_load_newest(struct store *store, struct arena *arena, struct thread *out,
				   bool *found, struct err *err);
struct thread_row {
	struct thread thread;
	int64_t items, candidates;
	int64_t changed;
};
MUST_CHECK bool thread_list(struct store *store, struct arena *arena, struct thread_row **rows,
			    size_t *count, struct err *err);
/* How many of its candidates, unlisted ones too, are neither chosen nor dropped. */
MUST_CHECK bool thread_left(struct store *store, const struct thread *thread, int64_t *count,
			    struct err *err);

/* Chooses every candidate in order of time, as one operation; unlisted ones only when asked. */
MUST_CHECK bool thread_choose_all(struct store *store, const struct thread *thread, bool unlisted,
				  int64_t *count, struct err *err);

/* The items of a section: what stands under a heading, without it, up to the next one. */
struct item_range {
	const char *key, *title; /* the heading's */
	int64_t from, until;	 /* positions of items, until exclusive */
};
/* By its key, or by its number from 1. ERR_NOT_FOUND names the keys that there are. Strings are the
 * arena's. */
MUST_CHECK bool thread_section(struct store *store, int64_t thread, const char *name,
			       struct arena *arena, struct item_range *out, struct err *err);

struct thread_items;
struct items_options {
	bool hidden; /* gone, opted-out and (unless unlisted) unlisted posts too: for listing, never
			for export */
	bool unlisted;
	const struct item_range *section; /* only its items; NULL = all */
};
/* Items in the thread's order; iter->next() gives them. Free before the store closes. */
MUST_CHECK bool thread_items(struct store *store, int64_t thread,
			     const struct items_options *options, struct thread_items **items,
			     struct item_iter *iter, struct err *err);
void thread_items_free(struct thread_items *items);

/* What an export leaves out or says in its footer, known before it begins. */
struct thread_summary {
	int64_t posts;			 /* that may be shown */
	int64_t gone, optouts, unlisted; /* that may not */
	int64_t collected;		 /* newest reading of a chosen post */
	bool networks[NETWORK_COUNT];
	int64_t first, last; /* times of the shown posts */
	int64_t authors;
};
/* Of the options hidden does not count. */
MUST_CHECK bool thread_summarize(struct store *store, int64_t thread,
				 const struct items_options *options, struct thread_summary *out,
				 struct err *err);

#endif
