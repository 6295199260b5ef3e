#include "archive/cli/thread-words.h"

static bool at_item(struct thread_job *job, enum spot_kind kind, const char *word,
		    struct spot *spot, struct err *err)
{
	const struct item *item;

	if (!thread_find_item(job, word, &item, err))
		return false;
	spot->kind = kind;
	spot->item = item->id;
	return true;
}

static bool at_section_end(struct thread_job *job, struct spot *spot, struct err *err)
{
	const struct item *heading;

	if (!thread_find_section(job, job->words->section, &heading, err))
		return false;
	spot->kind = SPOT_AFTER;
	spot->item = thread_section_last(job, heading)->id;
	return true;
}

bool thread_place(struct thread_job *job, struct spot *spot, bool *told, struct err *err)
{
	const struct thread_words *words = job->words;
	int count = (words->after != NULL) + (words->before != NULL) + (words->section != NULL) +
		    words->top + words->end;

	*told = count > 0;
	if (count > 1)
		return err_set(err, ERR_USAGE,
			       "one place at a time: --after, --before, --section, --top or --end");
	if (count == 0)
		return true;
	spot->by_hand = true;
	if (words->after)
		return at_item(job, SPOT_AFTER, words->after, spot, err);
	if (words->before)
		return at_item(job, SPOT_BEFORE, words->before, spot, err);
	if (words->section)
		return at_section_end(job, spot, err);
	spot->kind = words->top ? SPOT_TOP : SPOT_END;
	return true;
}
