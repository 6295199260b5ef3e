#include "archive/collect/course.h"

#include <stdlib.h>
#include <string.h>

#include "archive/base/hash.h"
#include "archive/base/mem.h"
#include "archive/source/source.h"

#define MAX_REPEATS 2

static const struct span *next_goal(const struct course *course)
{
	return course->goal < course->span_count ? &course->spans[course->goal] : NULL;
}

/* A network whose ids compare is told to stop at what is known; the others show it again. */
static void aim(struct course *course)
{
	const struct span *goal = next_goal(course);

	course->position.above = goal && course->flags & SOURCE_IDS_BY_SIZE ? goal->top_id : NULL;
}

static void forget_cursors(struct course *course)
{
	course->seen_count = 0;
	course->repeats = 0;
}

static void begin_segment(struct course *course, const char *below)
{
	course->position.below = below;
	course->position.token = NULL;
	course->resumed = below != NULL;
	forget_cursors(course);
	aim(course);
}

void course_begin(struct course *course, struct arena *arena, const struct span *spans, size_t count, unsigned flags,
		  int64_t since, int64_t overlap, int64_t now)
{
	*course = (struct course){
		.arena = arena,
		.spans = spans,
		.span_count = count,
		.flags = flags,
		.since = since,
		.overlap = flags & SOURCE_IDS_BY_SIZE ? 0 : overlap,
		.current = { .updated = now },
	};
	begin_segment(course, NULL);
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
		course->seen = xreallocarray(course->seen, course->seen_room, sizeof(*course->seen));
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
	current->bottom_id = arena_strdup(course->arena, page->lowest);
	current->bottom_time = page->oldest;
}

/* Times are what posts claim, so a single one decides nothing: a page has come below a moment when all of it has. */
static bool page_is_below(const struct page *page, int64_t moment)
{
	return page->newest != 0 && page->newest < moment;
}

static bool goal_reached(const struct course *course, const struct page *page, const struct span *goal)
{
	int64_t bound = goal->updated - course->overlap;

	if (course->flags & SOURCE_IDS_BY_SIZE)
		return page->last || (page->lowest && compare_ids(page->lowest, goal->top_id) <= 0);
	if (goal->top_time < bound)
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
	if (goal->closed || !current->bottom_id || goal->bottom_time < current->bottom_time) {
		current->bottom_id = goal->bottom_id;
		current->bottom_time = goal->bottom_time;
	}
	course->goal++;
}

static enum course_next finish(struct course *course, int64_t floor)
{
	course->current.closed = true;
	course->current.floor = floor;
	return COURSE_DONE;
}

/* Enough when it was read as deep as is asked for now. */
static bool deep_enough(const struct course *course, const struct span *goal)
{
	return goal->closed && (goal->floor == 0 || (course->since != 0 && goal->floor <= course->since));
}

static enum course_next reach_goal(struct course *course, const struct span *goal)
{
	absorb(course, goal);
	if (deep_enough(course, goal))
		return finish(course, goal->floor);
	begin_segment(course, course->current.bottom_id);
	return COURSE_GO_ON;
}

/* Nothing older, says the server. Where posts are known to lie deeper, or where the cursor came out of the ledger, it may only have
 * forgotten the post that the cursor names: one walk from the newest post on, past all goals, settles it. */
static enum course_next reach_end(struct course *course)
{
	bool doubtful = (next_goal(course) || course->resumed) && !(course->flags & SOURCE_IDS_BY_SIZE);

	if (doubtful && !course->whole) {
		course->whole = true;
		begin_segment(course, NULL);
		return COURSE_GO_ON;
	}
	while (next_goal(course))
		absorb(course, next_goal(course));
	return finish(course, course->flags & SOURCE_IDS_BY_SIZE ? course->since : 0);
}

static bool goes_in_circles(struct course *course, const struct page *page)
{
	const char *cursor = course->flags & SOURCE_TOKENS_PAGE ? page->next : page->lowest;

	if (page->last)
		return false;
	return !cursor || str_same(cursor, course->position.below) || seen_before(course, cursor);
}

static enum course_next go_deeper(struct course *course, const struct page *page)
{
	course->resumed = false;
	if (course->flags & SOURCE_TOKENS_PAGE)
		course->position.token = arena_strdup(course->arena, page->next);
	else
		course->position.below = course->current.bottom_id;
	return COURSE_GO_ON;
}

enum course_next course_step(struct course *course, const struct page *page)
{
	const struct span *goal = next_goal(course);

	if (goes_in_circles(course, page))
		return course->repeats++ < MAX_REPEATS ? COURSE_AGAIN : COURSE_LOOP;
	course->repeats = 0;
	if (page->lowest)
		extend_current(course, page);
	if (goal && !course->whole && goal_reached(course, page, goal))
		return reach_goal(course, goal);
	if (course->since != 0 && page_is_below(page, course->since))
		return finish(course, course->since);
	if (page->last)
		return reach_end(course);
	return go_deeper(course, page);
}
