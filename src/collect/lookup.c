#include "archive/collect/lookup.h"

#include <stdlib.h>

#include "archive/base/clock.h"
#include "archive/base/mem.h"
#include "archive/collect/lookup-way.h"

#define STEP_MS 1000

struct lookup *lookup_new(struct store *store, struct http_loop *loop,
			  const struct lookup_options *options, struct lookup_item *items,
			  size_t count)
{
	struct lookup *lookup = xcalloc(1, sizeof(*lookup));

	lookup->store = store;
	lookup->loop = loop;
	lookup->options = options;
	lookup->items = items;
	lookup->count = count;
	return lookup;
}

static void way_free(struct way *way, struct http_loop *loop)
{
	asking_release(&way->asking, loop);
	page_release(&way->object_page);
	http_answer_release(&way->object);
	str_release(&way->object_url);
	free(way);
}

void lookup_free(struct lookup *lookup)
{
	if (!lookup)
		return;
	for (size_t i = 0; i < lookup->way_count; i++)
		way_free(lookup->ways[i], lookup->loop);
	free(lookup->ways);
	arena_release(&lookup->arena);
	free(lookup);
}

int64_t lookup_spent(const struct lookup *lookup)
{
	return lookup->spent;
}

static struct way *find_way(struct lookup *lookup, const struct source *source)
{
	struct way *way;

	for (size_t i = 0; i < lookup->way_count; i++)
		if (lookup->ways[i]->asking.source == source)
			return lookup->ways[i];
	way = xcalloc(1, sizeof(*way));
	way->lookup = lookup;
	way->object_page = (struct page)PAGE_INIT;
	way->object = (struct http_answer)HTTP_ANSWER_INIT;
	way->object_url = (struct str)STR_INIT;
	asking_init(&way->asking, source, &lookup->options->price);
	way->asking.page.judge = way_judge;
	way->asking.page.judge_owner = way;
	lookup->ways = xreallocarray(lookup->ways, lookup->way_count + 1, sizeof(struct way *));
	lookup->ways[lookup->way_count++] = way;
	return way;
}

static const struct place_way *way_of(const struct lookup_item *item)
{
	return &item->place.ways[item->way];
}

/* What never answers without a credential is not asked. */
static bool may_ask(const struct source *source, struct err *why)
{
	struct str name = STR_INIT;

	if (!(source->ops->flags & SOURCE_NEEDS_TOKEN) || source->token.len > 0)
		return true;
	source_token_name(source, &name);
	err_set(why, ERR_AUTH, "%s never answers without a token: put one in %s", source->name.buf,
		name.buf);
	str_release(&name);
	return false;
}

static enum way_question question_of(const struct lookup_item *item)
{
	if (item->place.handle)
		return WAY_HANDLE;
	return way_of(item)->kind == PLACE_OBJECT ? WAY_OBJECT : WAY_IDS;
}

/* How many posts a request may ask for; 0: the budget does not cover one. */
static size_t most_of(const struct way *way, const struct lookup_item *first)
{
	const struct source_ops *ops = way->asking.source->ops;
	int64_t left = way->lookup->options->budget_micros - way->lookup->spent;
	int64_t most = way->one_by_one || first->alone ? 1 : (int64_t)ops->lookup->most;
	int64_t covered = left / price_at_worst(&way->lookup->options->price, 1);

	if (ops->flags & SOURCE_IS_PAID)
		most = way->lookup->dry || covered < 0 ? 0 : covered < most ? covered : most;
	return (size_t)(most < LOOKUP_MAX_IDS ? most : LOOKUP_MAX_IDS);
}

/* A source that cannot be asked is no way to this post. */
static bool lead(struct lookup *lookup, struct lookup_item *item, struct err *err)
{
	const struct lookup_options *options = lookup->options;
	const struct source *source;
	struct err why = { 0 };

	if (item->asks)
		return true;
	source = options->source(options->owner, way_of(item)->source, &why);
	if (source && !source->ops->lookup && question_of(item) != WAY_OBJECT) {
		err_set(&why, ERR_USAGE, "single posts of %s cannot be looked up",
			network_label(source->ops->network));
		source = NULL;
	}
	if (source && question_of(item) == WAY_IDS && !may_ask(source, &why))
		source = NULL;
	if (!source)
		return lookup_go_on(lookup, item, LOOKUP_NOT_TOLD, why.msg, err);
	item->asks = find_way(lookup, source);
	return true;
}

static bool is_like(const struct lookup_item *item, const struct lookup_item *first)
{
	return item->stage == LOOKUP_WAITS && question_of(item) == WAY_IDS && !item->alone &&
	       str_same(way_of(item)->source, way_of(first)->source);
}

static bool begin(struct lookup *lookup, struct way *way, size_t index, struct err *err)
{
	struct lookup_item *first = &lookup->items[index];
	size_t most = 1;

	way->question = question_of(first);
	way->count = 0;
	if (way->question == WAY_IDS)
		most = most_of(way, first);
	if (most == 0)
		return lookup_settle(lookup, first, LOOKUP_NOT_TOLD,
				     "the budget does not cover it: --budget USD raises it", err);
	way->items[way->count++] = first;
	for (size_t i = index + 1; i < lookup->count && way->count < most; i++)
		if (is_like(&lookup->items[i], first))
			way->items[way->count++] = &lookup->items[i];
	for (size_t i = 0; i < way->count; i++) {
		way->items[i]->stage = LOOKUP_ASKED;
		way->ids[i] = way_of(way->items[i])->id;
	}
	way_ask(way);
	return true;
}

static bool start_what_waits(struct lookup *lookup, bool *moved, struct err *err)
{
	for (size_t i = 0; i < lookup->count; i++) {
		struct lookup_item *item = &lookup->items[i];

		if (item->stage != LOOKUP_WAITS)
			continue;
		if (item->place.way_count == 0) {
			if (!lookup_settle(lookup, item, LOOKUP_NOT_TOLD, item->why, err))
				return false;
			continue;
		}
		if (!lead(lookup, item, err))
			return false;
		*moved = *moved || !item->asks;
		if (!item->asks || item->asks->asking.busy)
			continue;
		*moved = true;
		if (!begin(lookup, item->asks, i, err))
			return false;
	}
	return true;
}

static bool take_answers(struct lookup *lookup, bool *moved, struct err *err)
{
	for (size_t i = 0; i < lookup->way_count; i++) {
		if (!asking_take(&lookup->ways[i]->asking))
			continue;
		*moved = true;
		if (!way_take(lookup->ways[i], err))
			return false;
	}
	return true;
}

static void tell(const struct lookup *lookup)
{
	int64_t until = 0;

	if (!lookup->options->watch)
		return;
	for (size_t i = 0; i < lookup->way_count; i++) {
		const struct http_exchange *exchange = &lookup->ways[i]->asking.exchange;

		if (lookup->ways[i]->asking.busy && exchange->state == HTTP_WAITING &&
		    exchange->wait_until > until)
			until = exchange->wait_until;
	}
	lookup->options->watch(lookup->options->owner, lookup->over, lookup->count, until);
}

bool lookup_run(struct lookup *lookup, struct err *err)
{
	while (lookup->over < lookup->count) {
		bool moved = false;

		if (!take_answers(lookup, &moved, err) || !start_what_waits(lookup, &moved, err))
			return false;
		tell(lookup);
		if (!moved)
			http_loop_step(lookup->loop, STEP_MS);
	}
	for (size_t i = 0; i < lookup->way_count; i++)
		if (!asking_end(&lookup->ways[i]->asking, lookup->store, err))
			return false;
	return true;
}
