#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "archive/base/mem.h"
#include "archive/collect/price.h"

static const struct price usual = { 5000, 10000, 5000 };

static void a_page_costs_its_posts_and_its_authors(void **state)
{
	(void)state;
	assert_int_equal(price_of(&usual, 0, 0), 0);
	assert_int_equal(price_of(&usual, 1, 0), 5000);
	assert_int_equal(price_of(&usual, 0, 1), 10000);
	assert_int_equal(price_of(&usual, 100, 60), 1100000);
	assert_int_equal(price_of(&usual, 10000000, 10000000), INT64_C(150000000000));
}

static void what_is_left_gives_the_size_of_the_page(void **state)
{
	static const struct {
		int64_t left;
		int max, size;
	} cases[] = {
		{ INT64_MIN, 100, 0 },
		{ -1, 100, 0 },
		{ 0, 100, 0 },
		{ 449999, 100, 0 },
		{ 450000, 100, 10 },
		{ 494999, 100, 10 },
		{ 495000, 100, 11 },
		{ 1000000, 100, 22 },
		{ 4499999, 100, 99 },
		{ 4500000, 100, 100 },
		{ INT64_C(1000000000), 100, 100 },
		{ INT64_MAX, 500, 500 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		assert_int_equal(price_page_size(&usual, cases[i].left, cases[i].max),
				 cases[i].size);
}

/* Each post with a quoted and an answered one, everyone with an author of their own. */
static void the_worst_answer_never_costs_more_than_what_is_left(void **state)
{
	(void)state;
	for (int64_t left = 0; left < 6000000; left += 7919) {
		size_t size = (size_t)price_page_size(&usual, left, 100);

		assert_true(price_of(&usual, 3 * size, 3 * size) <= left);
		assert_true(size == 0 || size >= 10);
		assert_true(size == 100 || size == 0 ||
			    price_of(&usual, 3 * (size + 1), 3 * (size + 1)) > left);
	}
}

static void a_run_of_worst_answers_stays_within_its_budget(void **state)
{
	const int64_t budget = 1000000;
	int64_t spent = 0;
	int size;

	(void)state;
	while ((size = price_page_size(&usual, budget - spent, 100)) > 0)
		spent += price_of(&usual, 3 * (size_t)size, 3 * (size_t)size);
	assert_true(spent > 0);
	assert_true(spent <= budget);
}

static void what_is_not_told_is_as_usual(void **state)
{
	struct price told = price_told((struct price){ 0 });

	(void)state;
	assert_memory_equal(&told, &usual, sizeof(told));
	told = price_told((struct price){ .post = 1, .counts = 7 });
	assert_int_equal(told.post, 1);
	assert_int_equal(told.author, 10000);
	assert_int_equal(told.counts, 7);
}

/* The next step of a generator (Knuth's MMIX); its high half. */
static size_t draw(uint64_t *seed, size_t below)
{
	*seed = *seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (size_t)(*seed >> 33) % below;
}

/* Whatever the prices, the budget and what comes: pages with up to two more posts each, and then
 * their authors. */
static void no_run_of_any_answers_ever_passes_its_budget(void **state)
{
	uint64_t seed = 7;

	(void)state;
	for (int run = 0; run < 2000; run++) {
		const struct price price = { 1 + (int64_t)draw(&seed, 20000),
					     1 + (int64_t)draw(&seed, 20000), 1 };
		int64_t budget = (int64_t)draw(&seed, 5000000);
		int64_t spent = 0;
		int size;

		while ((size = price_page_size(&price, budget - spent, 100)) > 0) {
			size_t posts = draw(&seed, (size_t)size + 1);
			size_t others = draw(&seed, 2 * posts + 1);

			spent += price_of(&price, posts + others, 0);
			assert_true(spent <= budget);
			spent += price_of(&price, 0, draw(&seed, posts + others + 1));
			assert_true(spent <= budget);
			if (posts == 0)
				break;
		}
	}
}

static void four_fifths_of_a_budget_are_near_its_end(void **state)
{
	(void)state;
	assert_false(price_is_near(0, 0));
	assert_false(price_is_near(7, 0));
	assert_false(price_is_near(799999, 1000000));
	assert_true(price_is_near(800000, 1000000));
	assert_true(price_is_near(INT64_MAX, INT64_MAX));
}

static void sums_have_as_many_places_as_they_need(void **state)
{
	static const struct {
		int64_t micros;
		const char *text;
	} cases[] = {
		{ 0, "0.00" },		 { 5000, "0.005" },  { 10000, "0.01" },
		{ 1500000, "1.50" },	 { 1, "0.000001" },  { 12345678, "12.345678" },
		{ 100000000, "100.00" }, { 450000, "0.45" },
	};
	struct str out = STR_INIT;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		str_clear(&out);
		price_add(&out, cases[i].micros);
		assert_string_equal(out.buf, cases[i].text);
	}
	str_release(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_page_costs_its_posts_and_its_authors),
		cmocka_unit_test(what_is_left_gives_the_size_of_the_page),
		cmocka_unit_test(the_worst_answer_never_costs_more_than_what_is_left),
		cmocka_unit_test(what_is_not_told_is_as_usual),
		cmocka_unit_test(no_run_of_any_answers_ever_passes_its_budget),
		cmocka_unit_test(four_fifths_of_a_budget_are_near_its_end),
		cmocka_unit_test(sums_have_as_many_places_as_they_need),
		cmocka_unit_test(a_run_of_worst_answers_stays_within_its_budget),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
