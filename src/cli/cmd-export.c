#include <limits.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "archive/base/clock.h"
#include "archive/base/io.h"
#include "archive/base/mem.h"
#include "archive/cli/args.h"
#include "archive/cli/page-file.h"
#include "archive/cli/print.h"
#include "archive/export/form.h"
#include "archive/store/targets.h"
#include "archive/store/threads.h"

struct export_words {
	struct arg_list operands;
	const char *as, *file;
	bool unlisted;
};

/* What was chosen and is not shown is said, never silently left out. */
static void report(const struct cli *cli, const struct export_words *words,
		   const struct thread *thread, const struct thread_summary *summary)
{
	int64_t hidden = summary->gone + summary->optouts + summary->unlisted;
	struct str line = STR_INIT;

	if (cli->quiet)
		return;
	if (summary->posts + hidden == 0)
		fprintf(stderr,
			"no post is chosen yet: archive thread add %s --all chooses every "
			"candidate\n",
			thread->slug);
	print_count(&line, summary->posts, "post", "posts");
	if (words->file)
		str_addf(&line, " in %s", words->file);
	if (summary->gone > 0)
		str_addf(&line, "; %lld gone at their source, left out", (long long)summary->gone);
	if (summary->optouts > 0)
		str_addf(&line, "; %lld by people who asked not to be archived, left out",
			 (long long)summary->optouts);
	if (summary->unlisted > 0)
		str_addf(&line, "; %lld unlisted, left out (--unlisted takes them in)",
			 (long long)summary->unlisted);
	if (words->file || hidden > 0)
		fprintf(stderr, "%s\n", line.buf);
	str_release(&line);
}

static bool write_out(const struct export_words *words, const struct form *form,
		      const struct thread *thread, const struct thread_summary *summary,
		      struct item_iter *iter, struct err *err)
{
	const struct form_options options = { .fragment = { .style = STYLE_INLINE } };
	const struct fragment_facts facts = page_facts(summary);
	struct io_target target = IO_TARGET_INIT;
	bool ok;

	if (!words->file || str_same(words->file, "-"))
		return form->write(stdout, thread, &facts, iter, &options, err);
	if (!io_target_open(&target, words->file, err))
		return false;
	ok = form->write(target.stream, thread, &facts, iter, &options, err) ||
	     err_wrap(err, "%s", words->file);
	return io_target_close(&target, ok, err) && ok;
}

/* The store is opened once more, to write: to read it stays as cheap as it is. */
static void put_target(struct cli *cli, const struct target *target)
{
	char *name = xstrdup(store_path(cli->store));
	struct err ignored = { 0 };

	store_close(cli->store);
	cli->store = store_open(name, STORE_WRITE, &ignored);
	if (cli->store && !store_put_target(cli->store, target, &ignored))
		store_rollback(cli->store);
	free(name);
}

/* The file that must be written anew when a post of it goes. A store that cannot be written is no
 * reason to fail the export. */
static void note_target(struct cli *cli, const struct export_words *words, int64_t thread)
{
	struct target target = { .thread = thread,
				 .section = "",
				 .form = words->as ? words->as : "fragment",
				 .options = "",
				 .written = clock_now() };
	struct err ignored = { 0 };
	char path[PATH_MAX];
	bool known = true;
	struct stat st;

	if (!words->file || str_same(words->file, "-") || !realpath(words->file, path) ||
	    stat(path, &st) != 0 || !S_ISREG(st.st_mode))
		return;
	target.path = path;
	if (store_has_target(cli->store, &target, &known, &ignored) && !known)
		put_target(cli, &target);
}

static int run(struct cli *cli, const struct export_words *words, struct err *err)
{
	const struct items_options options = { .unlisted = words->unlisted };
	const char *slug = words->operands.count > 0 ? words->operands.items[0] : NULL;
	const struct form *form = form_find(words->as, err);
	struct arena arena = ARENA_INIT;
	struct thread_items *items = NULL;
	struct thread_summary summary;
	struct thread thread;
	struct item_iter iter;
	int status = CLI_FAILED;

	if (!form || !cli_open_store(cli, STORE_READ, err) ||
	    !thread_load(cli->store, slug, &arena, &thread, err) ||
	    !thread_summarize(cli->store, thread.id, words->unlisted, &summary, err) ||
	    !thread_items(cli->store, thread.id, &options, &items, &iter, err))
		goto out;
	if (!write_out(words, form, &thread, &summary, &iter, err))
		goto out;
	thread_items_free(items);
	items = NULL;
	report(cli, words, &thread, &summary);
	note_target(cli, words, thread.id);
	status = CLI_DONE;
out:
	thread_items_free(items);
	arena_release(&arena);
	return status;
}

int cmd_export(struct cli *cli, int argc, char **argv, struct err *err)
{
	struct export_words words = { 0 };
	const struct arg table[] = {
		{ "as", 0, ARG_TEXT, &words.as },
		{ "output", 'o', ARG_TEXT, &words.file },
		{ "unlisted", 0, ARG_FLAG, &words.unlisted },
		{ 0 },
	};
	int status = CLI_MISUSED;

	if (args_parse(cli, argc, argv, table, &words.operands, err) &&
	    args_at_most(cli, &words.operands, 1, err))
		status = cli->help ? cli_help(cli, err) : run(cli, &words, err);
	arg_list_release(&words.operands);
	return status;
}
