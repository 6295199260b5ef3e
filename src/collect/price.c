#include "archive/collect/price.h"

#define MIN_PAGE	  10
#define WORST_POST_MICROS (3 * (PRICE_POST_MICROS + PRICE_AUTHOR_MICROS))

int64_t price_of(size_t posts, size_t authors)
{
	return (int64_t)posts * PRICE_POST_MICROS + (int64_t)authors * PRICE_AUTHOR_MICROS;
}

int price_page_size(int64_t left_micros, int max)
{
	int64_t covered = left_micros / WORST_POST_MICROS;

	if (covered < MIN_PAGE)
		return 0;
	return covered > max ? max : (int)covered;
}
