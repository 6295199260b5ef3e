#include <stdlib.h>

#include "archive/base/mem.h"
#include "archive/store/doing.h"

#define POSITION_MAX (INT64_C(1) << 60) /* what lies beyond is damage */

static int64_t bounded(int64_t position)
{
	if (position > POSITION_MAX)
		return POSITION_MAX;
	return position < -POSITION_MAX ? -POSITION_MAX : position;
}

struct placed placed_row(const struct query *q)
{
	return (struct placed){
		.id = db_column_int(q, 0),
		.position = bounded(db_column_int(q, 1)),
		.heading = str_same(db_column(q, 2), item_kind_name(ITEM_HEADING)),
		.post = db_column_int(q, 3),
		.joined = db_column_int(q, 4),
		.fixed = db_column_int(q, 5) != 0,
	};
}

bool placed_one(const struct doing *doing, enum sql sql, int64_t number, struct placed *out,
		struct err *err)
{
	struct query q = db_query(doing->store, sql);
	int rc;

	db_int(&q, doing->thread);
	db_int(&q, number);
	rc = db_step(&q, err);
	*out = rc > 0 ? placed_row(&q) : (struct placed){ 0 };
	db_end(&q);
	return rc >= 0;
}

bool placed_get(const struct doing *doing, int64_t item, struct placed *out, struct err *err)
{
	return placed_one(doing, SQL_ITEM_GET, item, out, err);
}

int64_t group_of(const struct placed *item)
{
	return item->joined ? item->joined : item->id;
}

bool group_last(const struct doing *doing, const struct placed *item, struct placed *out,
		struct err *err)
{
	if (!placed_one(doing, SQL_GROUP_LAST, group_of(item), out, err))
		return false;
	if (!out->id)
		*out = *item;
	return true;
}

bool group_first(const struct doing *doing, const struct placed *item, struct placed *out,
		 struct err *err)
{
	*out = *item;
	if (!item->joined)
		return true;
	if (!placed_get(doing, item->joined, out, err))
		return false;
	if (!out->id)
		*out = *item;
	return true;
}

void placed_add(struct placed_list *list, const struct placed *item)
{
	if (list->count == list->room) {
		list->room = list->room ? list->room * 2 : 64;
		list->items = xreallocarray(list->items, list->room, sizeof(*list->items));
	}
	list->items[list->count++] = *item;
}

void placed_release(struct placed_list *list)
{
	free(list->items);
	*list = (struct placed_list){ 0 };
}

bool placed_all(const struct doing *doing, enum sql sql, int64_t first, int64_t second,
		struct placed_list *out, struct err *err)
{
	struct query q = db_query(doing->store, sql);
	int rc;

	db_int(&q, doing->thread);
	db_int(&q, first);
	db_int(&q, second);
	while ((rc = db_step(&q, err)) > 0) {
		const struct placed item = placed_row(&q);

		placed_add(out, &item);
	}
	db_end(&q);
	return rc == 0;
}

bool placed_put(struct doing *doing, const struct placed *to, struct err *err)
{
	struct query q;

	if (!journal_item(doing, to->id, err))
		return false;
	q = db_query(doing->store, SQL_ITEM_PUT);
	db_int(&q, to->id);
	db_int(&q, to->position);
	db_int(&q, to->fixed);
	db_int(&q, to->joined);
	return db_done(&q, err);
}

bool group_hand_over(struct doing *doing, const struct placed *member, int64_t to, struct err *err)
{
	struct placed_list rest = { 0 };
	bool ok = placed_all(doing, SQL_GROUP, group_of(member), member->position, &rest, err);

	for (size_t i = 0; ok && i < rest.count; i++) {
		rest.items[i].joined = to;
		ok = placed_put(doing, &rest.items[i], err);
	}
	placed_release(&rest);
	return ok;
}
