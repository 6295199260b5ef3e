#include "archive/cli/thread-words.h"

/* Either words that name posts, or options that select them. */
static bool says_which(const struct thread_job *job, const char *what, struct err *err)
{
	bool selects = thread_selects(job->words);

	if (selects && job->count > 0)
		return err_set(err, ERR_USAGE,
			       "either names or a selection: '%s' is beside options that select",
			       job->operands[0]);
	if (!selects && job->count == 0)
		return err_set(err, ERR_USAGE,
			       "which %s? Name them, or select them by --all, --author, --since, "
			       "--until or --search",
			       what);
	return true;
}

static bool add_named(struct thread_job *job, enum op_kind kind, struct err *err)
{
	int64_t post;

	for (size_t i = 0; i < job->count; i++) {
		if (!thread_find_post(job, job->operands[i], &post, err))
			return false;
		thread_job_add(job, kind)->post = post;
	}
	return true;
}

/* The first goes to the spot, each other one behind the one before. */
static void put_at(struct thread_job *job, const struct spot *spot)
{
	for (size_t i = 0; i < job->op_count; i++) {
		job->ops[i].spot = *spot;
		if (i > 0)
			job->ops[i].spot.kind = SPOT_NEXT;
	}
}

bool thread_add(struct thread_job *job, struct err *err)
{
	static const struct thread_said said = {
		.one = "post",
		.many = "posts",
		.done = "chosen",
		.nothing = "no candidate that is meant is left undecided",
	};
	struct spot spot = { 0 };
	bool told;

	if (!says_which(job, "posts", err) || !thread_place(job, &spot, &told, err))
		return false;
	if (job->count > 0 ? !add_named(job, OP_CHOOSE, err) : !thread_select(job, OP_CHOOSE, err))
		return false;
	if (told)
		put_at(job, &spot);
	if (!thread_job_do(job, NULL, err) || !thread_job_say(job, &said, err))
		return false;
	if (job->report.changed > 0 && !job->cli->json && !job->cli->quiet)
		str_addf(&job->out, "next: archive export %s --as page -o %s.html\n",
			 job->thread.slug, job->thread.slug);
	return true;
}

bool thread_drop(struct thread_job *job, struct err *err)
{
	static const struct thread_said said = {
		.one = "post",
		.many = "posts",
		.done = "dropped",
		.nothing = "what is meant is dropped already, or there is none",
	};

	if (!says_which(job, "posts", err))
		return false;
	if (job->count > 0 ? !add_named(job, OP_DROP, err) : !thread_select(job, OP_DROP, err))
		return false;
	return thread_job_do(job, NULL, err) && thread_job_say(job, &said, err);
}

/* A post becomes undecided, chosen or dropped; anything else goes. */
static bool remove_named(struct thread_job *job, struct err *err)
{
	const struct item *item;
	int64_t post;

	for (size_t i = 0; i < job->count; i++) {
		if (!thread_find_any(job, job->operands[i], &item, &post, err))
			return false;
		if (post)
			thread_job_add(job, OP_UNDECIDE)->post = post;
		else
			thread_job_add(job, OP_REMOVE)->item = item->id;
	}
	return true;
}

bool thread_remove(struct thread_job *job, struct err *err)
{
	static const struct thread_said said = {
		.one = "item",
		.many = "items",
		.done = "taken away",
		.nothing = "none of what is meant is chosen or dropped",
	};

	if (!says_which(job, "items", err))
		return false;
	if (job->count > 0 ? !remove_named(job, err) : !thread_select(job, OP_UNDECIDE, err))
		return false;
	return thread_job_do(job, "remove", err) && thread_job_say(job, &said, err);
}
