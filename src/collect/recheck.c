#include "archive/collect/recheck.h"

#include <stdlib.h>
#include <string.h>

#include "archive/base/clock.h"
#include "archive/base/mem.h"
#include "archive/store/known.h"

#define NOT_SHOWN "it is not shown without an account"

struct recheck {
	struct store *store;
	struct http_loop *loop;
	const struct recheck_options *options;
	struct lookup_options lookup_options;
	struct arena arena;
	struct known_post *posts; /* as they were before */
	struct recheck_row *rows;
	struct lookup_item *items; /* one a post; its owner is the row */
	size_t count;
	struct lookup *lookup;
};

/* ---- where each is asked for ---- */

static bool is_home(struct recheck *recheck, const struct known_post *post)
{
	const struct recheck_options *options = recheck->options;
	struct err ignored = { 0 };
	const struct source *source = options->source(options->owner, post->source, &ignored);

	return !source || post->network == NETWORK_X || post->network == NETWORK_BLUESKY ||
	       str_same(source->host.buf, post->host);
}

static void add_ways(struct place *place, const struct place *more)
{
	for (size_t i = 0; i < more->way_count && place->way_count < PLACE_MAX_WAYS; i++) {
		const struct place_way *way = &more->ways[i];

		if (way->kind == PLACE_OBJECT || !str_same(way->source, place->ways[0].source))
			place->ways[place->way_count++] = *way;
	}
}

/* Where it was seen last, then at home. */
static void find_ways(struct recheck *recheck, const struct known_post *post,
		      struct lookup_item *item)
{
	struct place home = { 0 };
	struct err ignored = { 0 };
	bool named = place_of(&recheck->arena, post->uri, &home, &ignored) ||
		     (post->url && place_of(&recheck->arena, post->url, &home, &ignored));

	item->place.network = post->network;
	if (!post->source || !post->network_id) {
		item->place = home;
		item->place.network = post->network;
		return;
	}
	item->place.ways[item->place.way_count++] = (struct place_way){ PLACE_LOOKUP, post->source,
									post->network_id };
	if (named && post->network != NETWORK_X && post->network != NETWORK_BLUESKY)
		add_ways(&item->place, &home);
	item->doubted = !is_home(recheck, post);
}

static void prepare(struct recheck *recheck, struct known_post *posts, size_t count)
{
	struct arena *arena = &recheck->arena;

	recheck->posts = arena_array(arena, count, sizeof(*recheck->posts));
	recheck->rows = arena_array(arena, count, sizeof(*recheck->rows));
	recheck->items = arena_array(arena, count, sizeof(*recheck->items));
	for (size_t i = 0; i < count; i++) {
		size_t n = recheck->count;

		if (posts[i].optout)
			continue;
		recheck->posts[n] = posts[i];
		recheck->rows[n] = (struct recheck_row){ .id = posts[i].id, .url = posts[i].url };
		memcpy(recheck->rows[n].short_id, posts[i].short_id, sizeof(posts[i].short_id));
		recheck->items[n].owner = &recheck->rows[n];
		find_ways(recheck, &posts[i], &recheck->items[n]);
		recheck->count++;
	}
}

struct recheck *recheck_new(struct store *store, struct http_loop *loop,
			    const struct recheck_options *options, int64_t thread, struct err *err)
{
	struct recheck *recheck = xcalloc(1, sizeof(*recheck));
	struct known_post *posts;
	size_t count;

	recheck->store = store;
	recheck->loop = loop;
	recheck->options = options;
	if (!known_of_thread(store, thread, &recheck->arena, &posts, &count, err)) {
		recheck_free(recheck);
		return NULL;
	}
	prepare(recheck, posts, count);
	return recheck;
}

void recheck_free(struct recheck *recheck)
{
	if (!recheck)
		return;
	lookup_free(recheck->lookup);
	arena_release(&recheck->arena);
	free(recheck);
}

size_t recheck_paid(const struct recheck *recheck)
{
	size_t paid = 0;

	for (size_t i = 0; i < recheck->count; i++)
		paid += recheck->posts[i].network == NETWORK_X;
	return paid;
}

/* ---- what became of each ---- */

static bool was_edited(const struct known_post *before, const struct known_post *now)
{
	return before->edited != now->edited || !str_same(before->html, now->html) ||
	       !str_same(before->spoiler, now->spoiler);
}

static bool compare(struct recheck *recheck, const struct known_post *before,
		    struct recheck_row *row, struct err *err)
{
	struct known_post now;

	if (!known_load(recheck->store, row->id, &recheck->arena, &now, err))
		return false;
	if (now.optout)
		row->change = RECHECK_OPTED_OUT;
	else if (before->gone && !now.gone)
		row->change = RECHECK_BACK;
	else if (was_edited(before, &now))
		row->change = RECHECK_EDITED;
	return true;
}

static bool mark(struct recheck *recheck, const struct known_post *before,
		 enum recheck_change change, struct recheck_row *row, struct err *err)
{
	if (before->gone)
		return true;
	row->change = change;
	return known_mark_gone(recheck->store, row->id, clock_now(), err);
}

static bool take(void *owner, struct lookup_item *item, struct err *err)
{
	struct recheck *recheck = owner;
	struct recheck_row *row = item->owner;
	const struct known_post *before = &recheck->posts[row - recheck->rows];

	switch (item->state) {
	case LOOKUP_FOUND:
	case LOOKUP_OPTED_OUT:
		return compare(recheck, before, row, err);
	case LOOKUP_GONE:
		return mark(recheck, before, RECHECK_GONE, row, err);
	case LOOKUP_HIDDEN:
		if (!item->forgotten)
			return mark(recheck, before, RECHECK_HIDDEN, row, err);
		return true;
	default:
		row->change = RECHECK_UNTOLD;
		row->why = arena_strdup(&recheck->arena,
					item->state == LOOKUP_REFUSED ? NOT_SHOWN : item->why);
		return true;
	}
}

static const struct source *find_source(void *owner, const char *spec, struct err *err)
{
	const struct recheck *recheck = owner;

	return recheck->options->source(recheck->options->owner, spec, err);
}

static void watch(void *owner, size_t over, size_t count, int64_t wait_until)
{
	const struct recheck *recheck = owner;

	if (recheck->options->watch)
		recheck->options->watch(recheck->options->owner, over, count, wait_until);
}

static bool find_targets(struct recheck *recheck, struct recheck_result *result, struct err *err)
{
	int64_t *changed = arena_array(&recheck->arena, recheck->count, sizeof(*changed));
	struct target *targets = NULL;
	size_t count = 0;

	for (size_t i = 0; i < recheck->count; i++) {
		const struct recheck_row *row = &recheck->rows[i];

		if (row->change != RECHECK_SAME && row->change != RECHECK_UNTOLD)
			changed[count++] = row->id;
	}
	if (count > 0 && !store_targets_of(recheck->store, changed, count, &recheck->arena,
					   &targets, &result->target_count, err))
		return false;
	result->targets = targets;
	return true;
}

static int exit_status(const struct recheck *recheck)
{
	size_t untold = 0;

	for (size_t i = 0; i < recheck->count; i++)
		untold += recheck->rows[i].change == RECHECK_UNTOLD;
	if (untold == 0)
		return 0;
	return untold == recheck->count ? 1 : 3;
}

bool recheck_run(struct recheck *recheck, int64_t budget, struct recheck_result *result,
		 struct err *err)
{
	recheck->lookup_options = (struct lookup_options){
		.source = find_source,
		.over = take,
		.watch = watch,
		.owner = recheck,
		.judge = recheck->options->judge,
		.judge_owner = recheck->options->judge_owner,
		.budget_micros = budget,
		.price = recheck->options->price,
	};
	*result = (struct recheck_result){ .rows = recheck->rows, .count = recheck->count };
	recheck->lookup = lookup_new(recheck->store, recheck->loop, &recheck->lookup_options,
				     recheck->items, recheck->count);
	if (!lookup_run(recheck->lookup, err) || !find_targets(recheck, result, err))
		return false;
	result->spent = lookup_spent(recheck->lookup);
	result->exit_status = exit_status(recheck);
	return true;
}
