#include "archive/store/facts.h"

#include <stdlib.h>

#include "archive/base/mem.h"
#include "archive/store/row.h"

bool thread_activity(struct store *store, int64_t thread, const struct thread_summary *summary,
		     bool unlisted, int64_t start, int64_t width, int64_t *posts, size_t count,
		     struct err *err)
{
	bool hides = summary->gone + summary->optouts + summary->unlisted > 0;
	bool ok = true;

	for (size_t i = 0; i < count && ok; i++, start += width) {
		struct query q = db_query(store, hides ? SQL_THREAD_POSTS_BETWEEN
						       : SQL_THREAD_ALL_BETWEEN);

		db_int(&q, thread);
		db_int(&q, row_first_id(start));
		db_int(&q, unlisted);
		db_int(&q, row_first_id(start + width));
		ok = db_value(&q, 0, &posts[i], err);
	}
	return ok;
}

bool thread_talks(struct store *store, int64_t thread, int64_t since, int64_t until,
		  int64_t *starts, size_t room, size_t *count, struct err *err)
{
	struct query q = db_query(store, SQL_THREAD_TALKS);
	int rc = 0;

	db_int(&q, thread);
	db_int(&q, since);
	db_int(&q, until);
	for (*count = 0; *count < room && (rc = db_step(&q, err)) > 0; *count += 1)
		starts[*count] = db_column_int(&q, 0);
	db_end(&q);
	return rc >= 0;
}

bool thread_candidates(struct store *store, const struct thread *thread, bool unlisted,
		       int64_t *count, struct err *err)
{
	struct query q = db_query(store, SQL_CANDIDATE_COUNT);

	db_int(&q, thread->id);
	db_int(&q, row_first_id(thread->since));
	db_int(&q, row_end_id(thread->until));
	db_int(&q, unlisted);
	return db_value(&q, 0, count, err);
}

struct thread_people {
	struct query q;
};

static int next_person(struct people_iter *iter, struct person *out, struct err *err)
{
	struct thread_people *people = iter->state;
	int rc = db_step(&people->q, err);

	if (rc <= 0)
		return rc;
	*out = (struct person){
		.name = db_column(&people->q, 0),
		.handle = db_column(&people->q, 1),
		.url = db_column(&people->q, 2),
		.posts = db_column_int(&people->q, 3),
		.avatar = db_column(&people->q, 4),
	};
	return 1;
}

bool thread_people(struct store *store, int64_t thread, const struct items_options *options,
		   struct thread_people **out, struct people_iter *iter, struct err *err)
{
	struct thread_people *people = xcalloc(1, sizeof(*people));

	people->q = db_query_own(store, SQL_THREAD_PEOPLE);
	if (!people->q.stmt) {
		thread_people_free(people);
		return db_failed(store, err);
	}
	db_int(&people->q, thread);
	db_text(&people->q, NULL);
	db_int(&people->q, options->unlisted);
	row_bind_section(&people->q, options->section);
	*out = people;
	*iter = (struct people_iter){ .next = next_person, .state = people };
	return true;
}

void thread_people_free(struct thread_people *people)
{
	if (!people)
		return;
	db_finish(&people->q);
	free(people);
}
