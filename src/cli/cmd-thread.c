#include <string.h>

#include "archive/base/mem.h"
#include "archive/cli/thread-print.h"
#include "archive/cli/thread-words.h"
#include "archive/text/near.h"

#define ANY	SIZE_MAX
#define SELECT	"all author since until search "
#define PLACE	"after before section top end "
#define ABOUT	"title description curator tag since until zone lang lag"
#define HEADING "speaker link label starts key "

static const struct thread_command subcommands[] = {
	{ "new", thread_new, THREAD_NONE, 1, ABOUT },
	{ "list", thread_threads, THREAD_NONE, 0, "" },
	{ "show", thread_show, THREAD_READ, 0, "" },
	{ "add", thread_add, THREAD_WRITE, ANY, SELECT PLACE "unlisted" },
	{ "drop", thread_drop, THREAD_WRITE, ANY, SELECT "undecided" },
	{ "remove", thread_remove, THREAD_WRITE, ANY, SELECT },
	{ "move", thread_move, THREAD_WRITE, ANY, PLACE "whole" },
	{ "heading", thread_heading, THREAD_WRITE, 1, HEADING PLACE },
	{ "note", thread_note, THREAD_WRITE, 1, PLACE },
	{ "link", thread_link, THREAD_WRITE, 1, "label " PLACE },
	{ "edit", thread_edit, THREAD_WRITE, 2, HEADING },
	{ "style", thread_style, THREAD_WRITE, ANY, "large small normal colour" },
	{ "join", thread_join, THREAD_WRITE, ANY, "" },
	{ "part", thread_part, THREAD_WRITE, ANY, "" },
	{ "alt", thread_alt, THREAD_WRITE, 3, "" },
	{ "sort", thread_sort, THREAD_WRITE, 0, "section" },
	{ "sections", thread_sections, THREAD_NONE, 2, "lag dry-run slides yes" },
	{ "set", thread_set, THREAD_WRITE, 0, "slug " ABOUT },
	{ "log", thread_log_steps, THREAD_READ, 0, "limit" },
	{ "undo", thread_undo_steps, THREAD_WRITE, 1, "" },
	{ "redo", thread_redo_steps, THREAD_WRITE, 1, "" },
};

/* ---- which subcommand, and are the options its own? ---- */

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
		near = near_word(name, near, subcommands[i].name);
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

/* ---- running it ---- */

static bool run_writing(const struct thread_command *command, struct thread_job *job,
			struct err *err)
{
	struct store *store;

	if (!cli_open_store(job->cli, STORE_WRITE, err))
		return false;
	store = job->cli->store;
	if (!store_begin(store, err))
		return false;
	if (thread_job_find(job, command->most, err) && command->run(job, err) &&
	    store_commit(store, err))
		return true;
	store_rollback(store);
	return false;
}

static bool run_command(const struct thread_command *command, struct thread_job *job,
			struct err *err)
{
	switch (command->need) {
	case THREAD_NONE:
		return args_at_most(job->cli, &job->words->operands, 1 + command->most, err) &&
		       command->run(job, err);
	case THREAD_READ:
		return cli_open_store(job->cli, STORE_READ, err) &&
		       thread_job_find(job, command->most, err) && command->run(job, err);
	case THREAD_WRITE:
		break;
	}
	return run_writing(command, job, err);
}

static int run(struct cli *cli, const struct thread_words *words, const struct arg *options,
	       struct err *err)
{
	const char *name = words->operands.count > 0 ? words->operands.items[0] : NULL;
	struct thread_job job = { .cli = cli, .words = words, .name = name, .out = STR_INIT };
	const struct thread_command *command;
	int status = CLI_MISUSED;

	if (!name) {
		err_set(err, ERR_USAGE,
			"archive thread what? archive help thread shows what can be done");
		return CLI_MISUSED;
	}
	command = find(name, err);
	if (command && takes_options(command, options, err)) {
		status = run_command(command, &job, err) ? CLI_DONE : CLI_FAILED;
		if (status == CLI_DONE)
			fputs(job.out.buf, stdout);
	}
	str_release(&job.out);
	arena_release(&job.arena);
	return status;
}

int cmd_thread(struct cli *cli, int argc, char **argv, struct err *err)
{
	struct thread_words words = { 0 };
	const struct arg table[] = {
		{ "title", 0, ARG_TEXT, &words.title },
		{ "slug", 0, ARG_TEXT, &words.slug },
		{ "curator", 0, ARG_TEXT, &words.curator },
		{ "description", 0, ARG_TEXT, &words.description },
		{ "tag", 0, ARG_LIST, &words.tags },
		{ "since", 0, ARG_TEXT, &words.since },
		{ "until", 0, ARG_TEXT, &words.until },
		{ "zone", 0, ARG_TEXT, &words.zone },
		{ "lang", 0, ARG_TEXT, &words.lang },
		{ "lag", 0, ARG_TEXT, &words.lag },
		{ "author", 0, ARG_TEXT, &words.author },
		{ "search", 0, ARG_TEXT, &words.search },
		{ "all", 0, ARG_FLAG, &words.all },
		{ "unlisted", 0, ARG_FLAG, &words.unlisted },
		{ "undecided", 0, ARG_FLAG, &words.undecided },
		{ "after", 0, ARG_TEXT, &words.after },
		{ "before", 0, ARG_TEXT, &words.before },
		{ "section", 0, ARG_TEXT, &words.section },
		{ "top", 0, ARG_FLAG, &words.top },
		{ "end", 0, ARG_FLAG, &words.end },
		{ "whole", 0, ARG_FLAG, &words.whole },
		{ "speaker", 0, ARG_TEXT, &words.speaker },
		{ "link", 0, ARG_TEXT, &words.link },
		{ "label", 0, ARG_TEXT, &words.label },
		{ "starts", 0, ARG_TEXT, &words.starts },
		{ "key", 0, ARG_TEXT, &words.key },
		{ "large", 0, ARG_FLAG, &words.large },
		{ "small", 0, ARG_FLAG, &words.small },
		{ "normal", 0, ARG_FLAG, &words.normal },
		{ "colour", 0, ARG_TEXT, &words.colour },
		{ "limit", 0, ARG_TEXT, &words.limit },
		{ "dry-run", 0, ARG_FLAG, &words.dry_run },
		{ "slides", 0, ARG_FLAG, &words.slides },
		{ "yes", 0, ARG_FLAG, &words.yes },
		{ 0 },
	};
	int status = CLI_MISUSED;

	if (args_parse(cli, argc, argv, table, &words.operands, err))
		status = cli->help ? cli_help(cli, err) : run(cli, &words, table, err);
	arg_list_release(&words.operands);
	arg_list_release(&words.tags);
	return status;
}
