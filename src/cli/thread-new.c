#include <string.h>

#include "archive/base/zone.h"
#include "archive/cli/thread-print.h"
#include "archive/cli/thread-words.h"

static bool read_zone_and_lang(const struct cli *cli, const struct thread_words *words,
			       struct thread *thread, struct err *err)
{
	thread->zone = words->zone ? words->zone : cli->zone;
	thread->lang = words->lang ? words->lang : cli->lang;
	if (!zone_known(thread->zone))
		return err_set(err, ERR_USAGE,
			       "there is no zone '%s': Asia/Tokyo and UTC are such names",
			       thread->zone);
	if (!str_same(thread->lang, "ja") && !str_same(thread->lang, "en"))
		return err_set(err, ERR_USAGE, "a thread's own words are in ja or en, not in '%s'",
			       thread->lang);
	return true;
}

static bool read_slug(const char *typed, struct arena *arena, struct thread *thread,
		      struct err *err)
{
	struct str slug = STR_INIT;
	bool ok;

	if (!typed)
		return err_set(err, ERR_USAGE,
			       "which name? archive thread new ssmjp-2017-06 --tag ssmjp");
	ok = slug_fold(&slug, typed, err);
	thread->slug = arena_strdup(arena, slug.buf);
	str_release(&slug);
	return ok;
}

static bool read_thread(const struct cli *cli, const struct thread_words *words,
			struct arena *arena, struct thread *thread, struct err *err)
{
	if (!read_slug(thread_operand(words, 0), arena, thread, err) ||
	    !read_zone_and_lang(cli, words, thread, err) ||
	    !args_tags(arena, &words->tags, &thread->tags, &thread->tag_count, err))
		return false;
	if (!args_window(words->since, words->until, thread->zone, &thread->since, &thread->until,
			 err))
		return false;
	thread->title = words->title;
	if (!thread->title && thread->tag_count > 0)
		thread->title = arena_printf(arena, "#%s", thread->tags[0]);
	if (!thread->title)
		thread->title = thread->slug;
	return true;
}

int thread_new(struct cli *cli, const struct thread_words *words, struct err *err)
{
	struct arena arena = ARENA_INIT;
	struct thread thread = { 0 };
	int status = CLI_FAILED;
	int64_t id;

	if (!read_thread(cli, words, &arena, &thread, err) ||
	    !cli_open_store(cli, STORE_WRITE, err) || !thread_create(cli->store, &thread, &id, err))
		goto out;
	status = CLI_DONE;
	if (cli->json)
		thread_print_change(thread.slug, "created", 1);
	else if (!cli->quiet)
		printf("thread %s is there\nnext: archive thread add %s --all\n", thread.slug,
		       thread.slug);
out:
	arena_release(&arena);
	return status;
}
