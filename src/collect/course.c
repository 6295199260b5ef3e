#include "archive/collect/course.h"

#include <stdlib.h>
#include <string.h>

#include "archive/base/hash.h"
#include "archive/base/mem.h"
#include "archive/collect/climb.h"
#include "archive/source/source.h"

#define MAX_REPEATS   2
#define MAX_DOUBTS    32
#define TIME_GRAIN_MS 1000 /* X tells times to the second */

static bool ids_compare(const struct course *course)
{
	return (course->flags & SOURCE_IDS_BY_SIZE) != 0;
}

static bool goes_by_time(const struct course *course)
{
	return (course->flags & SOURCE_GOES_BY_TIME) != 0;
}

/* A server that is told where to begin and where to end, and does so. */
static bool keeps_to_bounds(const struct course *course)
{
	return ids_compare(course) || goes_by_time(course);
}

static const struct span *next_goal(const struct course *course)
{
	if (course->goal == course->span_count)
		return NULL;
	if (course->lower.id != 0 && course->lower.id == course->spans[course->goal].id)
		return &course->lower;
	return &course->spans[course->goal];
}

/* A network whose ids compare is told to stop at what is known; the others show it again. */
static void aim(struct course *course)
{
	const struct span *goal = next_goal(course);

	course->position.above = course->reaches_to;
	if (!course->reaches_to && goal && ids_compare(course))
		course->position.above = goal->top_id;
}

static void forget_cursors(struct course *course)
{
	course->seen_count = 0;
	course->repeats = 0;
}

static void begin_segment(struct course *course, const char *below)
{
	course->position = (struct position){ .page_size = course->position.page_size };
	if (below && goes_by_time(course))
		course->position.before = course->current.bottom_time + 1;
	else
		course->position.below = below;
	course->stepped = false;
	course->before = NULL;
	course->doubted = NULL;
	course->asked_twice = false;
	forget_cursors(course);
	aim(course);
}

/* Enough when it was read as deep as is asked for now. */
static bool deep_enough(const struct course *course, const struct span *goal)
{
	if (ids_compare(course) && course->since != 0 &&
	    goal->bottom_time + TIME_GRAIN_MS <= course->since)
		return true;
	return goal->closed &&
	       (goal->floor == 0 || (course->since != 0 && goal->floor <= course->since));
}

/* Nothing above until will be read: what the ledger says of that stays as it is. */
static void begin_below(struct course *course, int64_t until)
{
	const struct span *goal;

	while ((goal = next_goal(course)) && goal->bottom_time >= until)
		course->goal++;
	if (!goal || goal->top_time < until)
		return;
	course->current = *goal;
	course->current.closed = deep_enough(course, goal);
	course->goal++;
}

void course_begin(struct course *course, struct arena *arena, const struct span *spans,
		  size_t count, unsigned flags, const struct query *query, int64_t overlap)
{
	*course = (struct course){
		.arena = arena,
		.spans = spans,
		.span_count = count,
		.flags = flags,
		.since = query->since,
		.overlap = flags & SOURCE_IDS_BY_SIZE ? 0 : overlap,
		.current = { .updated = query->now },
	};
	if (query->until != 0 && keeps_to_bounds(course))
		begin_below(course, query->until);
	begin_segment(course, course->current.bottom_id);
}

void course_release(struct course *course)
{
	free(course->seen);
	course->seen = NULL;
}

static int compare_ids(const char *a, const char *b)
{
	size_t a_len = strlen(a);
	size_t b_len = strlen(b);

	if (a_len != b_len)
		return a_len < b_len ? -1 : 1;
	return strcmp(a, b);
}

/* true when this cursor was met before in the segment. */
static bool seen_before(struct course *course, const char *cursor)
{
	uint8_t hash[HASH_SIZE];
	uint64_t key;

	hash_sha256(cursor, strlen(cursor), hash);
	memcpy(&key, hash, sizeof(key));
	for (size_t i = 0; i < course->seen_count; i++)
		if (course->seen[i] == key)
			return true;
	if (course->seen_count == course->seen_room) {
		course->seen_room = course->seen_room ? course->seen_room * 2 : 64;
		course->seen = xreallocarray(course->seen, course->seen_room,
					     sizeof(*course->seen));
	}
	course->seen[course->seen_count++] = key;
	return false;
}

static void extend_current(struct course *course, const struct page *page)
{
	struct span *current = &course->current;

	if (!current->top_id) {
		current->top_id = arena_strdup(course->arena, page->highest);
		current->top_time = page->newest;
	}
	climb_note_anchor(course, page);
	current->bottom_id = arena_strdup(course->arena, page->lowest);
	current->bottom_time = page->oldest;
}

static bool page_is_below(const struct page *page, int64_t moment)
{
	return page->matched > 1 && page->newest != 0 && page->newest < moment;
}

static bool goal_reached(const struct course *course, const struct page *page,
			 const struct span *goal)
{
	int64_t bound = goal->updated - course->overlap;

	if (ids_compare(course))
		return (page->last && goal->top_time >= course->since) ||
		       (page->lowest && compare_ids(page->lowest, goal->top_id) <= 0);
	if (goal->top_time < bound && !str_same(page->highest, goal->top_id))
		bound = goal->top_time;
	return page_is_below(page, bound);
}

/* The span below becomes part of this one. */
static void absorb(struct course *course, const struct span *goal)
{
	struct span *current = &course->current;

	if (!current->top_id) {
		current->top_id = goal->top_id;
		current->top_time = goal->top_time;
	}
	if (!current->anchor_id) {
		current->anchor_id = goal->anchor_id;
		current->above_id = goal->above_id;
	}
	if (goal->closed || !current->bottom_id || goal->bottom_time < current->bottom_time) {
		current->bottom_id = goal->bottom_id;
		current->bottom_time = goal->bottom_time;
	}
	course->goal++;
}

/* Read to the server's end, it holds whatever other spans say. */
static enum course_next finish(struct course *course, int64_t floor)
{
	course->current.closed = true;
	course->current.floor = floor;
	if (floor == 0)
		course->goal = course->span_count;
	return COURSE_DONE;
}

static enum course_next reach_goal(struct course *course, const struct span *goal)
{
	absorb(course, goal);
	if (deep_enough(course, goal))
		return finish(course, goal->closed ? goal->floor : course->since);
	begin_segment(course, course->current.bottom_id);
	return COURSE_GO_ON;
}

/* An empty page behind an id: is there nothing older, or has the server forgotten the post that the
 * cursor names? */
static enum course_next doubt(struct course *course)
{
	const char *cursor = course->position.below;

	if (!cursor)
		return COURSE_DONE;
	if (course->doubts++ == MAX_DOUBTS)
		return COURSE_LOOP;
	if (!course->stepped) {
		course->from_top_again = true;
		begin_segment(course, NULL);
		return COURSE_GO_ON;
	}
	begin_segment(course, course->before);
	course->doubted = cursor;
	return COURSE_GO_ON;
}

static bool is_the_wrong_page(const struct course *course, const struct page *page)
{
	const char *below = course->position.below;

	return ids_compare(course) && below && page->highest &&
	       compare_ids(page->highest, below) >= 0;
}

static bool is_at_the_newest(const struct course *course)
{
	const struct position *position = &course->position;

	return !position->below && !position->token && position->before == 0;
}

static bool goes_in_circles(struct course *course, const struct page *page)
{
	const char *cursor = course->flags & SOURCE_TOKENS_PAGE ? page->next : page->lowest;

	if (is_the_wrong_page(course, page))
		return true;
	if (page->last) /* an empty newest page where there were posts a moment ago */
		return !page->lowest && is_at_the_newest(course) && course->current.top_id;
	return !cursor || str_same(cursor, course->position.below) || seen_before(course, cursor);
}

static enum course_next reach_end(struct course *course, const struct page *page)
{
	if (!page->lowest && !course->position.token)
		return doubt(course);
	return finish(course, 0);
}

/* Where ids compare, or a walk goes on by time, a cursor cannot be forgotten: an empty page behind
 * one is asked for twice, then believed. */
static bool asks_twice(struct course *course, const struct page *page)
{
	bool empty = page->last && !page->lowest && keeps_to_bounds(course) &&
		     !is_at_the_newest(course);
	bool first = empty && !course->asked_twice;

	course->asked_twice = empty;
	return first;
}

static enum course_next go_deeper(struct course *course, const struct page *page)
{
	course->stepped = true;
	course->before = course->position.below;
	if (course->flags & SOURCE_TOKENS_PAGE)
		course->position.token = arena_strdup(course->arena, page->next);
	else
		course->position.below = course->current.bottom_id;
	return COURSE_GO_ON;
}

/* The gap is closed, or it is closed from above: what the climb has read stays read. */
static enum course_next step_up(struct course *course, const struct page *page)
{
	switch (climb_step(course, page)) {
	case CLIMB_HIGHER:
		course->repeats = 0;
		return COURSE_GO_ON;
	case CLIMB_ODD:
		return course->repeats++ < MAX_REPEATS ? COURSE_AGAIN : COURSE_LOOP;
	case CLIMB_AGAIN:
		return COURSE_AGAIN;
	case CLIMB_MET:
		course->position.climbing = false;
		return reach_goal(course, &course->lower);
	default:
		course->never_climbs = true;
		course->odd = arena_strdup(course->arena, page->lowest);
		begin_segment(course, course->current.bottom_id);
		return COURSE_AGAIN;
	}
}

/* A page that a cache or a fault gives once more would pass for one below and hide a gap: it is
 * asked for again, then believed. */
static bool is_the_climbs_own(struct course *course, const struct page *page)
{
	bool same = course->odd && str_same(page->lowest, course->odd);

	if (same)
		course->odd = NULL;
	return same;
}

/* The posts between there and what the ledger holds cannot be had any more. */
static enum course_next reach_less_far(struct course *course, const struct page *page)
{
	if (course->repeats++ == MAX_REPEATS)
		return COURSE_LOOP;
	course->reaches_to = arena_strdup(course->arena, page->reaches_to);
	course->position.above = course->reaches_to;
	if (page->oldest >= course->since)
		course->since = page->oldest + 1;
	return COURSE_AGAIN;
}

struct span *course_written(struct course *course, bool climbing)
{
	return climbing && course->position.climbing ? &course->lower : &course->current;
}

enum course_next course_step(struct course *course, const struct page *page)
{
	const struct span *goal = next_goal(course);

	if (page->reaches_to)
		return reach_less_far(course, page);
	if (course->position.climbing)
		return step_up(course, page);
	if (course->doubted && str_same(page->lowest, course->doubted))
		return finish(course, 0);
	if (is_the_climbs_own(course, page))
		return COURSE_AGAIN;
	if (goes_in_circles(course, page))
		return course->repeats++ < MAX_REPEATS ? COURSE_AGAIN : COURSE_LOOP;
	if (asks_twice(course, page))
		return COURSE_AGAIN;
	course->doubted = NULL;
	course->repeats = 0;
	if (page->lowest)
		extend_current(course, page);
	if (page->last && !keeps_to_bounds(course))
		return reach_end(course, page);
	if (goal && goal_reached(course, page, goal))
		return reach_goal(course, goal);
	if (course->since != 0 && page_is_below(page, course->since - course->overlap))
		return finish(course, course->since);
	if (page->last)
		return finish(course, course->since);
	if (goal && deep_enough(course, goal) && climb_is_open(course, goal, page)) {
		climb_begin(course, goal, page);
		return COURSE_GO_ON;
	}
	return go_deeper(course, page);
}
