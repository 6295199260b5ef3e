#include "archive/collect/pace.h"

#define MAX_JUMP_MS INT64_C(60000)

static bool is_stranger(const struct source *source)
{
	return source->token.len == 0 && source->login.len == 0;
}

static int64_t usual_pace(const struct source *source)
{
	enum network network = source->ops->network;

	if (source->pace_ms > 0)
		return source->pace_ms;
	if (network == NETWORK_X || (network == NETWORK_BLUESKY && is_stranger(source)))
		return PACE_SLOW_MS;
	return PACE_USUAL_MS;
}

void pace_init(struct pace *pace, const struct source *source)
{
	*pace = (struct pace){ .usual = usual_pace(source), .remaining = -1 };
}

void pace_note(struct pace *pace, const struct page *page)
{
	pace->asked++;
	pace->remaining = page->remaining;
	pace->limit_ends = page->limit_ends;
	pace->wait_until = page->wait_until;
}

static int64_t larger(int64_t a, int64_t b)
{
	return a > b ? a : b;
}

/* The usual pace, twice as long with each failure. */
static int64_t slowed(const struct pace *pace)
{
	int64_t rest = pace->usual;

	for (int i = 0; i < pace->failures && rest < PACE_SLOWEST_MS; i++)
		rest *= 2;
	return pace->failures > 0 && rest > PACE_SLOWEST_MS ? larger(pace->usual, PACE_SLOWEST_MS)
							    : rest;
}

/* What is left of the server's limit, spread over the time until it begins anew: a look like the
 * last one has its share. */
static int64_t spread(const struct pace *pace, int64_t now)
{
	int64_t left = pace->limit_ends - now;
	int64_t looks = pace->remaining / larger(1, pace->asked);

	if (pace->remaining < 0 || left <= 0)
		return 0;
	return looks > 0 ? (left + looks - 1) / looks : left;
}

int64_t pace_rest(struct pace *pace, bool failed, int64_t now)
{
	int64_t rest;

	pace->failures = failed ? pace->failures + 1 : 0;
	rest = larger(slowed(pace), larger(spread(pace, now), pace->wait_until - now));
	pace->asked = 0;
	return rest;
}

int64_t pace_forget(struct pace *pace)
{
	pace->remaining = -1;
	pace->limit_ends = pace->wait_until = 0;
	return slowed(pace);
}

bool pace_clock_jumped(int64_t wall, int64_t steady)
{
	return wall - steady > MAX_JUMP_MS || steady - wall > MAX_JUMP_MS;
}
