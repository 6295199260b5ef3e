#include "archive/collect/price.h"

#define UNIT	     1000000
#define WORST	     3 /* posts that an element can bring, itself among them */
#define LEAST_PLACES 2
#define PLACES	     6

const struct price price_usual = { .post = 5000, .author = 10000, .counts = 5000 };

struct price price_told(struct price told)
{
	return (struct price){
		.post = told.post > 0 ? told.post : price_usual.post,
		.author = told.author > 0 ? told.author : price_usual.author,
		.counts = told.counts > 0 ? told.counts : price_usual.counts,
	};
}

int64_t price_of(const struct price *price, size_t posts, size_t authors)
{
	return (int64_t)posts * price->post + (int64_t)authors * price->author;
}

int64_t price_at_worst(const struct price *price, size_t posts)
{
	return price_of(price, WORST * posts, WORST * posts);
}

int price_page_size(const struct price *price, int64_t left, int max)
{
	int64_t covered = left / price_at_worst(price, 1);

	if (covered < PRICE_MIN_PAGE)
		return 0;
	return covered > max ? max : (int)covered;
}

bool price_is_near(int64_t spent, int64_t budget)
{
	return budget > 0 && spent >= budget / 5 * 4;
}

void price_add(struct str *out, int64_t micros)
{
	int64_t rest = micros % UNIT;
	int places = PLACES;

	for (; places > LEAST_PLACES && rest % 10 == 0; places--)
		rest /= 10;
	str_addf(out, "%lld.%0*lld", (long long)(micros / UNIT), places, (long long)rest);
}
