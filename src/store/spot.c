#include "archive/store/doing.h"

#define LOOKED_AT 64 /* posts earlier and later, in search of one of the same section */

/* The items strictly between two positions. */
struct region {
	int64_t low, high;
};

static bool is_of(const struct placed *item, const struct placed *mover)
{
	return mover && (item->id == mover->id || item->joined == mover->id);
}

/* The item above another, but for what moves; with what is above an item of the group that moves.
 */
static bool above_of(const struct doing *doing, int64_t position, const struct placed *mover,
		     int64_t *above, struct err *err)
{
	struct placed item;

	do {
		if (!placed_one(doing, SQL_ITEM_ABOVE, position, &item, err))
			return false;
		position = item.position;
	} while (item.id && is_of(&item, mover));
	*above = item.id;
	return true;
}

/* Behind the item's group. */
static bool behind(const struct doing *doing, const struct placed *item, const struct placed *mover,
		   int64_t *above, struct err *err)
{
	struct placed last;

	if (!group_last(doing, item, &last, err))
		return false;
	*above = last.id;
	return !is_of(&last, mover) || above_of(doing, last.position, mover, above, err);
}

/* Before the item's group. */
static bool before(const struct doing *doing, const struct placed *item, const struct placed *mover,
		   int64_t *above, struct err *err)
{
	struct placed first;

	return group_first(doing, item, &first, err) &&
	       above_of(doing, first.position, mover, above, err);
}

/* ---- by time ---- */

/* The nearest in time that stands in the region, of the first few. */
static bool nearest(const struct doing *doing, enum sql sql, int64_t post,
		    const struct region *region, const struct placed *mover, struct placed *out,
		    struct err *err)
{
	struct query q = db_query(doing->store, sql);
	int rc;

	*out = (struct placed){ 0 };
	db_int(&q, doing->thread);
	db_int(&q, post);
	db_int(&q, LOOKED_AT);
	while ((rc = db_step(&q, err)) > 0 && !out->id) {
		const struct placed item = placed_row(&q);

		if (item.position > region->low && item.position < region->high &&
		    !is_of(&item, mover))
			*out = item;
	}
	db_end(&q);
	return rc >= 0;
}

static bool first_post(const struct doing *doing, int64_t from, int64_t end, struct placed *out,
		       struct err *err)
{
	struct query q = db_query(doing->store, SQL_ITEM_POST_FROM);
	int rc;

	db_int(&q, doing->thread);
	db_int(&q, from);
	db_int(&q, end);
	rc = db_step(&q, err);
	*out = rc > 0 ? placed_row(&q) : (struct placed){ 0 };
	db_end(&q);
	return rc >= 0;
}

/* Halves the region, whose posts are in order for all that is known, until the last earlier one is
 * found. earlier and later have id 0 when there is none. */
static bool halve(const struct doing *doing, int64_t post, struct region region,
		  struct placed *earlier, struct placed *later, struct err *err)
{
	struct placed item;

	*earlier = *later = (struct placed){ 0 };
	while (region.high - region.low > 1) {
		int64_t middle = region.low + (region.high - region.low) / 2;

		if (!first_post(doing, middle, region.high, &item, err))
			return false;
		if (item.id && item.post < post) {
			*earlier = item;
			region.low = item.position;
			continue;
		}
		if (item.id)
			*later = item;
		region.high = middle;
	}
	return true;
}

static struct region whole_thread(void)
{
	/* so that the difference of both is a number, too */
	return (struct region){ -(INT64_C(1) << 61), INT64_C(1) << 61 };
}

/* The talk that was on; before all talks, what stands before the first. */
static bool talk_region(const struct doing *doing, int64_t post, struct region *out,
			struct err *err)
{
	struct placed talk, next;

	*out = whole_thread();
	if (!placed_one(doing, SQL_TALK_AT, (post >> 20) - doing->lag, &talk, err))
		return false;
	if (!talk.id) {
		if (!placed_one(doing, SQL_TALK_FIRST, INT64_MIN, &next, err))
			return false;
		out->high = next.id ? next.position : out->high;
		return true;
	}
	if (!placed_one(doing, SQL_HEADING_BELOW, talk.position, &next, err))
		return false;
	out->low = talk.position;
	out->high = next.id ? next.position : out->high;
	return true;
}

static bool by_time(const struct doing *doing, int64_t post, const struct placed *mover,
		    int64_t *above, struct err *err)
{
	struct placed earlier, later = { 0 };
	struct region region;

	if (!talk_region(doing, post, &region, err) ||
	    !nearest(doing, SQL_ITEMS_EARLIER, post, &region, mover, &earlier, err))
		return false;
	if (!earlier.id && !nearest(doing, SQL_ITEMS_LATER, post, &region, mover, &later, err))
		return false;
	if (!earlier.id && !later.id && !halve(doing, post, region, &earlier, &later, err))
		return false;
	if (earlier.id && !is_of(&earlier, mover))
		return behind(doing, &earlier, mover, above, err);
	if (later.id && !is_of(&later, mover))
		return before(doing, &later, mover, above, err);
	/* no post yet: behind whatever else is there */
	return above_of(doing, region.high, mover, above, err);
}

/* The section that a place is in, its heading included. */
static bool section_of(const struct doing *doing, int64_t above, struct region *out,
		       struct err *err)
{
	struct placed item = { 0 }, heading = { 0 }, next;

	*out = whole_thread();
	if (above && !placed_get(doing, above, &item, err))
		return false;
	if (item.id && !placed_one(doing, SQL_HEADING_ABOVE, item.position, &heading, err))
		return false;
	if (!placed_one(doing, SQL_HEADING_BELOW, item.id ? item.position : INT64_MIN, &next, err))
		return false;
	out->low = heading.id ? heading.position : out->low;
	out->high = next.id ? next.position : out->high;
	return true;
}

static bool moved_by_hand(const struct doing *doing, const struct region *section, bool *by_hand,
			  struct err *err)
{
	struct query q = db_query(doing->store, SQL_FIXED_BETWEEN);
	int64_t found;

	db_int(&q, doing->thread);
	db_int(&q, section->low);
	db_int(&q, section->high);
	if (!db_value(&q, 0, &found, err))
		return false;
	*by_hand = found != 0;
	return true;
}

/* Behind the item instead, in a section where something was moved by hand. */
static bool by_time_or_item(const struct doing *doing, int64_t item, int64_t post,
			    const struct placed *mover, int64_t *above, struct err *err)
{
	struct region section;
	struct placed cursor;
	bool by_hand = false;

	if (!by_time(doing, post, mover, above, err) || !placed_get(doing, item, &cursor, err))
		return false;
	if (!cursor.id)
		return true;
	if (!section_of(doing, *above, &section, err) ||
	    !moved_by_hand(doing, &section, &by_hand, err))
		return false;
	if (!by_hand || cursor.position < section.low || cursor.position >= section.high)
		return true;
	return behind(doing, &cursor, mover, above, err);
}

/* ---- by item ---- */

static bool by_item(const struct doing *doing, const struct spot *spot, const struct placed *mover,
		    struct place *out, struct err *err)
{
	struct placed item;

	if (!placed_get(doing, spot->item, &item, err))
		return false;
	out->found = item.id != 0;
	if (!out->found)
		return true;
	return spot->kind == SPOT_BEFORE ? before(doing, &item, mover, &out->above, err)
					 : behind(doing, &item, mover, &out->above, err);
}

static bool at_end(const struct doing *doing, const struct placed *mover, struct place *out,
		   struct err *err)
{
	return above_of(doing, INT64_MAX, mover, &out->above, err);
}

static bool at_next(const struct doing *doing, const struct placed *mover, struct place *out,
		    struct err *err)
{
	struct placed last;

	if (!placed_get(doing, doing->last, &last, err))
		return false;
	return last.id ? behind(doing, &last, mover, &out->above, err)
		       : at_end(doing, mover, out, err);
}

bool spot_find(const struct doing *doing, const struct spot *spot, int64_t post,
	       const struct placed *mover, struct place *out, struct err *err)
{
	*out = (struct place){ .found = true };
	switch (spot->kind) {
	case SPOT_TIME:
		return post ? by_time_or_item(doing, spot->item, post, mover, &out->above, err)
			    : at_end(doing, mover, out, err);
	case SPOT_TOP:
		return true;
	case SPOT_AFTER:
	case SPOT_BEFORE:
		return by_item(doing, spot, mover, out, err);
	case SPOT_NEXT:
		return at_next(doing, mover, out, err);
	case SPOT_END:
		break;
	}
	return at_end(doing, mover, out, err);
}
