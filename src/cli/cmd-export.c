#include <string.h>

#include "archive/base/io.h"
#include "archive/base/mem.h"
#include "archive/cli/args.h"
#include "archive/cli/export-order.h"
#include "archive/cli/print.h"
#include "archive/export/page.h"

struct export_words {
	struct arg_list operands;
	const char *as, *file, *into, *under, *style, *level, *drop;
	bool unlisted, counts, people, stylesheet, all, check;
};

/* Several writings of one command. */
struct tally {
	size_t done, failed, differ;
};

/* ---- what is asked for ---- */

static bool read_style(const struct export_words *words, struct export_order *order,
		       struct err *err)
{
	int64_t level = 0;

	if (str_same(words->style, "class"))
		order->style = STYLE_CLASS;
	else if (words->style && !str_same(words->style, "inline"))
		return err_set(err, ERR_USAGE, "--style wants inline or class, not '%s'",
			       words->style);
	if (words->level && !str_to_int(words->level, LEVEL_LEAST, LEVEL_MOST, &level))
		return err_set(err, ERR_USAGE, "--heading-level wants %d to %d, not '%s'",
			       LEVEL_LEAST, LEVEL_MOST, words->level);
	order->heading_level = (int)level;
	return true;
}

static bool fits_together(const struct export_words *words, const struct export_order *order,
			  struct err *err)
{
	if (words->into && words->file)
		return err_set(
			err, ERR_USAGE,
			"either -o FILE, which is all the thread's, or --into FILE, which is "
			"yours");
	if (words->under && !words->into)
		return err_set(err, ERR_USAGE, "--under goes with --into FILE");
	if (words->into && !str_same(order->form->name, "fragment") &&
	    !str_same(order->form->name, "markdown"))
		return err_set(err, ERR_USAGE, "--into takes a fragment or markdown, no %s",
			       order->form->name);
	return !words->check || order->file || words->all ||
	       err_set(err, ERR_USAGE,
		       "--check looks at a file: name it by -o or --into, or say --all");
}

static bool read_order(const struct export_words *words, struct arena *arena,
		       struct export_order *order, struct err *err)
{
	*order = (struct export_order){
		.form = form_find(words->as, err),
		.counts = words->counts,
		.people = words->people,
		.unlisted = words->unlisted,
		.file = words->into ? words->into : words->file,
		.into = words->into != NULL,
		.under = words->under,
	};
	if (str_same(order->file, "-"))
		order->file = NULL;
	order_read_name(order, words->operands.count > 0 ? words->operands.items[0] : NULL, arena);
	return order->form && read_style(words, order, err) && fits_together(words, order, err);
}

/* ---- what is said ---- */

static const char *const states[] = {
	[EXPORT_WRITTEN] = "written",
	[EXPORT_SAME] = "same",
	[EXPORT_DIFFERS] = "differs",
};

static void print_json(const struct export_order *order, const struct export_result *result)
{
	struct str out = STR_INIT;
	struct jwrite w;

	jwrite_begin(&w, &out);
	jwrite_open_object(&w, NULL);
	jwrite_text(&w, "thread", result->thread.slug);
	jwrite_text(&w, "file", order->file);
	jwrite_text(&w, "as", order->form->name);
	jwrite_text(&w, "state", states[result->state]);
	jwrite_int(&w, "posts", result->summary.posts);
	jwrite_int(&w, "gone", result->summary.gone);
	jwrite_int(&w, "optouts", result->summary.optouts);
	jwrite_int(&w, "unlisted_left_out", result->summary.unlisted);
	jwrite_close_object(&w);
	puts(out.buf);
	str_release(&out);
}

/* What was chosen and is not shown is said, never silently left out. */
static void add_hidden(struct str *line, const struct thread_summary *summary)
{
	if (summary->gone > 0)
		str_addf(line, "; %lld gone at their source, left out", (long long)summary->gone);
	if (summary->optouts > 0)
		str_addf(line, "; %lld by people who asked not to be archived, left out",
			 (long long)summary->optouts);
	if (summary->unlisted > 0)
		str_addf(line, "; %lld unlisted, left out (--unlisted takes them in)",
			 (long long)summary->unlisted);
}

static void report(const struct cli *cli, const struct export_order *order,
		   const struct export_result *result)
{
	const struct thread_summary *summary = &result->summary;
	int64_t hidden = summary->gone + summary->optouts + summary->unlisted;
	struct str line = STR_INIT;

	if (summary->posts + hidden == 0)
		fprintf(stderr,
			"no post is chosen yet: archive thread add %s --all chooses every "
			"candidate\n",
			result->thread.slug);
	print_count(&line, summary->posts, "post", "posts");
	if (order->file)
		str_addf(&line, " in %s", order->file);
	if (result->state == EXPORT_SAME)
		str_add(&line, ", as before");
	add_hidden(&line, summary);
	if (!cli->quiet && (order->file || hidden > 0))
		fprintf(stderr, "%s\n", line.buf);
	str_release(&line);
}

static void tell(const struct cli *cli, const struct export_order *order,
		 const struct export_result *result, bool check)
{
	if (cli->json && order->file)
		print_json(order, result);
	else if (check && result->state == EXPORT_DIFFERS)
		printf("%s would change\n", order->file);
	else if (!check && !cli->quiet)
		report(cli, order, result);
}

/* ---- doing it ---- */

static bool do_one(struct cli *cli, const struct export_order *order, bool check,
		   struct tally *tally, struct err *err)
{
	struct arena arena = ARENA_INIT;
	struct export_result result = { 0 };
	bool ok = export_do(cli, order, check, &arena, &result, err);

	if (ok) {
		tally->done++;
		tally->differ += result.state == EXPORT_DIFFERS;
		tell(cli, order, &result, check);
	} else {
		tally->failed++;
	}
	arena_release(&arena);
	return ok;
}

/* A failure that is not the last word, which main says. */
static void say(struct err *err)
{
	if (err->code == ERR_NONE)
		return;
	fputs("archive: ", stderr);
	print_safe(stderr, err->msg, (int)sizeof(err->msg));
	fputc('\n', stderr);
	*err = (struct err){ 0 };
}

/* 0 the same, 1 would change, 2 could not tell; else as everywhere. */
static int status_of(const struct tally *tally, bool check, struct err *err)
{
	if (check || tally->done > 0)
		say(err);
	if (check && tally->failed > 0)
		return CLI_MISUSED;
	if (check)
		return tally->differ > 0 ? CLI_FAILED : CLI_DONE;
	if (tally->failed == 0)
		return CLI_DONE;
	return tally->done > 0 ? CLI_PART : CLI_FAILED;
}

/* Each file that is remembered; one that cannot be done keeps no other from it. */
static int do_targets(struct cli *cli, const struct target *targets, size_t count, bool check,
		      struct err *err)
{
	struct tally tally = { 0 };

	for (size_t i = 0; i < count; i++) {
		struct export_order order;

		say(err);
		if (!order_of_target(&order, &targets[i], err)) {
			err_wrap(err, "%s", targets[i].path);
			tally.failed++;
			continue;
		}
		/* what fails is said with the next one, or by main: */
		(void)!do_one(cli, &order, check, &tally, err);
	}
	return status_of(&tally, check, err);
}

static int do_all(struct cli *cli, const struct export_words *words, struct arena *arena,
		  struct err *err)
{
	struct target *targets = NULL;
	size_t count = 0;

	if (words->operands.count > 0 || words->file || words->into || words->as) {
		err_set(err, ERR_USAGE,
			"--all does every file that is remembered, each in its own way: it takes "
			"no thread, file or form");
		return CLI_MISUSED;
	}
	if (!store_targets(cli->store, 0, arena, &targets, &count, err))
		return CLI_FAILED;
	if (count == 0 && !cli->quiet)
		fputs("no thread was written to a file yet\n", stderr);
	return do_targets(cli, targets, count, words->check, err);
}

/* A thread by its name alone: the files that it was written to, if there are any. */
static bool by_name_alone(const struct export_words *words)
{
	return !words->file && !words->into && !words->as && !words->style && !words->level &&
	       !words->counts && !words->people && !words->unlisted;
}

static bool own_targets(struct cli *cli, const struct export_order *order, struct arena *arena,
			struct target **targets, size_t *count, struct err *err)
{
	struct thread thread;
	size_t kept = 0;

	if (!thread_load(cli->store, order->slug, arena, &thread, err) ||
	    !store_targets(cli->store, thread.id, arena, targets, count, err))
		return false;
	for (size_t i = 0; i < *count; i++)
		if (!order->section || str_same((*targets)[i].section, order->section))
			(*targets)[kept++] = (*targets)[i];
	*count = kept;
	return true;
}

static int do_asked(struct cli *cli, const struct export_words *words,
		    const struct export_order *order, struct arena *arena, struct err *err)
{
	struct target *targets = NULL;
	struct tally tally = { 0 };
	size_t count = 0;

	if (by_name_alone(words) && !own_targets(cli, order, arena, &targets, &count, err))
		return CLI_FAILED;
	if (count > 0)
		return do_targets(cli, targets, count, words->check, err);
	(void)!do_one(cli, order, words->check, &tally, err);
	return status_of(&tally, words->check, err);
}

static int drop_target(struct cli *cli, const struct export_words *words,
		       const struct export_order *order, struct arena *arena, struct err *err)
{
	struct thread thread;

	if (!cli_open_store(cli, STORE_WRITE, err) ||
	    !thread_load(cli->store, order->slug, arena, &thread, err) ||
	    !store_drop_target(cli->store, thread.id, words->drop, err))
		return CLI_FAILED;
	if (!cli->quiet)
		fprintf(stderr, "%s is not written to %s any more\n", thread.slug, words->drop);
	return CLI_DONE;
}

static int run(struct cli *cli, const struct export_words *words, struct err *err)
{
	struct arena arena = ARENA_INIT;
	struct export_order order;
	int status = CLI_MISUSED;

	if (!read_order(words, &arena, &order, err))
		goto out;
	status = CLI_FAILED;
	if (words->drop)
		status = drop_target(cli, words, &order, &arena, err);
	else if (cli_open_store(cli, STORE_READ, err))
		status = words->all ? do_all(cli, words, &arena, err)
				    : do_asked(cli, words, &order, &arena, err);
	else if (words->check)
		status = CLI_MISUSED;
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
		{ "into", 0, ARG_TEXT, &words.into },
		{ "under", 0, ARG_TEXT, &words.under },
		{ "check", 0, ARG_FLAG, &words.check },
		{ "all", 0, ARG_FLAG, &words.all },
		{ "drop", 0, ARG_TEXT, &words.drop },
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
