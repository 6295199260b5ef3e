#include "archive/collect/climb.h"

#include "archive/source/source.h"

/* One time is not believed: two posts have to say so (course.h). */
static bool is_settled(const struct course *course, const struct page *page)
{
	return page->matched > 1 && page->newest != 0 &&
	       page->newest <= course->current.updated - course->overlap;
}

void climb_note_anchor(struct course *course, const struct page *page)
{
	struct span *current = &course->current;

	if (current->anchor_id || !is_settled(course, page))
		return;
	current->anchor_id = arena_strdup(course->arena, page->highest);
	if (current->bottom_id && str_same(course->position.below, current->bottom_id))
		current->above_id = current->bottom_id;
}

bool climb_is_open(const struct course *course, const struct span *goal, const struct page *page)
{
	return course->flags & SOURCE_CLIMBS && !course->never_climbs && goal->closed &&
	       goal->anchor_id && goal->above_id && page->matched > 1 && page->newest != 0;
}

void climb_begin(struct course *course, const struct span *goal, const struct page *page)
{
	course->lower = *goal;
	course->climb_to = page->newest + course->overlap;
	course->asked_twice = false;
	course->position.above = goal->anchor_id;
	course->position.below = course->position.token = NULL;
	course->position.climbing = true;
}

static bool is_first(const struct course *course)
{
	return str_same(course->position.above, course->spans[course->goal].anchor_id);
}

static bool is_what_was_asked_for(const struct course *course, const struct page *page)
{
	if (!page->climbed || str_same(page->highest, course->position.above))
		return false;
	return !is_first(course) || str_same(page->lowest, course->spans[course->goal].above_id);
}

static enum climb_end step_into_nothing(struct course *course)
{
	if (str_same(course->position.above, course->current.top_id))
		return CLIMB_MET;
	if (course->asked_twice)
		return CLIMB_OFF;
	course->asked_twice = true;
	return CLIMB_AGAIN;
}

static void lengthen(struct course *course, const struct page *page)
{
	struct span *lower = &course->lower;

	if (!lower->above_id)
		lower->above_id = arena_strdup(course->arena, page->lowest);
	lower->top_id = arena_strdup(course->arena, page->highest);
	lower->top_time = page->oldest; /* a time that lies ahead would hide a gap */
	lower->updated = course->current.updated;
	if (is_settled(course, page)) {
		lower->anchor_id = lower->top_id;
		lower->above_id = NULL;
	}
	course->position.above = lower->top_id;
}

/* At the newest post, or wholly above the page that was read before the climb. */
static bool meets(const struct course *course, const struct page *page)
{
	return str_same(page->highest, course->current.top_id) ||
	       (page->matched > 1 && page->oldest >= course->climb_to);
}

enum climb_end climb_step(struct course *course, const struct page *page)
{
	if (!page->lowest)
		return step_into_nothing(course);
	if (!is_what_was_asked_for(course, page))
		return is_first(course) ? CLIMB_OFF : CLIMB_ODD;
	course->asked_twice = false;
	lengthen(course, page);
	return meets(course, page) ? CLIMB_MET : CLIMB_HIGHER;
}
