#include "archive/base/mem.h"
#include "archive/cli/args.h"
#include "archive/cli/print.h"
#include "archive/cli/task.h"
#include "archive/collect/merge.h"

#define LINE_COLUMNS 2000

static size_t named(const struct merge_names *names)
{
	return names->count < MERGE_NAMED ? names->count : MERGE_NAMED;
}

/* ---- for scripts ---- */

static void names_json(struct jwrite *w, const char *key, const struct merge_names *names)
{
	jwrite_open_array(w, key);
	for (size_t i = 0; i < named(names); i++)
		jwrite_text(w, NULL, names->slugs[i]);
	jwrite_close_array(w);
}

static void report_json(const struct merge_report *report)
{
	struct str out = STR_INIT;
	struct jwrite w;

	jwrite_begin(&w, &out);
	jwrite_open_object(&w, NULL);
	jwrite_int(&w, "new", report->posts);
	jwrite_int(&w, "changed", report->changed);
	jwrite_int(&w, "left_out", report->left_out);
	jwrite_int(&w, "answers", report->answers);
	jwrite_int(&w, "answers_left_out", report->answers_left_out);
	jwrite_int(&w, "pictures", report->pictures);
	jwrite_int(&w, "forgotten", report->forgotten);
	jwrite_bool(&w, "clean", report->clean);
	jwrite_int(&w, "threads", report->threads);
	names_json(&w, "threads_changed", &report->replaced);
	names_json(&w, "threads_kept", &report->kept);
	jwrite_close_object(&w);
	puts(out.buf);
	str_release(&out);
}

/* ---- for people ---- */

static void print_line(const struct str *line)
{
	print_safe(stdout, line->buf, LINE_COLUMNS);
	putchar('\n');
}

static void add_count(struct str *line, int64_t n, const char *one, const char *many)
{
	if (n == 0)
		return;
	str_add(line, line->len > 0 ? ", " : "");
	print_count(line, n, one, many);
}

static void report_counts(const struct merge_report *report)
{
	struct str line = STR_INIT;

	add_count(&line, report->posts, "post new", "posts new");
	add_count(&line, report->changed, "newer there", "newer there");
	add_count(&line, report->threads, "thread new", "threads new");
	add_count(&line, report->pictures, "picture new", "pictures new");
	add_count(&line, report->forgotten, "forgotten there and now here",
		  "forgotten there and now here");
	if (line.len == 0 && report->answers == 0 && report->replaced.count == 0)
		str_add(&line, "nothing new");
	add_count(&line, report->answers, "answer kept", "answers kept");
	if (line.len > 0)
		print_line(&line);
	str_release(&line);
}

static void report_left_out(const struct merge_report *report)
{
	struct str line = STR_INIT;

	if (report->left_out > 0) {
		print_count(&line, report->left_out, "post or thread", "posts or threads");
		str_add(&line, " left out: forgotten here, or damaged");
		print_line(&line);
		str_clear(&line);
	}
	if (report->answers_left_out > 0) {
		print_count(&line, report->answers_left_out, "answer", "answers");
		str_add(&line, " left out: damaged, or of posts that did not come in");
		print_line(&line);
		str_clear(&line);
	}
	if (report->exported)
		puts("archive export --all --check names the files that still show what was "
		     "forgotten");
	str_release(&line);
}

static void report_threads(const struct merge_names *names, const char *what)
{
	struct str line = STR_INIT;

	if (names->count == 0)
		return;
	str_add(&line, names->count == 1 ? "the thread " : "the threads ");
	for (size_t i = 0; i < named(names); i++)
		str_addf(&line, "%s%s", i > 0 ? ", " : "", names->slugs[i]);
	if (names->count > MERGE_NAMED)
		str_addf(&line, " and %zu more", names->count - MERGE_NAMED);
	str_addf(&line, " %s changed later %s", names->count == 1 ? "was" : "were", what);
	print_line(&line);
	str_release(&line);
}

static void report_text(const struct merge_report *report)
{
	report_counts(report);
	report_left_out(report);
	report_threads(&report->replaced, "there and is as there now: archive thread undo brings "
					  "yours back");
	report_threads(&report->kept, "here and stays; archive edit --dump there shows the other");
}

/* ---- the command ---- */

static int merge_all(struct cli *cli, const struct arg_list *files, struct err *err)
{
	struct arena arena = ARENA_INIT;
	struct merge_report report = { .clean = true };
	struct task task;
	int status = CLI_DONE;

	task_begin(&task, cli);
	for (size_t i = 0; i < files->count && status == CLI_DONE; i++)
		if (!merge_store(cli->store, files->items[i], &task.watch, &arena, &report, err))
			status = i > 0 ? CLI_PART : CLI_FAILED;
	status = task_end(&task, status);
	if (status == CLI_DONE && !report.clean)
		status = CLI_PART;
	if (cli->json && (status == CLI_DONE || status == CLI_PART))
		report_json(&report);
	else if (!cli->quiet && (status == CLI_DONE || status == CLI_PART))
		report_text(&report);
	arena_release(&arena);
	return status;
}

static int run(struct cli *cli, const struct arg_list *files, struct err *err)
{
	if (files->count == 0) {
		err_set(err, ERR_USAGE, "which store? archive merge other.db");
		return CLI_MISUSED;
	}
	return cli_open_store(cli, STORE_WRITE, err) ? merge_all(cli, files, err) : CLI_FAILED;
}

int cmd_merge(struct cli *cli, int argc, char **argv, struct err *err)
{
	struct arg_list files = { 0 };
	int status = CLI_MISUSED;

	if (args_parse(cli, argc, argv, NULL, &files, err))
		status = cli->help ? cli_help(cli, err) : run(cli, &files, err);
	arg_list_release(&files);
	return status;
}
