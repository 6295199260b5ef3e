#include <string.h>

#include "archive/base/mem.h"
#include "archive/cli/thread-print.h"
#include "archive/cli/thread-words.h"

const char *thread_operand(const struct thread_words *words, size_t index)
{
	return words->operands.count > index + 1 ? words->operands.items[index + 1] : NULL;
}

static int list(struct cli *cli, const struct thread_words *words, struct err *err)
{
	struct arena arena = ARENA_INIT;
	struct thread_row *rows = NULL;
	int status = CLI_FAILED;
	size_t count = 0;

	(void)words;
	if (!cli_open_store(cli, STORE_READ, err) ||
	    !thread_list(cli->store, &arena, &rows, &count, err))
		goto out;
	thread_print_list(cli, rows, count);
	status = CLI_DONE;
out:
	arena_release(&arena);
	return status;
}

static int show(struct cli *cli, const struct thread_words *words, struct err *err)
{
	const struct items_options options = { .hidden = true, .unlisted = true };
	struct arena arena = ARENA_INIT;
	struct thread thread;
	struct thread_items *items = NULL;
	struct item_iter iter;
	int status = CLI_FAILED;

	if (!cli_open_store(cli, STORE_READ, err) ||
	    !thread_load(cli->store, thread_operand(words, 0), &arena, &thread, err) ||
	    !thread_items(cli->store, thread.id, &options, &items, &iter, err))
		goto out;
	status = thread_print(cli, &thread, &iter, err) ? CLI_DONE : CLI_FAILED;
out:
	thread_items_free(items);
	arena_release(&arena);
	return status;
}

static const struct thread_command subcommands[] = {
	{ "new", thread_new, "title tag since until zone lang", 1 },
	{ "list", list, "", 0 },
	{ "show", show, "", 1 },
	{ "add", thread_add, "all unlisted", SIZE_MAX - 1 },
	{ "remove", thread_remove, "all", SIZE_MAX - 1 },
};

/* Was the option given? */
static bool is_given(const struct arg *arg)
{
	switch (arg->kind) {
	case ARG_FLAG:
		return *(const bool *)arg->target;
	case ARG_TEXT:
		return *(const char *const *)arg->target != NULL;
	case ARG_LIST:
		return ((const struct arg_list *)arg->target)->count > 0;
	}
	return false;
}

static bool is_among(const char *names, const char *name)
{
	size_t len = strlen(name);

	for (const char *at = strstr(names, name); at; at = strstr(at + 1, name))
		if ((at == names || at[-1] == ' ') && (at[len] == ' ' || !at[len]))
			return true;
	return false;
}

/* An option of another subcommand is refused, not passed over. */
static bool takes_options(const struct thread_command *command, const struct arg *options,
			  struct err *err)
{
	for (; options->name; options++)
		if (is_given(options) && !is_among(command->options, options->name))
			return err_set(err, ERR_USAGE, "archive thread %s takes no --%s",
				       command->name, options->name);
	return true;
}

static const struct thread_command *find(const char *name, struct err *err)
{
	const char *near = NULL;

	for (size_t i = 0; i < ARRAY_LEN(subcommands); i++) {
		if (strcmp(subcommands[i].name, name) == 0)
			return &subcommands[i];
		near = cli_nearest(name, near, subcommands[i].name);
	}
	if (near)
		err_set(err, ERR_USAGE,
			"there is no 'archive thread %s': did you mean archive thread %s?", name,
			near);
	else
		err_set(err, ERR_USAGE,
			"there is no 'archive thread %s': archive help thread shows those that are",
			name);
	return NULL;
}

static int run(struct cli *cli, const struct thread_words *words, const struct arg *options,
	       struct err *err)
{
	const char *name = words->operands.count > 0 ? words->operands.items[0] : NULL;
	const struct thread_command *command;

	if (!name) {
		err_set(err, ERR_USAGE,
			"archive thread what? archive help thread shows what can be done");
		return CLI_MISUSED;
	}
	command = find(name, err);
	if (!command || !takes_options(command, options, err) ||
	    !args_at_most(cli, &words->operands, 1 + command->most, err))
		return CLI_MISUSED;
	return command->run(cli, words, err);
}

int cmd_thread(struct cli *cli, int argc, char **argv, struct err *err)
{
	struct thread_words words = { 0 };
	const struct arg table[] = {
		{ "title", 0, ARG_TEXT, &words.title },
		{ "tag", 0, ARG_LIST, &words.tags },
		{ "since", 0, ARG_TEXT, &words.since },
		{ "until", 0, ARG_TEXT, &words.until },
		{ "zone", 0, ARG_TEXT, &words.zone },
		{ "lang", 0, ARG_TEXT, &words.lang },
		{ "all", 0, ARG_FLAG, &words.all },
		{ "unlisted", 0, ARG_FLAG, &words.unlisted },
		{ 0 },
	};
	int status = CLI_MISUSED;

	if (args_parse(cli, argc, argv, table, &words.operands, err))
		status = cli->help ? cli_help(cli, err) : run(cli, &words, table, err);
	arg_list_release(&words.operands);
	arg_list_release(&words.tags);
	return status;
}
