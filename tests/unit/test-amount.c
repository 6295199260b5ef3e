#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "archive/base/amount.h"
#include "archive/base/mem.h"

static void money_is_read_to_the_millionth(void **state)
{
	static const struct {
		const char *text;
		int64_t micros;
	} cases[] = {
		{ "0", 0 },
		{ "2", 2000000 },
		{ "1.50", 1500000 },
		{ "0.005", 5000 },
		{ "0.0000019", 1 },
		{ "007.10", 7100000 },
		{ "1000000", AMOUNT_MAX_MICROS },
	};
	int64_t value = -1;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		assert_true(amount_money(cases[i].text, &value));
		assert_int_equal(value, cases[i].micros);
	}
}

static void what_is_no_money_is_refused_and_leaves_the_value(void **state)
{
	static const char *const cases[] = {
		"",
		".5",
		"1.",
		"-1",
		"+1",
		"1e3",
		" 1",
		"1 ",
		"1,5",
		"$2",
		"2 USD",
		"0x10",
		"1000000.000001",
		"1000001",
		"1.2.3",
		"nan",
		"99999999999999999999",
	};
	int64_t value = 77;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		assert_false(amount_money(cases[i], &value));
	assert_int_equal(value, 77);
}

static void a_length_of_time_has_a_unit(void **state)
{
	static const struct {
		const char *text;
		int64_t ms;
	} cases[] = {
		{ "0", 0 },
		{ "0m", 0 },
		{ "90s", 90000 },
		{ "30m", 1800000 },
		{ "2h", 7200000 },
		{ "1d", 86400000 },
		{ "366d", AMOUNT_MAX_MS },
	};
	int64_t value = -1;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		assert_true(amount_time(cases[i].text, &value));
		assert_int_equal(value, cases[i].ms);
	}
}

static void what_is_no_length_of_time_is_refused(void **state)
{
	static const char *const cases[] = {
		"",
		"30",
		"m",
		"1.5h",
		"-2h",
		"30 m",
		"30min",
		"2H",
		"1w",
		"367d",
		"999999999999999999999s",
	};
	int64_t value = 77;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		assert_false(amount_time(cases[i], &value));
	assert_int_equal(value, 77);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(money_is_read_to_the_millionth),
		cmocka_unit_test(what_is_no_money_is_refused_and_leaves_the_value),
		cmocka_unit_test(a_length_of_time_has_a_unit),
		cmocka_unit_test(what_is_no_length_of_time_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
