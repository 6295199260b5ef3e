/*
 * A simulated server for the tests of collect/course.h, in the styles that apis.md describes: posts
 * arrive, are late, lie about their time and are deleted, and cursors mean what each kind of server
 * makes of them. What a run was shown is marked on the post.
 */
#ifndef ARCHIVE_TESTS_COURSE_SERVER_H
#define ARCHIVE_TESTS_COURSE_SERVER_H

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "archive/base/mem.h"
#include "archive/base/str.h"
#include "archive/collect/course.h"
#include "archive/source/source.h"

#define MINUTE	    INT64_C(60000)
#define OVERLAP	    (30 * MINUTE)
#define WORLD_BEGIN INT64_C(1790000000000)
#define WORLD_POSTS 256
#define WORLD_ROWS  64
#define WORLD_ID    24

struct style {
	const char *name;
	unsigned flags;
	bool forgets;	 /* a deleted post's id meets nothing (snac) */
	bool ignores;	 /* a deleted post's id means the newest page */
	bool by_arrival; /* late posts stand where they arrived, not where they were written */
	bool says_last;	 /* the last page with posts says that it is the last */
	bool filters;	 /* pages are shorter than was asked for */
	bool climbs;	 /* gives what is next above an id */
	bool claims;	 /* its answers look like those of one that does */
};

struct world_post {
	char id[WORLD_ID];
	int64_t order; /* pages go down by it */
	int64_t created, claimed;
	bool gone, shown;
};

struct world_row {
	struct span span;
	char top[WORLD_ID], bottom[WORLD_ID], anchor[WORLD_ID], above[WORLD_ID];
};

struct world {
	const struct style *style;
	size_t page_size;
	int64_t now;
	uint64_t random;
	int64_t serial;
	struct world_post posts[WORLD_POSTS]; /* newest first */
	size_t count;
	struct world_row rows[WORLD_ROWS];
	size_t row_count;
	int64_t row_serial;
};

static inline uint64_t world_random(struct world *w, uint64_t below)
{
	w->random ^= w->random << 13;
	w->random ^= w->random >> 7;
	w->random ^= w->random << 17;
	return w->random % below;
}

static inline bool world_compares(const struct world *w)
{
	return (w->style->flags & SOURCE_IDS_BY_SIZE) != 0;
}

static inline bool world_goes_by_time(const struct world *w)
{
	return (w->style->flags & SOURCE_GOES_BY_TIME) != 0;
}

static inline bool world_keeps_to_bounds(const struct world *w)
{
	return world_compares(w) || world_goes_by_time(w);
}

/* Ids that compare grow by a digit within a world; the others say nothing. */
static inline void world_name(const struct world *w, struct world_post *post)
{
	if (world_compares(w))
		snprintf(post->id, sizeof(post->id), "%" PRId64, post->order);
	else
		snprintf(post->id, sizeof(post->id), "%016" PRIx64,
			 (uint64_t)post->order * UINT64_C(0x9E3779B97F4A7C15));
}

/* A post written at created, arriving now. */
static inline struct world_post *world_add(struct world *w, int64_t created, int64_t claimed)
{
	int64_t place = w->style->by_arrival || claimed != created ? w->now : created;
	struct world_post post = { .created = created, .claimed = claimed };
	size_t at = 0;

	if (w->count == WORLD_POSTS)
		return NULL;
	post.order = (place - WORLD_BEGIN) * 1024 + w->serial++;
	world_name(w, &post);
	while (at < w->count && w->posts[at].order > post.order)
		at++;
	memmove(&w->posts[at + 1], &w->posts[at], (w->count - at) * sizeof(post));
	w->posts[at] = post;
	w->count++;
	return &w->posts[at];
}

/* A post now and then, every seventh at most a liar: a page that holds nothing but liars is beyond
 * anyone. */
static inline void world_arrival(struct world *w, bool liars)
{
	int64_t created = w->now;
	int64_t claimed;

	if (!world_compares(w) && world_random(w, 5) == 0)
		created -= (int64_t)world_random(w, OVERLAP);
	claimed = created;
	if (liars && !world_keeps_to_bounds(w) && w->serial % 7 == 0)
		claimed = world_random(w, 2) ? INT64_C(4102444800000) : INT64_C(946684800000);
	world_add(w, created, claimed);
}

static inline struct world_post *world_find(struct world *w, const char *id)
{
	for (size_t i = 0; i < w->count; i++)
		if (!strcmp(w->posts[i].id, id))
			return &w->posts[i];
	return NULL;
}

/* Deletes the end of a span, or any post. */
static inline void world_deletion(struct world *w)
{
	struct world_post *post = NULL;

	if (w->row_count > 0 && world_random(w, 2)) {
		const struct world_row *row = &w->rows[world_random(w, w->row_count)];

		post = world_find(w, world_random(w, 3) ? row->bottom : row->top);
	} else if (w->count > 0) {
		post = &w->posts[world_random(w, w->count)];
	}
	if (post)
		post->gone = true;
}

/* ---- the server ---- */

/* Posts of this order and above are not asked for; -1: the cursor meets nothing. */
static inline int64_t world_start(struct world *w, const struct position *position)
{
	const struct world_post *post;
	int64_t order = INT64_MAX;

	if (position->before != 0 && !position->token)
		order = (position->before - WORLD_BEGIN) * 1024;

	if (position->token && str_to_int(position->token + 1, 0, INT64_MAX, &order))
		return order;
	if (!position->below)
		return order;
	post = world_find(w, position->below);
	if (post && post->gone && w->style->forgets)
		return -1;
	return post && !(post->gone && w->style->ignores) ? post->order : INT64_MAX;
}

/* A network whose ids compare stops at above, or at since where that is higher; the others know
 * neither. */
static inline int64_t world_stop(struct world *w, const struct query *query,
				 const struct position *position)
{
	const struct world_post *post = position->above ? world_find(w, position->above) : NULL;
	int64_t since = (query->since - WORLD_BEGIN) * 1024 - 1;

	if (!world_keeps_to_bounds(w))
		return -1;
	if (post && post->created >= query->since)
		return post->order;
	return query->since != 0 ? since : -1;
}

static inline void world_show(struct page *page, const struct world_post *post)
{
	if (!page->highest)
		page->highest = arena_strdup(&page->arena, post->id);
	page->lowest = arena_strdup(&page->arena, post->id);
	if (post->claimed > page->newest)
		page->newest = post->claimed;
	if (page->oldest == 0 || post->claimed < page->oldest)
		page->oldest = post->claimed;
	page->matched++;
}

/* What is next above an id, the newest of it first. */
static inline void world_climb(struct world *w, const struct position *position, size_t size,
			       struct page *page)
{
	const struct world_post *from = world_find(w, position->above);
	size_t end = from ? (size_t)(from - w->posts) : 0;
	size_t begin = end;

	for (size_t found = 0; begin > 0 && found < size; begin--)
		found += !w->posts[begin - 1].gone;
	if (from && from->gone && w->style->forgets)
		begin = end;
	for (size_t i = begin; i < end; i++)
		if (!w->posts[i].gone)
			world_show(page, &w->posts[i]);
	page->last = page->matched == 0;
	page->climbed = w->style->claims && page->matched > 0;
}

static inline void world_page(struct world *w, const struct query *query,
			      const struct position *position, struct page *page)
{
	int64_t start = world_start(w, position);
	size_t size = w->style->filters ? 2 + (uint64_t)start / 1024 % (w->page_size - 1)
					: w->page_size;
	int64_t stop = world_stop(w, query, position);
	int64_t end = query->until != 0 && world_keeps_to_bounds(w) ? query->until : INT64_MAX;
	int64_t lowest = 0;
	bool more = false;

	page_clear(page);
	if (position->climbing && w->style->climbs) {
		world_climb(w, position, size, page);
		return;
	}
	page->climbed = position->climbing && w->style->claims;
	for (size_t i = 0; i < w->count; i++) {
		const struct world_post *post = &w->posts[i];

		if (post->gone || post->order >= start || post->order <= stop ||
		    post->created >= end)
			continue;
		more = page->matched == size;
		if (more)
			break;
		world_show(page, post);
		lowest = post->order;
	}
	page->last = page->matched == 0 || (w->style->says_last && !more);
	if (w->style->flags & SOURCE_TOKENS_PAGE)
		page->next = more ? arena_printf(&page->arena, "t%" PRId64, lowest) : NULL;
}

#endif
