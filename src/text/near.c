#include "archive/text/near.h"

#include <string.h>

#include "archive/base/str.h"

#define NEAR_MAX 24

/* Letters to change, insert or leave out to make one word of the other (Levenshtein). */
static size_t distance(const char *a, const char *b)
{
	size_t row[NEAR_MAX + 1];
	size_t b_len = strlen(b);

	for (size_t j = 0; j <= b_len; j++)
		row[j] = j;
	for (size_t i = 1; a[i - 1]; i++) {
		size_t corner = row[0];

		row[0] = i;
		for (size_t j = 1; j <= b_len; j++) {
			size_t change = corner + (a[i - 1] != b[j - 1]);
			size_t less = (row[j] < row[j - 1] ? row[j] : row[j - 1]) + 1;

			corner = row[j];
			row[j] = change < less ? change : less;
		}
	}
	return row[b_len];
}

/* How far the candidate is from what was typed; a beginning is as near as one wrong letter. */
static size_t farness(const char *typed, const char *candidate)
{
	return strlen(typed) > 1 && str_starts(candidate, typed) ? 1 : distance(typed, candidate);
}

const char *near_word(const char *typed, const char *best, const char *candidate)
{
	size_t far;

	if (strlen(typed) > NEAR_MAX || strlen(candidate) > NEAR_MAX)
		return best;
	far = farness(typed, candidate);
	if (far > 2 || 2 * far > strlen(candidate))
		return best;
	return !best || far < farness(typed, best) ? candidate : best;
}
