#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "archive/collect/price.h"

static void a_page_costs_its_posts_and_its_authors(void **state)
{
	(void)state;
	assert_int_equal(price_of(0, 0), 0);
	assert_int_equal(price_of(1, 0), 5000);
	assert_int_equal(price_of(0, 1), 10000);
	assert_int_equal(price_of(100, 60), 1100000);
	assert_int_equal(price_of(10000000, 10000000), INT64_C(150000000000));
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
		assert_int_equal(price_page_size(cases[i].left, cases[i].max), cases[i].size);
}

/* Each post with a quoted and an answered one, everyone with an author of their own. */
static void the_worst_answer_never_costs_more_than_what_is_left(void **state)
{
	(void)state;
	for (int64_t left = 0; left < 6000000; left += 7919) {
		size_t size = (size_t)price_page_size(left, 100);

		assert_true(price_of(3 * size, 3 * size) <= left);
		assert_true(size == 0 || size >= 10);
		assert_true(size == 100 || size == 0 ||
			    price_of(3 * (size + 1), 3 * (size + 1)) > left);
	}
}

static void a_run_of_worst_answers_stays_within_its_budget(void **state)
{
	const int64_t budget = 1000000;
	int64_t spent = 0;
	int size;

	(void)state;
	while ((size = price_page_size(budget - spent, 100)) > 0)
		spent += price_of(3 * (size_t)size, 3 * (size_t)size);
	assert_true(spent > 0);
	assert_true(spent <= budget);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_page_costs_its_posts_and_its_authors),
		cmocka_unit_test(what_is_left_gives_the_size_of_the_page),
		cmocka_unit_test(the_worst_answer_never_costs_more_than_what_is_left),
		cmocka_unit_test(a_run_of_worst_answers_stays_within_its_budget),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
