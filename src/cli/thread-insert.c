#include "archive/cli/thread-words.h"
#include "archive/curate/section-key.h"
#include "archive/text/link.h"

bool thread_read_url(struct thread_job *job, const char *typed, const char **url, struct err *err)
{
	struct str clean = STR_INIT;
	bool ok = link_add_clean(&clean, typed);

	*url = arena_strdup(&job->arena, clean.buf);
	str_release(&clean);
	return ok || err_set(err, ERR_USAGE,
			     "'%s' cannot be linked: an address begins with http://, https:// or "
			     "mailto:",
			     typed);
}

static bool read_key(const char *typed, const char **key, struct err *err)
{
	*key = typed + (*typed == '#');
	return section_key_valid(*key) ||
	       err_set(err, ERR_USAGE,
		       "'%s' cannot be a section's key: letters a to z and digits, a letter first, "
		       "at most %d",
		       typed, SECTION_KEY_MAX);
}

static const char *line_or_none(struct thread_job *job, const char *typed)
{
	const char *line = thread_plain(job, typed, true);

	return *line ? line : NULL;
}

bool thread_read_heading(struct thread_job *job, struct item *item, struct err *err)
{
	const struct thread_words *words = job->words;

	if (words->speaker)
		item->speaker = line_or_none(job, words->speaker);
	if (words->label)
		item->label = line_or_none(job, words->label);
	if (words->link)
		item->url = NULL;
	if (words->link && *words->link && !thread_read_url(job, words->link, &item->url, err))
		return false;
	if (words->starts)
		item->starts = 0;
	if (words->starts && *words->starts &&
	    !thread_job_time(job, words->starts, WHEN_SINCE, &item->starts, err))
		return false;
	if (words->key && !read_key(words->key, &item->key, err))
		return false;
	return !item->label || item->url ||
	       err_set(err, ERR_USAGE, "--label is the text of a --link: that is missing");
}

/* Before the first post of the talk, where none but the time tells the place. */
static void place_by_start(const struct thread_job *job, int64_t starts, struct spot *spot)
{
	spot->kind = SPOT_END;
	for (size_t i = 0; starts && i < job->item_count; i++) {
		const struct item *item = &job->items[i];
		int64_t time = item->kind == ITEM_HEADING ? item->starts
			       : item->post		  ? item->post->created - job->thread.lag
							  : 0;

		if (item->joined || time < starts)
			continue;
		*spot = (struct spot){ .kind = SPOT_BEFORE, .item = item->id };
		return;
	}
}

static bool say_inserted(struct thread_job *job, struct err *err)
{
	const struct item *item;
	struct thread_said said = { .one = "item", .many = "items", .nothing = "nothing new" };

	if (job->cli->json)
		return thread_job_say(job, &said, err);
	job->read = false;
	if (!thread_job_outline(job, err))
		return false;
	for (item = job->items; item->id != job->report.item; item++)
		;
	if (job->cli->quiet)
		return true;
	if (item->key)
		str_addf(&job->out, "%s #%s is there\n", job->name, item->key);
	else
		str_addf(&job->out, "%s i%lld is there\n", job->name, (long long)item->id);
	return true;
}

static bool insert(struct thread_job *job, const struct item *words, struct err *err)
{
	struct spot spot = { .kind = SPOT_END };
	struct op *op;
	bool told;

	if (!thread_job_outline(job, err) || !thread_place(job, &spot, &told, err))
		return false;
	if (!told)
		place_by_start(job, words->starts, &spot);
	/* no post was moved by it: what is chosen later still comes by its time */
	spot.by_hand = false;
	op = thread_job_add(job, OP_INSERT);
	op->words = *words;
	op->spot = spot;
	return thread_job_do(job, job->name, err) && say_inserted(job, err);
}

/* The words of a heading or note; a thread's name alone is none. */
static bool read_text(struct thread_job *job, bool one_line, const char **text, const char *what,
		      struct err *err)
{
	*text = job->count > 0 ? thread_plain(job, job->operands[0], one_line) : "";
	return **text || err_set(err, ERR_USAGE, "which words? archive thread %s %s '%s'",
				 job->name, job->thread.slug, what);
}

bool thread_heading(struct thread_job *job, struct err *err)
{
	struct item words = { .kind = ITEM_HEADING };

	return read_text(job, true, &words.text, "TITLE", err) &&
	       thread_read_heading(job, &words, err) && insert(job, &words, err);
}

bool thread_note(struct thread_job *job, struct err *err)
{
	struct item words = { .kind = ITEM_NOTE };

	return read_text(job, false, &words.text, "TEXT", err) && insert(job, &words, err);
}

bool thread_link(struct thread_job *job, struct err *err)
{
	struct item words = { .kind = ITEM_LINK };
	const char *label = job->words->label;

	if (job->count == 0)
		return err_set(err, ERR_USAGE,
			       "which address? archive thread link %s https://slides.example/deck",
			       job->thread.slug);
	words.text = label ? line_or_none(job, label) : NULL;
	return thread_read_url(job, job->operands[0], &words.url, err) && insert(job, &words, err);
}
