#include "archive/base/io.h"
#include "archive/cli/allowance.h"
#include "archive/cli/args.h"
#include "archive/cli/plan-report.h"

#define TIMEOUT_MS INT64_C(10000)

struct plan_words {
	struct arg_list tags, sources;
	const char *since, *until;
	bool yes;
};

static bool read_words(const struct cli *cli, const struct plan_words *words, struct arena *arena,
		       struct plan_options *options, struct err *err)
{
	if (words->tags.count == 0)
		return err_set(err, ERR_USAGE,
			       "which hashtag? Quote it, or the shell takes it for a remark: "
			       "archive plan '#ssmjp'");
	return args_tags(arena, &words->tags, &options->tags, &options->tag_count, err) &&
	       args_window(words->since, words->until, cli->zone, &options->since, &options->until,
			   err);
}

static bool choose(const struct cli *cli, const struct plan_words *words,
		   struct source_list *sources, struct err *err)
{
	return sources_choose(sources, &cli->config, words->sources.items, words->sources.count,
			      err) &&
	       sources_sign_in(sources, &cli->config, err);
}

static bool make(struct cli *cli, const struct plan_options *options, struct plan_result *result,
		 struct err *err)
{
	struct http_options http = cli_http(cli);
	struct http_loop *loop;
	bool ok;

	http.timeout_ms = TIMEOUT_MS;
	http.max_tries = 1;
	loop = http_loop_new(&http, err);
	ok = loop && cli_open_store(cli, STORE_WRITE, err) &&
	     plan_make(cli->store, loop, options, result, err);
	http_loop_free(loop);
	return ok;
}

static int plan(struct cli *cli, const struct plan_words *words, struct err *err)
{
	struct plan_options options = { .price = allowance_price(cli) };
	struct plan_result result = { .arena = ARENA_INIT };
	struct source_list sources = { 0 };
	struct arena arena = ARENA_INIT;
	struct str state = STR_INIT;
	struct err ignored = { 0 };
	int status = CLI_FAILED;
	int64_t cost;

	if (!read_words(cli, words, &arena, &options, err) || !choose(cli, words, &sources, err))
		goto out;
	options.sources = sources.items;
	options.source_count = sources.count;
	if (io_xdg("XDG_STATE_HOME", ".local/state", &state, &ignored)) {
		str_add(&state, "/archive");
		options.state = state.buf;
	}
	cost = plan_cost(&options);
	options.pay = words->yes || (cost > 0 && allowance_for_counting(cli, cost));
	if (!make(cli, &options, &result, err))
		goto out;
	if (cli->json)
		plan_report_json(&options, &result);
	else
		plan_report(cli, &options, &result);
	status = result.exit_status;
out:
	plan_result_release(&result);
	sources_release(&sources);
	arena_release(&arena);
	str_release(&state);
	return status;
}

int cmd_plan(struct cli *cli, int argc, char **argv, struct err *err)
{
	struct plan_words words = { 0 };
	const struct arg table[] = {
		{ "source", 0, ARG_LIST, &words.sources },
		{ "since", 0, ARG_TEXT, &words.since },
		{ "until", 0, ARG_TEXT, &words.until },
		{ "yes", 0, ARG_FLAG, &words.yes },
		{ 0 },
	};
	int status = CLI_MISUSED;

	if (args_parse(cli, argc, argv, table, &words.tags, err))
		status = cli->help ? cli_help(cli, err) : plan(cli, &words, err);
	arg_list_release(&words.tags);
	arg_list_release(&words.sources);
	return status;
}
