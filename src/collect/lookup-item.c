#include "archive/collect/lookup-way.h"

bool lookup_settle(struct lookup *lookup, struct lookup_item *item, enum lookup_state state,
		   const char *why, struct err *err)
{
	item->state = state;
	item->why = arena_strdup(&lookup->arena, why);
	item->stage = LOOKUP_OVER;
	lookup->over++;
	return !lookup->options->over || lookup->options->over(lookup->options->owner, item, err);
}

/* A refusal says more of a post than no answer at all, whichever of them came last. */
bool lookup_go_on(struct lookup *lookup, struct lookup_item *item, enum lookup_state state,
		  const char *why, struct err *err)
{
	if (state != LOOKUP_NOT_TOLD || item->state == LOOKUP_NOT_TOLD) {
		item->state = state;
		item->why = arena_strdup(&lookup->arena, why);
	}
	item->stage = LOOKUP_WAITS;
	item->asks = NULL;
	item->way++;
	if (item->way < item->place.way_count)
		return true;
	return lookup_settle(lookup, item, item->state, item->why, err);
}
