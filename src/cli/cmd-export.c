#include "archive/base/io.h"
#include "archive/cli/export-report.h"
#include "archive/cli/export-words.h"
#include "archive/cli/print.h"
#include "archive/export/page.h"

/* Several writings of one command. */
struct tally {
	size_t done, failed, differ;
};

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
		export_tell(cli, order, &result, check);
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
		      struct arena *arena, struct err *err)
{
	struct tally tally = { 0 };

	for (size_t i = 0; i < count; i++) {
		struct export_order order;

		say(err);
		if (!order_of_target(&order, &targets[i], arena, err)) {
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

	if (words->operands.count > 0 || !export_words_are_name(words)) {
		err_set(err, ERR_USAGE,
			"--all does every file that is remembered, each in its own way: it takes "
			"no thread, file or form");
		return CLI_MISUSED;
	}
	if (!store_targets(cli->store, 0, arena, &targets, &count, err))
		return CLI_FAILED;
	if (count == 0 && !cli->quiet)
		fputs("no thread was written to a file yet\n", stderr);
	return do_targets(cli, targets, count, words->check, arena, err);
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

	if (export_words_are_name(words) && !own_targets(cli, order, arena, &targets, &count, err))
		return CLI_FAILED;
	if (count > 0)
		return do_targets(cli, targets, count, words->check, arena, err);
	if (words->check && !order->file) {
		export_words_lack_file(err);
		return CLI_MISUSED;
	}
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

	if (!export_words_read(words, &arena, &order, err))
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
		{ "for", 0, ARG_TEXT, &words.blog },
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
		{ "media", 0, ARG_TEXT, &words.media },
		{ "media-dir", 0, ARG_TEXT, &words.media_dir },
		{ "media-url", 0, ARG_TEXT, &words.media_url },
		{ "avatars", 0, ARG_FLAG, &words.avatars },
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
