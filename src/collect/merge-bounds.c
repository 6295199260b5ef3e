#include "archive/collect/merge-parts.h"

#define DAY_MS (INT64_C(24) * 60 * 60 * 1000)

int64_t merge_latest(const struct merge *merge)
{
	return merge->now + DAY_MS;
}

bool merge_goes_on(const struct merge *merge, const char *doing, int64_t done, struct err *err)
{
	return watch_tell(merge->watch, doing, done, 0) ||
	       err_set(err, ERR_IO, "ended before it was done: run the same command again");
}
