#include <limits.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "archive/base/clock.h"
#include "archive/base/io.h"
#include "archive/base/mem.h"
#include "archive/cli/args.h"
#include "archive/cli/facts.h"
#include "archive/cli/print.h"
#include "archive/export/form.h"
#include "archive/export/page.h"
#include "archive/store/facts.h"
#include "archive/store/targets.h"
#include "archive/store/threads.h"

struct export_words {
	struct arg_list operands;
	const char *as, *file, *style, *level;
	bool unlisted, counts, people, stylesheet;
};

static bool read_options(const struct export_words *words, struct form_options *out,
			 struct err *err)
{
	int64_t level = 0;

	*out = (struct form_options){ .fragment = { .counts = words->counts } };
	if (str_same(words->style, "class"))
		out->fragment.style = STYLE_CLASS;
	else if (words->style && !str_same(words->style, "inline"))
		return err_set(err, ERR_USAGE, "--style wants inline or class, not '%s'",
			       words->style);
	if (words->level && !str_to_int(words->level, LEVEL_LEAST, LEVEL_MOST, &level))
		return err_set(err, ERR_USAGE, "--heading-level wants %d to %d, not '%s'",
			       LEVEL_LEAST, LEVEL_MOST, words->level);
	out->fragment.heading_level = (int)level;
	return true;
}

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
		      const struct thread *thread, const struct fragment_facts *facts,
		      struct item_iter *iter, const struct form_options *options, struct err *err)
{
	struct io_target target = IO_TARGET_INIT;
	bool ok;

	if (!words->file || str_same(words->file, "-"))
		return form->write(stdout, thread, facts, iter, options, err);
	if (!io_target_open(&target, words->file, err))
		return false;
	ok = form->write(target.stream, thread, facts, iter, options, err) ||
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

/* Everything that is read while the thread is written out. */
static bool write_thread(struct store *store, const struct export_words *words,
			 const struct form *form, const struct thread *thread,
			 const struct thread_summary *summary, struct form_options *options,
			 struct err *err)
{
	const struct items_options which = { .unlisted = words->unlisted };
	struct thread_people *people = NULL;
	struct thread_items *items = NULL;
	struct people_iter people_iter;
	struct fragment_facts facts;
	struct item_iter iter;
	bool ok = false;

	if (!facts_read(store, thread, summary, &which, words->counts, &facts, err) ||
	    !thread_items(store, thread->id, &which, &items, &iter, err))
		goto out;
	if (words->people &&
	    !thread_people(store, thread->id, words->unlisted, &people, &people_iter, err))
		goto out;
	options->fragment.people = words->people ? &people_iter : NULL;
	ok = write_out(words, form, thread, &facts, &iter, options, err);
out:
	thread_people_free(people);
	thread_items_free(items);
	return ok;
}

static int run(struct cli *cli, const struct export_words *words, struct err *err)
{
	const char *slug = words->operands.count > 0 ? words->operands.items[0] : NULL;
	const struct form *form = form_find(words->as, err);
	struct arena arena = ARENA_INIT;
	struct form_options options;
	struct thread_summary summary;
	struct thread thread;
	int status = CLI_FAILED;

	if (!form || !read_options(words, &options, err) || !cli_open_store(cli, STORE_READ, err) ||
	    !thread_load(cli->store, slug, &arena, &thread, err) ||
	    !thread_summarize(cli->store, thread.id, words->unlisted, &summary, err) ||
	    !write_thread(cli->store, words, form, &thread, &summary, &options, err))
		goto out;
	report(cli, words, &thread, &summary);
	note_target(cli, words, thread.id);
	status = CLI_DONE;
out:
	arena_release(&arena);
	return status;
}

/* The sheet is the same for every thread: no store is asked. A full disk is found at the end. */
static int print_stylesheet(const struct export_words *words, struct err *err)
{
	struct io_target target = IO_TARGET_INIT;

	if (words->operands.count > 0) {
		err_set(err, ERR_USAGE, "--stylesheet takes no thread: it is the same for all");
		return CLI_MISUSED;
	}
	if (!words->file || str_same(words->file, "-")) {
		fputs(page_stylesheet(), stdout);
		return CLI_DONE;
	}
	if (!io_target_open(&target, words->file, err))
		return CLI_FAILED;
	fputs(page_stylesheet(), target.stream);
	return io_target_close(&target, true, err) ? CLI_DONE : CLI_FAILED;
}

int cmd_export(struct cli *cli, int argc, char **argv, struct err *err)
{
	struct export_words words = { 0 };
	const struct arg table[] = {
		{ "as", 0, ARG_TEXT, &words.as },
		{ "output", 'o', ARG_TEXT, &words.file },
		{ "style", 0, ARG_TEXT, &words.style },
		{ "heading-level", 0, ARG_TEXT, &words.level },
		{ "counts", 0, ARG_FLAG, &words.counts },
		{ "people", 0, ARG_FLAG, &words.people },
		{ "unlisted", 0, ARG_FLAG, &words.unlisted },
		{ "stylesheet", 0, ARG_FLAG, &words.stylesheet },
		{ 0 },
	};
	int status = CLI_MISUSED;

	if (!args_parse(cli, argc, argv, table, &words.operands, err) ||
	    !args_at_most(cli, &words.operands, 1, err))
		goto out;
	if (cli->help)
		status = cli_help(cli, err);
	else if (words.stylesheet)
		status = print_stylesheet(&words, err);
	else
		status = run(cli, &words, err);
out:
	arg_list_release(&words.operands);
	return status;
}
