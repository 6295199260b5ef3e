#include "archive/cli/evening.h"

#include <stdlib.h>

#include "archive/base/clock.h"
#include "archive/base/mem.h"
#include "archive/base/zone.h"
#include "archive/store/minutes.h"

#define EVENING_ENDS  (INT64_C(4) * 3600000) /* in the morning */
#define DAY_MS	      (INT64_C(24) * 3600000)
#define CLOCKS_DIFFER (INT64_C(3600000))
#define HALF_HOUR     (INT64_C(30) * 60000)
#define SILENCE_MS    (INT64_C(45) * 60000) /* so long, and the evening is over */
#define MOST_POSTS    5000		    /* that are looked at for their hashtags */
#define MOST_TAGS     256

int64_t evening_latest(void)
{
	return clock_now() + CLOCKS_DIFFER;
}

void evening_day(const char *zone, int64_t time, int64_t *from, int64_t *to)
{
	struct civil civil;

	zone_civil(zone, time - EVENING_ENDS, &civil);
	civil.hour = civil.minute = civil.second = 0;
	*from = zone_moment(zone, &civil) + EVENING_ENDS;
	*to = *from + DAY_MS;
}

/* ---- of which hashtag ---- */

struct counted {
	const char *tag;
	int posts;
};

struct tags {
	struct arena *arena;
	struct counted counted[MOST_TAGS];
	size_t count;
};

static void count_tag(struct tags *tags, const char *tag)
{
	for (size_t i = 0; i < tags->count; i++) {
		if (!str_same(tags->counted[i].tag, tag))
			continue;
		tags->counted[i].posts++;
		return;
	}
	if (tags->count < MOST_TAGS)
		tags->counted[tags->count++] = (struct counted){ arena_strdup(tags->arena, tag),
								 1 };
}

static const char *most_counted(const struct tags *tags)
{
	const struct counted *most = NULL;

	for (size_t i = 0; i < tags->count; i++)
		if (!most || tags->counted[i].posts > most->posts)
			most = &tags->counted[i];
	return most ? most->tag : NULL;
}

/* From the newest post with a hashtag back to the beginning of its day. */
static bool count_tags(struct post_cursor *cursor, const char *zone, struct tags *tags,
		       struct err *err)
{
	int64_t from = 0;
	int64_t to;
	struct post post;
	int rc;

	while ((rc = post_cursor_next(cursor, &post, err)) > 0 && post.created >= from) {
		if (from == 0 && post.tag_count > 0)
			evening_day(zone, post.created, &from, &to);
		for (size_t i = 0; i < post.tag_count; i++)
			count_tag(tags, post.tags[i]);
	}
	return rc >= 0;
}

bool evening_tag(struct store *store, const char *zone, struct arena *arena, const char **tag,
		 struct err *err)
{
	const struct post_filter filter = { .until = evening_latest(),
					    .limit = MOST_POSTS,
					    .unlisted = true };
	struct tags *tags = xcalloc(1, sizeof(*tags));
	struct post_cursor *cursor = NULL;
	bool ok;

	tags->arena = arena;
	ok = store_posts(store, &filter, &cursor, err) && count_tags(cursor, zone, tags, err);
	if (ok)
		*tag = most_counted(tags);
	post_cursor_free(cursor);
	free(tags);
	return ok;
}

/* ---- from when to when ---- */

static size_t busiest(const struct minute *minutes, size_t count)
{
	int64_t most = 0;
	size_t found = 0;

	for (size_t i = 0; i < count;) {
		int64_t posts = 0;
		size_t first = i;

		for (; i < count && minutes[i].time == minutes[first].time; i++)
			posts += minutes[i].posts;
		if (posts > most) {
			most = posts;
			found = first;
		}
	}
	return found;
}

static void find_window(const struct minute *minutes, size_t count, int64_t *from, int64_t *to)
{
	size_t first = busiest(minutes, count);
	size_t last = first;

	while (first > 0 && minutes[first].time - minutes[first - 1].time < SILENCE_MS)
		first--;
	while (last + 1 < count && minutes[last + 1].time - minutes[last].time < SILENCE_MS)
		last++;
	*from = minutes[first].time / HALF_HOUR * HALF_HOUR;
	*to = (minutes[last].time / HALF_HOUR + 1) * HALF_HOUR;
}

static bool find_newest(struct store *store, const char *const *tags, size_t tag_count,
			int64_t *newest, struct err *err)
{
	const struct post_filter filter = {
		.tags = tags,
		.tag_count = tag_count,
		.until = evening_latest(),
		.limit = 1,
		.unlisted = true,
	};
	struct post_cursor *cursor = NULL;
	struct post post;
	int rc;

	if (!store_posts(store, &filter, &cursor, err))
		return false;
	rc = post_cursor_next(cursor, &post, err);
	*newest = rc > 0 ? post.created : 0;
	post_cursor_free(cursor);
	return rc >= 0;
}

bool evening_window(struct store *store, const char *zone, const char *const *tags,
		    size_t tag_count, int64_t *from, int64_t *to, struct err *err)
{
	struct arena arena = ARENA_INIT;
	struct minute *minutes = NULL;
	size_t count = 0;
	int64_t newest = 0;
	int64_t day, night;
	bool ok = false;

	*from = *to = 0;
	if (!find_newest(store, tags, tag_count, &newest, err))
		return false;
	if (newest == 0)
		return true;
	evening_day(zone, newest, &day, &night);
	ok = store_minutes(store, tags, tag_count, day, night, &arena, &minutes, &count, err);
	if (ok && count > 0)
		find_window(minutes, count, from, to);
	arena_release(&arena);
	return ok;
}
