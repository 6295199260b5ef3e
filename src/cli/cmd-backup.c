#include "archive/cli/args.h"
#include "archive/cli/print.h"
#include "archive/cli/task.h"
#include "archive/store/backup.h"

static void report(const struct cli *cli, const char *file, int64_t bytes)
{
	struct str out = STR_INIT;
	struct jwrite w;

	if (cli->json) {
		jwrite_begin(&w, &out);
		jwrite_open_object(&w, NULL);
		jwrite_text(&w, "store", store_path(cli->store));
		jwrite_text(&w, "file", file);
		jwrite_int(&w, "bytes", bytes);
		jwrite_close_object(&w);
		puts(out.buf);
	} else if (!cli->quiet) {
		str_addf(&out, "%.1f MB, looked over and found whole, in %s", (double)bytes / 1e6,
			 file);
		print_safe(stdout, out.buf, 2000);
		putchar('\n');
	}
	str_release(&out);
}

static int run(struct cli *cli, const struct arg_list *operands, struct err *err)
{
	struct task task;
	int64_t bytes = 0;
	int status = CLI_FAILED;

	if (operands->count == 0) {
		err_set(err, ERR_USAGE, "where to? archive backup archive-copy.db");
		return CLI_MISUSED;
	}
	if (!cli_open_store(cli, STORE_COPY, err))
		return CLI_FAILED;
	task_begin(&task, cli);
	if (store_backup(cli->store, operands->items[0], &task.watch, &bytes, err))
		status = CLI_DONE;
	status = task_end(&task, status);
	if (status == CLI_DONE)
		report(cli, operands->items[0], bytes);
	return status;
}

int cmd_backup(struct cli *cli, int argc, char **argv, struct err *err)
{
	struct arg_list operands = { 0 };
	int status = CLI_MISUSED;

	if (args_parse(cli, argc, argv, NULL, &operands, err) &&
	    args_at_most(cli, &operands, 1, err))
		status = cli->help ? cli_help(cli, err) : run(cli, &operands, err);
	arg_list_release(&operands);
	return status;
}
