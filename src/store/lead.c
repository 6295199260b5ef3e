#include "archive/store/lead.h"

/* So far two lists are compared. */
#define STEPS 100
/* A post is read for its words at the price of so many steps along those that the index finds. */
#define PRICE_OF_READING 4
/* So many posts of several authors or tags are collected before the first is given; when they have
 * more, the newest ones are near among all. */
#define POSTS_OF_FEW 4000

static enum sql reach_of(enum lead lead, bool oldest)
{
	static const enum sql newest[] = { [LEAD_TAG] = SQL_REACH_TAG_NEWEST,
					   [LEAD_AUTHOR] = SQL_REACH_AUTHOR_NEWEST,
					   [LEAD_AUTHORS] = SQL_REACH_AUTHORS_NEWEST,
					   [LEAD_WORDS] = SQL_REACH_WORDS_NEWEST };

	return newest[lead] + oldest;
}

static void bind_list(struct query *q, const struct leads *leads, enum lead lead)
{
	if (lead == LEAD_AUTHOR)
		db_int(q, leads->authors->ids[0]);
	else if (lead == LEAD_AUTHORS)
		db_text(q, leads->author_list);
	else
		db_text(q, lead == LEAD_TAG ? leads->tag : leads->words);
}

/* Walks along those posts, and narrows the range to how far it came; more is false when there were
 * not so many. */
static bool reach(struct store *store, struct leads *range, enum lead lead, int64_t steps,
		  bool *more, struct err *err)
{
	struct query q = db_query(store, reach_of(lead, range->oldest));
	int rc;

	bind_list(&q, range, lead);
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

/* Does the first lead better than the other one, a step of which is so much cheaper? */
static bool leads_better(struct store *store, const struct leads *leads, enum lead lead,
			 enum lead other, int64_t price, bool *better, struct err *err)
{
	struct leads range = *leads;
	bool more;

	if (!reach(store, &range, lead, STEPS, &more, err))
		return false;
	*better = true;
	return !more || reach(store, &range, other, STEPS * price, better, err);
}

/* Of those of several tags, or of several authors. */
static bool are_few(struct store *store, const struct leads *leads, enum sql count_of,
		    const char *list, bool *few, struct err *err)
{
	struct query q = db_query(store, count_of);
	int64_t count;

	db_text(&q, list);
	db_int(&q, leads->first);
	db_int(&q, leads->end);
	db_int(&q, POSTS_OF_FEW + 1);
	if (!db_value(&q, 0, &count, err))
		return false;
	*few = count <= POSTS_OF_FEW;
	return true;
}

static bool choose_tag(struct store *store, const struct leads *leads, enum lead *out,
		       struct err *err)
{
	bool few = false;

	*out = leads->tag ? LEAD_TAG : LEAD_POSTS;
	if (leads->tag_list && !leads->words &&
	    !are_few(store, leads, SQL_LIST_TAGS_COUNT, leads->tag_list, &few, err))
		return false;
	if (few)
		*out = LEAD_TAGS;
	return true;
}

static bool choose_author(struct store *store, const struct leads *leads, enum lead *out,
			  struct err *err)
{
	bool better = true;

	if (leads->authors->count == 0)
		return true;
	if (leads->authors->count > 1 &&
	    !are_few(store, leads, SQL_LIST_AUTHORS_COUNT, leads->author_list, &better, err))
		return false;
	if (leads->authors->count == 1 && leads->tag &&
	    !leads_better(store, leads, LEAD_AUTHOR, LEAD_TAG, 1, &better, err))
		return false;
	if (better)
		*out = leads->authors->count == 1 ? LEAD_AUTHOR : LEAD_AUTHORS;
	return true;
}

bool lead_choose(struct store *store, const struct leads *leads, enum lead *out, struct err *err)
{
	bool better = false;

	if (!choose_tag(store, leads, out, err) || !choose_author(store, leads, out, err))
		return false;
	if (!leads->words)
		return true;
	if (*out != LEAD_POSTS && *out != LEAD_TAGS &&
	    !leads_better(store, leads, *out, LEAD_WORDS, PRICE_OF_READING, &better, err))
		return false;
	if (!better)
		*out = LEAD_WORDS;
	return true;
}
