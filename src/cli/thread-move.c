#include "archive/cli/thread-words.h"

static bool is_moved(const struct thread_job *job, int64_t item)
{
	for (size_t i = 0; i < job->op_count; i++)
		if (job->ops[i].item == item)
			return true;
	return false;
}

static void move_item(struct thread_job *job, const struct item *item)
{
	if (!is_moved(job, item->id))
		thread_job_add(job, OP_MOVE)->item = item->id;
}

/* With what stands under it; cross-posts go with their post. */
static void move_section(struct thread_job *job, const struct item *heading)
{
	const struct item *last = thread_section_last(job, heading);

	for (const struct item *item = heading; item <= last; item++)
		if (!item->joined)
			move_item(job, item);
}

static bool move_each(struct thread_job *job, struct err *err)
{
	const struct item *item;

	for (size_t i = 0; i < job->count; i++) {
		if (!thread_find_item(job, job->operands[i], &item, err))
			return false;
		if (job->words->whole && item->kind == ITEM_HEADING)
			move_section(job, item);
		else
			move_item(job, item);
	}
	return true;
}

/* The end of a section is behind what stays in it. */
static void step_back(const struct thread_job *job, struct spot *spot)
{
	const struct item *item = job->items;

	while (item->id != spot->item)
		item++;
	while (is_moved(job, item->id) && item->kind != ITEM_HEADING)
		item--;
	spot->item = item->id;
}

static bool put_each(struct thread_job *job, struct spot *spot, struct err *err)
{
	const struct thread_words *words = job->words;

	if (words->section)
		step_back(job, spot);
	if (spot->item && is_moved(job, spot->item))
		return err_set(err, ERR_USAGE,
			       "'%s' is among what is moved: it cannot be the place, too",
			       words->after    ? words->after
			       : words->before ? words->before
					       : words->section);
	for (size_t i = 0; i < job->op_count; i++) {
		job->ops[i].spot = *spot;
		if (i > 0)
			job->ops[i].spot.kind = SPOT_NEXT;
	}
	return true;
}

bool thread_move(struct thread_job *job, struct err *err)
{
	static const struct thread_said said = {
		.one = "item",
		.many = "items",
		.done = "moved",
		.nothing = "it stands there already",
	};
	struct spot spot = { 0 };
	bool told;

	if (job->count == 0)
		return err_set(err, ERR_USAGE,
			       "which items? archive thread show %s prints their names",
			       job->thread.slug);
	if (!thread_place(job, &spot, &told, err))
		return false;
	if (!told)
		return err_set(err, ERR_USAGE,
			       "where to? --after ITEM, --before ITEM, --section KEY, --top or "
			       "--end");
	if (!thread_job_outline(job, err) || !move_each(job, err) || !put_each(job, &spot, err))
		return false;
	return thread_job_do(job, NULL, err) && thread_job_say(job, &said, err);
}

bool thread_sort(struct thread_job *job, struct err *err)
{
	static const struct thread_said said = {
		.done = "the posts are in the order of time",
		.nothing = "the posts are in the order of time",
	};
	const struct item *heading = NULL;

	if (job->words->section && !thread_find_section(job, job->words->section, &heading, err))
		return false;
	thread_job_add(job, OP_SORT)->item = heading ? heading->id : 0;
	return thread_job_do(job, NULL, err) && thread_job_say(job, &said, err);
}
