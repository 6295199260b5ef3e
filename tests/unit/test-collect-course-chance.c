/*
 * The course through the ledger as a property: whatever was cut off, one whole run later every post
 * that the server shows was shown to us, and the ledger is one span.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "course-world.h"

static void arrive(struct world *w, size_t count, int64_t apart, bool liars)
{
	for (size_t i = 0; i < count; i++) {
		w->now += 1 + (int64_t)world_random(w, (uint64_t)apart);
		world_arrival(w, liars);
	}
}

/* Two posts a page at least, from the newest to each span's end, and what each doubt reads again.
 */
static size_t enough_requests(const struct world *w)
{
	return 40 + 3 * w->count * (w->row_count + 2);
}

static struct run_plan random_plan(struct world *w)
{
	static const enum fault faults[] = { FAULT_NONE,    FAULT_NONE,	 FAULT_NONE,
					     FAULT_REPEATS, FAULT_LOOPS, FAULT_EMPTY };
	int64_t age = w->now - WORLD_BEGIN;
	struct run_plan plan = {
		.pages = 1 + world_random(w, 9),
		.fault = faults[world_random(w, ARRAY_LEN(faults))],
		.lively = world_random(w, 2),
	};

	plan.lively = plan.lively && plan.fault != FAULT_LOOPS; /* it gives what it gave before */
	if (world_random(w, 3) == 0)
		plan.since = w->now - (int64_t)world_random(w, (uint64_t)age);
	if (world_random(w, 5) == 0)
		plan.until = w->now - (int64_t)world_random(w, (uint64_t)age);
	if (world_random(w, 4) == 0)
		plan.pages = 0;
	return plan;
}

/* How the last, whole run is: as long as it takes, but against a healthy server. */
static struct run_result finish_world(struct world *w, int64_t since)
{
	struct run_plan plan = { .since = since,
				 .fault = world_random(w, 3) ? FAULT_NONE : FAULT_REPEATS };

	return world_run(w, &plan);
}

static void live_through(struct world *w, bool liars)
{
	size_t runs = 1 + world_random(w, 6);

	arrive(w, 5 + world_random(w, 60), 8 * MINUTE, liars);
	for (size_t i = 0; i < runs; i++) {
		struct run_plan plan = random_plan(w);
		size_t enough = enough_requests(w);

		assert_true(world_run(w, &plan).asked <= enough);
		arrive(w, world_random(w, 16), 1 + world_random(w, 20 * MINUTE), liars);
		while (world_random(w, 3) == 0)
			world_deletion(w);
	}
}

static int64_t random_since(struct world *w)
{
	return world_random(w, 3)
		       ? 0
		       : w->now - (int64_t)world_random(w, (uint64_t)(w->now - WORLD_BEGIN));
}

static void after_any_cuts_and_a_whole_run_every_post_was_shown(void **state)
{
	(void)state;
	for (uint64_t seed = 1; seed <= 8000; seed++) {
		struct world w = new_world(&styles[seed % ARRAY_LEN(styles)], 3 + seed % 5, seed);
		struct run_result result;
		int64_t since;
		bool good;

		live_through(&w, seed % 2);
		since = random_since(&w);
		result = finish_world(&w, since);
		good = result.last == COURSE_DONE && missing(&w, since) == 0 &&
		       (since != 0 || ledger_is_whole(&w));
		if (!good)
			print_error("%s, seed %d: %zu missing\n", w.style->name, (int)seed,
				    missing(&w, since));
		assert_true(good);
	}
}

/* Down to the last half hour before the former run, or to what it saw first, one page more, and the
 * look at an end. */
static size_t overlap_pages(const struct world *w, int64_t read_at)
{
	int64_t bound = read_at - OVERLAP < w->rows[0].span.top_time ? read_at - OVERLAP
								     : w->rows[0].span.top_time;
	size_t posts = 0;

	for (size_t i = 0; i < w->count; i++)
		posts += !w->posts[i].gone && (world_compares(w) ? w->posts[i].created > bound
								 : w->posts[i].created >= bound);
	return posts / (w->style->filters ? 2 : w->page_size) + 4;
}

static void a_second_whole_run_reads_only_the_overlap(void **state)
{
	(void)state;
	for (uint64_t seed = 1; seed <= 1500; seed++) {
		struct world w = new_world(&styles[seed % ARRAY_LEN(styles)], 3 + seed % 5, seed);
		struct run_result result;
		int64_t read_at;

		live_through(&w, false);
		read_at = w.now;
		finish_world(&w, 0);
		if (w.row_count == 0)
			continue;
		w.now += MINUTE;
		result = world_run(&w, &(struct run_plan){ 0 });
		assert_int_equal(result.last, COURSE_DONE);
		assert_true(result.asked <= overlap_pages(&w, read_at));
		assert_true(ledger_is_whole(&w));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(after_any_cuts_and_a_whole_run_every_post_was_shown),
		cmocka_unit_test(a_second_whole_run_reads_only_the_overlap),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
