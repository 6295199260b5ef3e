#include <stdlib.h>
#include <unistd.h>

#include "archive/cli/args.h"
#include "archive/cli/config-keys.h"
#include "archive/cli/pick-helpers.h"
#include "archive/cli/pick-new.h"
#include "archive/store/threads.h"

struct pick_words {
	struct arg_list operands;
	const char *ambiguous;
	bool no_mouse;
};

/* Is there a thread to go on with? Without a slug it is the newest one. */
static bool find_thread(struct cli *cli, const char *slug, struct arena *arena,
			struct thread *thread, bool *found, struct err *err)
{
	struct err absent = { 0 };

	if (!slug)
		return thread_load_newest(cli->store, arena, thread, found, err);
	*found = thread_load(cli->store, slug, arena, thread, &absent);
	if (*found || absent.code == ERR_NOT_FOUND)
		return true;
	*err = absent;
	return false;
}

/* One that is not there is not made; one of an older version becomes one of this. */
static bool open_store(struct cli *cli, struct err *err)
{
	struct err absent = { 0 };

	if (!cli_open_store(cli, STORE_READ, &absent) && absent.code == ERR_NOT_FOUND) {
		*err = absent;
		return false;
	}
	store_close(cli->store);
	cli->store = NULL;
	return cli_open_store(cli, STORE_WRITE, err);
}

/* The thread that is there, or a new one. */
static bool enter_thread(struct cli *cli, const char *slug, struct arena *arena, int64_t *id,
			 struct err *err)
{
	struct thread thread = { 0 };
	bool found = false;

	if (!open_store(cli, err) || !find_thread(cli, slug, arena, &thread, &found, err) ||
	    (!found && !pick_ask_new(cli, slug, arena, &thread, err)))
		return false;
	*id = thread.id;
	return found || thread_create(cli->store, &thread, id, err);
}

static bool is_colourful(const struct cli *cli)
{
	const char *none = getenv("NO_COLOR"); /* no-color.org */

	return !cli->config.no_colour && !(none && *none);
}

static bool pick(struct cli *cli, int64_t thread, const struct pick_words *words, bool wide,
		 struct err *err)
{
	const struct picker_options options = { .zone = cli->zone, .wide_ambiguous = wide };
	const struct tui_options looks = {
		.colour = is_colourful(cli),
		.mouse = !words->no_mouse && !cli->config.no_mouse,
	};
	struct pick owner = { .cli = cli, .thread = thread, .scratch = SCRATCH_INIT };
	const struct tui_helpers helpers = pick_helpers(&owner);
	struct picker *picker = picker_new(cli->store, thread, &options, err);
	bool ok = picker && tui_run(picker, &looks, &helpers, err);

	picker_free(picker);
	pick_release(&owner);
	return ok;
}

static int run(struct cli *cli, const struct pick_words *words, struct err *err)
{
	const char *slug = words->operands.count > 0 ? words->operands.items[0] : NULL;
	bool wide = cli->config.wide_ambiguous;
	struct arena arena = ARENA_INIT;
	bool ok = false;
	int64_t thread;

	if (words->ambiguous && !config_take_width("--ambiguous", words->ambiguous, &wide, err))
		return CLI_MISUSED;
	if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO)) {
		err_set(err, ERR_USAGE,
			"archive pick wants a terminal: without one there are archive thread and "
			"archive edit");
		return CLI_MISUSED;
	}
	ok = enter_thread(cli, slug, &arena, &thread, err) && pick(cli, thread, words, wide, err);
	arena_release(&arena);
	return ok ? CLI_DONE : CLI_FAILED;
}

int cmd_pick(struct cli *cli, int argc, char **argv, struct err *err)
{
	struct pick_words words = { 0 };
	const struct arg table[] = {
		{ "ambiguous", 0, ARG_TEXT, &words.ambiguous },
		{ "no-mouse", 0, ARG_FLAG, &words.no_mouse },
		{ 0 },
	};
	int status = CLI_MISUSED;

	if (args_parse(cli, argc, argv, table, &words.operands, err) &&
	    args_at_most(cli, &words.operands, 1, err))
		status = cli->help ? cli_help(cli, err) : run(cli, &words, err);
	arg_list_release(&words.operands);
	return status;
}
