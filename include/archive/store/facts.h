/*
 * What an export says of a thread as a whole, beside thread_summarize() (threads.h): how the
 * evening went, when its talks began, of how many candidates its posts were chosen, whose they are.
 * Only posts that may be shown count; unlisted ones only when asked.
 */
#ifndef ARCHIVE_STORE_FACTS_H
#define ARCHIVE_STORE_FACTS_H

#include "archive/store/threads.h"

/* Fills posts[0] to posts[count - 1]: the chosen posts in so many equal stretches of width ms, the
 * first from start (UTC ms) on. What lies outside is not counted. summary is the thread's, asked
 * for with the same unlisted. */
MUST_CHECK bool thread_activity(struct store *store, int64_t thread,
				const struct thread_summary *summary, bool unlisted, int64_t start,
				int64_t width, int64_t *posts, size_t count, struct err *err);
/* When the talks began by the timetable, in [since, until), ascending, each time once; at most room
 * of them. */
MUST_CHECK bool thread_talks(struct store *store, int64_t thread, int64_t since, int64_t until,
			     int64_t *starts, size_t room, size_t *count, struct err *err);
MUST_CHECK bool thread_candidates(struct store *store, const struct thread *thread, bool unlisted,
				  int64_t *count, struct err *err);

struct thread_people;
/* The authors in the order of their first posts; iter->next() gives them, and their strings hold
 * until the next one. Free before the store closes. */
MUST_CHECK bool thread_people(struct store *store, int64_t thread,
			      const struct items_options *options, struct thread_people **out,
			      struct people_iter *iter, struct err *err);
void thread_people_free(struct thread_people *people);

#endif
