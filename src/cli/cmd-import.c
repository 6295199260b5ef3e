#include "archive/cli/args.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "archive/base/mem.h"
#include "archive/cli/import-leads.h"
#include "archive/cli/import-report.h"
#include "archive/cli/print.h"

struct import_words {
	struct arg_list files, tags;
	const char *since, *until, *author, *into;
};

/* Before anything is changed: a name that was mistyped makes no store and no half of an import. */
static bool can_be_read(const struct arg_list *files, struct err *err)
{
	for (size_t i = 0; i < files->count; i++) {
		const char *name = files->items[i];

		if (str_same(name, "-") || access(name, R_OK) == 0)
			continue;
		if (errno == ENOENT &&
		    (str_starts(name, "https://") || str_starts(name, "http://")))
			return err_set(err, ERR_USAGE,
				       "%s is an address, and import reads files: save the page in "
				       "a browser and import that; a post itself comes by archive "
				       "add %s",
				       name, name);
		return err_set(err, ERR_IO, "%s: %s", name, strerror(errno));
	}
	return true;
}

/* A dry run makes no store; what is in one that is there counts as known. */
static bool open_store(struct cli *cli, const struct intake_order *order, struct err *err)
{
	struct err none = { 0 };

	if (!order->dry_run)
		return cli_open_store(cli, STORE_WRITE, err);
	if (cli_open_store(cli, STORE_READ, &none))
		return true;
	if (none.code == ERR_NOT_FOUND)
		return true;
	*err = none;
	return false;
}

/* The first error ends it; what came before is stored and told. */
static int import_all(struct cli *cli, const struct arg_list *files, struct intake_order *order,
		      struct err *err)
{
	struct import_report_sum sum = { 0 };
	struct err unsaid = { 0 };
	int status = CLI_DONE;

	if (files->count == 0) {
		err_set(err, ERR_USAGE,
			"which file? archive import answers.json, or - for standard input");
		return CLI_MISUSED;
	}
	if (!can_be_read(files, err) || !open_store(cli, order, err))
		return err->code == ERR_USAGE ? CLI_MISUSED : CLI_FAILED;
	import_report_begin(&sum, cli, order, files->count);
	for (size_t i = 0; i < files->count && status == CLI_DONE; i++) {
		struct intake_report report;
		bool ok = intake_file(cli->store, files->items[i], order, &report, err);

		import_report_file(&sum, files->items[i], &report, ok);
		if (!ok)
			status = i > 0 || sum.any ? CLI_PART : CLI_FAILED;
	}
	import_report_end(&sum);
	if (!cli->quiet && status != CLI_FAILED &&
	    !import_leads_print(cli, order->leads, status == CLI_DONE ? err : &unsaid))
		status = CLI_PART;
	return task_end(&sum.task, status == CLI_DONE && sum.damaged ? CLI_PART : status);
}

static bool check_slug(const char *typed, struct err *err)
{
	struct str slug = STR_INIT;
	bool ok = !typed || slug_fold(&slug, typed, err);

	str_release(&slug);
	return ok;
}

int cmd_import(struct cli *cli, int argc, char **argv, struct err *err)
{
	struct import_words words = { 0 };
	struct intake_order order = { 0 };
	struct arena arena = ARENA_INIT;
	const struct arg table[] = {
		{ "only-tag", 0, ARG_LIST, &words.tags },
		{ "since", 0, ARG_TEXT, &words.since },
		{ "until", 0, ARG_TEXT, &words.until },
		{ "author", 0, ARG_TEXT, &words.author },
		{ "dry-run", 0, ARG_FLAG, &order.dry_run },
		{ "again", 0, ARG_FLAG, &order.again },
		{ "into-thread", 0, ARG_TEXT, &words.into },
		{ 0 },
	};
	int status = CLI_MISUSED;

	if (!args_parse(cli, argc, argv, table, &words.files, err))
		goto out;
	if (cli->help) {
		status = cli_help(cli, err);
		goto out;
	}
	order.author = words.author;
	order.into_thread = words.into;
	order.zone = cli->zone;
	order.lang = cli->lang;
	order.leads = xcalloc(1, sizeof(*order.leads));
	if (check_slug(words.into, err) &&
	    args_tags(&arena, &words.tags, &order.tags, &order.tag_count, err) &&
	    args_window(words.since, words.until, cli->zone, &order.since, &order.until, err))
		status = import_all(cli, &words.files, &order, err);
out:
	if (order.leads)
		intake_leads_release(order.leads);
	free(order.leads);
	arg_list_release(&words.files);
	arg_list_release(&words.tags);
	arena_release(&arena);
	return status;
}
