#include "archive/store/doing.h"

/* What moves: the item, and those joined to it. */
static bool read_group(const struct doing *doing, int64_t id, struct placed_list *out,
		       struct err *err)
{
	struct placed item;

	if (!placed_get(doing, id, &item, err))
		return false;
	placed_add(out, &item);
	return item.joined || placed_all(doing, SQL_GROUP, item.id, item.position, out, err);
}

/* Read again when there is room: making it may have moved them. */
static bool put_group(struct doing *doing, int64_t id, int64_t first, int64_t apart, bool by_hand,
		      struct err *err)
{
	struct placed_list group = { 0 };
	bool ok = read_group(doing, id, &group, err);

	for (size_t i = 0; ok && i < group.count; i++) {
		group.items[i].position = first + (int64_t)i * apart;
		if (i == 0) {
			group.items[i].joined = 0;
			group.items[i].fixed |= by_hand;
		}
		ok = placed_put(doing, &group.items[i], err);
	}
	placed_release(&group);
	return ok;
}

static bool move_to(struct doing *doing, const struct placed *item, int64_t above, bool by_hand,
		    struct err *err)
{
	struct placed_list group = { 0 };
	int64_t first, apart;
	bool ok = read_group(doing, item->id, &group, err) &&
		  gap_find(doing, above, (int64_t)group.count, &first, &apart, err) &&
		  put_group(doing, item->id, first, apart, by_hand, err);

	placed_release(&group);
	return ok;
}

bool do_move(struct doing *doing, const struct op *op, struct err *err)
{
	struct placed item, above;
	struct place place;

	if (!placed_get(doing, op->item, &item, err))
		return false;
	if (!item.id || (op->spot.kind == SPOT_TIME && !item.post))
		return true;
	if (!spot_find(doing, &op->spot, item.post, &item, &place, err))
		return false;
	if (!place.found)
		return true;
	doing->last = item.id;
	if (!placed_one(doing, SQL_ITEM_ABOVE, item.position, &above, err))
		return false;
	if (above.id != place.above) {
		doing_changed(doing, item.id, item.post, 1);
		return move_to(doing, &item, place.above, op->spot.by_hand, err);
	}
	if (item.fixed || !op->spot.by_hand)
		return true;
	item.fixed = true;
	doing_changed(doing, item.id, item.post, 1);
	return placed_put(doing, &item, err);
}
