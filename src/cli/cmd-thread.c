#include <stdlib.h>
#include <string.h>

#include "archive/base/mem.h"
#include "archive/base/zone.h"
#include "archive/cli/args.h"
#include "archive/cli/print.h"
#include "archive/cli/thread-print.h"
#include "archive/store/threads.h"

struct thread_words {
	struct arg_list operands, tags;
	const char *title, *since, *until, *zone, *lang;
	bool all, unlisted;
};

typedef int thread_fn(struct cli *cli, const struct thread_words *words, struct err *err);

/* The operand behind the subcommand; NULL when there is none. */
static const char *operand(const struct thread_words *words, size_t index)
{
	return words->operands.count > index + 1 ? words->operands.items[index + 1] : NULL;
}

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
	if (!read_slug(operand(words, 0), arena, thread, err) ||
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

static int thread_new(struct cli *cli, const struct thread_words *words, struct err *err)
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
	    !thread_load(cli->store, operand(words, 0), &arena, &thread, err) ||
	    !thread_items(cli->store, thread.id, &options, &items, &iter, err))
		goto out;
	status = thread_print(cli, &thread, &iter, err) ? CLI_DONE : CLI_FAILED;
out:
	thread_items_free(items);
	arena_release(&arena);
	return status;
}

/* Does one operation for each post that is named; a name that names nothing stops before anything
 * is changed. */
static bool change_posts(struct cli *cli, const struct thread_words *words, int64_t thread,
			 enum op_kind kind, int64_t *count, struct err *err)
{
	struct op op = { .kind = kind };
	struct op_report report = { 0 };
	bool ok = store_begin(cli->store, err);

	for (size_t i = 1; ok && operand(words, i); i++) {
		ok = store_find_post(cli->store, operand(words, i), &op.post, err) &&
		     store_do(cli->store, thread, NULL, &op, 1, &report, err);
		*count += (int64_t)report.changed;
	}
	if (ok && store_commit(cli->store, err))
		return true;
	store_rollback(cli->store);
	return false;
}

static void report_change(const struct cli *cli, const struct thread *thread, enum op_kind kind,
			  int64_t count)
{
	struct str line = STR_INIT;

	print_count(&line, count, "post", "posts");
	if (cli->json)
		thread_print_change(thread->slug, kind == OP_CHOOSE ? "chosen" : "removed", count);
	else if (!cli->quiet && kind == OP_CHOOSE)
		printf("%s chosen\nnext: archive export %s --as page -o %s.html\n", line.buf,
		       thread->slug, thread->slug);
	else if (!cli->quiet)
		printf("%s taken away\n", line.buf);
	str_release(&line);
}

static bool names_posts(const struct thread_words *words, enum op_kind kind, struct err *err)
{
	bool all = words->all && kind == OP_CHOOSE;

	if (all && operand(words, 1))
		return err_set(err, ERR_USAGE, "either posts or --all: '%s' is among them",
			       operand(words, 1));
	if (!all && !operand(words, 1))
		return err_set(err, ERR_USAGE,
			       "which posts? A thread's name, then short ids or urls%s",
			       kind == OP_CHOOSE ? ", or --all" : "");
	return true;
}

static int change(struct cli *cli, const struct thread_words *words, enum op_kind kind,
		  struct err *err)
{
	struct arena arena = ARENA_INIT;
	struct thread thread;
	int status = CLI_FAILED;
	int64_t count = 0;
	bool ok;

	if (!names_posts(words, kind, err) || !cli_open_store(cli, STORE_WRITE, err) ||
	    !thread_load(cli->store, operand(words, 0), &arena, &thread, err))
		goto out;
	if (words->all && kind == OP_CHOOSE)
		ok = thread_choose_all(cli->store, &thread, words->unlisted, &count, err);
	else
		ok = change_posts(cli, words, thread.id, kind, &count, err);
	if (!ok)
		goto out;
	report_change(cli, &thread, kind, count);
	status = CLI_DONE;
out:
	arena_release(&arena);
	return status;
}

static int add(struct cli *cli, const struct thread_words *words, struct err *err)
{
	return change(cli, words, OP_CHOOSE, err);
}

static int take_away(struct cli *cli, const struct thread_words *words, struct err *err)
{
	return change(cli, words, OP_UNDECIDE, err);
}

static const struct {
	const char *name;
	thread_fn *run;
	size_t most; /* operands behind it */
} subcommands[] = {
	{ "new", thread_new, 1 },
	{ "list", list, 0 },
	{ "show", show, 1 },
	{ "add", add, SIZE_MAX - 1 },
	{ "remove", take_away, SIZE_MAX - 1 },
};

static int run(struct cli *cli, const struct thread_words *words, struct err *err)
{
	const char *name = words->operands.count > 0 ? words->operands.items[0] : NULL;
	const char *near = NULL;

	for (size_t i = 0; name && i < ARRAY_LEN(subcommands); i++) {
		if (strcmp(subcommands[i].name, name) == 0)
			return args_at_most(cli, &words->operands, 1 + subcommands[i].most, err)
				       ? subcommands[i].run(cli, words, err)
				       : CLI_MISUSED;
		near = cli_nearest(name, near, subcommands[i].name);
	}
	if (!name)
		err_set(err, ERR_USAGE, "archive thread wants one of new, list, show, add, remove");
	else if (near)
		err_set(err, ERR_USAGE,
			"there is no 'archive thread %s': did you mean archive thread %s?", name,
			near);
	else
		err_set(err, ERR_USAGE,
			"there is no 'archive thread %s': there are new, list, show, add and "
			"remove",
			name);
	return CLI_MISUSED;
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
		status = cli->help ? cli_help(cli, err) : run(cli, &words, err);
	arg_list_release(&words.operands);
	arg_list_release(&words.tags);
	return status;
}
