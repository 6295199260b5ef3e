#include "archive/base/io.h"
#include "archive/cli/args.h"
#include "archive/cli/browser.h"
#include "archive/cli/page-file.h"
#include "archive/store/threads.h"

/* It stays when the command ends: the browser reads it later. */
static bool page_path(const char *slug, struct str *out, struct err *err)
{
	return page_preview_path(slug, out, err) && io_make_parent(out->buf, err);
}

static int run(struct cli *cli, const char *slug, struct err *err)
{
	struct arena arena = ARENA_INIT;
	struct str path = STR_INIT;
	struct thread thread;
	int status = CLI_FAILED;

	if (!cli_open_store(cli, STORE_READ, err) ||
	    !thread_load(cli->store, slug, &arena, &thread, err) ||
	    !page_path(thread.slug, &path, err) ||
	    !page_write_file(cli, thread.id, path.buf, err) || !browser_open(path.buf, err))
		goto out;
	status = CLI_DONE;
	if (!cli->quiet)
		fprintf(stderr, "%s\n", path.buf);
out:
	str_release(&path);
	arena_release(&arena);
	return status;
}

int cmd_preview(struct cli *cli, int argc, char **argv, struct err *err)
{
	struct arg_list operands = { 0 };
	const struct arg table[] = { { 0 } };
	int status = CLI_MISUSED;

	if (args_parse(cli, argc, argv, table, &operands, err) &&
	    args_at_most(cli, &operands, 1, err))
		status = cli->help ? cli_help(cli, err)
				   : run(cli, operands.count > 0 ? operands.items[0] : NULL, err);
	arg_list_release(&operands);
	return status;
}
