#include "archive/collect/budget.h"

static const char *say(struct arena *arena, const struct source *source, const struct price *price,
		       int64_t spent)
{
	struct str why = STR_INIT;
	const char *said;

	if (spent == 0) {
		str_add(&why, "a page may cost ");
		price_add(&why, price_at_worst(price, PRICE_MIN_PAGE));
		str_add(&why, " USD, more than the budget of ");
		price_add(&why, source->budget_micros);
		str_add(&why, " USD: nothing was asked for");
	} else {
		str_add(&why, "the next page might pass the budget of ");
		price_add(&why, source->budget_micros);
		str_add(&why, " USD, of which ");
		price_add(&why, spent);
		str_add(&why, " are spent: the same command goes on");
	}
	said = arena_strdup(arena, why.buf);
	str_release(&why);
	return said;
}

const char *budget_ends(struct arena *arena, const struct source *source, const struct price *price,
			int64_t spent, int *page_size)
{
	int64_t left = source->budget_micros - spent;

	*page_size = price_page_size(price, left, source->ops->max_page);
	return *page_size == 0 ? say(arena, source, price, spent) : NULL;
}
