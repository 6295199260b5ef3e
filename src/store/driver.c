#include "archive/store/driver.h"

/* So far two lists are compared. */
#define STEPS 100
/* A post is read for its words at the price of so many steps along those that the index finds. */
#define PRICE_OF_READING 4
/* So many posts of several authors or tags are collected before the first is given; when they have
 * more, the newest ones are near among all. */
#define POSTS_OF_FEW 4000

static enum sql reach_of(enum driver driver, bool oldest)
{
	static const enum sql newest[] = { [DRIVER_TAG] = SQL_REACH_TAG_NEWEST,
					   [DRIVER_AUTHOR] = SQL_REACH_AUTHOR_NEWEST,
					   [DRIVER_AUTHORS] = SQL_REACH_AUTHORS_NEWEST,
					   [DRIVER_WORDS] = SQL_REACH_WORDS_NEWEST };

	return newest[driver] + oldest;
}

static void bind_list(struct query *q, const struct drivers *drivers, enum driver driver)
{
	if (driver == DRIVER_AUTHOR)
		db_int(q, drivers->authors->ids[0]);
	else if (driver == DRIVER_AUTHORS)
		db_text(q, drivers->author_list);
	else
		db_text(q, driver == DRIVER_TAG ? drivers->tag : drivers->words);
}

/* Walks along those posts, and narrows the range to how far it came; more is false when there were
 * not so many. */
static bool reach(struct store *store, struct drivers *range, enum driver driver, int64_t steps,
		  bool *more, struct err *err)
{
	struct query q = db_query(store, reach_of(driver, range->oldest));
	int rc;

	bind_list(&q, range, driver);
	db_int(&q, range->first);
	db_int(&q, range->end);
	db_int(&q, steps);
	rc = db_step(&q, err);
	*more = rc > 0 && db_column_int(&q, 0) == steps;
	if (*more && range->oldest)
		range->end = db_column_int(&q, 1) + 1;
	else if (*more)
		range->first = db_column_int(&q, 1);
	db_end(&q);
	return rc >= 0;
}

/* Is the first a better driver than the other one, a step of which is so much cheaper? */
static bool drives_better(struct store *store, const struct drivers *drivers, enum driver driver,
			  enum driver other, int64_t price, bool *better, struct err *err)
{
	struct drivers range = *drivers;
	bool more;

	if (!reach(store, &range, driver, STEPS, &more, err))
		return false;
	*better = true;
	return !more || reach(store, &range, other, STEPS * price, better, err);
}

/* Of those of several tags, or of several authors. */
static bool are_few(struct store *store, const struct drivers *drivers, enum sql count_of,
		    const char *list, bool *few, struct err *err)
{
	struct query q = db_query(store, count_of);
	int64_t count;

	db_text(&q, list);
	db_int(&q, drivers->first);
	db_int(&q, drivers->end);
	db_int(&q, POSTS_OF_FEW + 1);
	if (!db_value(&q, 0, &count, err))
		return false;
	*few = count <= POSTS_OF_FEW;
	return true;
}

static bool choose_tag(struct store *store, const struct drivers *drivers, enum driver *out,
		       struct err *err)
{
	bool few = false;

	*out = drivers->tag ? DRIVER_TAG : DRIVER_POSTS;
	if (drivers->tag_list && !drivers->words &&
	    !are_few(store, drivers, SQL_LIST_TAGS_COUNT, drivers->tag_list, &few, err))
		return false;
	if (few)
		*out = DRIVER_TAGS;
	return true;
}

static bool choose_author(struct store *store, const struct drivers *drivers, enum driver *out,
			  struct err *err)
{
	bool better = true;

	if (drivers->authors->count == 0)
		return true;
	if (drivers->authors->count > 1 &&
	    !are_few(store, drivers, SQL_LIST_AUTHORS_COUNT, drivers->author_list, &better, err))
		return false;
	if (drivers->authors->count == 1 && drivers->tag &&
	    !drives_better(store, drivers, DRIVER_AUTHOR, DRIVER_TAG, 1, &better, err))
		return false;
	if (better)
		*out = drivers->authors->count == 1 ? DRIVER_AUTHOR : DRIVER_AUTHORS;
	return true;
}

bool driver_choose(struct store *store, const struct drivers *drivers, enum driver *out,
		   struct err *err)
{
	bool better = false;

	if (!choose_tag(store, drivers, out, err) || !choose_author(store, drivers, out, err))
		return false;
	if (!drivers->words)
		return true;
	if (*out != DRIVER_POSTS && *out != DRIVER_TAGS &&
	    !drives_better(store, drivers, *out, DRIVER_WORDS, PRICE_OF_READING, &better, err))
		return false;
	if (!better)
		*out = DRIVER_WORDS;
	return true;
}
