/*
 * The inside of lookup.h: a source with the posts that are asked of it in one request, and what
 * each answer means. For src/collect/lookup*.c alone.
 */
#ifndef ARCHIVE_COLLECT_LOOKUP_WAY_H
#define ARCHIVE_COLLECT_LOOKUP_WAY_H

#include "archive/collect/asking.h"
#include "archive/collect/lookup.h"
#include "archive/source/activity.h"

enum way_question {
	WAY_IDS,    /* several posts by their ids */
	WAY_HANDLE, /* who a handle is */
	WAY_OBJECT, /* an ActivityPub object, */
	WAY_AUTHOR, /* and then who wrote it */
};

struct way {
	struct lookup *lookup;
	struct asking asking;
	enum way_question question;
	struct lookup_item *items[LOOKUP_MAX_IDS]; /* of the request under way */
	const char *ids[LOOKUP_MAX_IDS];
	size_t count;
	bool one_by_one; /* it does not take several */
	struct activity activity;
	struct page object_page; /* while its author is asked for: the object, */
	struct http_answer object;
	struct str object_url;
};

struct lookup {
	struct store *store;
	struct http_loop *loop;
	const struct lookup_options *options;
	struct lookup_item *items;
	size_t count, over;
	struct way **ways;
	size_t way_count;
	struct arena arena;
	int64_t spent;
	bool dry; /* the budget does not cover another request */
};

/* Makes the request for what stands in way->items, and sends it. */
void way_ask(struct way *way);
/* Takes the answer. */
MUST_CHECK bool way_take(struct way *way, struct err *err);
/* It is known what became of the post. why may be NULL. */
MUST_CHECK bool lookup_settle(struct lookup *lookup, struct lookup_item *item,
			      enum lookup_state state, const char *why, struct err *err);
/* The next way of the post; there is none: what this one gave counts. */
MUST_CHECK bool lookup_go_on(struct lookup *lookup, struct lookup_item *item,
			     enum lookup_state state, const char *why, struct err *err);
/* A page_judge_fn; owner is the way. */
enum fate way_judge(void *owner, const struct post *post);

#endif
