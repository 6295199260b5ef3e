#include "archive/source/bluesky.h"

#include "archive/source/intake.h"

const struct jnode *bluesky_record(const struct jnode *view)
{
	const struct jnode *record = jnode_get(view, "record");

	return record ? record : jnode_get(view, "value");
}

int64_t bluesky_time(const struct jnode *view)
{
	int64_t claimed = intake_time_of(bluesky_record(view), "createdAt");
	int64_t seen = intake_time_of(view, "indexedAt");

	return !claimed || (seen && seen < claimed) ? seen : claimed;
}
