/*
 * The simulated server together with a ledger and runs that are cut off anywhere: the ledger holds
 * exactly what the store would hold after each page.
 */
#ifndef ARCHIVE_TESTS_COURSE_WORLD_H
#define ARCHIVE_TESTS_COURSE_WORLD_H

#include "course-server.h"

#define X_FLAGS (SOURCE_NEEDS_TOKEN | SOURCE_IS_PAID | SOURCE_TOKENS_PAGE | SOURCE_IDS_BY_SIZE)

static const struct style styles[] = {
	{ .name = "mastodon" },
	{ .name = "mastodon, filtering", .filters = true },
	{ .name = "with a last page", .says_last = true },
	{ .name = "akkoma", .by_arrival = true },
	{ .name = "akkoma, filtering", .by_arrival = true, .filters = true },
	{ .name = "snac", .by_arrival = true, .forgets = true },
	{ .name = "forgetful, by time", .forgets = true },
	{ .name = "deaf to old cursors", .ignores = true },
	{ .name = "mastodon, climbing", .flags = SOURCE_CLIMBS, .climbs = true, .claims = true },
	{ .name = "akkoma, climbing, filtering",
	  .flags = SOURCE_CLIMBS,
	  .by_arrival = true,
	  .filters = true,
	  .climbs = true,
	  .claims = true },
	{ .name = "snac, asked to climb",
	  .flags = SOURCE_CLIMBS,
	  .by_arrival = true,
	  .forgets = true },
	{ .name = "climbs, and forgets",
	  .flags = SOURCE_CLIMBS,
	  .forgets = true,
	  .climbs = true,
	  .claims = true },
	{ .name = "says that it climbs", .flags = SOURCE_CLIMBS, .claims = true },
	{ .name = "bluesky", .flags = SOURCE_TOKENS_PAGE | SOURCE_GOES_BY_TIME, .says_last = true },
	{ .name = "bluesky, filtering",
	  .flags = SOURCE_TOKENS_PAGE | SOURCE_GOES_BY_TIME,
	  .says_last = true,
	  .filters = true },
	{ .name = "x", .flags = X_FLAGS, .says_last = true },
	{ .name = "ids that compare, no tokens", .flags = SOURCE_IDS_BY_SIZE },
	{ .name = "tokens, ids that say nothing", .flags = SOURCE_TOKENS_PAGE, .says_last = true },
};

/* EMPTY: no posts at all; where ids compare, now and then. REPEATS: the page before, now and then.
 * LOOPS: two pages forever. */
enum fault { FAULT_NONE, FAULT_EMPTY, FAULT_REPEATS, FAULT_LOOPS };

struct run_plan {
	int64_t since, until;
	size_t pages; /* cut off after so many, 0 = not */
	enum fault fault;
	bool lively; /* posts arrive and are deleted between pages */
};

struct run_result {
	enum course_next last;
	size_t asked;
};

static inline struct world new_world(const struct style *style, size_t page_size, uint64_t seed)
{
	return (struct world){
		.style = style,
		.page_size = page_size,
		.now = WORLD_BEGIN + OVERLAP,
		.random = seed * UINT64_C(0x2545F4914F6CDD1D) + 1,
		.serial = 1,
	};
}

/* The posts from since on that stand on the server and were never shown. A liar is where nobody
 * looks for it. */
static inline size_t missing(const struct world *w, int64_t since)
{
	size_t count = 0;

	for (size_t i = 0; i < w->count; i++) {
		const struct world_post *post = &w->posts[i];

		if (!post->gone && !post->shown && post->created >= since &&
		    (since == 0 || post->claimed == post->created))
			count++;
	}
	return count;
}

static inline bool ledger_is_whole(const struct world *w)
{
	const struct span *span = &w->rows[0].span;

	return w->row_count == 0 || (w->row_count == 1 && span->closed && span->floor == 0);
}

/* ---- the ledger ---- */

static inline void world_copy(char out[WORLD_ID], const char *id)
{
	snprintf(out, WORLD_ID, "%s", id ? id : "");
}

static inline const char *world_text(struct arena *arena, const char *id)
{
	return *id ? arena_strdup(arena, id) : NULL;
}

static inline void ledger_drop(struct world *w, int64_t id)
{
	for (size_t i = 0; i < w->row_count; i++)
		if (w->rows[i].span.id == id)
			w->rows[i--] = w->rows[--w->row_count];
}

static inline void ledger_put(struct world *w, struct span *span)
{
	struct world_row *row = NULL;

	for (size_t i = 0; i < w->row_count; i++)
		if (span->id != 0 && w->rows[i].span.id == span->id)
			row = &w->rows[i];
	if (!row) {
		if (w->row_count == WORLD_ROWS)
			abort();
		row = &w->rows[w->row_count++];
		span->id = ++w->row_serial;
	}
	row->span = *span;
	snprintf(row->top, sizeof(row->top), "%s", span->top_id);
	snprintf(row->bottom, sizeof(row->bottom), "%s", span->bottom_id);
	world_copy(row->anchor, span->anchor_id);
	world_copy(row->above, span->above_id);
}

static inline int by_top_time(const void *a, const void *b)
{
	const struct span *left = a, *right = b;

	return (left->top_time < right->top_time) - (left->top_time > right->top_time);
}

static inline void ledger_read(const struct world *w, struct arena *arena, struct span *spans)
{
	for (size_t i = 0; i < w->row_count; i++) {
		spans[i] = w->rows[i].span;
		spans[i].top_id = arena_strdup(arena, w->rows[i].top);
		spans[i].bottom_id = arena_strdup(arena, w->rows[i].bottom);
		spans[i].anchor_id = world_text(arena, w->rows[i].anchor);
		spans[i].above_id = world_text(arena, w->rows[i].above);
	}
	if (w->row_count > 1)
		qsort(spans, w->row_count, sizeof(*spans), by_top_time);
}

/* ---- a run ---- */

static inline void world_keep(struct world *w, struct course *course, size_t absorbed,
			      bool climbing, const struct page *page)
{
	bool inside = false;

	for (size_t i = 0; i < w->count && page->matched > 0; i++) {
		inside = inside || !strcmp(w->posts[i].id, page->highest);
		if (inside && !w->posts[i].gone)
			w->posts[i].shown = true;
		if (!strcmp(w->posts[i].id, page->lowest))
			break;
	}
	if (!course_written(course, climbing)->top_id)
		return;
	for (size_t i = absorbed; i < course->goal; i++)
		ledger_drop(w, course->spans[i].id);
	ledger_put(w, course_written(course, climbing));
}

static inline void world_live(struct world *w)
{
	w->now += 1 + (int64_t)world_random(w, 20000);
	if (world_random(w, 3) == 0)
		world_arrival(w, false);
	if (world_random(w, 12) == 0)
		world_deletion(w);
}

struct world_memory {
	struct position asked[2]; /* the last two that gave posts */
	size_t count;
	bool repeated, dumb; /* what was done last */
};

/* What the server makes of a question when it is not well. */
static inline struct position world_misheard(struct world *w, struct world_memory *memory,
					     enum fault fault, const struct position *position)
{
	memory->dumb = fault == FAULT_EMPTY &&
		       (!world_keeps_to_bounds(w) || (!memory->dumb && world_random(w, 3) == 0));
	memory->repeated = memory->count > 0 && fault == FAULT_REPEATS && !memory->repeated &&
			   world_random(w, 4) == 0;
	if (memory->count > 1 && fault == FAULT_LOOPS)
		return memory->asked[memory->count++ % 2];
	return memory->repeated ? memory->asked[(memory->count - 1) % 2] : *position;
}

static inline void world_answer(struct world *w, const struct query *query,
				const struct position *position, enum fault fault,
				struct world_memory *memory, struct page *page)
{
	struct position heard = world_misheard(w, memory, fault, position);

	world_page(w, query, &heard, page);
	if (page->matched > 0 && !memory->repeated && (fault != FAULT_LOOPS || memory->count < 2))
		memory->asked[memory->count++ % 2] = heard;
	if (memory->dumb) {
		page_clear(page);
		page->last = true;
	}
}

static inline struct run_result world_run(struct world *w, const struct run_plan *plan)
{
	struct query query = {
		.tag = "ssmjp", .since = plan->since, .until = plan->until, .now = w->now
	};
	struct run_result result = { .last = COURSE_GO_ON };
	struct world_memory memory = { 0 };
	struct span spans[WORLD_ROWS];
	struct arena arena = ARENA_INIT;
	struct page page = PAGE_INIT;
	struct course course;

	ledger_read(w, &arena, spans);
	course_begin(&course, &arena, spans, w->row_count, w->style->flags, &query, OVERLAP);
	if (course.current.closed)
		result.last = COURSE_DONE;
	while (result.last < COURSE_DONE || result.last == COURSE_AGAIN) {
		size_t absorbed = course.goal;
		bool climbing = course.position.climbing;

		world_answer(w, &query, &course.position, plan->fault, &memory, &page);
		result.last = course_step(&course, &page);
		if (result.last <= COURSE_DONE)
			world_keep(w, &course, absorbed, climbing, &page);
		if (++result.asked == plan->pages || result.asked > (size_t)4 * WORLD_POSTS)
			break;
		if (plan->lively)
			world_live(w);
	}
	course_release(&course);
	page_release(&page);
	arena_release(&arena);
	return result;
}

/* ---- for cases ---- */

static inline const struct style *style_named(const char *name)
{
	for (size_t i = 0; i < ARRAY_LEN(styles); i++)
		if (!strcmp(styles[i].name, name))
			return &styles[i];
	abort();
}

/* count posts, five minutes apart, all honest and in time. */
static inline struct world quiet_world(const char *style, size_t count)
{
	struct world w = new_world(style_named(style), 4, 1);

	for (size_t i = 0; i < count; i++) {
		world_add(&w, w.now, w.now);
		w.now += 5 * MINUTE;
	}
	return w;
}

static inline enum course_next run_pages(struct world *w, size_t pages, int64_t since)
{
	const struct run_plan plan = { .pages = pages, .since = since };

	return world_run(w, &plan).last;
}

static inline void assert_nothing_is_missing(const struct world *w)
{
	assert_int_equal(missing(w, 0), 0);
	assert_true(ledger_is_whole(w));
}

static inline void add_evening(struct world *w, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		w->now += 5 * MINUTE;
		world_add(w, w->now, w->now);
	}
}

#endif
