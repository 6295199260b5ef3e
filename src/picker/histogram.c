#include "archive/picker/state.h"

#include <string.h>

#define COUNT_CAP  100000 /* in a bucket: as much as one go may count */
#define SMOOTH	   2	  /* buckets on either side that are taken together */
#define PEAK_REACH 6	  /* buckets on either side that a peak stands above */

static bool find_bounds(struct picker *picker, int64_t *since, int64_t *until, struct err *err)
{
	int64_t first = 0, last = 0;

	if (!view_range(picker->store, &picker->thread, &first, &last, err))
		return false;
	*since = picker->thread.since ? picker->thread.since : first;
	*until = picker->thread.until ? picker->thread.until : last + 1;
	if (first == 0 && last == 0)
		*until = *since;
	return true;
}

void histogram_begin(struct picker *picker)
{
	struct histogram *histogram = &picker->histogram;
	struct err err = { 0 };

	if (histogram->next.at > 0 && histogram->next.at < HISTOGRAM_BUCKETS) {
		histogram->next.again = true;
		return;
	}
	memset(&histogram->next, 0, sizeof(histogram->next));
	if (!find_bounds(picker, &histogram->next.since, &histogram->next.until, &err)) {
		histogram->next.at = HISTOGRAM_BUCKETS;
		picker_fail(picker, &err);
	}
}

static int64_t edge(int64_t since, int64_t until, int bucket)
{
	int64_t length = until - since;

	return since + length / HISTOGRAM_BUCKETS * bucket +
	       length % HISTOGRAM_BUCKETS * bucket / HISTOGRAM_BUCKETS;
}

static void finish(struct picker *picker)
{
	struct histogram *histogram = &picker->histogram;

	histogram->since = histogram->next.since;
	histogram->until = histogram->next.until;
	histogram->total = histogram->next.total;
	histogram->more = histogram->next.more;
	memcpy(histogram->counts, histogram->next.counts, sizeof(histogram->counts));
	if (picker->known < 0 || picker->known > histogram->total)
		picker->known = histogram->total;
	picker->fresh = histogram->total > picker->known ? histogram->total - picker->known : 0;
}

static bool count_bucket(struct picker *picker, struct err *err)
{
	struct histogram *histogram = &picker->histogram;
	int at = histogram->next.at;
	int64_t since = edge(histogram->next.since, histogram->next.until, at);
	int64_t until = edge(histogram->next.since, histogram->next.until, at + 1), count = 0;

	if (until > since &&
	    !view_count(picker->store, &picker->thread, since, until, COUNT_CAP, &count, err))
		return false;
	histogram->next.counts[at] = count;
	histogram->next.total += count;
	histogram->next.more = histogram->next.more || count >= COUNT_CAP;
	histogram->next.at++;
	return true;
}

bool histogram_idle(struct picker *picker, bool *changed)
{
	struct histogram *histogram = &picker->histogram;
	int64_t counted = 0;
	struct err err = { 0 };

	if (histogram->next.at >= HISTOGRAM_BUCKETS)
		return false;
	while (histogram->next.at < HISTOGRAM_BUCKETS && counted < COUNT_CAP / 50) {
		if (!count_bucket(picker, &err)) {
			histogram->next.at = HISTOGRAM_BUCKETS;
			picker_fail(picker, &err);
			return false;
		}
		counted += histogram->next.counts[histogram->next.at - 1] + COUNT_CAP / 2000;
	}
	if (histogram->next.at < HISTOGRAM_BUCKETS)
		return true;
	finish(picker);
	*changed = true;
	if (!histogram->next.again)
		return false;
	histogram_begin(picker);
	return true;
}

/* A bucket with its neighbours: one post alone is no peak. */
static int64_t smooth(const struct histogram *histogram, int at)
{
	int64_t sum = 0;

	for (int i = at - SMOOTH; i <= at + SMOOTH; i++)
		if (i >= 0 && i < HISTOGRAM_BUCKETS)
			sum += histogram->counts[i];
	return sum;
}

/* Well above the mean, and nothing near it is higher; of a plateau its first bucket. */
static bool is_peak(const struct histogram *histogram, int at)
{
	int64_t own = smooth(histogram, at);

	if (own * HISTOGRAM_BUCKETS * 2 <= histogram->total * (2 * SMOOTH + 1) * 3)
		return false;
	for (int i = at - PEAK_REACH; i <= at + PEAK_REACH; i++) {
		int64_t other;

		if (i < 0 || i >= HISTOGRAM_BUCKETS || i == at)
			continue;
		other = smooth(histogram, i);
		if (other > own || (i < at && other == own))
			return false;
	}
	return true;
}

int64_t histogram_peak(const struct histogram *histogram, int64_t from, enum list_side side)
{
	int64_t found = 0;

	if (histogram->until <= histogram->since)
		return 0;
	for (int i = 0; i < HISTOGRAM_BUCKETS; i++) {
		int64_t begins = edge(histogram->since, histogram->until, i);
		int64_t ends = edge(histogram->since, histogram->until, i + 1);

		if (!is_peak(histogram, i))
			continue;
		if (side == SIDE_BACK && ends <= from)
			found = begins;
		if (side == SIDE_ON && begins > from)
			return begins;
	}
	return found;
}
