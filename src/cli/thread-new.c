#include "archive/cli/thread-print.h"
#include "archive/cli/thread-words.h"

static bool read_slug(struct thread_job *job, struct err *err)
{
	const struct arg_list *words = &job->words->operands;
	struct str slug = STR_INIT;
	bool ok;

	if (words->count < 2)
		return err_set(err, ERR_USAGE,
			       "which name? archive thread new ssmjp-2017-06 --tag ssmjp");
	ok = slug_fold(&slug, words->items[1], err);
	job->thread.slug = arena_strdup(&job->arena, slug.buf);
	str_release(&slug);
	return ok;
}

static bool read_thread(struct thread_job *job, struct err *err)
{
	const struct thread_words *words = job->words;
	struct thread *thread = &job->thread;

	thread->zone = words->zone ? words->zone : job->cli->zone;
	thread->lang = words->lang ? words->lang : job->cli->lang;
	thread->curator = job->cli->config.curator;
	thread_read_about(job, thread);
	if (!read_slug(job, err) || !thread_check_words(thread, err) ||
	    !args_tags(&job->arena, &words->tags, &thread->tags, &thread->tag_count, err) ||
	    !args_window(words->since, words->until, thread->zone, &thread->since, &thread->until,
			 err) ||
	    !thread_read_lag(words->lag, &thread->lag, err))
		return false;
	if (words->title && *words->title)
		thread->title = thread_plain(job, words->title, true);
	else if (thread->tag_count > 0)
		thread->title = arena_printf(&job->arena, "#%s", thread->tags[0]);
	else
		thread->title = thread->slug;
	return true;
}

static void created_json(struct thread_job *job)
{
	struct jwrite w;

	jwrite_begin(&w, &job->out);
	jwrite_open_object(&w, NULL);
	jwrite_text(&w, "slug", job->thread.slug);
	jwrite_int(&w, "created", 1);
	jwrite_close_object(&w);
	str_add_char(&job->out, '\n');
}

bool thread_new(struct thread_job *job, struct err *err)
{
	const char *slug;
	int64_t id;

	if (!read_thread(job, err) || !cli_open_store(job->cli, STORE_WRITE, err) ||
	    !thread_create(job->cli->store, &job->thread, &id, err))
		return false;
	slug = job->thread.slug;
	if (job->cli->json)
		created_json(job);
	else if (!job->cli->quiet)
		str_addf(&job->out, "thread %s is there\nnext: archive thread add %s --all\n", slug,
			 slug);
	return true;
}
