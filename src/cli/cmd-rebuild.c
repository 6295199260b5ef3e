#include "archive/cli/args.h"
#include "archive/cli/print.h"
#include "archive/cli/task.h"
#include "archive/collect/rebuild.h"

static void report_json(const struct rebuild_report *report, bool dry)
{
	struct str out = STR_INIT;
	struct jwrite w;

	jwrite_begin(&w, &out);
	jwrite_open_object(&w, NULL);
	jwrite_bool(&w, "dry_run", dry);
	jwrite_int(&w, "answers", report->answers);
	jwrite_int(&w, "posts", report->posts);
	jwrite_int(&w, "changed", report->changed);
	jwrite_int(&w, "people_changed", report->authors);
	jwrite_int(&w, "added", report->missing);
	jwrite_int(&w, "without_evidence", report->kept);
	jwrite_int(&w, "damaged_answers", report->damaged);
	jwrite_int(&w, "answers_with_forgotten", report->forgotten);
	jwrite_bool(&w, "index", report->index);
	jwrite_close_object(&w);
	puts(out.buf);
	str_release(&out);
}

static void report_changes(struct str *line, const struct rebuild_report *report, bool dry)
{
	print_count(line, report->changed, "post ", "posts ");
	str_add(line, dry ? "would change" : "changed");
	if (report->authors > 0) {
		str_add(line, ", ");
		print_count(line, report->authors, "person", "people");
	}
	if (report->missing > 0)
		str_addf(line, ", %lld %s", (long long)report->missing,
			 dry ? "would be added" : "added");
	if (report->index)
		str_add(line, dry ? "; the search index would be made anew"
				  : "; the search index was made anew");
	if (!dry)
		str_add(line, "; nothing else did");
}

static void report_text(const struct rebuild_report *report, bool dry)
{
	int64_t unused = report->damaged + report->forgotten;
	const char *stay = report->kept == 1 ? "stays" : "stay";
	struct str line = STR_INIT;

	print_count(&line, report->posts, "post from ", "posts from ");
	print_count(&line, report->answers, "answer: ", "answers: ");
	report_changes(&line, report, dry);
	puts(line.buf);
	if (report->kept > 0)
		printf("%lld %s, of which no answer is kept, %s as %s\n", (long long)report->kept,
		       report->kept == 1 ? "post" : "posts", dry ? "would stay" : stay,
		       report->kept == 1 ? "it is" : "they are");
	if (unused > 0)
		printf("%lld %s could not be used: archive status --check says more\n",
		       (long long)unused, unused == 1 ? "answer" : "answers");
	str_release(&line);
}

static bool compare(struct cli *cli, const struct watch *watch, struct rebuild_report *report,
		    struct err *err)
{
	bool ok;

	if (!store_look(cli->store, err))
		return false;
	ok = rebuild_compare(cli->store, NULL, watch, report, err);
	store_looked(cli->store);
	return ok;
}

static int run(struct cli *cli, bool dry, struct err *err)
{
	struct rebuild_report report = { 0 };
	struct task task;
	int status = CLI_FAILED;

	if (!cli_open_store(cli, dry ? STORE_READ : STORE_WRITE, err))
		return CLI_FAILED;
	task_begin(&task, cli);
	if (dry ? compare(cli, &task.watch, &report, err)
		: rebuild_run(cli->store, &task.watch, &report, err))
		status = report.damaged > 0 ? CLI_PART : CLI_DONE;
	status = task_end(&task, status);
	if (err->code != ERR_NONE)
		return status;
	if (cli->json)
		report_json(&report, dry);
	else if (!cli->quiet)
		report_text(&report, dry);
	return status;
}

int cmd_rebuild(struct cli *cli, int argc, char **argv, struct err *err)
{
	struct arg_list operands = { 0 };
	bool dry = false;
	const struct arg table[] = {
		{ "dry-run", 0, ARG_FLAG, &dry },
		{ 0 },
	};
	int status = CLI_MISUSED;

	if (args_parse(cli, argc, argv, table, &operands, err) &&
	    args_at_most(cli, &operands, 0, err))
		status = cli->help ? cli_help(cli, err) : run(cli, dry, err);
	arg_list_release(&operands);
	return status;
}
