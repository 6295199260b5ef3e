#include "archive/cli/thread-words.h"

/* The post that the others go with: chosen by its time if it is not yet. */
static void choose_first(struct thread_job *job, int64_t post, const struct item *item)
{
	if (!item)
		thread_job_add(job, OP_CHOOSE)->post = post;
}

/* Behind the first one: by its item, or as what was made last. */
static struct spot behind(const struct thread_job *job, const struct item *first)
{
	if (first && job->op_count == 0)
		return (struct spot){ .kind = SPOT_AFTER, .item = first->id };
	return (struct spot){ .kind = SPOT_NEXT };
}

static void join_one(struct thread_job *job, int64_t post, const struct item *item,
		     const struct item *first)
{
	struct spot spot = behind(job, first);
	struct op *op;

	if (!item) {
		op = thread_job_add(job, OP_CHOOSE);
		op->post = post;
		op->words.joined = true;
		op->spot = spot;
		return;
	}
	op = thread_job_add(job, OP_MOVE);
	op->item = item->id;
	op->spot = spot;
	op = thread_job_add(job, OP_JOIN);
	op->item = item->id;
	op->words.joined = true;
}

/* The post that the item's card belongs to. */
static const struct item *card_of(const struct thread_job *job, const struct item *item)
{
	while (item->joined && item > job->items)
		item--;
	return item;
}

static bool join_each(struct thread_job *job, struct err *err)
{
	const struct item *first, *item;
	int64_t post, other;

	if (!thread_find_post(job, job->operands[0], &post, err))
		return false;
	first = thread_item_of(job, post);
	choose_first(job, post, first);
	for (size_t i = 1; i < job->count; i++) {
		if (!thread_find_post(job, job->operands[i], &other, err))
			return false;
		if (other == post)
			return err_set(err, ERR_USAGE,
				       "'%s' is the post itself: which are to stand with it?",
				       job->operands[i]);
		item = thread_item_of(job, other);
		if (!item || !first || card_of(job, item) != card_of(job, first))
			join_one(job, other, item, first);
	}
	return true;
}

bool thread_join(struct thread_job *job, struct err *err)
{
	const struct thread_said said = {
		.one = "post",
		.many = "posts",
		.done = "on one card",
		.count = (int64_t)job->count,
		.nothing = "they are on one card already",
	};

	if (job->count < 2)
		return err_set(err, ERR_USAGE,
			       "which posts are one? The first gives the card, the others stand on "
			       "it with their links");
	return join_each(job, err) && thread_job_do(job, "join", err) &&
	       thread_job_say(job, &said, err);
}

bool thread_part(struct thread_job *job, struct err *err)
{
	static const struct thread_said said = {
		.one = "post",
		.many = "posts",
		.done = "on a card of its own",
		.nothing = "it is on a card of its own",
	};
	const struct item *item;

	if (job->count == 0)
		return err_set(err, ERR_USAGE, "which post is to have a card of its own?");
	for (size_t i = 0; i < job->count; i++) {
		if (!thread_find_item(job, job->operands[i], &item, err))
			return false;
		if (!item->post)
			return err_set(err, ERR_USAGE, "%s is a %s, not a post", job->operands[i],
				       item_kind_name(item->kind));
		thread_job_add(job, OP_JOIN)->item = item->id;
	}
	return thread_job_do(job, "part", err) && thread_job_say(job, &said, err);
}
