#include "archive/store/doing.h"

#define POSITION_GAP (INT64_C(1) << 32)
#define LEAST_APART  (INT64_C(1) << 16) /* as far apart as a spread leaves them, at least */
#define FIRST_WINDOW 16

static bool above_and_below(const struct doing *doing, int64_t above, struct placed *top,
			    struct placed *bottom, struct err *err)
{
	*top = (struct placed){ 0 };
	if (above && !placed_get(doing, above, top, err))
		return false;
	return placed_one(doing, SQL_ITEM_BELOW, top->id ? top->position : INT64_MIN, bottom, err);
}

/* A window of neighbours, in order, and the free places on both sides of it. */
struct window {
	struct placed_list items;
	int64_t low, high;
	bool whole; /* there is nothing beyond */
};

/* ITEMS_UP gives the nearest first. */
static void turn(struct placed_list *list)
{
	for (size_t i = 0; i < list->count / 2; i++) {
		struct placed *other = &list->items[list->count - 1 - i];
		struct placed kept = list->items[i];

		list->items[i] = *other;
		*other = kept;
	}
}

/* One more on each side than is spread: the bounds. */
static bool read_window(const struct doing *doing, const struct placed *top, int64_t size,
			struct window *out, struct err *err)
{
	int64_t from = top->id ? top->position : INT64_MIN;
	struct placed_list *list = &out->items;
	bool more_up, more_down;
	size_t up;

	if (!placed_all(doing, SQL_ITEMS_UP, from, size + 1, list, err))
		return false;
	turn(list);
	up = list->count;
	if (!placed_all(doing, SQL_ITEMS_DOWN, from, size + 1, list, err))
		return false;
	more_up = up > (size_t)size;
	more_down = list->count - up > (size_t)size;
	out->whole = !more_up && !more_down;
	out->low = list->items[0].position - (more_up ? 0 : POSITION_GAP);
	out->high = list->items[list->count - 1].position + (more_down ? 0 : POSITION_GAP);
	list->count -= more_down;
	for (size_t i = 1; more_up && i < list->count; i++)
		list->items[i - 1] = list->items[i];
	list->count -= more_up;
	return true;
}

static bool put_at(struct doing *doing, struct placed *item, int64_t position, struct err *err)
{
	item->position = position;
	return placed_put(doing, item, err);
}

/* No two items may be at one place, not even for a moment: those that go up are taken from above,
 * those that go down from below. */
static bool spread_over(struct doing *doing, struct window *window, int64_t low, int64_t apart,
			struct err *err)
{
	struct placed_list *list = &window->items;

	for (size_t i = 0; i < list->count; i++) {
		int64_t to = low + ((int64_t)i + 1) * apart;

		if (to < list->items[i].position && !put_at(doing, &list->items[i], to, err))
			return false;
	}
	for (size_t i = list->count; i-- > 0;) {
		int64_t to = low + ((int64_t)i + 1) * apart;

		if (to > list->items[i].position && !put_at(doing, &list->items[i], to, err))
			return false;
	}
	return true;
}

/* The smallest window in which there is room enough; room for a few more insertions at least, so
 * that the next ones need none. */
static bool spread(struct doing *doing, const struct placed *top, int64_t count, struct err *err)
{
	int64_t least = count + 2 > LEAST_APART ? count + 2 : LEAST_APART;
	struct window window = { 0 };
	bool ok = false;

	for (int64_t size = FIRST_WINDOW;; size *= 2) {
		int64_t apart;

		if (!read_window(doing, top, size, &window, err))
			goto out;
		apart = (window.high - window.low) / ((int64_t)window.items.count + 1);
		if (apart >= least) {
			ok = spread_over(doing, &window, window.low, apart, err);
			goto out;
		}
		if (window.whole)
			break;
		placed_release(&window.items);
	}
	ok = spread_over(doing, &window, 0, POSITION_GAP, err);
out:
	placed_release(&window.items);
	return ok;
}

static bool fits(const struct placed *top, const struct placed *bottom, int64_t count,
		 int64_t *first, int64_t *apart)
{
	*apart = POSITION_GAP;
	*first = top->position + POSITION_GAP; /* an empty thread begins there */
	if (!bottom->id)
		return true;
	if (!top->id) {
		*first = bottom->position - count * POSITION_GAP;
		return true;
	}
	*apart = (bottom->position - top->position) / (count + 1);
	*first = top->position + *apart;
	return *apart > 0;
}

bool gap_find(struct doing *doing, int64_t above, int64_t count, int64_t *first, int64_t *apart,
	      struct err *err)
{
	struct placed top, bottom;

	if (!above_and_below(doing, above, &top, &bottom, err))
		return false;
	if (fits(&top, &bottom, count, first, apart))
		return true;
	if (!spread(doing, &top, count, err) || !above_and_below(doing, above, &top, &bottom, err))
		return false;
	return fits(&top, &bottom, count, first, apart) ||
	       err_set(err, ERR_MALFORMED,
		       "%s: the order of a thread is damaged: bring back a backup",
		       doing->store->path);
}
