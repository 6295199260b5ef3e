#include "archive/base/amount.h"

#include <stddef.h>

#include "archive/base/mem.h"

#define PLACES 6

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* The digits at *p as a number of at most most; *p stands behind them. */
static bool read_digits(const char **p, int64_t most, int64_t *out)
{
	int64_t value = 0;

	if (!is_digit(**p))
		return false;
	for (; is_digit(**p); (*p)++) {
		value = value * 10 + (**p - '0');
		if (value > most)
			return false;
	}
	*out = value;
	return true;
}

bool amount_money(const char *text, int64_t *micros)
{
	int64_t unit = 1000000;
	int64_t value;

	if (!read_digits(&text, AMOUNT_MAX_MICROS / unit, &value))
		return false;
	value *= unit;
	if (*text == '.' && !is_digit(*++text))
		return false;
	for (int i = 0; is_digit(*text); i++, text++) {
		unit /= 10;
		value += i < PLACES ? (*text - '0') * unit : 0;
	}
	if (*text || value > AMOUNT_MAX_MICROS)
		return false;
	*micros = value;
	return true;
}

bool amount_time(const char *text, int64_t *ms)
{
	static const struct {
		char letter;
		int64_t ms;
	} units[] = { { 's', 1000 }, { 'm', 60000 }, { 'h', 3600000 }, { 'd', 86400000 } };
	int64_t value;

	if (!read_digits(&text, AMOUNT_MAX_MS, &value))
		return false;
	if (value == 0 && !*text) {
		*ms = 0;
		return true;
	}
	for (size_t i = 0; i < ARRAY_LEN(units); i++) {
		if (text[0] != units[i].letter || text[1] || value > AMOUNT_MAX_MS / units[i].ms)
			continue;
		*ms = value * units[i].ms;
		return true;
	}
	return false;
}
