#include "archive/collect/follow.h"

#include "archive/base/clock.h"

void follow_init(struct follow *follow, struct walk *walks, size_t count)
{
	*follow = (struct follow){ .walks = walks, .count = count, .began = clock_now() };
	pace_init(&follow->pace, walks[0].source);
}

/* Are all walks over, and one of them not for good? */
static bool may_rest(const struct follow *follow)
{
	bool any = false;

	for (size_t i = 0; i < follow->count; i++) {
		if (!walk_is_over(&follow->walks[i]))
			return false;
		any = any || !follow->walks[i].final;
	}
	return any;
}

/* One that read something before it was refused has not failed: so it is with a network that shows
 * strangers its newest posts and no more. */
static bool has_failed(const struct follow *follow)
{
	for (size_t i = 0; i < follow->count; i++) {
		const struct walk *walk = &follow->walks[i];

		if (walk->view->state == WALK_FAILED && !walk->final && walk->look_pages == 0)
			return true;
	}
	return false;
}

static int64_t not_beyond(int64_t rest, int64_t until)
{
	int64_t left = until - clock_now();

	if (until == 0 || rest <= left)
		return rest;
	return left > 0 ? left : 0;
}

static void rest_for(struct follow *follow, int64_t rest)
{
	follow->due = clock_steady() + rest;
	for (size_t i = 0; i < follow->count; i++)
		if (!follow->walks[i].final)
			walk_rest(&follow->walks[i], clock_now() + rest);
}

static void begin_rest(struct follow *follow, int64_t until)
{
	int64_t rest = pace_rest(&follow->pace, has_failed(follow), clock_now());

	if (until != 0 && follow->began >= until) {
		for (size_t i = 0; i < follow->count; i++)
			follow->walks[i].final = true;
		return;
	}
	rest_for(follow, not_beyond(rest, until));
}

static void end_rest(struct follow *follow)
{
	follow->due = 0;
	follow->began = clock_now();
	for (size_t i = 0; i < follow->count; i++)
		if (!follow->walks[i].final)
			walk_wake(&follow->walks[i]);
}

bool follow_step(struct follow *follow, int64_t until)
{
	bool begins = follow->due == 0 && may_rest(follow);
	bool ends;

	if (begins)
		begin_rest(follow, until);
	ends = follow->due != 0 && follow_left(follow) <= 0;
	if (ends)
		end_rest(follow);
	return begins || ends;
}

int64_t follow_left(const struct follow *follow)
{
	return follow->due ? follow->due - clock_steady() : INT64_MAX;
}

void follow_set_clock(struct follow *follow, int64_t until)
{
	int64_t rest = pace_forget(&follow->pace);

	if (follow->due == 0)
		return;
	if (follow_left(follow) < rest)
		rest = follow_left(follow);
	rest_for(follow, not_beyond(rest, until));
}
