#include "archive/base/amount.h"
#include "archive/base/zone.h"
#include "archive/cli/thread-words.h"

bool thread_read_lag(const char *typed, int64_t *lag, struct err *err)
{
	return !typed || amount_time(typed, lag) ||
	       err_set(err, ERR_USAGE, "'%s' is no lag: 90s and 2m are such", typed);
}

/* "none" and "" open that side of the window. */
static bool read_side(struct thread_job *job, const char *typed, enum when_side side, int64_t *ms,
		      struct err *err)
{
	if (!typed)
		return true;
	if (*typed == '\0' || str_same(typed, "none")) {
		*ms = 0;
		return true;
	}
	return thread_job_time(job, typed, side, ms, err);
}

static bool read_tags(struct thread_job *job, struct err *err)
{
	const struct arg_list *tags = &job->words->tags;
	struct thread *thread = &job->thread;

	if (tags->count == 0)
		return true;
	if (tags->count == 1 && *tags->items[0] == '\0') {
		thread->tag_count = 0;
		return true;
	}
	return args_tags(&job->arena, tags, &thread->tags, &thread->tag_count, err);
}

bool thread_check_words(const struct thread *thread, struct err *err)
{
	if (!zone_known(thread->zone))
		return err_set(err, ERR_USAGE,
			       "there is no zone '%s': Asia/Tokyo and UTC are such names",
			       thread->zone);
	if (!str_same(thread->lang, "ja") && !str_same(thread->lang, "en"))
		return err_set(err, ERR_USAGE, "a thread's own words are in ja or en, not in '%s'",
			       thread->lang);
	return true;
}

/* "" takes it away. */
static const char *plain_or_none(struct thread_job *job, const char *typed, bool one_line)
{
	const char *plain = thread_plain(job, typed, one_line);

	return *plain ? plain : NULL;
}

void thread_read_about(struct thread_job *job, struct thread *thread)
{
	if (job->words->curator)
		thread->curator = plain_or_none(job, job->words->curator, true);
	if (job->words->description)
		thread->description = plain_or_none(job, job->words->description, false);
}

static bool read_settings(struct thread_job *job, struct thread *settings, struct err *err)
{
	const struct thread_words *words = job->words;

	if (words->slug)
		settings->slug = words->slug;
	if (words->title)
		settings->title = thread_plain(job, words->title, true);
	if (words->zone)
		settings->zone = words->zone;
	if (words->lang)
		settings->lang = words->lang;
	thread_read_about(job, settings);
	if (!*settings->title)
		return err_set(err, ERR_USAGE, "a title cannot be empty");
	if (!thread_check_words(settings, err) || !read_tags(job, err) ||
	    !read_side(job, words->since, WHEN_SINCE, &settings->since, err) ||
	    !read_side(job, words->until, WHEN_UNTIL, &settings->until, err))
		return false;
	if (settings->since && settings->until && settings->since >= settings->until)
		return err_set(err, ERR_USAGE, "the window would end before it begins");
	return thread_read_lag(words->lag, &settings->lag, err);
}

static bool says_what(const struct thread_words *words)
{
	return words->slug || words->title || words->tags.count > 0 || words->since ||
	       words->until || words->zone || words->lang || words->lag || words->curator ||
	       words->description;
}

bool thread_set(struct thread_job *job, struct err *err)
{
	static const struct thread_said said = { .nothing = "it is so already" };

	if (!says_what(job->words))
		return err_set(
			err, ERR_USAGE,
			"set what? --slug, --title, --description, --curator, --tag, --since, "
			"--until, --zone, --lang or --lag");
	if (!read_settings(job, &job->thread, err))
		return false;
	thread_job_add(job, OP_SETTINGS)->settings = &job->thread;
	if (!thread_job_do(job, "set", err) ||
	    !thread_load_id(job->cli->store, job->thread.id, &job->arena, &job->thread, err))
		return false;
	if (job->cli->json || job->report.changed == 0)
		return thread_job_say(job, &said, err);
	if (!job->cli->quiet)
		str_addf(&job->out, "thread %s is changed\n", job->thread.slug);
	return true;
}
