#include "archive/cli/allowance.h"
#include "archive/cli/args.h"
#include "archive/cli/look.h"
#include "archive/cli/print.h"
#include "archive/cli/recheck-report.h"
#include "archive/store/forget.h"
#include "archive/store/threads.h"

struct recheck_words {
	struct arg_list thread, sources;
	const char *budget;
};

static int64_t budget_of(struct look *look, const struct recheck *recheck, int64_t told)
{
	const struct price price = allowance_price(look->cli);
	size_t paid = recheck_paid(recheck);
	struct str what = STR_INIT;

	if (paid == 0)
		return 0;
	print_count(&what, (int64_t)paid, "post", "posts");
	told = look_settle(look, told, what.buf, price_at_worst(&price, paid));
	str_release(&what);
	return told;
}

static int run(struct cli *cli, const struct thread *thread, struct look *look, int64_t told,
	       struct err *err)
{
	const struct recheck_options options = {
		.source = look_source,
		.watch = look_watch,
		.owner = look,
		.judge = store_judge,
		.judge_owner = cli->store,
		.price = allowance_price(cli),
	};
	struct recheck *recheck = recheck_new(cli->store, look->loop, &options, thread->id, err);
	struct recheck_result result;
	int status = CLI_FAILED;
	bool ok;

	if (!recheck)
		return CLI_FAILED;
	ok = recheck_run(recheck, budget_of(look, recheck, told), &result, err);
	look_end(look);
	if (ok) {
		status = result.exit_status;
		if (cli->json)
			recheck_report_json(thread->slug, &result);
		else
			recheck_report(cli, &result);
	}
	recheck_free(recheck);
	return status;
}

static int recheck_thread(struct cli *cli, const struct recheck_words *words, struct err *err)
{
	const char *slug = words->thread.count > 0 ? words->thread.items[0] : NULL;
	struct arena arena = ARENA_INIT;
	struct look look = { 0 };
	struct thread thread;
	int status = CLI_FAILED;
	int64_t budget;

	if (args_at_most(cli, &words->thread, 1, err) && look_budget(words->budget, &budget, err) &&
	    look_open(&look, cli, words->sources.items, words->sources.count, err) &&
	    cli_open_store(cli, STORE_WRITE, err) &&
	    thread_load(cli->store, slug, &arena, &thread, err))
		status = run(cli, &thread, &look, budget, err);
	look_release(&look);
	arena_release(&arena);
	return status;
}

int cmd_recheck(struct cli *cli, int argc, char **argv, struct err *err)
{
	struct recheck_words words = { 0 };
	const struct arg table[] = {
		{ "source", 0, ARG_LIST, &words.sources },
		{ "budget", 0, ARG_TEXT, &words.budget },
		{ 0 },
	};
	int status = CLI_MISUSED;

	if (args_parse(cli, argc, argv, table, &words.thread, err))
		status = cli->help ? cli_help(cli, err) : recheck_thread(cli, &words, err);
	arg_list_release(&words.thread);
	arg_list_release(&words.sources);
	return status;
}
