#include "archive/base/clock.h"
#include "archive/base/mem.h"
#include "archive/cli/args.h"
#include "archive/cli/media.h"
#include "archive/http/tape.h"
#include "archive/store/threads.h"

struct media_words {
	struct arg_list thread, tags, sources;
	const char *size, *max, *record, *replay;
	bool all, avatars, again;
};

/* All that a run is made of. */
struct session {
	struct arena arena;
	struct source_list sources;
	struct media_order order;
};

static bool read_numbers(const struct media_words *words, struct pictures_options *options,
			 struct err *err)
{
	int64_t max = 0;

	options->size = PICTURE_LARGE;
	if (words->size && !picture_size_parse(words->size, &options->size))
		return err_set(err, ERR_USAGE, "--size wants small, large or original, not '%s'",
			       words->size);
	if (!args_number("max", words->max, 1, &max, err))
		return false;
	options->max = max < PICTURES_MOST ? (size_t)max : PICTURES_MOST;
	options->scope.avatars = words->avatars;
	options->again = words->again;
	return true;
}

static bool check_words(const struct cli *cli, const struct media_words *words, struct err *err)
{
	size_t ways = (words->thread.count > 0) + (words->tags.count > 0) + words->all;

	if (!args_at_most(cli, &words->thread, 1, err))
		return false;
	if (ways > 1)
		return err_set(err, ERR_USAGE,
			       "a thread, --tag and --all exclude each other: whose pictures?");
	if (words->record && words->replay)
		return err_set(err, ERR_USAGE,
			       "--record and --replay exclude each other: a tape that is played is "
			       "made already");
	return true;
}

/* Which servers the user named, here or in the configuration; the usual ones are not among them. */
static bool name_sources(const struct cli *cli, const struct media_words *words,
			 struct session *session, struct err *err)
{
	const struct arg_list *named = &words->sources;

	if (named->count == 0)
		return sources_know(&session->sources, &cli->config, err);
	return sources_choose(&session->sources, &cli->config, named->items, named->count, err);
}

static bool open_tapes(const struct media_words *words, struct session *session, struct err *err)
{
	struct media_order *order = &session->order;

	if (words->replay) {
		order->replay = tape_open(words->replay, err);
		if (!order->replay)
			return false;
		clock_freeze(tape_time(order->replay));
	}
	if (!words->record)
		return true;
	order->record = tape_record(words->record, NULL, 0, clock_now(), err);
	return order->record != NULL;
}

static bool choose_posts(struct cli *cli, const struct media_words *words, struct session *session,
			 struct err *err)
{
	const char *slug = words->thread.count > 0 ? words->thread.items[0] : NULL;
	struct picture_scope *scope = &session->order.options.scope;
	struct thread thread;

	if (words->tags.count > 0)
		return args_tags(&session->arena, &words->tags, &scope->tags, &scope->tag_count,
				 err);
	if (words->all)
		return true;
	if (!thread_load(cli->store, slug, &session->arena, &thread, err))
		return false;
	scope->thread = thread.id;
	session->order.thread = thread.slug;
	return true;
}

static int fetch_media(struct cli *cli, const struct media_words *words, struct session *session,
		       struct err *err)
{
	struct media_order *order = &session->order;

	order->named = &session->sources;
	if (!check_words(cli, words, err) || !read_numbers(words, &order->options, err) ||
	    !name_sources(cli, words, session, err) || !open_tapes(words, session, err) ||
	    !cli_open_store(cli, STORE_WRITE, err) || !choose_posts(cli, words, session, err))
		return CLI_FAILED;
	return media_step(cli, order, err);
}

int cmd_media(struct cli *cli, int argc, char **argv, struct err *err)
{
	struct media_words words = { 0 };
	struct session session = { 0 };
	const struct arg table[] = {
		{ "size", 0, ARG_TEXT, &words.size },
		{ "avatars", 0, ARG_FLAG, &words.avatars },
		{ "again", 0, ARG_FLAG, &words.again },
		{ "tag", 0, ARG_LIST, &words.tags },
		{ "all", 0, ARG_FLAG, &words.all },
		{ "max", 0, ARG_TEXT, &words.max },
		{ "source", 0, ARG_LIST, &words.sources },
		{ "record", 0, ARG_TEXT, &words.record },
		{ "replay", 0, ARG_TEXT, &words.replay },
		{ 0 },
	};
	int status = CLI_MISUSED;

	if (args_parse(cli, argc, argv, table, &words.thread, err))
		status = cli->help ? cli_help(cli, err) : fetch_media(cli, &words, &session, err);
	tape_free(session.order.record);
	tape_free(session.order.replay);
	sources_release(&session.sources);
	arena_release(&session.arena);
	arg_list_release(&words.thread);
	arg_list_release(&words.tags);
	arg_list_release(&words.sources);
	return status;
}
