#include "archive/collect/add.h"

#include <stdlib.h>
#include <string.h>

#include "archive/base/mem.h"
#include "archive/store/known.h"
#include "archive/store/replies.h"

struct add {
	struct store *store;
	struct http_loop *loop;
	const struct add_options *options;
	struct arena arena;
	struct add_row *rows;
	struct lookup_item *items; /* one a row that is to be looked up; its owner is the row */
	struct lookup_options lookup_options;
	struct talk_options talk_options;
	struct lookup *lookup;
	struct talk *talk;
	size_t count, item_count;
	const char *misnamed;
};

static bool find_row(struct add *add, const char *name, struct add_row *row, struct err *err)
{
	struct known_post known;
	struct err why = { 0 };
	int64_t id;

	if (!store_find_post(add->store, name, &id, &why)) {
		if (why.code == ERR_NOT_FOUND || why.code == ERR_USAGE)
			return true;
		*err = why;
		return false;
	}
	if (!known_load(add->store, id, &add->arena, &known, err))
		return false;
	row->state = known.optout ? ADD_OPTED_OUT : ADD_KNOWN;
	row->uri = known.uri;
	memcpy(row->short_id, known.short_id, sizeof(row->short_id));
	return true;
}

static bool read_name(struct add *add, const char *name, struct add_row *row, struct err *err)
{
	struct lookup_item *item = &add->items[add->item_count];
	struct err why = { 0 };

	*row = (struct add_row){ .name = name, .state = ADD_FAILED };
	if (!place_of(&add->arena, name, &item->place, &why)) {
		row->why = arena_strdup(&add->arena, why.msg);
		if (!add->misnamed)
			add->misnamed = arena_printf(&add->arena, "%s: %s", name, why.msg);
		return true;
	}
	if (!find_row(add, name, row, err))
		return false;
	if (row->state == ADD_FAILED || add->options->conversation) {
		item->owner = row;
		add->item_count++;
	}
	return true;
}

struct add *add_new(struct store *store, struct http_loop *loop, const struct add_options *options,
		    const char *const *names, size_t count, struct err *err)
{
	struct add *add = xcalloc(1, sizeof(*add));

	add->store = store;
	add->loop = loop;
	add->options = options;
	add->rows = arena_array(&add->arena, count, sizeof(*add->rows));
	add->items = arena_array(&add->arena, count, sizeof(*add->items));
	for (size_t i = 0; i < count; i++) {
		if (!read_name(add, names[i], &add->rows[add->count++], err)) {
			add_free(add);
			return NULL;
		}
	}
	return add;
}

void add_free(struct add *add)
{
	if (!add)
		return;
	lookup_free(add->lookup);
	talk_free(add->talk);
	arena_release(&add->arena);
	free(add);
}

size_t add_paid(const struct add *add)
{
	size_t paid = 0;

	for (size_t i = 0; i < add->item_count; i++)
		paid += add->items[i].place.network == NETWORK_X;
	return paid;
}

const char *add_misnamed(const struct add *add)
{
	return add->misnamed;
}

/* ---- what became of them ---- */

static enum add_state state_of(const struct lookup_item *item)
{
	if (item->forgotten)
		return ADD_FORGOTTEN;
	switch (item->state) {
	case LOOKUP_FOUND:
		return item->fresh ? ADD_NEW : ADD_KNOWN;
	case LOOKUP_OPTED_OUT:
		return ADD_OPTED_OUT;
	case LOOKUP_GONE:
		return ADD_GONE;
	case LOOKUP_HIDDEN:
		return ADD_HIDDEN;
	case LOOKUP_REFUSED:
		return ADD_REFUSED;
	default:
		return ADD_FAILED;
	}
}

static bool note_item(struct add *add, const struct lookup_item *item, struct err *err)
{
	struct add_row *row = item->owner;
	struct known_post known;
	int64_t id;

	row->state = state_of(item);
	row->why = item->why;
	row->uri = item->uri;
	if (item->state != LOOKUP_FOUND || item->forgotten)
		return true;
	if (!store_find_post(add->store, item->uri, &id, err) ||
	    !known_load(add->store, id, &add->arena, &known, err))
		return false;
	memcpy(row->short_id, known.short_id, sizeof(row->short_id));
	return true;
}

static bool look_up(struct add *add, int64_t budget, struct err *err)
{
	add->lookup_options = (struct lookup_options){
		.source = add->options->source,
		.watch = add->options->watch,
		.owner = add->options->owner,
		.judge = add->options->judge,
		.judge_owner = add->options->judge_owner,
		.budget_micros = budget,
		.price = add->options->price,
	};
	add->lookup = lookup_new(add->store, add->loop, &add->lookup_options, add->items,
				 add->item_count);
	if (!lookup_run(add->lookup, err))
		return false;
	for (size_t i = 0; i < add->item_count; i++)
		if (!note_item(add, &add->items[i], err))
			return false;
	return true;
}

static bool enter_tag(struct add *add, struct err *err)
{
	for (size_t i = 0; add->options->tag && i < add->count; i++)
		if (add->rows[i].short_id[0] &&
		    !store_put_reply(add->store, add->rows[i].uri, add->options->tag, err))
			return false;
	return true;
}

/* ---- what hangs on them ---- */

static bool fill_talk(struct add *add, const struct lookup_item *item, struct talk_item *out,
		      struct err *err)
{
	struct known_post known;
	int64_t id;

	if (!store_find_post(add->store, item->uri, &id, err) ||
	    !known_load(add->store, id, &add->arena, &known, err))
		return false;
	*out = (struct talk_item){
		.source = item->source,
		.uri = item->uri,
		.id = item->id,
		.root = known.conversation,
	};
	return true;
}

static bool read_talks(struct add *add, int64_t budget, struct talk_result *result, struct err *err)
{
	struct talk_item *items = arena_array(&add->arena, add->item_count, sizeof(*items));
	size_t count = 0;

	add->talk_options = (struct talk_options){
		.watch = add->options->watch,
		.owner = add->options->owner,
		.judge = add->options->judge,
		.judge_owner = add->options->judge_owner,
		.tags = &add->options->tag,
		.tag_count = add->options->tag != NULL,
		.budget_micros = budget,
		.price = add->options->price,
	};
	for (size_t i = 0; i < add->item_count; i++) {
		const struct lookup_item *item = &add->items[i];
		bool whole = item->state == LOOKUP_FOUND && !item->forgotten && item->source &&
			     item->place.ways[item->way].kind == PLACE_LOOKUP;

		if (whole && !fill_talk(add, item, &items[count++], err))
			return false;
	}
	add->talk = talk_new(add->store, add->loop, &add->talk_options, items, count);
	return talk_run(add->talk, result, err);
}

static void count_rows(const struct add *add, struct add_result *result)
{
	for (size_t i = 0; i < add->count; i++)
		result->stored += add->rows[i].state <= ADD_KNOWN;
	result->exit_status = result->stored == add->count ? 0 : result->stored > 0 ? 3 : 1;
	if (result->exit_status == 0 && result->talk.left + result->talk.failed > 0)
		result->exit_status = 3;
}

bool add_run(struct add *add, int64_t budget, struct add_result *result, struct err *err)
{
	*result = (struct add_result){ .rows = add->rows, .count = add->count };
	if (!look_up(add, budget, err) || !enter_tag(add, err))
		return false;
	result->spent = lookup_spent(add->lookup);
	if (add->options->conversation &&
	    !read_talks(add, budget - result->spent, &result->talk, err))
		return false;
	result->spent += result->talk.spent;
	count_rows(add, result);
	return true;
}
