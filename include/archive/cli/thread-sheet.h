/*
 * A thread of the store as text (curate/sheet.h), and what a text makes of it.
 */
#ifndef ARCHIVE_CLI_THREAD_SHEET_H
#define ARCHIVE_CLI_THREAD_SHEET_H

#include "archive/curate/sheet.h"
#include "archive/store/threads.h"

/* The thread as it is. Strings are the arena's. */
MUST_CHECK bool thread_sheet_read(struct store *store, const struct thread *thread,
				  struct arena *arena, struct sheet *out, struct err *err);

/* Finds the posts of the text: as base names them, else by any of their names. What the store has
 * not, and what its author does not want archived, stays at 0. false with err->code ERR_NONE: a
 * name could be any of several, as the mistake says. */
MUST_CHECK bool thread_sheet_find(struct store *store, struct arena *arena,
				  const struct sheet *base, struct sheet *text,
				  struct sheet_mistake *mistake, struct err *err);

struct thread_sheet_result {
	size_t changed; /* 0: no step was made */
	int64_t step;
	size_t both; /* changed by somebody else, too, since base was read: the text won */
};

struct thread_sheet_way {
	const char *step; /* its name in the journal */
	bool by_hand;	  /* as in sheet_change() */
};

/* Makes the thread what the text makes of base, in one step; what somebody else did to it since
 * stays. id 0: the thread is made. base NULL: the thread as it is now. The posts of the text were
 * found and are all there. */
MUST_CHECK bool thread_sheet_apply(struct store *store, int64_t id, struct arena *arena,
				   const struct sheet *base, struct sheet *text,
				   const struct thread_sheet_way *way,
				   struct thread_sheet_result *out, struct err *err);

#endif
