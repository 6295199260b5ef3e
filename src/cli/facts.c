#include "archive/cli/facts.h"

#include "archive/base/zone.h"
#include "archive/store/facts.h"

static bool read_activity(struct store *store, const struct thread *thread,
			  const struct thread_summary *summary, bool unlisted,
			  struct fragment_facts *facts, struct err *err)
{
	struct activity *activity = &facts->activity;
	const char *zone = zone_known(thread->zone) ? thread->zone : "UTC";
	int64_t end;

	activity_plan(activity, zone, facts->first, facts->last);
	if (activity->count == 0)
		return true;
	end = activity->start + (int64_t)activity->count * activity->width;
	return thread_activity(store, thread->id, summary, unlisted, activity->start,
			       activity->width, activity->posts, activity->count, err) &&
	       thread_talks(store, thread->id, activity->start, end, activity->talks,
			    ACTIVITY_TALKS, &activity->talk_count, err);
}

bool facts_read(struct store *store, const struct thread *thread,
		const struct thread_summary *summary, const struct items_options *shown,
		bool counts, struct fragment_facts *facts, struct err *err)
{
	*facts = (struct fragment_facts){
		.posts = summary->posts,
		.authors = summary->authors,
		.first = summary->first,
		.last = summary->last,
		.collected = summary->collected,
	};
	for (size_t i = 0; i < NETWORK_COUNT; i++)
		facts->networks[i] = summary->networks[i];
	if (shown->section)
		return true; /* how an evening went is said of all of it */
	return read_activity(store, thread, summary, shown->unlisted, facts, err) &&
	       (!counts ||
		thread_candidates(store, thread, shown->unlisted, &facts->candidates, err));
}
