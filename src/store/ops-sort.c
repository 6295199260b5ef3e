#include <stdlib.h>

#include "archive/base/mem.h"
#include "archive/store/doing.h"

#define AWAY (INT64_C(1) << 61) /* out of the way: no two items may be at one place */

/* A post with what stays before it and what is joined to it. */
struct unit {
	size_t first, count; /* in the list of items */
	int64_t post;
};

static int by_post(const void *a, const void *b)
{
	const struct unit *left = a, *right = b;

	return (left->post > right->post) - (left->post < right->post);
}

/* The unit that begins at first; count 0 when there is no post up to the section's end. */
static struct unit read_unit(const struct placed_list *list, size_t first, size_t end)
{
	struct unit unit = { .first = first };
	size_t i = first;

	while (i < end && !list->items[i].post)
		i++;
	if (i == end)
		return unit;
	unit.post = list->items[i].post;
	for (int64_t group = group_of(&list->items[i]);
	     i < end && list->items[i].post && group_of(&list->items[i]) == group; i++)
		;
	unit.count = i - first;
	return unit;
}

/* The items of a section, in the order that they should have, go to order from its first on. */
static void order_section(const struct placed_list *list, size_t first, size_t end,
			  struct unit *units, const struct placed **order)
{
	size_t count = 0, at = first;

	for (size_t i = first; i < end; i += units[count++].count) {
		units[count] = read_unit(list, i, end);
		if (units[count].count == 0)
			break;
	}
	if (count > 1)
		qsort(units, count, sizeof(*units), by_post);
	for (size_t u = 0; u < count; u++)
		for (size_t i = 0; i < units[u].count; i++)
			order[at++] = &list->items[units[u].first + i];
	for (; at < end; at++)
		order[at] = &list->items[at]; /* behind the last post nothing changes its place */
}

static void order_all(const struct placed_list *list, const struct placed **order)
{
	struct unit *units = xcalloc(list->count, sizeof(*units));
	size_t first = 0;

	for (size_t i = 0; i <= list->count; i++) {
		if (i < list->count && !list->items[i].heading)
			continue;
		order_section(list, first, i, units, order);
		if (i < list->count)
			order[i] = &list->items[i];
		first = i + 1;
	}
	free(units);
}

static bool put(struct doing *doing, const struct placed *item, int64_t position, struct err *err)
{
	struct placed to = *item;

	to.position = position;
	to.fixed = item->fixed && item->heading;
	return placed_put(doing, &to, err);
}

/* The places stay, and who stands there changes. */
static bool put_all(struct doing *doing, const struct placed_list *list,
		    const struct placed *const *order, struct err *err)
{
	int64_t first = 0, post = 0, count = 0;

	for (size_t i = 0; i < list->count; i++)
		if (order[i] != &list->items[i] &&
		    !put(doing, order[i], order[i]->position - AWAY, err))
			return false;
	for (size_t i = 0; i < list->count; i++) {
		const struct placed *item = order[i];

		if (item == &list->items[i] && (!item->fixed || item->heading))
			continue;
		if (!put(doing, item, list->items[i].position, err))
			return false;
		first = first ? first : item->id;
		post = count++ ? post : item->post;
	}
	if (count)
		doing_changed(doing, first, post, count);
	return true;
}

bool do_sort(struct doing *doing, const struct op *op, struct err *err)
{
	struct placed heading = { .position = INT64_MIN }, next = { .position = INT64_MAX };
	const struct placed **order = NULL;
	struct placed_list list = { 0 };
	bool ok = false;

	if (op->item && (!placed_get(doing, op->item, &heading, err) ||
			 !placed_one(doing, SQL_HEADING_BELOW, heading.position, &next, err)))
		return false;
	if (op->item && !heading.heading)
		return true;
	if (!placed_all(doing, SQL_ITEMS_BETWEEN, heading.position,
			next.id ? next.position : INT64_MAX, &list, err))
		goto out;
	order = xcalloc(list.count, sizeof(const struct placed *));
	order_all(&list, order);
	ok = put_all(doing, &list, order, err);
out:
	free(order);
	placed_release(&list);
	return ok;
}
