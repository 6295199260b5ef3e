#include "archive/collect/talk.h"

#include <stdlib.h>

#include "archive/base/mem.h"
#include "archive/collect/asking.h"

#define STEP_MS 1000

/* One source and the conversation that it is asked for. */
struct side {
	struct talk *talk;
	struct asking asking;
	struct talk_item *item; /* NULL = none is under way */
	struct conversation place;
	const char *ids[TALK_MAX_REQUESTS]; /* whose answers are still to be asked for */
	size_t id_count, id_next;
	size_t requests, conversations;
	const char *dead; /* it shows none to whoever asks: why; NULL */
	const char *token;
};

struct talk {
	struct store *store;
	struct http_loop *loop;
	const struct talk_options *options;
	struct talk_item *items;
	size_t count;
	struct side **sides;
	size_t side_count;
	struct arena arena;
	struct talk_result result;
};

struct talk *talk_new(struct store *store, struct http_loop *loop,
		      const struct talk_options *options, struct talk_item *items, size_t count)
{
	struct talk *talk = xcalloc(1, sizeof(*talk));

	talk->store = store;
	talk->loop = loop;
	talk->options = options;
	talk->items = items;
	talk->count = count;
	return talk;
}

void talk_free(struct talk *talk)
{
	if (!talk)
		return;
	for (size_t i = 0; i < talk->side_count; i++) {
		asking_release(&talk->sides[i]->asking, talk->loop);
		free(talk->sides[i]);
	}
	free(talk->sides);
	arena_release(&talk->arena);
	free(talk);
}

static struct side *side_of(struct talk *talk, const struct source *source)
{
	struct side *side;

	for (size_t i = 0; i < talk->side_count; i++)
		if (talk->sides[i]->asking.source == source)
			return talk->sides[i];
	side = xcalloc(1, sizeof(*side));
	side->talk = talk;
	asking_init(&side->asking, source, &talk->options->price);
	side->asking.page.judge = talk->options->judge;
	side->asking.page.judge_owner = talk->options->judge_owner;
	talk->sides = xreallocarray(talk->sides, talk->side_count + 1, sizeof(struct side *));
	talk->sides[talk->side_count++] = side;
	return side;
}

static void settle(struct talk *talk, struct talk_item *item, enum talk_state state,
		   const char *why)
{
	item->state = state;
	item->why = arena_strdup(&talk->arena, why);
	talk->result.read += state == TALK_READ;
	talk->result.left += state == TALK_LEFT;
	talk->result.failed += state == TALK_FAILED;
	if (!talk->result.why)
		talk->result.why = item->why;
}

/* ---- asking ---- */

static bool is_paid(const struct side *side)
{
	return side->asking.source->ops->flags & SOURCE_IS_PAID;
}

/* Why no more may be asked; NULL: it may. Sets the page size for what is paid. */
static const char *bound_of(struct side *side)
{
	const struct talk *talk = side->talk;

	if (side->requests >= TALK_MAX_REQUESTS)
		return "a conversation was too long to be read whole";
	if (!is_paid(side))
		return NULL;
	side->place.page_size = price_page_size(&talk->options->price,
						talk->options->budget_micros - talk->result.spent,
						side->asking.source->ops->max_page);
	return side->place.page_size > 0 ? NULL : "the budget does not cover more conversations";
}

static void ask(struct side *side)
{
	struct asking *asking = &side->asking;
	struct err err = { 0 };

	side->requests++;
	if (asking->source->ops->lookup->conversation(asking->source, &side->place,
						      &asking->request, &err)) {
		asking_start(asking, side->talk->loop);
		return;
	}
	asking->busy = true;
	asking->exchange.state = HTTP_FAILED;
	asking->exchange.err = err;
}

static void finish(struct side *side, enum talk_state state, const char *why)
{
	settle(side->talk, side->item, state, why);
	side->item = NULL;
}

/* The next request of the conversation under way; none is left: it is read. */
static void go_on(struct side *side)
{
	const struct lookup_ops *ops = side->asking.source->ops->lookup;
	const char *bound;

	side->place.token = side->token;
	if (!side->token && side->place.step + 1 < ops->steps) {
		side->place.step++;
	} else if (!side->token && side->id_next < side->id_count) {
		side->place.id = side->ids[side->id_next++];
	} else if (!side->token) {
		finish(side, TALK_READ, NULL);
		return;
	}
	bound = bound_of(side);
	if (bound)
		finish(side, TALK_LEFT, bound);
	else
		ask(side);
}

static void begin(struct side *side, struct talk_item *item)
{
	const char *bound;

	side->requests = 0;
	side->id_count = side->id_next = 0;
	side->token = NULL;
	side->place = (struct conversation){ .id = item->id, .root = item->root };
	bound = side->conversations >= TALK_MAX_CONVERSATIONS
			? "there are more conversations than one run reads"
			: bound_of(side);
	if (side->dead || bound) {
		settle(side->talk, item, side->dead ? TALK_FAILED : TALK_LEFT,
		       side->dead ? side->dead : bound);
		return;
	}
	side->conversations++;
	side->item = item;
	item->state = TALK_ASKED;
	ask(side);
}

/* ---- answers ---- */

/* Posts that stand in this conversation need not be asked for theirs. */
static void pass_over(struct side *side, const struct talk_item *like)
{
	struct talk *talk = side->talk;
	const struct page *page = &side->asking.page;

	for (size_t i = 0; i < talk->count; i++) {
		struct talk_item *item = &talk->items[i];
		bool same = false;

		if (item->state != TALK_WAITS || item->source != like->source)
			continue;
		same = item->root && str_same(item->root, like->root);
		for (size_t k = 0; !same && k < page->count; k++)
			same = !page->posts[k].context && str_same(page->posts[k].uri, item->uri);
		if (same)
			settle(talk, item, TALK_READ, NULL);
	}
}

/* Where a request gives the answers to one post alone, theirs are asked for behind it. */
static void note_answers(struct side *side)
{
	const struct lookup_ops *ops = side->asking.source->ops->lookup;
	const struct page *page = &side->asking.page;

	if (!ops->by_level || side->place.step + 1 < ops->steps)
		return;
	for (size_t i = 0; i < page->count && side->id_count < TALK_MAX_REQUESTS; i++) {
		const struct post *post = &page->posts[i];

		if (!post->context && post->network_id && post->counts.replies != 0)
			side->ids[side->id_count++] = arena_strdup(&side->talk->arena,
								   post->network_id);
	}
}

static bool take_page(struct side *side, struct err *err)
{
	struct talk *talk = side->talk;
	const struct asking_keep keep = {
		.store = talk->store,
		.url = side->asking.request.url.buf,
		.tags = talk->options->tags,
		.tag_count = talk->options->tag_count,
		.put = &talk->result.put,
	};

	if (!asking_keep(&side->asking, &keep, &talk->result.spent, err))
		return false;
	pass_over(side, side->item);
	note_answers(side);
	side->token = arena_strdup(&talk->arena, side->asking.page.next);
	go_on(side);
	return true;
}

static bool take(struct side *side, struct err *err)
{
	struct asking *asking = &side->asking;
	const struct http_exchange *exchange = &asking->exchange;
	struct err failure = { 0 };

	if (exchange->state == HTTP_FAILED)
		failure = exchange->err;
	else if (asking->source->ops->lookup->parse_conversation(
			 asking->source, &side->place, &exchange->answer, &asking->page, &failure))
		return take_page(side, err);
	if (asking_again(asking, side->talk->loop, &failure))
		return true;
	if (failure.code != ERR_MALFORMED && failure.code != ERR_NOT_FOUND)
		side->dead = arena_strdup(&side->talk->arena, failure.msg);
	finish(side, TALK_FAILED, failure.msg);
	return true;
}

/* ---- the run ---- */

static bool start_what_waits(struct talk *talk)
{
	bool moved = false;

	for (size_t i = 0; i < talk->count; i++) {
		struct talk_item *item = &talk->items[i];
		struct side *side;

		if (item->state != TALK_WAITS)
			continue;
		side = side_of(talk, item->source);
		if (side->item)
			continue;
		begin(side, item);
		moved = true;
	}
	return moved;
}

static bool take_answers(struct talk *talk, bool *moved, struct err *err)
{
	for (size_t i = 0; i < talk->side_count; i++) {
		if (!asking_take(&talk->sides[i]->asking))
			continue;
		*moved = true;
		if (!take(talk->sides[i], err))
			return false;
	}
	return true;
}

static size_t count_over(const struct talk *talk)
{
	return talk->result.read + talk->result.left + talk->result.failed;
}

static void tell(const struct talk *talk)
{
	int64_t until = 0;

	if (!talk->options->watch)
		return;
	for (size_t i = 0; i < talk->side_count; i++)
		if (talk->sides[i]->asking.busy && talk->sides[i]->asking.not_before > until)
			until = talk->sides[i]->asking.not_before;
	talk->options->watch(talk->options->owner, count_over(talk), talk->count, until);
}

static bool is_stopped(const struct talk *talk)
{
	return talk->options->stop && *talk->options->stop;
}

/* What was not come to. */
static void leave_rest(struct talk *talk)
{
	for (size_t i = 0; i < talk->count; i++)
		if (talk->items[i].state < TALK_READ)
			settle(talk, &talk->items[i], TALK_LEFT, "stopped");
}

bool talk_run(struct talk *talk, struct talk_result *result, struct err *err)
{
	while (count_over(talk) < talk->count && !is_stopped(talk)) {
		bool moved = false;

		if (!take_answers(talk, &moved, err))
			return false;
		moved = start_what_waits(talk) || moved;
		tell(talk);
		if (!moved)
			http_loop_step(talk->loop, STEP_MS);
	}
	leave_rest(talk);
	for (size_t i = 0; i < talk->side_count; i++)
		if (!asking_end(&talk->sides[i]->asking, talk->store, err))
			return false;
	*result = talk->result;
	return true;
}
