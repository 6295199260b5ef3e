#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "archive/cli/args.h"
#include "archive/cli/print.h"
#include "archive/collect/intake.h"

static void report_json(const struct intake_report *report)
{
	struct str out = STR_INIT;
	struct jwrite w;

	jwrite_begin(&w, &out);
	jwrite_open_object(&w, NULL);
	jwrite_int(&w, "new", (int64_t)report->put.fresh);
	jwrite_int(&w, "seen_before", (int64_t)report->put.known);
	jwrite_int(&w, "not_public", (int64_t)report->read.dropped);
	jwrite_int(&w, "unreadable", (int64_t)(report->read.malformed + report->read.unknown));
	jwrite_time(&w, "oldest", report->oldest);
	jwrite_time(&w, "newest", report->newest);
	jwrite_close_object(&w);
	puts(out.buf);
	str_release(&out);
}

static void report_text(const struct cli *cli, const struct intake_report *report)
{
	struct str line = STR_INIT;

	print_count(&line, (int64_t)report->put.fresh, "post new, ", "posts new, ");
	str_addf(&line, "%zu seen before", report->put.known);
	if (report->oldest) {
		str_add(&line, ", ");
		print_range(&line, cli->zone, report->oldest, report->newest);
	}
	if (report->read.dropped > 0)
		str_addf(&line, "; %zu not public, left out", report->read.dropped);
	if (report->read.malformed + report->read.unknown > 0)
		str_addf(&line, "; %zu not understood, left out",
			 report->read.malformed + report->read.unknown);
	puts(line.buf);
	str_release(&line);
}

/* Before anything is changed: a name that was mistyped makes no store and no half of an import. */
static bool can_be_read(const struct arg_list *files, struct err *err)
{
	for (size_t i = 0; i < files->count; i++) {
		const char *name = files->items[i];

		if (!str_same(name, "-") && access(name, R_OK) != 0)
			return err_set(err, ERR_IO, "%s: %s", name, strerror(errno));
	}
	return true;
}

static int import_all(struct cli *cli, const struct arg_list *files, struct err *err)
{
	struct intake_report report = { 0 };
	int status = CLI_DONE;

	if (files->count == 0) {
		err_set(err, ERR_USAGE,
			"which file? archive import answers.json, or - for standard input");
		return CLI_MISUSED;
	}
	if (!can_be_read(files, err) || !cli_open_store(cli, STORE_WRITE, err))
		return CLI_FAILED;
	for (size_t i = 0; i < files->count && status == CLI_DONE; i++)
		if (!intake_file(cli->store, files->items[i], &report, err))
			status = i > 0 || report.put.fresh + report.put.known > 0 ? CLI_PART
										  : CLI_FAILED;
	if (status == CLI_DONE && report.read.malformed + report.read.unknown > 0)
		status = CLI_PART;
	if (cli->json)
		report_json(&report);
	else if (!cli->quiet && status != CLI_FAILED)
		report_text(cli, &report);
	return status;
}

int cmd_import(struct cli *cli, int argc, char **argv, struct err *err)
{
	struct arg_list files = { 0 };
	int status = CLI_MISUSED;

	if (args_parse(cli, argc, argv, NULL, &files, err))
		status = cli->help ? cli_help(cli, err) : import_all(cli, &files, err);
	arg_list_release(&files);
	return status;
}
