#include "archive/curate/sections.h"

/* The talk that is on at that time; SECTION_ABOVE before the first. Headings without a start are
 * passed over. */
static size_t talk_at(int64_t time, const int64_t *starts, size_t count, int64_t lag)
{
	size_t found = SECTION_ABOVE;

	for (size_t i = 0; i < count; i++)
		if (starts[i] && starts[i] + lag <= time)
			found = i;
	return found;
}

/* The next one that tells its start, from there on upwards; count = none. */
static size_t next_talk(const int64_t *starts, size_t count, size_t from)
{
	while (from < count && !starts[from])
		from++;
	return from;
}

enum section_side section_border(int64_t time, const int64_t *starts, size_t count, int64_t lag,
				 size_t *neighbour)
{
	size_t on = talk_at(time, starts, count, lag);
	size_t next = next_talk(starts, count, on == SECTION_ABOVE ? 0 : on + 1);
	int64_t since = on == SECTION_ABOVE ? INT64_MAX : time - starts[on] - lag;
	int64_t until = next == count ? INT64_MAX : starts[next] + lag - time;

	if (since <= SECTION_BORDER_MS && since <= until) {
		*neighbour = talk_at(starts[on] + lag - 1, starts, on, lag);
		return SECTION_PREVIOUS;
	}
	if (until > SECTION_BORDER_MS)
		return SECTION_HERE;
	*neighbour = next;
	return SECTION_NEXT;
}

bool section_push(const struct section_heading *headings, size_t count, size_t at,
		  enum section_side side, int64_t item, struct op *out)
{
	size_t own = at, other;

	*out = (struct op){ .kind = OP_MOVE, .item = item, .spot.by_hand = true };
	while (own != SECTION_ABOVE && !headings[own].starts)
		own = own ? own - 1 : SECTION_ABOVE;
	if (side == SECTION_NEXT) {
		other = own == SECTION_ABOVE ? 0 : own + 1;
		while (other < count && !headings[other].starts)
			other++;
		out->spot.kind = SPOT_AFTER;
		out->spot.item = other < count ? headings[other].item : 0;
		return other < count;
	}
	if (side != SECTION_PREVIOUS || own == SECTION_ABOVE)
		return false;
	other = own;
	while (other > 0 && !headings[other - 1].starts)
		other--;
	/* the end of that talk's own part; of what is above the first talk the very end */
	out->spot.kind = SPOT_BEFORE;
	out->spot.item = headings[other > 0 ? other : own].item;
	return true;
}
