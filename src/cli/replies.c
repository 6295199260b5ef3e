#include "archive/cli/replies.h"

#include "archive/base/amount.h"
#include "archive/cli/add-report.h"
#include "archive/cli/look.h"
#include "archive/cli/print.h"
#include "archive/collect/replies.h"
#include "archive/store/forget.h"

/* What the walks have left of the money; a tape is free. */
static int64_t budget_left(const struct fetch_options *options, const struct fetch_result *fetched)
{
	int64_t left = 0;

	if (options->offline)
		return AMOUNT_MAX_MICROS;
	for (size_t i = 0; i < options->source_count; i++)
		if (options->sources[i].ops->flags & SOURCE_IS_PAID)
			left += options->sources[i].budget_micros;
	for (size_t i = 0; i < fetched->count; i++)
		left -= fetched->views[i].run.spent_micros;
	return left > 0 ? left : 0;
}

static void report(const struct talk_result *result)
{
	struct str line = STR_INIT;

	str_add(&line, "  conversations: ");
	str_addf(&line, "%zu read, %zu new, %zu seen before", result->read, result->put.fresh,
		 result->put.known);
	if (result->left > 0)
		str_addf(&line, "; %zu left", result->left);
	if (result->failed > 0)
		str_addf(&line, "; %zu not read", result->failed);
	if (result->why)
		str_addf(&line, "; %s", result->why);
	print_safe(stdout, line.buf, 2000);
	putchar('\n');
	str_release(&line);
}

static void report_json(const struct talk_result *result)
{
	struct str out = STR_INIT;
	struct jwrite w;

	jwrite_begin(&w, &out);
	jwrite_open_object(&w, NULL);
	print_talks_json(&w, result);
	jwrite_close_object(&w);
	puts(out.buf);
	str_release(&out);
}

static void report_step(const struct cli *cli, const struct talk_result *result)
{
	if (cli->json)
		report_json(result);
	else if (!cli->quiet || result->failed > 0)
		report(result);
}

int replies_step(struct cli *cli, struct http_loop *loop, const struct fetch_options *options,
		 const struct fetch_result *fetched, const volatile sig_atomic_t *stop,
		 struct err *err)
{
	struct look look = { .cli = cli };
	struct talk_options talk = {
		.watch = look_watch,
		.owner = &look,
		.judge = store_judge,
		.judge_owner = cli->store,
		.budget_micros = budget_left(options, fetched),
		.price = options->price,
		.stop = stop,
	};
	struct replies *replies = replies_new(cli->store, options, fetched, err);
	struct talk_result result = { 0 };
	bool ok;

	if (!replies)
		return CLI_FAILED;
	look_end(&look);
	ok = replies_run(replies, loop, &talk, &result, err);
	look_end(&look);
	if (ok)
		report_step(cli, &result);
	replies_free(replies);
	if (!ok)
		return CLI_FAILED;
	return result.left + result.failed > 0 ? CLI_PART : CLI_DONE;
}
